"""Publishing a draw opens the reviews."""

import datetime as dt
from collections import Counter

import pytest
from django.http import Http404

from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from lots.algorithm import Switches
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw, DrawEntry, Pairing
from lots.publication.services.publication import publish_draw
from reviews.cases.models import Review, ReviewingState
from reviews.cases.selectors import left_out_of
from reviews.programme.models import Adherence, ReviewGroup, Step
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.lots.making import LAUNCH_SESSION, Officers, make_draw, taken_to
from tests.utils import make_review

pytestmark = pytest.mark.django_db


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_every_state_is_reviewed_as_it_was_drawn(draw: Draw) -> None:
    drawn = {
        (
            pairing.under_review.state_party.iso3,
            pairing.reviewer.state_party.iso3,
            pairing.basis,
            tuple(pairing.instruments),
        )
        for pairing in draw.pairings.select_related("under_review__state_party", "reviewer__state_party")
    }
    opened = {
        (
            row.review.state_under_review.iso3,
            row.state_party.iso3,
            row.basis,
            tuple(row.instruments.values_list("slug", flat=True)),
        )
        for row in ReviewingState.objects.select_related("review__state_under_review", "state_party")
    }
    assert opened == drawn
    assert Review.objects.count() == 25
    for entry in draw.entries.select_related("review", "state_party"):
        assert entry.review is not None
        assert (entry.review.state_under_review, entry.review.review_group) == (entry.state_party, entry.review_group)
        assert list(entry.review.instruments.values_list("slug", flat=True)) == entry.instruments
        assert entry.review.milestones.count() == 11


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_each_group_begins_on_the_first_day_of_its_period() -> None:
    starts = Counter(Review.objects.values_list("review_group__number", "starts_on"))
    assert sorted(starts) == [(1, dt.date(2024, 12, 1)), (2, dt.date(2025, 11, 1)), (3, dt.date(2026, 11, 1))]
    assert sorted(starts.values()) == [8, 8, 9]


def test_a_review_covers_what_is_in_force_when_its_group_begins() -> None:
    """XQU acceded to the Smuggling of Migrants Protocol on 17 May 2021: in the draw, and not in force for it then."""
    make_draw(DrawStatus.PUBLISHED, phase=1, as_of=dt.date(2021, 6, 1), value="2")
    quilmara = Review.objects.get(state_under_review__iso3="XQU")
    assert DrawEntry.objects.get(review=quilmara).instruments == ["untoc", "tip", "som", "firearms"]
    assert set(quilmara.instruments.values_list("slug", flat=True)) == {"untoc", "tip", "firearms"}
    assert [row.adherence.instrument.slug for row in left_out_of(quilmara)] == ["som"]
    assert ReviewingState.objects.filter(state_party__iso3="XQU", instruments__slug="som").exists()
    first_days = {1: dt.date(2020, 12, 1), 2: dt.date(2021, 11, 1), 3: dt.date(2022, 11, 1)}
    assert {review.starts_on for review in Review.objects.all()} <= set(first_days.values())


def test_a_state_that_the_convention_does_not_bind_yet_begins_when_it_does() -> None:
    """As deposited eleven days before the first group begins."""
    Adherence.objects.filter(state_party__iso3="XAN").update(deposited_on=dt.date(2020, 11, 20))
    make_draw(DrawStatus.PUBLISHED, phase=1, as_of=dt.date(2020, 11, 26), value="2")
    review = Review.objects.get(state_under_review__iso3="XAN")
    assert review.review_group is not None
    assert review.starts_on == max(
        dt.date(2020, 12, 20),
        {1: dt.date(2020, 12, 1), 2: dt.date(2021, 11, 1), 3: dt.date(2022, 11, 1)}[review.review_group.number],
    )
    assert list(review.instruments.values_list("slug", flat=True)) == ["untoc"]


