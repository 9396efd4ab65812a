"""Reviews that were under way before there was an exchange find its rooms open."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from reviews.enums import TextKind
from reviews.models import AgreedText, Instrument, WrittenFeedback
from tests.utils import make_review

pytestmark = pytest.mark.django_db


def open_the_exchange() -> None:
    import_module("reviews.migrations.0003_open_the_exchange").open_the_exchange(apps, connection.schema_editor())


def rooms() -> tuple[list[tuple[str, str, str]], list[tuple[str, str, object]]]:
    feedback = WrittenFeedback.objects.order_by("state_party__iso3")
    lists = AgreedText.objects.order_by("instrument__order")
    return (
        list(feedback.values_list("review__code", "state_party__iso3", "room__iso3")),
        list(lists.values_list("review__code", "instrument__slug", "room")),
    )


def test_what_the_services_open_is_opened_for_reviews_whose_answers_were_sent() -> None:
    make_review("written_feedback")
    make_review("self_assessment", state="XVE")
    opened = rooms()
    assert opened[0] == [("1-XHV", "XLE", "XLE"), ("1-XHV", "XLV", "XLV")]
    WrittenFeedback.objects.all().delete()
    AgreedText.objects.all().delete()
    for _time in range(2):
        open_the_exchange()
        assert rooms() == opened


def test_only_what_the_cluster_holds_is_opened() -> None:
    review = make_review("written_feedback")
    convention = Instrument.objects.get(slug="untoc")
    review.phase.cluster.articles.set(review.phase.cluster.articles.filter(instrument=convention))
    reviewing_state = review.reviewing_states.get(state_party__iso3="XLV")
    reviewing_state.instruments.remove(convention)
    WrittenFeedback.objects.all().delete()
    AgreedText.objects.all().delete()
    open_the_exchange()
    assert rooms() == ([("1-XHV", "XLE", "XLE")], [("1-XHV", "untoc", None)])
    assert AgreedText.objects.get().kind == TextKind.LIST_OF_OBSERVATIONS
