"""Silence counts as a confirmation where the mechanism says so: after a notice, exactly once, never by itself."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone

from core.models import AuditEntry, Notification
from reviews.cases.models import Participation
from reviews.consultations.models import ConsultationConfirmation, SilenceNotice
from reviews.consultations.selectors import silence_days, standing_proposal, standing_words
from reviews.consultations.services import confirm_consultation, count_silence, propose_consultation
from reviews.consultations.tasks import count_silence_task
from reviews.programme.models import Limit
from reviews.registration.services.participation import end_participation
from tests import utils
from tests.accounts.tokens.making import program_of
from tests.guards import guards_off
from tests.utils import SYSTEM, Cast


def proposed() -> Cast:
    """The State under review has proposed today; two States are silent."""
    cast = utils.make_cast("consultations")
    propose_consultation(actor=cast.focal_point, review=cast.review, languages=["en"])
    return cast


pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(proposed)]
DAYS, NOTICE = 21, 7


@pytest.fixture
def scene(kept: Cast) -> Cast:
    return utils.fresh(kept)


def rule(days: int = DAYS, notice: int = NOTICE) -> None:
    Limit.objects.filter(key="consultation_silence_days").update(value=days)
    Limit.objects.filter(key="consultation_silence_notice_days").update(value=notice)


def after(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def missing(scene: Cast) -> list[str]:
    return [state.iso3 for state in standing_words(scene.review).missing]


def words_in(answer: Any) -> Any:
    """Of the proposal that stands, in an answer of the API."""
    return next(found for found in _words(answer) if found)


def _words(found: Any) -> Iterator[Any]:
    if isinstance(found, dict):
        yield from [found["words"]] if "words" in found else ()
        found = list(found.values())
    if isinstance(found, list):
        for each in found:
            yield from _words(each)


def mails(start: str) -> list[Notification]:
    return list(Notification.objects.filter(key__startswith=start))


def test_the_rule_is_off_unless_the_mechanism_sets_it(scene: Cast) -> None:
    assert Limit.objects.get(key="consultation_silence_days").value == 0
    assert count_silence(after(1000)) == (0, 0)
    Limit.objects.filter(key__startswith="consultation_silence").delete()
    assert count_silence(after(1000)) == (0, 0)
    assert silence_days(scene.review, standing_proposal(scene.review), [scene.state], after(0)) == {}


def test_a_silent_state_is_told_the_day_before_its_silence_counts(scene: Cast) -> None:
    rule()
    assert count_silence(after(DAYS - NOTICE - 1)) == (0, 0)
    assert count_silence(after(DAYS - NOTICE)) == (2, 0)
    assert {notice.counts_on for notice in SilenceNotice.objects.all()} == {after(DAYS)}
    told = mails("silence-near")
    assert {mail.recipient for mail in told} == {scene.same_group_focal_point, scene.other_group_focal_point}
    assert {mail.context["counts_on"] for mail in told} == {after(DAYS).isoformat()}
    assert count_silence(after(DAYS - 1)) == (0, 0)
    assert missing(scene) == ["XAL", "XLE"]
    answer = program_of(scene.focal_point).get(f"/api/v1/untoc/reviews/{scene.review.code}/consultations/").json()
    days = {row["state_party"]["iso3"]: row["silent_from"] for row in words_in(answer)}
    assert days == {"XVE": None, **dict.fromkeys(["XAL", "XLE"], after(DAYS).isoformat())}


def test_silence_counts_on_the_day_and_is_recorded_as_silence(scene: Cast) -> None:
    rule()
    count_silence(after(DAYS - NOTICE))
    assert count_silence(after(DAYS)) == (0, 2)
    silent = ConsultationConfirmation.objects.exclude(state_party=scene.state)
    assert [row.is_silence for row in silent] == [True, True]
    answer = program_of(scene.focal_point).get(f"/api/v1/untoc/reviews/{scene.review.code}/consultations/").json()
    said = {row["state_party"]["iso3"]: (row["is_silence"], row["answered_by"]) for row in words_in(answer)}
    assert said == {"XVE": (False, scene.focal_point.full_name), "XAL": (True, None), "XLE": (True, None)}
    assert missing(scene) == []
    scene.review.refresh_from_db()
    assert scene.review.working_languages == ["en"]
    assert AuditEntry.objects.filter(verb="reviews.consultation.silence_counted").count() == 2
    assert AuditEntry.objects.filter(verb="reviews.consultation.agreed").count() == 1
    assert {mail.recipient for mail in mails("silence_counted")} == {
        scene.same_group_focal_point,
        scene.other_group_focal_point,
    }


def test_doing_it_again_announces_and_counts_nothing_twice(scene: Cast) -> None:
    rule()
    for day in (DAYS - NOTICE, DAYS):
        count_silence(after(day))
        counts = (ConsultationConfirmation.objects.count(), AuditEntry.objects.count(), Notification.objects.count())
        assert count_silence(after(day)) == (0, 0)
        assert counts == (
            ConsultationConfirmation.objects.count(),
            AuditEntry.objects.count(),
            Notification.objects.count(),
        )


def test_whoever_speaks_in_time_is_heard(scene: Cast) -> None:
    rule()
    count_silence(after(DAYS - NOTICE))
    confirm_consultation(actor=scene.same_group_focal_point, review=scene.review, number=1)
    assert count_silence(after(DAYS)) == (0, 1)
    spoken = ConsultationConfirmation.objects.get(state_party=scene.same_group_state)
    assert spoken.focal_point == scene.same_group_focal_point


def test_a_counter_proposal_starts_the_time_anew_also_after_silence_has_counted(scene: Cast) -> None:
    rule()
    count_silence(after(DAYS - NOTICE))
    count_silence(after(DAYS))
    propose_consultation(actor=scene.same_group_focal_point, review=scene.review, languages=["fr"])
    assert missing(scene) == ["XVE", "XAL"]
    assert count_silence(after(DAYS - NOTICE - 1)) == (0, 0)
    scene.review.refresh_from_db()
    assert scene.review.working_languages == ["en"]


def test_a_rule_that_comes_late_leaves_the_time_of_the_notice(scene: Cast) -> None:
    rule()
    assert count_silence(after(DAYS + 100)) == (2, 0), "told first, though the time is long over"
    assert {notice.counts_on for notice in SilenceNotice.objects.all()} == {after(DAYS + 100 + NOTICE)}
    assert count_silence(after(DAYS + 100 + NOTICE)) == (0, 2)


def test_a_day_that_was_told_stands_when_the_rule_changes_and_falls_with_it(scene: Cast) -> None:
    rule()
    count_silence(after(DAYS - NOTICE))
    rule(days=DAYS + 50)
    days = silence_days(scene.review, standing_proposal(scene.review), [scene.same_group_state], after(0))
    assert list(days.values()) == [after(DAYS)]
    rule(days=0)
    assert count_silence(after(DAYS)) == (0, 0), "switched off, nothing counts"


def test_a_state_without_a_focal_point_has_nobody_who_could_be_silent(scene: Cast) -> None:
    rule()
    end_participation(actor=SYSTEM, participation=scene.participations["other_group_focal_point"])
    assert count_silence(after(DAYS - NOTICE)) == (1, 0)
    assert count_silence(after(DAYS)) == (0, 1)
    assert missing(scene) == ["XAL"]


def test_the_time_of_a_state_that_names_its_focal_point_later_runs_from_then(scene: Cast) -> None:
    rule()
    later = timezone.now() + dt.timedelta(days=10)
    Participation.objects.filter(user=scene.other_group_focal_point).update(started_at=later)
    states = [scene.same_group_state, scene.other_group_state]
    days = silence_days(scene.review, standing_proposal(scene.review), states, after(0))
    assert [days[state.pk] for state in states] == [after(DAYS), after(DAYS + 10)]


def test_nothing_counts_after_the_consultations(scene: Cast) -> None:
    rule()
    count_silence(after(DAYS - NOTICE))
    utils.take_to("self_assessment", scene.review, scene.focal_point, scene.expert)
    assert count_silence(after(DAYS)) == (0, 0)


def test_the_task_counts_by_todays_date(scene: Cast) -> None:
    rule(days=1, notice=1)
    count_silence_task()
    assert {notice.counts_on for notice in SilenceNotice.objects.all()} == {after(1)}
    with guards_off([SilenceNotice._meta.db_table]):
        SilenceNotice.objects.update(counts_on=after(0))
    count_silence_task()
    assert missing(scene) == []
