"""The page of the programme, the form of all dates, the shift, what would change, and storing it."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from core.models import Notification
from reviews.periods.forms import PeriodsForm
from reviews.periods.grid import CellKey, PeriodGrid, shifted, token_of
from reviews.programme.models import Mechanism
from tests.forms import carried_by
from tests.i18n.reading import english_in, read
from tests.query_counts import assert_query_count
from tests.reviews.periods.programmes import grid_now, in_session, store, with_cell
from tests.utils import Cast, make_review

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
UNPROCESSABLE = 422
TODAY = dt.datetime(2026, 11, 29, 12, tzinfo=dt.UTC)
EVIDENCE = {"evidence_mark": "P", "evidence_note": "Decision 12/4.", "reason": "", "store": "1"}


def url(name: str, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"reviews:{name}", args=["untoc"])


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def values(grid: PeriodGrid, **more: str) -> dict[str, str]:
    """What the form of the dates sends where all of ``grid`` stands in it."""
    return PeriodsForm.values_of(grid, base=grid) | more


@pytest.fixture
def client_in_session(client: Client, login_as: LoginAs, db: None) -> Client:
    return login_as(in_session())


@pytest.fixture
def grid(mechanism: Mechanism) -> PeriodGrid:
    return grid_now(mechanism)


@pytest.mark.parametrize("name", ["officer", "administrator", "auditor"])
def test_the_secretariat_reads_it(cast: Cast, login_as: LoginAs, name: str) -> None:
    with time_machine.travel(TODAY, tick=False):
        client = login_as(cast.people[name])
        page, change = (client.get(url(name)) for name in ("programme", "programme-change"))
    text = text_of(page)
    assert "1 Dec 2020 to 30 Nov 2022" in text
    assert "began 5 years 11 months ago" in text
    assert "ended 3 years 11 months ago" in text
    assert "begins in 2 days" in text
    assert "2 reviews opened" in text
    assert "2 reviews to come" in text
    assert '<svg class="app-periods-chart"' in page.content.decode()
    assert ("Begin a staff session" in text) is (name == "administrator")
    refused = "This needs an open staff session" if name == "administrator" else "Only administrators of the"
    assert refused in text
    assert change.status_code == 403


@pytest.mark.parametrize("name", ["focal_point", "same_group_expert", "bystander", "stranger"])
def test_nobody_else_learns_of_it(cast: Cast, login_as: LoginAs, name: str) -> None:
    client = login_as(cast.people[name])
    assert [client.get(url(page)).status_code for page in ("programme", "programme-change")] == [404, 404]
    assert client.post(url("programme-change")).status_code == 404


def test_there_is_none_of_an_unknown_mechanism(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    assert client.get("/en/nothing/programme/").status_code == 404


@pytest.mark.parametrize("page", ["portal:dashboard", "reviews:plan-list", "lots:draw-list"])
def test_the_pages_around_it_lead_there(cast: Cast, login_as: LoginAs, page: str) -> None:
    address = reverse(page, args=[] if page == "portal:dashboard" else ["untoc"])
    assert url("programme") in login_as(cast.officer).get(address).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_one_review_and_for_three(
    cast: Cast, login_as: LoginAs, count: int
) -> None:
    for state in ("XHV", "XAL")[: count - 1]:
        make_review(state=state)
    client = login_as(cast.auditor)
    with assert_query_count("reviews:programme"):
        client.get(url("programme"))


def test_what_is_typed_is_previewed_and_stored_as_it_was_shown(
    client_in_session: Client, mechanism: Mechanism, grid: PeriodGrid
) -> None:
    typed = values(grid) | {"last-4-3": "2031-10-31"}
    preview = client_in_session.post(url("programme-change"), typed)
    text = text_of(preview)
    assert "1 period would change" in text
    assert "1 Nov 2028 to 31 Oct 2030 1 Nov 2028 to 31 Oct 2031 first day: stays last day: 1 year later" in text
    assert "No mail goes out" in text
    mails = Notification.objects.count()
    assert grid_now(mechanism) == grid, "nothing is stored by looking"
    carried = dict(preview.context["form"].initial)
    done = client_in_session.post(url("programme-change"), carried | EVIDENCE, follow=True)
    assert "1 period is changed." in text_of(done)
    assert grid_now(mechanism)[CellKey(4, 3)].last == dt.date(2031, 10, 31)
    assert Notification.objects.count() == mails


@pytest.mark.parametrize(("scope", "number"), [("later", 9), ("phase", 3)])
def test_a_shift_leads_to_the_same_preview(
    client_in_session: Client, mechanism: Mechanism, grid: PeriodGrid, scope: str, number: int
) -> None:
    sent = {"shift-phase": "2", "shift-first_day": "2022-12-15", "shift-scope": scope, "shift-base": token_of(grid)}
    preview = client_in_session.post(url("programme-change"), sent | {"shift": "1"})
    if scope == "phase":
        assert preview.status_code == UNPROCESSABLE, "it would overlap the next phase"
        assert "runs for this group until 14 December 2024" in text_of(preview)
        assert 'value="2022-12-15"' in preview.content.decode(), "what came of the shift stands in the form"
    else:
        assert f"{number} periods would change" in text_of(preview)
        assert "14 days later" in text_of(preview)


def test_a_shift_by_years_warns_of_nothing_when_nothing_runs(client_in_session: Client, grid: PeriodGrid) -> None:
    sent = {"shift-phase": "1", "shift-first_day": "2047-12-01", "shift-scope": "later", "shift-base": token_of(grid)}
    text = text_of(client_in_session.post(url("programme-change"), sent | {"shift": "1"}))
    assert "27 years later" in text
    assert "This needs a reason" not in text


def test_a_warning_is_overridden_with_a_reason(
    client_in_session: Client, mechanism: Mechanism, grid: PeriodGrid
) -> None:
    make_review()
    wanted = with_cell(grid, 2, 2, "2023-11-02", "2025-10-31")
    sent = PeriodsForm.values_of(wanted, base=grid)
    text = text_of(client_in_session.post(url("programme-change"), sent))
    assert "Phase 2 of group 2 would begin on 2 November 2023, while 1 review of its phase 1 still runs." in text
    assert "a review that is opened in it begins with dates that have passed" in text
    assert "1 review that is open keeps" not in text, "it is in a phase that does not change"
    refused = client_in_session.post(url("programme-change"), sent | EVIDENCE)
    assert refused.status_code == UNPROCESSABLE
    assert "Say why a phase is to begin all the same." in text_of(refused)
    assert "Decision 12/4." in refused.content.decode()
    client_in_session.post(url("programme-change"), sent | EVIDENCE | {"reason": "All States agree."})
    assert grid_now(mechanism) == wanted


def test_where_the_dates_come_from_has_to_be_said(client_in_session: Client, grid: PeriodGrid) -> None:
    sent = values(grid) | {"last-4-3": "2031-10-31", "store": "1", "evidence_mark": "", "evidence_note": ""}
    text = text_of(client_in_session.post(url("programme-change"), sent))
    assert "Choose how well the new dates are known." in text
    assert "Say where the new dates come from." in text
    assert "1 period would change" in text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"last-1-1": "2019-01-01"}, "Phase 1, group 1: the last day is before the first."),
        ({"last-1-1": ""}, "Phase 1, group 1: give both days, or neither."),
        ({"first-4-3": "soon"}, "Phase 4, group 3: this is no day of the calendar."),
        ({"first-1-1": "1999-12-31"}, "Phase 1, group 1: give a day from 1 January 2000 to 31 December 2100."),
        ({"last-1-1": "2022-12-01"}, "Phase 2, group 1: it would begin on 1 December 2022, when phase 1 runs"),
        ({}, "No date is changed."),
    ],
)
def test_bad_input_comes_back_by_the_field(
    client_in_session: Client, grid: PeriodGrid, typed: dict[str, str], words: str
) -> None:
    for language, expected in (("en", words), ("ar", "")):
        answer = client_in_session.post(url("programme-change", language), values(grid) | typed)
        assert answer.status_code == UNPROCESSABLE
        assert expected in text_of(answer)
        for value in filter(None, typed.values()):
            assert f'value="{value}"' in answer.content.decode()
        if language == "ar":
            assert english_in(read(answer.content.decode(), "ar")) == []


def test_a_hole_is_allowed(client_in_session: Client, mechanism: Mechanism, grid: PeriodGrid) -> None:
    sent = values(grid) | {"first-4-3": "", "last-4-3": ""}
    assert "no draw of this phase can be prepared" in text_of(client_in_session.post(url("programme-change"), sent))
    client_in_session.post(url("programme-change"), sent | EVIDENCE)
    assert CellKey(4, 3) not in grid_now(mechanism)


@pytest.mark.parametrize("more", [{}, EVIDENCE])
def test_dates_that_changed_since_are_told_and_what_was_typed_stays(
    client_in_session: Client, mechanism: Mechanism, grid: PeriodGrid, more: dict[str, str]
) -> None:
    sent = values(grid) | {"last-4-3": "2031-10-31"} | more
    store(in_session(), mechanism, with_cell(grid, 4, 2, "2027-11-01", "2029-12-31"))
    answer = client_in_session.post(url("programme-change"), sent)
    assert answer.status_code == UNPROCESSABLE
    text, content = text_of(answer), answer.content.decode()
    assert "The dates of the programme have changed since you were shown them." in text
    assert "Phase 4, group 2: 1 Nov 2027 to 31 Oct 2029 → 1 Nov 2027 to 31 Dec 2029" in text
    assert 'value="2031-10-31"' in content, "typed"
    assert 'value="2029-12-31"' in content, "left alone"
    again = PeriodsForm.values_of(answer.context["periods"].grid, base=grid_now(mechanism))
    assert "1 period would change" in text_of(client_in_session.post(url("programme-change"), again))


def test_a_shift_of_dates_that_changed_since_is_refused(
    client_in_session: Client, mechanism: Mechanism, grid: PeriodGrid
) -> None:
    store(in_session(), mechanism, with_cell(grid, 4, 2, "2027-11-01", "2029-12-31"))
    sent = {"shift-phase": "1", "shift-first_day": "2047-12-01", "shift-scope": "later", "shift-base": token_of(grid)}
    answer = client_in_session.post(url("programme-change"), sent | {"shift": "1"})
    assert answer.status_code == UNPROCESSABLE
    assert 'value="2047-12-01"' in answer.content.decode()
    assert "Phase 4, group 2" in text_of(answer)


@pytest.mark.parametrize("given", [{}, {"shift-first_day": "soon"}, {"shift-first_day": "2222-01-01"}])
def test_a_shift_to_no_day_is_refused(client_in_session: Client, grid: PeriodGrid, given: dict[str, str]) -> None:
    sent = {"shift": "1", "shift-phase": "1", "shift-scope": "later", "shift-base": token_of(grid)} | given
    assert client_in_session.post(url("programme-change"), sent).status_code == UNPROCESSABLE


def test_from_the_preview_one_goes_back_to_what_was_typed(client_in_session: Client, grid: PeriodGrid) -> None:
    sent = values(grid) | {"last-4-3": "2031-10-31", "edit": "1"} | {"evidence_note": "", "evidence_mark": ""}
    answer = client_in_session.post(url("programme-change"), sent)
    assert answer.status_code == 200
    assert 'value="2031-10-31"' in answer.content.decode()


def test_where_dates_come_from_survives_a_colleagues_change_and_the_way_back(
    client_in_session: Client, mechanism: Mechanism, grid: PeriodGrid
) -> None:
    note = {"evidence_note": "Decision 12/4,\nparagraph 3."}
    sent = values(grid) | {"last-4-3": "2031-10-31"} | EVIDENCE | note
    back = client_in_session.post(url("programme-change"), sent | {"edit": "1"})
    store(in_session(), mechanism, with_cell(grid, 4, 2, "2027-11-01", "2029-12-31"))
    conflict = client_in_session.post(url("programme-change"), sent)
    for answer in (back, conflict):
        assert carried_by(answer)["evidence_note"] == note["evidence_note"]
    wanted = PeriodsForm.values_of(conflict.context["periods"].grid, base=grid_now(mechanism))
    again = client_in_session.post(url("programme-change"), carried_by(conflict) | wanted)
    assert "Decision 12/4,\nparagraph 3.</textarea>" in again.content.decode()


def test_every_page_of_it_is_in_arabic(client_in_session: Client, mechanism: Mechanism, grid: PeriodGrid) -> None:
    make_review()
    shift = shifted(grid, 1, dt.date(2023, 3, 4), and_later=True)
    sent = PeriodsForm.values_of({key: shift[key] for key in shift if key != CellKey(4, 3)}, base=grid)
    stale = sent | {"base": token_of(with_cell(grid, 4, 2, "2027-11-01", "2029-12-31"))}
    pages = [
        client_in_session.get(url("programme", "ar")),
        client_in_session.get(url("programme-change", "ar")),
        client_in_session.post(url("programme-change", "ar"), sent),
        client_in_session.post(url("programme-change", "ar"), sent | EVIDENCE | {"evidence_mark": ""}),
        client_in_session.post(url("programme-change", "ar"), stale),
        client_in_session.post(url("programme-change", "ar"), {"shift": "1"}),
    ]
    assert [page.status_code for page in pages] == [200, 200, 200, 422, 422, 422]
    for page in pages:
        reading = read(page.content.decode(), "ar")
        assert reading.root["dir"] == "rtl"
        assert english_in(reading) == []
