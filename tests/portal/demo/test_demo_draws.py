"""The draws of the demo: all for training, each as far as planned, and safe to repeat."""

import pytest

from core.models import AuditEntry
from lots.draws.models import Draw, SeedPart
from portal.demo.draws import load_draws
from portal.demo.plan import people, read
from reviews.cases.models import Participation, Review
from tests.portal.demo.demos import demo_with_draws

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(demo_with_draws)]


def test_each_draw_stands_where_it_is_planned(kept: list[str]) -> None:
    assert kept == ["2-T1", "2-T2", "4-T1", "3-T1"]
    assert list(Draw.objects.order_by("code").values_list("code", "is_training", "status")) == [
        ("2-T1", True, "voided"),
        ("2-T2", True, "drawn"),
        ("3-T1", True, "announced"),
        ("4-T1", True, "published"),
    ]
    committed = SeedPart.objects.filter(draw__code="3-T1").exclude(commitment="")
    assert list(committed.order_by("order").values_list("source", flat=True)) == [
        "african",
        "asia-pacific",
        "eastern-european",
    ]
    assert SeedPart.objects.get(draw__code="2-T2", source="public-1").value == "1204"


def test_two_people_take_part_in_each() -> None:
    for draw in Draw.objects.exclude(run_at=None):
        assert draw.run_by not in {part.committed_by for part in draw.seed_parts.all()}
    assert Draw.objects.filter(voided_at__isnull=False, published_at=None).count() == 1


def test_nobody_is_registered_yet_in_the_reviews_that_the_published_one_opened() -> None:
    opened = Review.objects.exclude(phase__number__in=(1, 5))
    assert set(opened.values_list("phase__number", "step__slug")) == {(4, "consultations")}
    assert (opened.count(), Participation.objects.filter(review__in=opened).count()) == (25, 0)


def test_delegates_are_people_of_the_demo() -> None:
    assert set(read("draws.json")["delegates"].values()) <= {person.name for person in people() if person.state}


def test_building_again_changes_nothing() -> None:
    before = [model.objects.count() for model in (Draw, Review, AuditEntry)]
    assert load_draws() == []
    assert [model.objects.count() for model in (Draw, Review, AuditEntry)] == before
