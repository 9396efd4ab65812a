"""What a State has joined is recorded on a page: what follows is shown first, and open reviews stay as they are."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from accounts.states.models import StateParty
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from core.seen import seen_of
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from portal.reference.load import load_all
from reviews.adherence.models import AdherenceStatement
from reviews.adherence.selectors import adherence_of, what_follows
from reviews.adherence.services import record_adherence
from reviews.programme.models import Adherence, Instrument
from tests.factories.accounts import AdministratorFactory, OfficerFactory
from tests.forms import carried_by, send_form
from tests.lots.making import LAUNCH_SESSION, make_draw

pytestmark = pytest.mark.django_db

Login = Callable[[User], Client]
DAY = dt.date(2024, 3, 1)


@pytest.fixture
def administrator(reference: None) -> User:
    """With an open staff session."""
    person = AdministratorFactory.create()
    start_staff_session(actor=person, reason="A State has joined a Protocol.", state_party=None)
    return person


@pytest.fixture
def state() -> StateParty:
    """Party to the Convention since 2003, and to no Protocol on firearms."""
    state = StateParty.objects.get(iso3="CHN")
    Adherence.objects.filter(state_party=state).exclude(instrument__slug="untoc").delete()
    return state


def instrument(slug: str) -> Instrument:
    return Instrument.objects.get(slug=slug)


def address(state: StateParty, slug: str, *more: Any, name: str = "adherence") -> str:
    return reverse(f"reviews:{name}", args=[state.iso3, slug, *more])


def given(**changes: Any) -> dict[str, Any]:
    return {"kind": "accession", "deposited_on": "2024-03-01", "source": "C.N.77.2024", "is_verified": "on", **changes}


# --- What follows


def test_a_protocol_binds_thirty_days_after_its_deposit(state: StateParty) -> None:
    assert what_follows(state, instrument("firearms"), DAY)[0] == "It binds the State from 31 March 2024."


def test_a_protocol_waits_for_its_convention_and_binds_with_it(state: StateParty) -> None:
    Adherence.objects.filter(state_party=state).delete()
    firearms = instrument("firearms")
    assert what_follows(state, firearms, DAY)[0].startswith("It does not bind the State before the State has joined")
    Adherence.objects.create(state_party=state, instrument=firearms, kind="accession", deposited_on=DAY)
    assert what_follows(state, instrument("untoc"), dt.date(2025, 1, 1))[:2] == [
        "It binds the State from 31 January 2025.",
        f"\u2068{firearms}\u2069 then binds the State from 31 January 2025.".replace("\u2068", "").replace(
            "\u2069", ""
        ),
    ]


def test_open_reviews_stay_as_they_are_and_later_ones_cover_it(make_review: Callable[..., Any]) -> None:
    review = make_review()
    state, left_out = review.state_under_review, instrument("firearms")
    review.instruments.remove(left_out)
    assert what_follows(state, left_out, DAY)[-2:] == [
        f"Review {review.code} was opened without it, and stays as it is.",
        "Reviews of this State that are opened for a start on that day or later cover it.",
    ]
    words = f"Review {review.code} was opened with it, and stays as it is."
    assert words in what_follows(state, instrument("untoc"), DAY)


def test_reviews_in_which_the_state_reviews_are_named(make_review: Callable[..., Any]) -> None:
    review = make_review()
    reviewing = review.reviewing_states.all()[0].state_party
    words = f"Where the State reviews another one, it goes on with what it was drawn for: {review.code}."
    assert words in what_follows(reviewing, instrument("firearms"), DAY)
    assert words not in what_follows(review.state_under_review, instrument("firearms"), DAY)


def test_draws_in_which_the_state_stands_are_named() -> None:
    """Kenya, with and without what a draw has counted."""
    kenya = StateParty.objects.get(iso3="KEN")
    Adherence.objects.filter(state_party=kenya, instrument__slug="firearms").delete()
    code = make_draw(DrawStatus.PREPARED, is_training=False, as_of=LAUNCH_SESSION, phase=1).code
    without = next(words for words in what_follows(kenya, instrument("firearms"), DAY) if code in words)
    assert without.startswith(f"Draw {code} is frozen without it, as of 12 October 2020, and not drawn yet")
    counted = next(words for words in what_follows(kenya, instrument("untoc"), DAY) if code in words)
    assert counted == f"Draw {code} counts the State with it, as of 12 October 2020. That stays."
    Draw.objects.update(run_at=timezone.now())
    without = next(words for words in what_follows(kenya, instrument("firearms"), DAY) if code in words)
    assert without.startswith(f"Draw {code} counted the State without it")
    Draw.objects.update(status=DrawStatus.VOIDED)
    assert not [words for words in what_follows(kenya, instrument("firearms"), DAY) if code in words]


def test_a_phase_that_is_under_way_without_the_state_is_named(
    state: StateParty, make_review: Callable[..., Any]
) -> None:
    make_review()
    last = what_follows(state, instrument("untoc"), DAY)[-1]
    assert last == "Phase 1 is under way without a review of this State: it has no reviewing States yet."


# --- Recording


def test_it_is_recorded_once_what_follows_was_shown(login_as: Login, administrator: User, state: StateParty) -> None:
    client = login_as(administrator)
    shown = send_form(client, address(state, "firearms"), given())
    page = shown.content.decode()
    assert (shown.status_code, "It binds the State from 31 March 2024." in page) == (200, True)
    assert not Adherence.objects.filter(state_party=state, instrument__slug="firearms").exists()

    answer = client.post(address(state, "firearms"), {**carried_by(shown), **given()}, follow=True)
    assert "It is recorded." in answer.content.decode()
    row = Adherence.objects.get(state_party=state, instrument__slug="firearms")
    assert (row.kind, row.deposited_on, row.source, row.is_verified) == ("accession", DAY, "C.N.77.2024", True)
    entry = AuditEntry.objects.get(verb="reviews.adherence.added")
    assert (entry.actor_label, entry.after["deposited_on"]) == (administrator.full_name, "2024-03-01")
    assert entry.after["staff_session"]


def test_another_day_than_the_one_shown_is_shown_anew(login_as: Login, administrator: User, state: StateParty) -> None:
    client = login_as(administrator)
    shown = send_form(client, address(state, "firearms"), given())
    again = client.post(address(state, "firearms"), {**carried_by(shown), **given(deposited_on="2024-04-01")})
    assert "It binds the State from 1 May 2024." in again.content.decode()
    assert not Adherence.objects.filter(state_party=state, instrument__slug="firearms").exists()


def test_what_a_colleague_recorded_meanwhile_is_not_written_over_unseen(
    login_as: Login, administrator: User, state: StateParty
) -> None:
    client = login_as(administrator)
    shown = send_form(client, address(state, "firearms"), given())
    Adherence.objects.create(state_party=state, instrument=instrument("firearms"), kind="approval", deposited_on=DAY)
    answer = client.post(address(state, "firearms"), {**carried_by(shown), **given()})
    page = answer.content.decode()
    assert (answer.status_code, "A colleague has recorded something here" in page) == (422, True)
    assert "Approval, <time" in page, "what stands now"
    assert Adherence.objects.get(state_party=state, instrument__slug="firearms").kind == "approval"

    what_follows_now = client.post(address(state, "firearms"), {**carried_by(answer), **given()})
    assert "It binds the State from 31 March 2024." in what_follows_now.content.decode()
    client.post(address(state, "firearms"), {**carried_by(what_follows_now), **given()})
    assert Adherence.objects.get(state_party=state, instrument__slug="firearms").kind == "accession"


def test_a_form_from_before_a_colleague_does_not_show_what_follows_as_if_nothing_had_been(
    login_as: Login, administrator: User, state: StateParty
) -> None:
    client = login_as(administrator)
    opened = client.get(address(state, "firearms"))
    Adherence.objects.create(state_party=state, instrument=instrument("firearms"), kind="approval", deposited_on=DAY)
    answer = client.post(address(state, "firearms"), {**carried_by(opened), **given()})
    assert (answer.status_code, "Approval, <time" in answer.content.decode()) == (422, True)


def test_what_belongs_to_no_mechanism_is_recorded_with_the_acts_of_the_portal(
    login_as: Login, administrator: User, state: StateParty
) -> None:
    assert instrument("uncac").mechanism is None
    client = login_as(administrator)
    shown = send_form(client, address(state, "uncac"), given())
    client.post(address(state, "uncac"), {**carried_by(shown), **given()})
    said = {"kind": "declaration", "language": "en", "text": "In its own words.", "link": ""}
    client.post(address(state, "uncac", name="statement-add"), said)
    assert set(AuditEntry.objects.filter(verb__startswith="reviews.adherence").values_list("verb", "chain")) == {
        ("reviews.adherence.added", "portal"),
        ("reviews.adherencestatement.added", "portal"),
    }


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"deposited_on": "2199-01-01"}, "This day is still to come."),
        ({"deposited_on": "1815-06-09"}, "This day is before the United Nations were founded."),
        ({"deposited_on": "soon"}, "Enter a valid date."),
        ({"source": " "}, "Say where this is read."),
    ],
)
def test_what_cannot_be_is_told_by_the_field_and_what_was_typed_stays(
    login_as: Login, administrator: User, state: StateParty, changes: dict[str, str], words: str
) -> None:
    client = login_as(administrator)
    shown = send_form(client, address(state, "firearms"), given(**changes))
    carried = carried_by(shown)
    answer = (
        shown if shown.status_code == 422 else client.post(address(state, "firearms"), {**carried, **given(**changes)})
    )
    page = answer.content.decode()
    assert (answer.status_code, words in page) == (422, True)
    assert 'value="C.N.77.2024"' in page or "source" in changes


def test_the_next_start_leaves_it_as_it_is(administrator: User, state: StateParty) -> None:
    record_adherence(
        actor=administrator,
        state=state,
        instrument=instrument("untoc"),
        kind="accession",
        deposited_on=DAY,
        source="A correction",
        is_verified=True,
        seen=seen_of(adherence_of(state, instrument("untoc"))),
    )
    load_all()
    row = Adherence.objects.get(state_party=state, instrument__slug="untoc")
    assert (row.kind, row.deposited_on) == ("accession", DAY)


def test_nobody_does_it_without_a_staff_session(login_as: Login, state: StateParty) -> None:
    for person, may_begin_one in ((AdministratorFactory.create(), True), (OfficerFactory.create(), False)):
        with pytest.raises(PolicyRefusedError):
            record_adherence(
                actor=person,
                state=state,
                instrument=instrument("untoc"),
                kind="accession",
                deposited_on=DAY,
                source="X",
                is_verified=False,
                seen="",
            )
        page = login_as(person).get(reverse("reviews:state-detail", args=[state.iso3])).content.decode()
        assert ("Begin a staff session" in page, "/instruments/" in page) == (may_begin_one, False)


# --- Reservations, declarations and notifications


def test_a_statement_is_added_corrected_and_taken_out(login_as: Login, administrator: User, state: StateParty) -> None:
    client = login_as(administrator)
    said = {
        "kind": "reservation",
        "language": "ar",
        "text": "لا تلتزم الدولة بالفقرة ٢.",
        "link": "https://un.example/1",
    }
    page = client.post(address(state, "untoc", name="statement-add"), said, follow=True).content.decode()
    assert 'lang="ar" dir="auto">لا تلتزم الدولة' in page
    assert 'href="https://un.example/1"' in page
    statement = AdherenceStatement.objects.get()
    change = address(state, "untoc", statement.pk, name="statement-change")
    send_form(client, change, {**said, "made_on": "2003-09-23"})
    statement.refresh_from_db()
    assert statement.made_on == dt.date(2003, 9, 23)
    delete = address(state, "untoc", statement.pk, name="statement-delete")
    assert "لا تلتزم الدولة" in client.get(delete).content.decode(), "one sees what is taken out"
    assert client.post(delete, {"seen": "of another day"}).status_code == 422
    send_form(client, delete)
    assert not AdherenceStatement.objects.exists()
    verbs = AuditEntry.objects.filter(verb__startswith="reviews.adherencestatement").order_by("at")
    assert [verb.rsplit(".", 1)[1] for verb in verbs.values_list("verb", flat=True)] == ["added", "changed", "deleted"]


@pytest.mark.parametrize(
    ("changes", "words"), [({"text": ""}, "Enter the text"), ({"link": "javascript:x"}, "valid URL")]
)
def test_a_statement_has_a_text_and_a_link_that_leads_somewhere(
    login_as: Login, administrator: User, state: StateParty, changes: dict[str, str], words: str
) -> None:
    said = {"kind": "declaration", "language": "en", "text": "In its own words.", "link": "", **changes}
    answer = login_as(administrator).post(address(state, "untoc", name="statement-add"), said)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert not AdherenceStatement.objects.exists()


def test_nothing_is_said_of_what_was_not_joined(login_as: Login, administrator: User, state: StateParty) -> None:
    assert login_as(administrator).get(address(state, "firearms", name="statement-add")).status_code == 404


def test_who_writes_over_what_was_not_shown_is_refused_by_the_service_too(
    administrator: User, state: StateParty
) -> None:
    """As between the check of the page and the act; the State is held, so that the second waits for the first."""
    given_to = {"actor": administrator, "state": state, "instrument": instrument("som"), "deposited_on": DAY}
    more = {"source": "X", "is_verified": False, "seen": ""}
    record_adherence(kind="accession", **given_to, **more)
    with pytest.raises(ServiceError, match="A colleague has recorded something"):
        record_adherence(kind="approval", **given_to, **more)
    assert Adherence.objects.get(state_party=state, instrument__slug="som").kind == "accession"


def test_a_statement_that_a_colleague_corrected_is_not_written_over(
    login_as: Login, administrator: User, state: StateParty
) -> None:
    client = login_as(administrator)
    said = {"kind": "declaration", "language": "en", "text": "As it was.", "link": ""}
    client.post(address(state, "untoc", name="statement-add"), said)
    statement = AdherenceStatement.objects.get()
    change = address(state, "untoc", statement.pk, name="statement-change")
    shown = carried_by(client.get(change))
    send_form(client, change, {**said, "text": "By a colleague."})
    answer = client.post(change, {**shown, **said, "text": "By me."})
    assert (answer.status_code, "By me." in answer.content.decode()) == (422, True), "what was typed stays"
    statement.refresh_from_db()
    assert statement.text == "By a colleague."