def test_the_real_draw_opens_the_reviews_of_all_parties_with_the_drawn_groups() -> None:
    make_draw(DrawStatus.PUBLISHED, is_training=False, as_of=LAUNCH_SESSION, phase=1)
    assert Review.objects.count() == 190
    union = Review.objects.get(state_under_review__iso3="EUE")
    same = union.reviewing_states.get(basis="same_group")
    assert same.state_party.regional_group.slug == "western-european-other"


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_publishing_is_dated_and_audited(draw: Draw, officers: Officers) -> None:
    draw.refresh_from_db()
    assert (draw.status, draw.published_by) == ("published", officers.runner)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.actor, entry.target_id) == ("lots.draw.published", officers.runner, str(draw.pk))
    assert entry.at >= draw.published_at
    assert entry.after == {"reviews": 25}
    assert AuditEntry.objects.filter(verb="reviews.review.opened", actor=officers.runner).count() == 25


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_a_second_press_opens_nothing_twice(draw: Draw) -> None:
    published_at = draw.published_at
    with pytest.raises(PolicyRefusedError, match="This draw is published"):
        publish_draw(actor=OfficerFactory(), draw=draw)
    draw.refresh_from_db()
    assert (Review.objects.count(), draw.published_at) == (25, published_at)


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_a_review_that_was_opened_by_hand_goes_on_as_it_was_drawn(draw: Draw) -> None:
    review = make_review(state="XVE", phase=3)
    drawn_group = draw.entries.get(state_party__iso3="XVE").review_group
    other = ReviewGroup.objects.filter(mechanism=draw.mechanism).exclude(pk=drawn_group.pk)[0]
    Review.objects.filter(pk=review.pk).update(review_group=other)
    starts_on, milestones = review.starts_on, [*review.milestones.values_list("due_on", flat=True)]
    publish_draw(actor=OfficerFactory(), draw=draw)
    entry = draw.entries.get(state_party__iso3="XVE")
    drawn = {*Pairing.objects.filter(under_review=entry).values_list("reviewer__state_party__iso3", flat=True)}
    review.refresh_from_db()
    assert {*review.reviewing_states.values_list("state_party__iso3", flat=True)} == drawn
    assert (entry.review, review.review_group, review.starts_on) == (review, entry.review_group, starts_on)
    assert [*review.milestones.values_list("due_on", flat=True)] == milestones, "its dates stay"
    assert review.participations.filter(state_party__iso3="XVE", ended_at=None).count() == 2, "so do its people"
    assert Review.objects.count() == 25
    published = AuditEntry.objects.get(verb="lots.draw.published")
    assert published.after == {"reviews": 24, "teams_changed": 1}
    regrouped = AuditEntry.objects.get(verb="reviews.review.regrouped")
    assert (regrouped.target_id, regrouped.before) == (str(review.pk), {"group": other.number})
    assert regrouped.after == {"group": drawn_group.number, "draw": draw.code}


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_the_mail_of_a_first_draw_does_not_say_that_lots_were_drawn_once_more(draw: Draw) -> None:
    review = make_review(state="XVE", phase=3)
    focal_point = review.participations.get(role="focal_point", state_party=review.state_under_review).user
    Notification.objects.all().delete()
    publish_draw(actor=OfficerFactory(), draw=draw)
    news = Notification.objects.get(recipient=focal_point, template="reviews/news")
    assert news.context["sentence"].startswith("The lots were drawn for this review, opened by hand")


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_a_review_that_is_closed_already_stays_as_it_is(draw: Draw) -> None:
    review = make_review(state="XVE", phase=3)
    team = {*review.reviewing_states.values_list("state_party__iso3", flat=True)}
    Review.objects.filter(pk=review.pk).update(step=Step.objects.get(mechanism=review.mechanism, kind="closing"))
    publish_draw(actor=OfficerFactory(), draw=draw)
    assert {*review.reviewing_states.values_list("state_party__iso3", flat=True)} == team
    assert draw.entries.get(state_party__iso3="XVE").review is None
    assert Review.objects.count() == 25


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_an_officer_is_put_in_charge_where_the_last_review_had_none(draw: Draw, officers: Officers) -> None:
    make_review(state="XVE", phase=2)
    Review.objects.update(officer=officers.keeper)
    publish_draw(actor=officers.runner, draw=draw, officer=officers.runner)
    in_charge = dict(Review.objects.filter(phase=draw.phase).values_list("state_under_review__iso3", "officer"))
    assert in_charge.pop("XVE") == officers.keeper.pk
    assert {*in_charge.values()} == {officers.runner.pk}


def test_a_review_in_another_phase_does_not_matter() -> None:
    make_review(state="XVE", phase=1)
    make_draw(DrawStatus.PUBLISHED)
    assert Review.objects.filter(state_under_review__iso3="XVE").count() == 2


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_one_draw_of_a_phase_is_published() -> None:
    second = make_draw(DrawStatus.DRAWN, value="8")
    with pytest.raises(ServiceError) as caught:
        publish_draw(actor=OfficerFactory(), draw=second)
    assert str(caught.value) == (
        "Draw 3-T1 of this phase is published. It has to be voided before another one is published."
    )
    assert set(DrawEntry.objects.filter(draw=second).values_list("review", flat=True)) == {None}


@pytest.mark.prove
def test_a_real_draw_is_published_beside_one_for_training() -> None:
    make_draw(DrawStatus.PUBLISHED, phase=1, as_of=LAUNCH_SESSION)
    make_draw(DrawStatus.PUBLISHED, phase=1, as_of=LAUNCH_SESSION, is_training=False)
    assert Review.objects.count() == 215


@pytest.mark.kept(taken_to, DrawStatus.VOIDED)
def test_after_a_voided_draw_another_one_is_published(draw: Draw) -> None:
    second = make_draw(DrawStatus.PUBLISHED, value="8")
    assert (draw.code, second.code, Review.objects.count()) == ("3-T1", "3-T2", 25)


def test_late_states_get_their_reviews_too() -> None:
    switches = Switches(late=("XQU",))
    draw = make_draw(DrawStatus.PUBLISHED, switches=switches)
    entry = draw.entries.get(state_party__iso3="XQU")
    assert entry.review is not None
    assert entry.duties.count() == 0


@pytest.mark.parametrize("status", [DrawStatus.PREPARED, DrawStatus.ANNOUNCED, DrawStatus.SEEDED])
def test_what_was_not_drawn_is_not_published(status: str) -> None:
    draw = make_draw(status)
    with pytest.raises(PolicyRefusedError):
        publish_draw(actor=OfficerFactory(), draw=draw)
    assert Review.objects.count() == 0


@pytest.mark.kept(taken_to, DrawStatus.DRAWN)
def test_only_officers_publish(draw: Draw) -> None:
    with pytest.raises(PolicyRefusedError):
        publish_draw(actor=AuditorFactory(), draw=draw)
    with pytest.raises(Http404):
        publish_draw(actor=UserFactory(), draw=draw)
    assert Review.objects.count() == 0
