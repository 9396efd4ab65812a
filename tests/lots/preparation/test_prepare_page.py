"""Preparing a draw: first the report, then exactly what it was about is frozen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from core.errors import ServiceError
from lots.algorithm import Switches
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw, DrawRule
from reviews.programme.models import Limit
from tests.lots.making import Officers, make_draw
from tests.lots.pages import PREPARE, address_of, errors_of, messages_of, text_of
from tests.utils import make_review

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
DEFAULTS = {
    "stratify": "on",
    "load": "hard",
    "reio_group": "Western European and other States",
    "legal_system": "off",
    "defer": "off",
}
TRAINING = {"phase": "3", "kind": "training", "basis": "first", "as_of": "2024-11-01", **DEFAULTS}
# Veskaria's possible reviewers of its own group for the Firearms Protocol.
IMPOSSIBLE = "Halvonia > XVE\nXLE>XVE"


@pytest.fixture
def client(client: Client, login_as: LoginAs) -> Client:
    return login_as(Officers().keeper)


def report_on(client: Client, **more: str) -> Any:
    http_response = client.post(PREPARE, {**TRAINING, "act": "report", **more})
    assert http_response.status_code == 200
    return http_response


def freeze(client: Client, **more: str) -> Any:
    """Look at the report and freeze what it was about."""
    shown = report_on(client, **more).context["commitment"]
    return client.post(PREPARE, {**TRAINING, **more, "act": "freeze", "shown": shown}, follow=True)


def test_the_form_begins_with_the_values_of_the_rules(client: Client) -> None:
    DrawRule.objects.filter(key="load").update(default="soft")
    DrawRule.objects.filter(key="consent").update(default="XAL,XVE")
    form = client.get(PREPARE).context["form"]
    initial = {name: form[name].value() for name in [*DEFAULTS, "consent", "exclude"]}
    assert initial == {**DEFAULTS, "load": "soft", "consent": "XAL XVE", "exclude": ""}


def test_every_switch_stands_beside_its_rule_and_evidence(client: Client) -> None:
    words = text_of(client.get(PREPARE))
    for rule in DrawRule.objects.exclude(switch=""):
        for piece in (rule.name, rule.text, rule.get_evidence_mark_display(), rule.evidence_note):
            assert piece in words


def test_the_report_says_how_tight_it_is_and_stores_nothing(client: Client) -> None:
    page = report_on(client)
    words = text_of(page)
    assert "25 States take part." in words
    assert "A trial draw keeps all rules." in words
    assert "African States 5 2 to spare uses 9% elsewhere" in words
    assert "None to spare" in words
    assert "Nothing: all rules are as a draw begins with them." in words
    assert Draw.objects.count() == 0


def test_a_real_draw_is_of_the_states_that_are_party_and_names_those_with_an_assigned_group(client: Client) -> None:
    words = text_of(report_on(client, kind="real", as_of="2020-10-12"))
    assert "190 States take part." in words
    assert "drawn with the one that is set below: European Union." in words


def test_without_a_report_nothing_is_frozen(client: Client) -> None:
    page = client.post(PREPARE, {**TRAINING, "act": "freeze"})
    assert "nothing is frozen yet" in text_of(page)
    assert Draw.objects.count() == 0


def test_what_was_changed_after_the_report_is_shown_before_it_is_frozen(client: Client) -> None:
    shown = report_on(client).context["commitment"]
    page = client.post(PREPARE, {**TRAINING, "load": "soft", "act": "freeze", "shown": shown})
    words = text_of(page)
    assert "You have changed something since the last report" in words
    assert "One to three reviews a State No limit" in words
    assert page.context["commitment"] != shown
    assert Draw.objects.count() == 0


def test_what_the_report_was_about_is_frozen(client: Client) -> None:
    page = freeze(client, consent="XAL", exclude="Amarunda > xal", defer="some", defer_states="Veskaria")
    draw = Draw.objects.get()
    assert page.redirect_chain == [(address_of(draw), 302)]
    assert messages_of(page) == ["The input is frozen. Announce it before the seed is known."]
    assert (draw.code, draw.is_training, draw.phase.number, draw.as_of.isoformat()) == ("3-T1", True, 3, "2024-11-01")
    assert draw.switches == {
        "stratify": "on",
        "load": "hard",
        "reio_group": "Western European and other States",
        "legal_system": "off",
        "consent": ["XAL"],
        "defer": ["XVE"],
        "exclude": ["XAM>XAL"],
        "volunteer": [],
        "redraw": [],
        "late": [],
    }


def test_a_form_that_is_sent_twice_leads_to_the_same_draw(client: Client) -> None:
    freeze(client)
    page = freeze(client)
    draw = Draw.objects.get()
    assert page.redirect_chain == [(address_of(draw), 302)]
    assert messages_of(page) == ["This input is frozen already: this is the draw."]


def test_the_same_input_can_be_frozen_again_once_the_draw_has_moved_on(client: Client) -> None:
    make_draw("announced")
    assert freeze(client).redirect_chain[0][0].endswith("/3-T2/")
    assert [draw.code for draw in Draw.objects.order_by("code")] == ["3-T1", "3-T2"]


@pytest.mark.parametrize(
    "typed",
    [
        "XAL XVE",
        "xal, xve",
        "XVE;XAL",
        "Veskaria\nAldermark",
        "VESKARIA, aldermark",
        "فيسكاريا\nXAL",
        "  xve \n\n xal ",
    ],
)
def test_states_are_named_by_code_or_name_in_any_language(client: Client, typed: str) -> None:
    freeze(client, consent=typed)
    assert Draw.objects.get().switches["consent"] == ["XAL", "XVE"]


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"phase": ""}, {"phase": ["Choose a phase."]}),
        ({"phase": "9"}, {"phase": ["Select a valid choice. 9 is not one of the available choices."]}),
        ({"kind": ""}, {"kind": ["Choose whether the draw is real or for training."]}),
        ({"as_of": ""}, {"as_of": ["Write the day of which the parties are taken."]}),
        ({"as_of": "soon"}, {"as_of": ["Write a day, such as 2026-11-25."]}),
        ({"as_of": "2999-01-01"}, {"as_of": ["This day is still to come."]}),
        (
            {"as_of": "1999-01-01"},
            {"as_of": ["No State was party to the instrument “Organized Crime Convention” on this day."]},
        ),
        (
            {"consent": "XAL ABC\nVeskaria\nNowhere Land"},
            {
                "consent": [
                    "Line 1: there is no State with the code or name “ABC”.",
                    "Line 3: there is no State with the code or name “Nowhere Land”.",
                ]
            },
        ),
        ({"late": "FRA"}, {"late": ["No State with this code takes part in the draw: FRA."]}),
        (
            {"redraw": "XAL", "late": "XAL"},
            {"late": ["A State that joined late cannot be drawn anew or volunteer as well: XAL."]},
        ),
        (
            {"exclude": "XAL > XAL\nXAL\nXAL > Atlantis\n\nXAL>XVE>XAM"},
            {
                "exclude": [
                    "Line 1: no State reviews itself anyhow; a pair names two States.",
                    "Line 2: write one pair, with the sign > between the two States.",
                    "Line 3: there is no State with the code or name “Atlantis”.",
                    "Line 5: write one pair, with the sign > between the two States.",
                ]
            },
        ),
        ({"defer": "some"}, {"defer_states": ["Name the States that defer, or choose another answer."]}),
        (
            {"defer": "on", "defer_states": "XAL"},
            {
                "defer_states": [
                    "States are named here, but not asked for above: choose “These States defer” or empty this."
                ]
            },
        ),
        (
            {"defer": "some", "defer_states": "FRA"},
            {"defer_states": ["No State with this code takes part in the draw: FRA."]},
        ),
    ],
)
def test_what_is_wrong_is_said_by_the_field_and_what_was_typed_stays(
    client: Client, given: dict[str, str], errors: dict[str, list[str]]
) -> None:
    page = client.post(PREPARE, {**TRAINING, "act": "report", **given})
    assert errors_of(page) == errors
    form = page.context["form"]
    assert {name: form[name].value() for name in given} == given
    assert Draw.objects.count() == 0


def test_the_report_names_reviews_that_were_opened_by_hand(client: Client) -> None:
    assert "Opened by hand" not in text_of(report_on(client))
    make_review(state="XVE", phase=3)
    words = text_of(report_on(client))
    assert "Opened by hand. It goes on with the States that are drawn; now:" in words
    assert "3-XVE" in words.partition("What becomes of reviews that are open")[2]


def test_why_no_draw_keeps_all_rules_is_said_in_words_with_what_would_mend_it(client: Client) -> None:
    words = text_of(report_on(client, exclude=IMPOSSIBLE))
    assert "A trial draw does not keep all rules" in words
    assert "that is party to the Firearms Protocol is needed by: Veskaria (XVE)." in words
    assert "Any one of these changes would make a draw possible:" in words
    assert "The exclusion goes by which Lestovia (XLE) does not review Veskaria (XVE)." in words


def test_an_impossible_input_is_not_frozen(client: Client) -> None:
    page = report_on(client, exclude=IMPOSSIBLE)
    assert "This input cannot be frozen" in text_of(page)
    assert 'value="freeze"' not in page.content.decode()
    page = freeze(client, exclude=IMPOSSIBLE)  # as from a page of before
    assert "A trial draw does not keep all rules" in text_of(page)
    assert Draw.objects.count() == 0
    with pytest.raises(ServiceError, match="so nothing is frozen"):
        make_draw(DrawStatus.PREPARED, switches=Switches.parse(["exclude=XHV>XVE,XLE>XVE"]))
    assert Draw.objects.count() == 0


def test_an_impossible_input_of_before_is_told_where_it_is_announced(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lots.preparation.services.require_possible", lambda given: None)
    draw = make_draw(DrawStatus.PREPARED, switches=Switches.parse(["exclude=XHV>XVE,XLE>XVE"]))
    assert "A trial draw does not keep all rules" in text_of(client.get(address_of(draw)))
    assert "A trial draw with this input did not keep all rules." in text_of(
        client.get(address_of(draw, "draw-announce"))
    )


def test_the_return_key_shows_the_report_and_freezes_nothing(client: Client) -> None:
    html = report_on(client).content.decode()
    assert html.index('name="act" value="report"') < html.index('name="act" value="freeze"')


def test_without_any_reviewing_state_there_is_nothing_to_draw(client: Client) -> None:
    Limit.objects.filter(key__in=Limit.NONE_OR_ONE, mechanism__slug="untoc").update(value=0)
    answer = client.post(PREPARE, {**TRAINING, "act": "report"})
    assert answer.status_code == 422
    assert "there is nothing to draw" in text_of(answer)
