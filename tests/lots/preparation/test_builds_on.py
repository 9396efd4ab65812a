"""The draw of the next phase and supplementary draws: what they build on, what they open, what is refused."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from accounts.people.models import User
from accounts.states.models import StateParty
from core.errors import ServiceError
from lots.algorithm import Switches
from lots.ceremony.services.drawing import run_draw
from lots.chain import draw_before, draws_before, draws_on, results_until
from lots.course.services import confirm_void, request_void
from lots.draws import file_of
from lots.draws.enums import DrawBasis, DrawKind, DrawStatus
from lots.draws.models import Draw, DrawEntry
from lots.files import write_files
from lots.preparation.selectors.inputs import input_for, report_on
from lots.publication.services.publication import publish_draw
from lots.results import drawn_states
from lots.verifier import verify
from reviews.cases.models import Review
from reviews.programme.models import Adherence
from tests.lots.making import AS_OF, LAUNCH_SESSION, Officers, make_draw, phase_of
from tests.lots.pages import PREPARE, address_of, errors_of, text_of

pytestmark = pytest.mark.django_db
LATER = dt.date(2025, 11, 1)
LATE = Switches(late=("XZU",))
FILES = ("input.csv", "draw.json", "result.json", "certificate.json")


def one_joins_late() -> StateParty:
    """After the first draw."""
    state = StateParty.objects.get(iso3="XZU")
    Adherence.objects.filter(state_party=state).update(deposited_on=dt.date(2025, 1, 10))
    return state


def drawn_without_it() -> Draw:
    one_joins_late()
    return make_draw()


AFTER_THE_FIRST = pytest.mark.kept.with_args(drawn_without_it)


@pytest.fixture
def first(kept: Draw) -> Draw:
    return kept


@pytest.fixture
def late_state() -> StateParty:
    return one_joins_late()


def groups_of(draw: Draw) -> dict[str, int]:
    rows = DrawEntry.objects.filter(draw=draw).values_list("state_party__iso3", "review_group__number")
    return dict(rows)


def teams_of(draw: Draw) -> dict[str, set[str]]:
    return {each.state.iso3: {one.state.iso3 for one in each.reviewers} for each in drawn_states(draw)}


def assert_verified(folder: Path, *chain: Draw) -> None:
    """By the program that delegations download, from the files that the pages offer."""
    for draw in chain:
        write_files({name: file_of(draw, name) or b"" for name in FILES}, folder / draw.code)
    assert verify.main([str(folder / draw.code) for draw in chain]) == 0


# --- The next phase


@AFTER_THE_FIRST
def test_groups_are_drawn_once_and_teams_stay_where_they_may(first: Draw, tmp_path: Path) -> None:
    second = make_draw(phase=4, as_of=LATER, basis=DrawBasis.COMPLETED)
    assert (second.kind, second.status) == (DrawKind.NEXT_PHASE, DrawStatus.PUBLISHED)
    before, after = groups_of(first), groups_of(second)
    assert {code: after[code] for code in before} == before
    assert {*after} - {*before} == {"XZU"}
    changed = [code for code, team in teams_of(first).items() if team != teams_of(second)[code]]
    assert len(changed) <= 3
    assert Review.objects.filter(phase=second.phase).count() == len(after)
    assert_verified(tmp_path, first, second)


@AFTER_THE_FIRST
def test_the_report_says_how_many_stay_and_how_many_come(first: Draw) -> None:
    report = report_on(input_for(phase_of(4), LATER, Switches(), is_training=True, basis=DrawBasis.COMPLETED))
    assert report.kept == sum(len(team) for team in teams_of(first).values())
    assert report.drawn is not None
    assert report.drawn >= 2, "two at least for the State that is new"


@AFTER_THE_FIRST
def test_teams_that_are_not_whole_any_more_are_named_before_anything_is_frozen(first: Draw) -> None:
    report = report_on(input_for(phase_of(4), LATER, Switches(), is_training=True, basis=DrawBasis.KEPT))
    assert report.problems[0].startswith("These teams cannot be kept as they are")
    assert "(XZU)" in report.problems[0]


@AFTER_THE_FIRST
def test_all_teams_may_be_drawn_anew_in_the_groups_that_are_there(first: Draw, tmp_path: Path) -> None:
    second = make_draw(phase=4, as_of=LATER, basis=DrawBasis.ANEW)
    assert groups_of(second).items() >= groups_of(first).items()
    assert teams_of(second) != teams_of(first)
    assert_verified(tmp_path, first, second)


# --- Supplementary draws


@AFTER_THE_FIRST
def test_a_late_party_gets_its_reviewing_states_and_its_review(
    first: Draw, late_state: StateParty, tmp_path: Path
) -> None:
    reviews = set(Review.objects.values_list("code", flat=True))
    added = make_draw(as_of=LATER, switches=LATE, basis=DrawBasis.SUPPLEMENTARY)
    assert json.loads(file_of(added, "result.json") or b"")["groups"].keys() == {"XZU"}
    opened = Review.objects.exclude(code__in=reviews).get()
    assert (opened.state_under_review, opened.phase) == (late_state, first.phase)
    assert {row.state_party.iso3 for row in opened.reviewing_states.all()} == teams_of(added)["XZU"]
    assert_verified(tmp_path, first, added)

    second = make_draw(phase=4, as_of=LATER, basis=DrawBasis.COMPLETED)
    assert teams_of(second)["XZU"] == teams_of(added)["XZU"], "the chain goes on from what was added"
    assert_verified(tmp_path, first, added, second)


@AFTER_THE_FIRST
def test_only_its_additions_are_shown_of_it(first: Draw, client: Client) -> None:
    added = make_draw(as_of=LATER, switches=LATE, basis=DrawBasis.SUPPLEMENTARY)
    assert [each.state.iso3 for each in drawn_states(added)] == ["XZU"]
    page = client.get(f"/en/draws/untoc/{added.code}/")
    words = text_of(page)
    assert f"Draw {first.code}" in words, "what it builds on"
    assert f"python3 verify.py {first.code} {added.code}" in words


# --- What is refused


@pytest.mark.parametrize(
    ("basis", "switches", "field", "words"),
    [
        (DrawBasis.COMPLETED, Switches(), "basis", "No draw of an earlier phase is published"),
        (DrawBasis.SUPPLEMENTARY, LATE, "basis", "No draw of this phase is published yet"),
    ],
)
def test_without_a_draw_there_is_nothing_to_build_on(
    late_state: StateParty, basis: DrawBasis, switches: Switches, field: str, words: str
) -> None:
    with pytest.raises(ServiceError, match=words) as refusal:
        input_for(phase_of(3), LATER, switches, is_training=True, basis=basis)
    assert refusal.value.field == field


@AFTER_THE_FIRST
@pytest.mark.parametrize(
    ("phase", "basis", "switches", "field"),
    [
        (3, DrawBasis.SUPPLEMENTARY, Switches(), "late"),
        (3, DrawBasis.SUPPLEMENTARY, Switches(late=("XVE",)), "late"),
        (3, DrawBasis.SUPPLEMENTARY, Switches(late=("XZU",), volunteer=("XVE",)), "volunteer"),
        (4, DrawBasis.COMPLETED, LATE, "late"),
        (4, DrawBasis.ANEW, Switches(volunteer=("XVE",)), "volunteer"),
    ],
)
def test_what_has_no_room_in_it_is_told_by_the_field(
    first: Draw, phase: int, basis: DrawBasis, switches: Switches, field: str
) -> None:
    with pytest.raises(ServiceError) as refusal:
        input_for(phase_of(phase), LATER, switches, is_training=True, basis=basis)
    assert refusal.value.field == field


def drawn_of_2020(phase: int) -> Draw:
    """A real one, which is only said to be published: 190 reviews would take their time."""
    return make_draw(DrawStatus.DRAWN, phase=phase, as_of=LAUNCH_SESSION, is_training=False)


def test_the_groups_are_dealt_once_also_where_a_first_draw_was_prepared_before(reference: None) -> None:
    stale, first = drawn_of_2020(2), drawn_of_2020(1)
    Draw.objects.filter(pk=first.pk).update(status=DrawStatus.PUBLISHED)
    with pytest.raises(ServiceError, match="has divided the States into groups for good"):
        publish_draw(actor=Officers().runner, draw=stale)
    with pytest.raises(ServiceError, match="has divided the States into groups for good"):
        input_for(phase_of(2), LAUNCH_SESSION, Switches(), is_training=False)


def test_no_phase_begins_once_a_later_one_is_drawn(reference: None) -> None:
    Draw.objects.filter(pk=drawn_of_2020(2).pk).update(status=DrawStatus.PUBLISHED)
    with pytest.raises(ServiceError, match="A later phase has been drawn"):
        input_for(phase_of(1), LAUNCH_SESSION, Switches(), is_training=False)


@AFTER_THE_FIRST
def test_who_joins_after_the_day_is_not_late_on_it(first: Draw) -> None:
    with pytest.raises(ServiceError, match="No State with this code takes part"):
        input_for(phase_of(3), AS_OF, LATE, is_training=True, basis=DrawBasis.SUPPLEMENTARY)


@AFTER_THE_FIRST
def test_one_that_was_voided_and_made_once_more_stands_in_no_way(first: Draw) -> None:
    """From the same seed it has the same files to the byte."""
    by = Officers()
    for _ in range(2):
        again = make_draw(DrawStatus.DRAWN, phase=4, as_of=AS_OF, basis=DrawBasis.KEPT)
        confirm_void(actor=by.runner, draw=request_void(actor=by.keeper, draw=again, reason="A mistake."))
    kept = make_draw(phase=4, as_of=AS_OF, basis=DrawBasis.KEPT)
    assert [draw.code for draw in draws_before(kept)] == [first.code]
    assert draws_on(kept) == []


@AFTER_THE_FIRST
def test_a_draw_on_which_others_build_is_not_voided(first: Draw) -> None:
    by = Officers()
    added = make_draw(DrawStatus.PREPARED, as_of=LATER, switches=LATE, basis=DrawBasis.SUPPLEMENTARY)
    with pytest.raises(ServiceError, match=added.code):
        request_void(actor=by.keeper, draw=first, reason="A mistake.")
    added = confirm_void(actor=by.runner, draw=request_void(actor=by.keeper, draw=added, reason="A mistake."))
    assert request_void(actor=by.keeper, draw=first, reason="A mistake.").void_reason


@AFTER_THE_FIRST
def test_what_was_prepared_before_another_was_published_is_not_run(first: Draw) -> None:
    stale = make_draw(DrawStatus.SEEDED, as_of=LATER, switches=LATE, basis=DrawBasis.SUPPLEMENTARY)
    make_draw(as_of=LATER, switches=LATE, basis=DrawBasis.SUPPLEMENTARY)
    with pytest.raises(ServiceError, match="What this draw builds on has changed since"):
        run_draw(actor=Officers().runner, draw=stale)


@AFTER_THE_FIRST
def test_the_base_is_chosen_on_the_page_of_preparing(first: Draw, login_as: Callable[[User], Client]) -> None:
    client = login_as(Officers().keeper)
    sent = {
        "phase": "4", "kind": "training", "as_of": "2025-11-01", "basis": "completed", "act": "report",
        "stratify": "on", "load": "hard", "reio_group": "Western European and other States", "legal_system": "off",
        "defer": "off",
    }  # fmt: skip
    shown = client.post(PREPARE, sent)
    words = text_of(shown)
    assert "reviewing States stay with their teams" in words
    frozen = client.post(PREPARE, {**sent, "act": "freeze", "shown": shown.context["commitment"]}, follow=True)
    draw = Draw.objects.get(phase__number=4)
    assert (draw.kind, draw.terms["teams"], frozen.redirect_chain[-1][0]) == (
        "next_phase", "completed", address_of(draw),
    )  # fmt: skip
    refused = client.post(PREPARE, {**sent, "basis": "supplementary"})
    assert errors_of(refused) == {
        "basis": ["No draw of this phase is published yet: there is nothing that could be added to."]
    }


@AFTER_THE_FIRST
@pytest.mark.parametrize(("is_training", "has_one"), [(True, True), (False, False)])
def test_a_real_draw_builds_on_no_training(first: Draw, is_training: bool, has_one: bool) -> None:
    before = draw_before(phase_of(4), DrawKind.NEXT_PHASE, is_training=is_training)
    assert (before, bool(results_until(before))) == (first if has_one else None, has_one)
