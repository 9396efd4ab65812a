"""What an officer is told before a draw is published: each finding, seen and not seen."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.people.models import Affiliation, User
from accounts.states.models import StateParty
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from lots.publication.selectors import check_before_publication
from reviews.cases.models import Review
from reviews.opening import OpeningFinding
from reviews.programme.models import Adherence, PhasePeriod, Step
from tests.factories.accounts import UserFactory
from tests.lots.making import LAUNCH_SESSION, Officers, make_draw, taken_to
from tests.utils import make_review

pytestmark = [pytest.mark.django_db, pytest.mark.kept(taken_to, DrawStatus.DRAWN)]
BEFORE = dt.datetime(2024, 11, 20, 12, tzinfo=dt.UTC)  # group 1 of phase 3 begins on 1 December 2024


def found(draw: Draw, at: dt.datetime = BEFORE) -> dict[str, list[OpeningFinding]]:
    """The findings by their kind, as of a moment."""
    with time_machine.travel(at, tick=False):
        findings = check_before_publication(draw).findings
    return {key: [each for each in findings if each.key == key] for key in sorted({each.key for each in findings})}


def seen(draw: Draw, at: dt.datetime = BEFORE) -> str:
    with time_machine.travel(at, tick=False):
        return check_before_publication(draw).seen


def represent(draw: Draw, *, but: int = 0) -> None:
    for entry in draw.entries.order_by("state_party__iso3")[but:]:
        Affiliation.objects.create(user=UserFactory(), state_party=entry.state_party, starts_on=dt.date(2024, 1, 1))


def test_where_nothing_is_wrong_nothing_stands_out(draw: Draw) -> None:
    represent(draw)
    assert {*found(draw)} == {"charge"}, "that is for the officer to say"


def test_a_period_that_lies_in_the_past_is_told_with_how_long_ago_it_was(draw: Draw) -> None:
    assert "past" not in found(draw)
    assert "past" not in found(draw, dt.datetime(2024, 12, 1, 12, tzinfo=dt.UTC)), "today is not past"
    [later] = found(draw, dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC))["past"]
    assert later.words == (
        "The periods of some groups have begun, so that all of their reviews would begin late: group 1 on 1 December "
        "2024, 1 year 11 months ago, group 2 on 1 November 2025, 1 year ago and group 3 on 1 November 2026, 27 days "
        "ago."
    )
    assert later.label == "Shift phase 3 and all later ones to 1 January 2027", "on the day of the month that it has"
    assert later.url == "/en/untoc/programme/?shift-phase=3&shift-first_day=2027-01-01&shift-scope=later"


def test_a_group_without_a_period_is_told(draw: Draw) -> None:
    assert "undated" not in found(draw)
    PhasePeriod.objects.filter(phase=draw.phase, review_group__number=2).delete()
    [finding] = found(draw)["undated"]
    assert finding.words == "Group 2 has no period in this phase: the publication would be refused."


def test_states_whose_last_phase_still_runs_are_named_and_need_a_reason(draw: Draw) -> None:
    begun = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
    assert "running" not in found(draw, begun)
    make_review(state="XVE", phase=2)
    make_review(state="XMB", phase=1)
    [finding] = found(draw, begun)["running"]
    assert finding.words == ("For 2 States the last phase still runs when this one would begin: Marabaya and Veskaria.")
    assert (finding.needs_reason, finding.rests_on) == (True, ("XMB", "XVE"))
    last = Step.objects.get(mechanism=draw.mechanism, kind="closing")
    Review.objects.update(step=last)
    assert "running" not in found(draw, begun)


def test_a_state_that_nothing_binds_on_the_first_day_of_its_group_is_named(draw: Draw) -> None:
    assert not {"later", "never"} & {*found(draw)}
    late = draw.entries.filter(review_group__number=1).select_related("state_party").first()
    assert late is not None
    Adherence.objects.filter(state_party=late.state_party).update(deposited_on=dt.date(2024, 11, 25))
    [finding] = found(draw)["later"]
    assert finding.words.startswith("For 1 State no instrument of the draw is in force on the first day of its group: ")
    assert late.state_party.name in finding.words


def test_a_state_that_nothing_binds_at_all_is_named(draw: Draw) -> None:
    Adherence.objects.filter(state_party__iso3="XVE").delete()
    [finding] = found(draw)["never"]
    assert finding.words == (
        "No instrument of the draw is in force for 1 State: Veskaria. The publication would be refused."
    )
    assert (finding.url, finding.rests_on) == ("/en/states/XVE/", ("XVE",))


def test_fewer_than_two_officers_who_have_accepted_are_told(draw: Draw, officers: Officers) -> None:
    assert "officers" not in found(draw)
    User.objects.filter(pk=officers.keeper.pk).update(activated_at=None)
    [finding] = found(draw)["officers"]
    words = "Only 1 officer has accepted the invitation: nobody could let people of a State in."
    assert (finding.words, finding.url) == (words, "/en/accounts/")
    User.objects.filter(pk=officers.runner.pk).update(is_active=False)
    assert found(draw)["officers"][0].words.startswith("Only 0 officers")


def test_states_that_nobody_represents_are_counted(draw: Draw) -> None:
    represent(draw, but=3)
    [finding] = found(draw)["people"]
    assert (finding.words, finding.rests_on) == ("Nobody represents 3 of the States yet.", ())
    Affiliation.objects.filter(state_party=StateParty.objects.get(iso3="XVE")).update(ends_on=dt.date(2024, 11, 1))
    assert found(draw)["people"][0].words == "Nobody represents 4 of the States yet."


def test_reviews_in_nobodys_charge_are_counted_but_not_where_the_officer_of_the_last_one_goes_on(
    draw: Draw, officers: Officers
) -> None:
    [finding] = found(draw)["charge"]
    assert finding.words.startswith("Nobody would be in charge of 25 reviews that are opened")
    assert (finding.url, finding.rests_on) == ("/en/untoc/cockpit/", ())
    make_review(state="XVE", phase=2)
    Review.objects.update(officer=officers.keeper)
    assert found(draw)["charge"][0].words.startswith("Nobody would be in charge of 24 reviews")
    User.objects.filter(pk=officers.keeper.pk).update(is_active=False)
    assert found(draw)["charge"][0].words.startswith("Nobody would be in charge of 25 reviews")


def test_a_review_that_was_opened_by_hand_is_told_with_its_team_as_it_is_drawn(draw: Draw) -> None:
    assert "there" not in found(draw)
    before = seen(draw)
    review = make_review(state="XVE", phase=3)
    [finding] = found(draw)["there"]
    assert finding.words.startswith("3-XVE (Consultations): no longer reviewing: ")
    assert (finding.url, finding.stops) == ("/en/untoc/reviews/3-XVE/", False)
    assert finding.mending.startswith("This review was opened by hand.")
    assert seen(draw) != before
    last = Step.objects.get(mechanism=draw.mechanism, kind="closing")
    Review.objects.filter(pk=review.pk).update(step=last)
    assert "there" not in found(draw)
    assert found(draw)["closed"][0].words.startswith("The review 3-XVE is closed: it stays as it is")


def test_mails_that_are_written_to_a_folder_are_told(draw: Draw, settings: Settings) -> None:
    assert "mails" not in found(draw)
    settings.EMAIL_BACKEND = "core.mail.files.EmailBackend"
    [finding] = found(draw)["mails"]
    assert finding.words == "No mail server is set: mails are written to a folder, and nobody gets them."


def test_what_matters_changes_the_fingerprint_and_what_does_not_leaves_it(draw: Draw, officers: Officers) -> None:
    before = seen(draw)
    represent(draw)
    assert seen(draw) == before, "who represents a State stops nobody"
    past = seen(draw, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert past != before
    assert seen(draw, dt.datetime(2026, 1, 2, tzinfo=dt.UTC)) == past, "it is a day longer ago, and the same"
    User.objects.filter(pk=officers.keeper.pk).update(activated_at=None)
    without = seen(draw)
    User.objects.filter(pk=officers.keeper.pk).update(activated_at=timezone.now())
    period = PhasePeriod.objects.get(phase=draw.phase, review_group__number=3)
    period.period = type(period.period)(period.period.lower + dt.timedelta(days=1), period.period.upper)
    period.save()
    assert len({before, without, seen(draw)}) == 3, "days that lie ahead are shown too"


def test_it_takes_as_many_queries_for_190_states_as_for_25(draw: Draw) -> None:
    many = make_draw(DrawStatus.DRAWN, is_training=False, as_of=LAUNCH_SESSION)
    numbers = []
    for each in (draw, many):
        with time_machine.travel(BEFORE, tick=False), CaptureQueriesContext(connection) as captured:
            check_before_publication(each)
        numbers.append(len(captured))
    assert many.entries.count() == 190
    assert numbers == [10, 10]
