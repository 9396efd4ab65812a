"""The secretariat's cockpit: filter, timeline, table, figures, saved views and files."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given, strategies as st

from accounts.people.models import User
from core.files.storage import XLSX
from core.models import Job, Notification
from core.templatetags.components import date_short
from core.time.deadlines import add
from portal.cockpit.drawing import CHART_HEIGHT, COLUMN, columns_of, time_of
from portal.cockpit.gantt import WIDTH, Scale
from portal.cockpit.models import SavedView
from portal.cockpit.selectors import figures
from portal.cockpit.selectors.cockpit import Ahead, Stay, for_table, stays_of
from portal.cockpit.selectors.rows import facts_of
from portal.cockpit.services import save_view
from reviews.cases.models import Review
from tests.factories.accounts import OfficerFactory
from tests.portal.cockpit.workbooks import workbook
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
COCKPIT = "/en/untoc/cockpit/"
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))


def codes_shown(client: Client, query: str) -> set[str]:
    page = client.get(f"{COCKPIT}?{query}")
    assert page.status_code == 200
    return {row.review.code for row in page.context["rows"]}


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("all=1", {"1-XVE", "1-XMB"}),
        ("step=self_assessment", {"1-XVE"}),
        ("step=consultations", {"1-XMB"}),
        ("phase=2", set()),
        ("q=Veskaria", {"1-XVE"}),
        ("owner=state_under_review", {"1-XVE", "1-XMB"}),  # the one owes with all the others
        ("owner=secretariat", set()),
        ("overdue=on", {"1-XVE", "1-XMB"}),
        ("language=fr", set()),
        ("instrument=untoc", {"1-XVE", "1-XMB"}),
        ("officer=none", {"1-XMB"}),
        ("officer=me", {"1-XVE"}),
        ("step=nonsense", {"1-XVE", "1-XMB"}),
        ("step=self_assessment&officer=none", set()),
    ],
)
def test_the_filter_leaves_what_was_chosen(cast: Cast, login_as: LoginAs, query: str, codes: set[str]) -> None:
    Review.objects.filter(code="1-XVE").update(officer=cast.officer)
    Review.objects.filter(code="1-XMB").update(officer=None)
    assert codes_shown(login_as(cast.officer), query) == codes


def test_a_regional_group_and_an_officer_narrow_the_list(cast: Cast, login_as: LoginAs) -> None:
    client, group = login_as(cast.officer), cast.state.regional_group
    assert group is not None
    shown = codes_shown(client, f"region={group.slug}")
    assert "1-XVE" in shown
    assert ("1-XMB" in shown) == (cast.bystander_state.regional_group == group)
    Review.objects.filter(code="1-XMB").update(officer=cast.administrator)
    assert codes_shown(client, f"officer={cast.administrator.pk}") == {"1-XMB"}


def test_table_and_timeline_show_the_same_reviews(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    assert codes_shown(client, "all=1&shape=table") == codes_shown(client, "all=1") == {"1-XVE", "1-XMB"}
    content = client.get(f"{COCKPIT}?all=1").content.decode()
    assert "Self-assessment: since" in content
    assert 'style="' not in content


def test_a_zoom_shows_that_time_alone(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    before = client.get(f"{COCKPIT}?zoom=2020").context
    assert [row.bars for row in before["rows"]] == [[], []]
    assert before["today_x"] is None
    assert client.get(f"{COCKPIT}?zoom=phase-1").context["zoom"] == "phase-1"
    assert client.get(f"{COCKPIT}?zoom=1066").context["zoom"] == ""


def test_what_one_can_zoom_to_comes_from_what_is_shown(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.officer).get(f"{COCKPIT}?all=1").context
    years = [each.key for each in page["years"]]
    assert (years[0], page["zoom"]) == ("2021", "")  # the reviews began in November of that year
    assert str(timezone.localdate().year) in years
    assert {each.key for each in page["phases"]} >= {"phase-1"}
    near = login_as(cast.officer).get(f"{COCKPIT}?zoom=near").context
    assert (near["zoom"], near["today_x"] is not None) == ("near", True)


@given(since=DAYS, due=DAYS, today=DAYS)
@pytest.mark.unit
def test_the_usual_time_holds_all_that_is_shown_in_full_quarters(since: dt.date, due: dt.date, today: dt.date) -> None:
    first, last = time_of({1: [Stay(1, since, None)]}, {1: [Ahead(1, "", "all", due)]}, today)
    assert all(first <= day <= last for day in (since, due, today))
    assert (first.day, first.month % 3) == (1, 1)
    assert ((last + dt.timedelta(days=1)).day, (last + dt.timedelta(days=1)).month % 3) == (1, 1)
    assert (min(since, due, today) - first).days < 92
    assert (last - max(since, due, today)).days < 92


def test_a_row_of_the_table_says_who_is_waited_for_the_last_sign_and_the_last_reminder(
    cast: Cast, login_as: LoginAs
) -> None:
    first = cast.bystander_review.milestones.order_by("plan__order").first()
    assert first is not None
    last = timezone.localdate() - dt.timedelta(days=90)
    for days in (0, 30):
        Notification.objects.create(
            recipient=cast.focal_point,
            key=f"digest {days}",
            template="portal/digest",
            about=["1-XVE", "1-XXX"],
            status="sent",
            sent_at=dt.datetime.combine(last, dt.time(12), dt.UTC) - dt.timedelta(days=days),
        )
    client = login_as(cast.officer)
    page = client.get(f"{COCKPIT}?shape=table")
    facts = page.context["facts"]
    assert facts[cast.review.pk].reminded_on == last
    assert facts[cast.bystander_review.pk].reminded_on is None
    assert facts[cast.review.pk].awaited == [cast.state]
    assert len(facts[cast.bystander_review.pk].awaited) == 3  # none of the three has named a focal point
    assert f"Last reminded on {date_short(last)}" in page.content.decode()


def test_a_reminder_of_more_than_a_year_ago_is_none_of_this_act(cast: Cast) -> None:
    Notification.objects.create(
        recipient=cast.focal_point,
        key="d",
        template="portal/digest",
        about=["1-XVE"],
        status="sent",
        sent_at=timezone.now() - dt.timedelta(days=370),
    )
    assert facts_of(list(for_table(Review.objects.all())))[cast.review.pk].reminded_on is None


def test_a_reminder_to_the_officer_is_none_of_the_state(cast: Cast, login_as: LoginAs) -> None:
    Notification.objects.create(
        recipient=cast.officer,
        key="d",
        template="portal/digest",
        about=["1-XVE"],
        status="sent",
        sent_at=timezone.now(),
    )
    page = login_as(cast.officer).get(f"{COCKPIT}?shape=table")
    assert page.context["facts"][cast.review.pk].reminded_on is None


def test_a_filter_in_force_is_taken_off_by_its_chip(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    page = client.get(f"{COCKPIT}?step=self_assessment&shape=table")
    assert "app-chip" in page.content.decode()
    (chip,) = page.context["view"].filter.chips
    off = client.get(f"{COCKPIT}?{chip.query}")
    assert (off.context["shape"], {row.review.code for row in off.context["rows"]}) == ("table", {"1-XVE", "1-XMB"})


@given(first=DAYS, length=st.integers(1, 4000), begin=DAYS, end=DAYS)
@pytest.mark.unit
def test_nothing_is_drawn_outside_and_arabic_is_the_mirror_image(
    first: dt.date, length: int, begin: dt.date, end: dt.date
) -> None:
    last = first + dt.timedelta(days=length)
    plain, mirrored = Scale(first, last), Scale(first, last, is_mirrored=True)
    one, other = plain.span(begin, end), mirrored.span(begin, end)
    assert (one is None) == (other is None)
    assert (one is None) == (begin >= end or end <= first or begin > last)
    if one and other:
        assert one[0] >= 0
        assert one[0] + one[1] <= WIDTH + 0.2
        if one[1] > 3:  # narrower ones are widened so that they can be seen
            assert abs(one[0] + one[1] + other[0] - WIDTH) < 0.5


@given(since=DAYS, lengths=st.lists(st.integers(0, 400), min_size=1, max_size=5))
@pytest.mark.unit
def test_each_month_counts_each_begun_review_once(since: dt.date, lengths: list[int]) -> None:
    class Step:
        def __init__(self, pk: int) -> None:
            self.pk = pk

    steps = [Step(number) for number in range(len(lengths))]
    stays, begin = [], since
    for step, length in zip(steps, lengths, strict=True):
        until = None if step is steps[-1] else begin + dt.timedelta(days=length)
        stays.append(Stay(step.pk, begin, until))
        begin = until or begin
    today = begin + dt.timedelta(days=lengths[-1])
    months = figures.months_of({"one": stays}, steps, today)  # type: ignore[arg-type]
    assert {month.total for month in months} == {1}
    assert months[-1].day == today
    assert len(months) == (today.year - since.year) * 12 + today.month - since.month + 1
    assert all(add(month.day.replace(day=1), 1, "months").day == 1 for month in months)


def test_a_step_lasts_until_its_last_milestone_was_reached(cast: Cast) -> None:
    review = Review.objects.get(code="1-XVE")
    consultations, now = stays_of([review])[review.pk]
    assert consultations.since == review.starts_on
    assert consultations.until == now.since
    assert now.until is None
    last = max(row.reached_on for row in review.milestones.exclude(reached_on=None) if row.reached_on)
    assert now.since <= max(last, timezone.localdate())


def test_waiting_says_who_owes_and_for_how_long(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.officer).get(f"{COCKPIT}waiting/?sort=-days")
    rows = {row.review.code: row for row in page.context["page"].object_list}
    review = Review.objects.get(code="1-XMB")
    assert rows["1-XMB"].since == review.starts_on
    assert rows["1-XMB"].days == (timezone.localdate() - review.starts_on).days
    assert rows["1-XVE"].owner == "state_under_review"
    assert sum(group.count for group in page.context["groups"]) == 2
    days = [row.days for row in page.context["page"].object_list]
    assert days == sorted(days, reverse=True)


def test_workload_counts_reviews_in_charge_and_lists_states_by_name(cast: Cast, login_as: LoginAs) -> None:
    Review.objects.filter(code="1-XVE").update(officer=cast.officer)
    Review.objects.filter(code="1-XMB").update(officer=None)
    page = login_as(cast.officer).get(f"{COCKPIT}workload/")
    loads = {load.officer: load for load in page.context["officers"]}
    assert (loads[cast.officer].reviews, loads[None].reviews) == (1, 1)
    names = [load.state.name for load in page.context["states"]]
    assert names == sorted(names)
    assert {load.count for load in page.context["states"]} == {1}


def test_the_workbook_holds_the_filtered_list_and_no_formula(cast: Cast, login_as: LoginAs) -> None:
    User.objects.filter(pk=cast.officer.pk).update(full_name="=HYPERLINK(1)")
    Review.objects.filter(code="1-XVE").update(officer=cast.officer)
    file, book = workbook(login_as(cast.officer), f"{COCKPIT}?step=self_assessment&q=Veskaria")
    assert file["Content-Disposition"] == f'attachment; filename="untoc-reviews-{timezone.localdate()}-en.xlsx"'
    assert file["Content-Type"] == XLSX
    assert book.sheetnames[0] == "Reviews"
    assert [row[0].value for row in book["Reviews"].iter_rows(min_row=2)] == ["1-XVE"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}


def test_the_workbook_runs_from_right_to_left_in_arabic(cast: Cast, login_as: LoginAs) -> None:
    _file, book = workbook(login_as(cast.officer), "/ar/untoc/cockpit/?all=1")
    assert all(sheet.sheet_view.rightToLeft for sheet in book)


def test_the_workbook_is_its_askers_alone(cast: Cast, login_as: LoginAs) -> None:
    workbook(login_as(cast.officer), f"{COCKPIT}?all=1")
    for person in (cast.administrator, cast.auditor, cast.focal_point):
        assert login_as(person).get(f"/en/jobs/{Job.objects.get().pk}/download/").status_code == 404


def test_a_view_keeps_the_checked_filter_and_opens_it(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    given = {"name": "Late ones", "is_shared": "on"}
    client.post(f"{COCKPIT}views/save/?overdue=on&step=nonsense&evil=1", given)
    view = SavedView.objects.get()
    assert (view.name, view.query, view.is_shared, view.owner) == ("Late ones", "overdue=on", True, cast.officer)
    assert client.get(f"{COCKPIT}views/{view.pk}/")["Location"] == f"{COCKPIT}?overdue=on"
    assert b"Late ones" in login_as(cast.administrator).get(f"{COCKPIT}?all=1").content


def test_a_private_view_is_its_owners_alone(cast: Cast, login_as: LoginAs) -> None:
    view = save_view(actor=cast.officer, mechanism=cast.review.mechanism, name="My own", query="officer=me")
    other = login_as(cast.administrator)
    assert b"My own" not in other.get(f"{COCKPIT}?all=1").content
    assert other.get(f"{COCKPIT}views/{view.pk}/").status_code == 404


def test_one_view_opens_first_and_can_be_left(cast: Cast, login_as: LoginAs) -> None:
    mechanism, client = cast.review.mechanism, login_as(cast.officer)
    save_view(actor=cast.officer, mechanism=mechanism, name="One", query="step=summary", is_default=True)
    save_view(actor=cast.officer, mechanism=mechanism, name="Two", query="overdue=on", is_default=True)
    assert client.get(COCKPIT)["Location"] == f"{COCKPIT}?overdue=on"
    assert client.get(f"{COCKPIT}?all=1").status_code == 200
    assert SavedView.objects.filter(is_default=True).count() == 1


def test_a_view_is_renamed_and_deleted_and_a_name_is_taken_once(cast: Cast, login_as: LoginAs) -> None:
    mechanism, client = cast.review.mechanism, login_as(cast.officer)
    view = save_view(actor=cast.officer, mechanism=mechanism, name="One", query="overdue=on")
    save_view(actor=cast.officer, mechanism=mechanism, name="Two", query="step=summary")
    taken = client.post(f"{COCKPIT}views/{view.pk}/change/", {"name": "Two"})
    assert (taken.status_code, b"You have a view of this name already." in taken.content) == (422, True)
    client.post(f"{COCKPIT}views/{view.pk}/change/", {"name": "Three"})
    assert set(SavedView.objects.values_list("name", flat=True)) == {"Two", "Three"}
    client.post(f"{COCKPIT}views/{view.pk}/delete/")
    assert SavedView.objects.get().name == "Two"


def test_the_way_to_the_cockpit_is_for_the_secretariat_alone(cast: Cast, login_as: LoginAs) -> None:
    assert b"/untoc/cockpit/" in login_as(cast.officer).get("/en/").content
    assert b"/cockpit/" not in login_as(cast.focal_point).get("/en/").content


def test_an_auditor_reads_and_is_offered_no_act(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.auditor).get(f"{COCKPIT}?step=self_assessment")
    assert page.context["act_form"] is None
    assert b"Save as a view" not in page.content


def test_officers_are_listed_once(cast: Cast, login_as: LoginAs) -> None:
    OfficerFactory(full_name="Zora Officer")
    page = login_as(cast.officer).get(f"{COCKPIT}workload/")
    people = [load.officer for load in page.context["officers"] if load.officer]
    assert len(people) == len(set(people))


def test_the_chart_stacks_the_steps_of_each_month_and_names_the_years() -> None:
    months = [
        figures.Month(dt.date(2026, 11, 30), [1, 0, 1]),
        figures.Month(dt.date(2026, 12, 31), [2, 2, 0]),
        figures.Month(dt.date(2027, 1, 31), [0, 0, 0]),
    ]
    (first, second, third), width = columns_of(months)
    assert width == 3 * COLUMN
    assert [(piece.number, piece.count) for piece in first.pieces] == [(1, 1), (3, 1)]
    assert [(piece.number, piece.count) for piece in second.pieces] == [(1, 2), (2, 2)]
    for column in (first, second):
        assert sum(piece.height for piece in column.pieces) == pytest.approx(CHART_HEIGHT - 4 - column.top)
        assert column.top > 0, "the total stands within the drawing"
    assert second.top < first.top
    assert (first.year, second.year, third.year) == ("2026", "", "2027")
