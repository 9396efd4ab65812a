"""Supplementary draws of a phase after later ones were drawn: an officer names the draw, and the other phases stay."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.people.models import User
from accounts.states.models import StateParty
from core.errors import ServiceError
from lots.algorithm import Switches
from lots.algorithm.canonical import sha256
from lots.chain import draws_before, phases_missed_too
from lots.course.services import request_void
from lots.draws import file_of
from lots.draws.enums import DrawBasis, DrawStatus
from lots.draws.models import Draw
from lots.preparation.selectors.inputs import input_for
from lots.publication.selectors import check_before_publication
from reviews.cases.models import Review
from reviews.opening import OpeningFinding
from tests.lots.making import AS_OF, LAUNCH_SESSION, Officers, make_draw, phase_of
from tests.lots.pages import PREPARE, address_of, errors_of, read, text_of
from tests.lots.preparation.test_builds_on import LATE, LATER, assert_verified, groups_of, one_joins_late, teams_of

pytestmark = pytest.mark.django_db
SENT = {
    "basis": "supplementary", "as_of": LATER.isoformat(), "late": "XZU", "act": "report", "stratify": "on",
    "load": "hard", "reio_group": "Western European and other States", "legal_system": "off", "defer": "off",
}  # fmt: skip


def two_phases() -> list[Draw]:
    """Phases 2 and 3 are drawn before a State joins."""
    one_joins_late()
    return [make_draw(phase=2), make_draw(phase=3, as_of=AS_OF, basis=DrawBasis.COMPLETED)]


TWO_PHASES = pytest.mark.kept.with_args(two_phases)


@pytest.fixture
def phases(kept: list[Draw]) -> list[Draw]:
    return kept


@pytest.fixture
def officer(login_as: Callable[[User], Client]) -> Client:
    return login_as(Officers().keeper)


def state_named(code: str) -> str:
    return str(StateParty.objects.get(iso3=code))


def hash_of(draw: Draw) -> str:
    return sha256(file_of(draw, "result.json") or b"")


def reviews_of(draw: Draw) -> set[tuple[str, str]]:
    """Each review of its phase with who reviews in it."""
    rows = Review.objects.filter(phase=draw.phase).values_list("code", "reviewing_states__state_party__iso3")
    return {*rows}


@TWO_PHASES
def test_the_draw_is_named_on_the_page_and_what_it_builds_on_is_told_before_it_is_frozen(
    phases: list[Draw], officer: Client
) -> None:
    first, second = phases
    link = f"{PREPARE}?supplements={first.code}"
    assert f'href="{link}"' in officer.get(address_of(first)).content.decode()
    form = officer.get(link).context["form"]
    chosen = {name: form[name].value() for name in ("supplements", "basis", "phase", "kind")}
    assert chosen == {"supplements": first.code, "basis": "supplementary", "phase": "2", "kind": "training"}

    shown = officer.post(PREPARE, {**SENT, "supplements": first.code})
    words = text_of(shown)
    assert f"It adds to draw {first.code}, of phase 2" in words
    assert f"in this order: {first.code} and {second.code}." in words
    officer.post(PREPARE, {**SENT, "supplements": first.code, "act": "freeze", "shown": shown.context["commitment"]})
    draw = Draw.objects.get(phase=first.phase, status=DrawStatus.PREPARED)
    assert (draw.is_training, draw.terms["supplements"]) == (True, hash_of(first))
    assert draw.terms["previous"] == [hash_of(first), hash_of(second)]
    assert f"Adds to Draw {first.code}, phase 2" in read(officer, address_of(draw))


@TWO_PHASES
@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"phase": "3"}, "supplements", "choose that above, or another draw here"),
        ({"kind": "real"}, "supplements", "choose that above, or another draw here"),
        (
            {"basis": "completed", "late": "", "phase": "4", "kind": "training"},
            "supplements",
            "supplementary draw alone",
        ),
        ({"supplements": "2-T9"}, "supplements", "not published any more"),
        ({"supplements": ""}, "phase", "Choose a phase."),
        ({"late": "XVE"}, "late", "have been drawn in this phase"),
    ],
)
def test_what_does_not_go_with_the_draw_that_is_named_is_told_by_the_field(
    phases: list[Draw], officer: Client, more: dict[str, str], field: str, words: str
) -> None:
    errors: Any = errors_of(officer.post(PREPARE, {**SENT, "supplements": phases[0].code, **more}))
    assert words in errors[field][0]
    assert not Draw.objects.filter(status=DrawStatus.PREPARED).exists()


@TWO_PHASES
def test_a_late_party_is_drawn_for_both_phases_and_the_next_one_goes_on_from_there(
    phases: list[Draw], tmp_path: Path, client: Client
) -> None:
    first, second = phases
    before = reviews_of(second)
    added = make_draw(phase=2, as_of=LATER, switches=LATE, basis=DrawBasis.SUPPLEMENTARY)
    assert reviews_of(second) == before, "phase 3 is not touched"
    opened = Review.objects.get(state_under_review__iso3="XZU")
    assert opened.phase == first.phase
    assert {row.state_party.iso3 for row in opened.reviewing_states.all()} == teams_of(added)["XZU"]
    assert f"Adds to Draw {first.code}, phase 2" in text_of(client.get(f"/en/draws/untoc/{added.code}/"))
    assert phases_missed_too(added) == [(second, ["XZU"])]

    too = make_draw(phase=3, as_of=LATER, switches=LATE, basis=DrawBasis.SUPPLEMENTARY)
    assert groups_of(too)["XZU"] == groups_of(added)["XZU"], "its group is that of the programme"
    assert phases_missed_too(added) == phases_missed_too(too) == []
    third = make_draw(phase=4, as_of=LATER, basis=DrawBasis.KEPT)
    assert draws_before(third) == [first, second, added, too]
    assert teams_of(third)["XZU"] == teams_of(too)["XZU"]
    assert groups_of(third)["XZU"] == groups_of(added)["XZU"]
    assert_verified(tmp_path, first, second, added, too, third)


@TWO_PHASES
def test_the_draw_for_the_other_phase_that_was_missed_is_filled_in(phases: list[Draw], officer: Client) -> None:
    """It names the result of the first one, so that both cannot be frozen at once: one press leads to it instead."""
    added = make_draw(phase=3, as_of=LATER, switches=LATE, basis=DrawBasis.SUPPLEMENTARY)
    page = officer.get(address_of(added))
    missed = f"In draw {phases[0].code} these States missed that phase, and they still have no reviewing States there"
    assert f"{missed}: {state_named('XZU')}." in text_of(page)
    ((_began, _states, link, _may),) = page.context["missed_too"]
    form = officer.get(link).context["form"]
    filled = {name: form[name].value() for name in ("supplements", "basis", "phase", "kind", "late", "as_of")}
    assert filled == {
        "supplements": phases[0].code, "basis": "supplementary", "phase": "2", "kind": "training", "late": "XZU",
        "as_of": LATER.isoformat(),
    }  # fmt: skip
    assert officer.post(PREPARE, {**SENT, **filled}).status_code == 200


@TWO_PHASES
def test_before_it_is_published_an_officer_is_told_of_the_review_of_a_later_phase(phases: list[Draw]) -> None:
    def found(draw: Draw) -> dict[str, OpeningFinding]:
        return {each.key: each for each in check_before_publication(draw).findings}

    later = make_draw(phase=3, as_of=LATER, switches=LATE, basis=DrawBasis.SUPPLEMENTARY)
    told = found(make_draw(DrawStatus.DRAWN, phase=2, as_of=LATER, switches=LATE, basis=DrawBasis.SUPPLEMENTARY))
    assert told["beside"].words.startswith("1 State has a review of a later phase that runs already: ")
    assert ("leave them" in told["past"].mending, told["past"].url) == (True, ""), "the phase is not shifted for one"
    assert "beside" not in found(later)


@TWO_PHASES
def test_one_that_was_prepared_for_another_phase_meanwhile_is_not_published(phases: list[Draw]) -> None:
    stale = make_draw(DrawStatus.PREPARED, phase=4, as_of=LATER, basis=DrawBasis.COMPLETED)
    make_draw(phase=2, as_of=LATER, switches=LATE, basis=DrawBasis.SUPPLEMENTARY)
    with pytest.raises(ServiceError, match=stale.code):
        request_void(actor=Officers().keeper, draw=phases[0], reason="A mistake.")
    given = input_for(phase_of(4), LATER, Switches(), is_training=True, basis=DrawBasis.COMPLETED)
    assert given.terms is not None
    assert [*given.terms.previous[:2]] == stale.terms["previous"], "it would build on one more by now"
    assert len(given.terms.previous) == 3


def test_of_real_draws_too_an_earlier_phase_is_added_to(reference: None) -> None:
    """They are only said to be published: 190 reviews would take their time."""
    first = make_draw(DrawStatus.DRAWN, phase=1, as_of=LAUNCH_SESSION, is_training=False)
    Draw.objects.filter(pk=first.pk).update(status=DrawStatus.PUBLISHED, published_at=first.run_at)
    second = make_draw(DrawStatus.DRAWN, phase=2, as_of=LATER, is_training=False, basis=DrawBasis.COMPLETED)
    Draw.objects.filter(pk=second.pk).update(status=DrawStatus.PUBLISHED, published_at=second.run_at)
    new = sorted({*groups_of(second)} - {*groups_of(first)})[0]
    given = input_for(
        phase_of(1),
        dt.date(2025, 12, 1),
        Switches(late=(new,)),
        is_training=False,
        basis=DrawBasis.SUPPLEMENTARY,
    )
    assert given.terms is not None
    assert given.terms.supplements == hash_of(first)
    assert given.drawn("s").own_groups == {new: groups_of(second)[new]}
