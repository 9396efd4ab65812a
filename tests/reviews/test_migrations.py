"""What migrations do to what is there: reviews under way find the rooms open, saves find their State."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from dialogue.exchange.models import WrittenFeedback
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, ObservationRevision, SummaryPassage
from reviews import migrations
from reviews.programme.models import Instrument
from tests.at_once import edit_passage
from tests.guards import guards_off
from tests.utils import Cast, make_review

pytestmark = [pytest.mark.django_db, pytest.mark.stage("summary")]


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


def find_saved_for() -> None:
    """The statement of the migration, whatever its number."""
    (path,) = Path(migrations.__path__[0]).glob("*_audience.py")
    with connection.cursor() as cursor:
        cursor.execute(import_module(f"reviews.migrations.{path.stem}")._SAVED_FOR)


def test_for_which_state_somebody_has_saved_is_known_from_the_participation(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("summary")
    passage = SummaryPassage.objects.all()[0]
    edit_passage(actor=scene.same_group_focal_point, passage=passage, text="Shorter.", base=1)
    revision = ObservationRevision.objects.all()[0]
    with guards_off([ObservationRevision._meta.db_table]):
        ObservationRevision.objects.update(saved_for=scene.state)
    SummaryPassage.objects.update(saved_for=None)
    find_saved_for()
    participation = revision.saved_by.participations.get(review=scene.review)
    assert ObservationRevision.objects.get(pk=revision.pk).saved_for == participation.state_party
    of_passages = dict(SummaryPassage.objects.values_list("saved_by", "saved_for"))
    assert of_passages[scene.same_group_focal_point.pk] == scene.same_group_state.pk
    assert of_passages.get(None) is None
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        ObservationRevision.objects.update(text="Rewritten.")
