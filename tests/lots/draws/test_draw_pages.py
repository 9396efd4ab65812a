"""The secretariat's pages of draws: the list, where a draw stands, and the acts that take it on."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from lots.algorithm import Switches
from lots.course.services import request_void
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from reviews.cases.models import Review
from tests.factories.accounts import AuditorFactory
from tests.lots.making import LAUNCH_SESSION, PUBLIC_VALUE, Officers, commit, make_draw, record_seed, reveal, taken_to
from tests.lots.pages import LIST, PREPARE, address_of, errors_of, messages_of, read, text_of
from tests.query_counts import assert_query_count

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
REASON = "A State was missing from the input.\nA new one is prepared."


def button(client: Client, draw: Draw) -> tuple[str, str]:
    """The next act of a draw with the address of its button."""
    act = client.get(address_of(draw)).context["act"]
    return act.title, act.url


def test_without_draws_the_list_says_what_comes_first(login_as: LoginAs, officers: Officers) -> None:
    words = read(login_as(officers.keeper), LIST)
    assert "No draw has been prepared yet" in words
    assert "Prepare a draw" in words


def test_the_list_names_every_draw_the_latest_first(login_as: LoginAs, officers: Officers) -> None:
    for status in (DrawStatus.PREPARED, DrawStatus.ANNOUNCED, DrawStatus.VOIDED):
        make_draw(status, officers=officers)
    client = login_as(officers.keeper)
    assert [draw.code for draw in client.get(LIST).context["page"].object_list] == ["3-T3", "3-T2", "3-T1"]
    words = read(client, LIST)
    for piece in ("Training, with fictional States", "Input frozen", "Announced", "Voided", "1 Nov 2024"):
        assert piece in words


def test_an_auditor_sees_the_list_and_why_he_prepares_none(login_as: LoginAs) -> None:
    client = login_as(AuditorFactory())
    page = client.get(LIST).content.decode()
    assert "Only an officer of the secretariat does this." in page
    assert f'href="{PREPARE}"' not in page


def test_the_list_takes_the_same_queries_for_one_draw_and_for_three(login_as: LoginAs, officers: Officers) -> None:
    client = login_as(officers.keeper)
    make_draw(DrawStatus.ANNOUNCED, officers=officers)
    for number in (1, 3):
        with assert_query_count("lots:draw-list"):
            assert len(client.get(LIST).context["page"].object_list) == number
        for _more in range(2):
            make_draw(DrawStatus.ANNOUNCED, officers=officers)


def test_the_navigation_leads_the_secretariat_to_the_draws(login_as: LoginAs, officers: Officers) -> None:
    client = login_as(officers.keeper)
    assert 'href="/en/draws/home/"' in client.get("/en/").content.decode()
    assert client.get("/en/draws/home/")["Location"] == LIST
    assert f'class="app-side__link" href="{LIST}" aria-current="page"' in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("status", "title", "name"),
    [
        (DrawStatus.PREPARED, "Announce the draw", "draw-announce"),
        (DrawStatus.ANNOUNCED, "Record the commitments", "seed-commit african"),
        (DrawStatus.SEEDED, "Run the draw", "draw-run"),
        (DrawStatus.DRAWN, "Publish the draw", "draw-publish"),
        (DrawStatus.PUBLISHED, "Nothing is left to do", ""),
        (DrawStatus.VOIDED, "Nothing is left to do", ""),
    ],
)
def test_the_next_act_is_on_the_page(
    login_as: LoginAs, officers: Officers, status: DrawStatus, title: str, name: str
) -> None:
    draw = make_draw(status, officers=officers)
    assert button(login_as(officers.runner), draw) == (title, address_of(draw, *name.split()) if name else "")


def test_the_next_act_follows_the_seed_as_it_comes_in(login_as: LoginAs, officers: Officers) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers, public_values=(PUBLIC_VALUE,))
    parts, client = list(draw.seed_parts.all()), login_as(officers.keeper)
    for part in parts[:-1]:
        assert button(client, draw) == ("Record the commitments", address_of(draw, "seed-commit", part.source))
        commit(part, officers.keeper)
    for part in parts:
        assert button(client, draw) == ("Record the values", address_of(draw, "seed-reveal", part.source))
        reveal(part, officers.keeper)
    assert button(client, draw) == ("Run the draw", address_of(draw, "draw-run"))


def test_who_recorded_the_seed_reads_why_another_officer_runs_the_draw(login_as: LoginAs, officers: Officers) -> None:
    draw = make_draw(DrawStatus.SEEDED, officers=officers)
    words = read(login_as(officers.keeper), address_of(draw))
    assert "Two different officers are needed: you have recorded a part of the seed." in words


def test_an_auditor_sees_everything_and_does_nothing(login_as: LoginAs, officers: Officers) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers)
    page = login_as(AuditorFactory()).get(address_of(draw))
    assert draw.commitment_sha256 in text_of(page)
    html = page.content.decode()
    assert [name for name in ("seed-commit", "draw-void") if address_of(draw, *_with(name)) in html] == []
    assert "Only an officer of the secretariat does this." in html


def _with(name: str) -> list[str]:
    return [name, "african"] if name == "seed-commit" else [name]


def test_the_page_holds_what_is_fixed_and_how_the_rules_are_set(login_as: LoginAs, officers: Officers) -> None:
    switches = Switches.parse(["load=soft", "consent=XAL", "exclude=XAL>XAM"])
    draw = make_draw(DrawStatus.PREPARED, officers=officers, switches=switches)
    words = read(login_as(officers.keeper), address_of(draw))
    for piece in (
        draw.input_sha256,
        draw.commitment_sha256,
        "No limit set for this draw",
        "Aldermark does not review Amarunda set for this draw",
        "Even within each regional group Each regional group, too, is divided evenly among the three groups. On",
        "A trial draw keeps all rules.",
        "input.csv",
        "announcement.json",
    ):
        assert piece in words
    assert "result.json" not in words


@pytest.mark.kept(taken_to, DrawStatus.VOIDED)
def test_the_page_says_who_did_what_when_in_its_order(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    happened = login_as(officers.keeper).get(address_of(draw)).context["happened"]
    keeper, runner = officers.keeper, officers.runner
    assert [(each.what, each.who) for each in happened] == [
        ("Input frozen", keeper),
        ("Announced", keeper),
        ("Seed complete", None),
        ("Run", runner),
        ("Published", runner),
        ("Voiding asked for", keeper),
        ("Voided", runner),
    ]


@pytest.mark.parametrize("status", [DrawStatus.PREPARED, DrawStatus.DRAWN])
def test_the_page_takes_a_constant_number_of_queries(login_as: LoginAs, officers: Officers, status: DrawStatus) -> None:
    few = make_draw(status, officers=officers)
    many = make_draw(status, officers=officers, is_training=False, as_of=LAUNCH_SESSION)
    assert (few.entries.count(), many.entries.count()) == (25, 190)
    client = login_as(officers.runner)
    for draw in (few, many):
        with assert_query_count(f"lots:draw-detail of a {status} draw"):
            client.get(address_of(draw))


def test_announcing_names_the_sources_and_takes_public_values(login_as: LoginAs, officers: Officers) -> None:
    draw, client = make_draw(DrawStatus.PREPARED, officers=officers), login_as(officers.keeper)
    words = read(client, address_of(draw, "draw-announce"))
    assert "African States Asia-Pacific States Eastern European States" in words
    assert "public at once" in words
    given = {"public_values": f"{PUBLIC_VALUE}\r\n\r\n  The next number of the lottery. "}
    page = client.post(address_of(draw, "draw-announce"), given, follow=True)
    assert messages_of(page) == ["The draw is announced: input, commitment and sources of the seed are public."]
    announced = draw.seed_parts.filter(kind="public_value").order_by("order").values_list("announcement", flat=True)
    assert list(announced) == [PUBLIC_VALUE, "The next number of the lottery."]


def test_a_public_value_that_cannot_be_is_refused_by_the_field(login_as: LoginAs, officers: Officers) -> None:
    draw, client = make_draw(DrawStatus.PREPARED, officers=officers), login_as(officers.keeper)
    page = client.post(address_of(draw, "draw-announce"), {"public_values": "The same.\nThe same."})
    assert errors_of(page) == {"public_values": ["The same public value is named twice."]}
    assert "The same.\nThe same." in page.content.decode()
    draw.refresh_from_db()
    assert draw.status == DrawStatus.PREPARED


def test_running_says_what_happens_and_leads_back(login_as: LoginAs, officers: Officers) -> None:
    draw, client = make_draw(DrawStatus.SEEDED, officers=officers), login_as(officers.runner)
    assert "it cannot be drawn again" in read(client, address_of(draw, "draw-run"))
    page = client.post(address_of(draw, "draw-run"), follow=True)
    assert page.redirect_chain == [(address_of(draw), 302)]
    assert messages_of(page) == ["The lots are drawn. Only the secretariat sees the result until it is published."]


def test_a_second_press_is_refused_in_words(login_as: LoginAs, officers: Officers) -> None:
    draw, client = make_draw(DrawStatus.SEEDED, officers=officers), login_as(officers.runner)
    client.post(address_of(draw, "draw-run"))
    again = client.post(address_of(draw, "draw-run"))
    assert again.status_code == 403
    assert "This draw has been run." in text_of(again)


def test_why_nothing_could_be_drawn_is_said_sentence_by_sentence(
    login_as: LoginAs, officers: Officers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lots.preparation.services.require_possible", lambda given: None)  # as chance may have it
    switches = Switches.parse(["exclude=XHV>XVE", "exclude=XLE>XVE"])
    draw = make_draw(DrawStatus.SEEDED, officers=officers, switches=switches)
    page = login_as(officers.runner).post(address_of(draw, "draw-run"))
    sentences = errors_of(page)["__all__"]
    assert sentences[0] == "These cannot all be met together; without any one of them the others can:"
    assert "Halvonia (XHV) does not review Veskaria (XVE) (exclusion)." in sentences
    draw.refresh_from_db()
    assert (draw.status, draw.files.count()) == (DrawStatus.SEEDED, 3)


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_voiding_takes_a_reason_and_a_second_officer(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    client = login_as(officers.keeper)
    page = client.post(address_of(draw, "draw-void"), {"reason": " "})
    assert errors_of(page) == {"reason": ["Write the reason; it stays in the record."]}
    page = client.post(address_of(draw, "draw-void"), {"reason": REASON}, follow=True)
    assert messages_of(page) == ["The voiding is asked for. Another officer confirms it."]
    words = text_of(page)
    assert "The voiding of this draw is asked for Kim Keeper" in words
    assert "Two different officers are needed: you have asked for the voiding." in words
    assert client.post(address_of(draw, "draw-void-confirm")).status_code == 403
    client = login_as(officers.runner)
    words = read(client, address_of(draw, "draw-void-confirm"))
    assert "A State was missing from the input." in words
    assert "The reviews that it opened are withdrawn, and those that it took on." in words
    page = client.post(address_of(draw, "draw-void-confirm"), follow=True)
    assert messages_of(page) == ["The draw is voided. A new one can be prepared."]
    assert "Its record stays." in text_of(page)
    assert Review.objects.filter(phase=draw.phase).count() == 0


def test_a_draw_that_was_not_published_is_voided_without_a_word_on_reviews(
    login_as: LoginAs, officers: Officers
) -> None:
    draw = make_draw(DrawStatus.PREPARED, officers=officers)
    request_void(actor=officers.keeper, draw=draw, reason=REASON)
    words = read(login_as(officers.runner), address_of(draw, "draw-void-confirm"))
    assert "reviews" not in words.partition("What happens then:")[2].partition("Not yet")[0]
    assert "The public page" not in words


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_files_are_given_byte_for_byte(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    client = login_as(officers.runner)
    kinds = {
        "csv": "text/csv; charset=utf-8",
        "json": "application/json",
        "py": "text/x-python; charset=utf-8",
        "pyz": "application/zip",
    }
    for file in draw.files.all():
        http_response = client.get(address_of(draw, "draw-file", file.name))
        assert http_response.content == bytes(file.content)
        assert http_response["Content-Type"] == kinds[file.name.rpartition(".")[2]]
        assert http_response["Content-Disposition"] == f'attachment; filename="{file.name}"'
        assert http_response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["", "secret.json", "draw.json", "..", "input.csv ", "INPUT.CSV"])
def test_other_files_are_not_there(login_as: LoginAs, officers: Officers, name: str) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers)
    address = f"{address_of(draw)}files/{name}"
    assert login_as(officers.keeper).get(address).status_code == 404


def test_the_seed_is_not_on_the_page_before_it_is_read(login_as: LoginAs, officers: Officers) -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, officers=officers)
    client = login_as(officers.runner)
    assert "All values together" not in read(client, address_of(draw))
    record_seed(draw, officers.keeper)
    draw.refresh_from_db()
    assert f"All values together: {draw.seed}" in read(client, address_of(draw))
