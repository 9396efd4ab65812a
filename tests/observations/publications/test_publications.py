"""Publication: a deliberate act of the State under review for one document, ended for the future."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock, call

import pytest
import time_machine
from django.http import Http404
from django.utils import timezone
from pytest_django import Settings

from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from dialogue.exchange.selectors import articles_under_review
from observations.observations.services import ObservationInput
from observations.publications import services
from observations.publications.selectors import get_publication, publications
from observations.publications.services import (
    end_publication,
    publish_text,
    queue_missing_files,
    store_publication_files,
)
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Publication
from observations.texts.selectors import headings_of
from observations.versions.selectors import standing_version
from observations.wording.blueprint import Document
from observations.wording.documents import public_document
from observations.wording.printed_status import PrintedStatus
from tests import journey
from tests.at_once import draft_observation, lay_on_table
from tests.observations.publications.publishing import let_names_stand
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("closed")]


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("closed")


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Path:
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return tmp_path


def the_text(scene: Cast, kind: TextKind = TextKind.LIST_OF_OBSERVATIONS) -> AgreedText:
    return AgreedText.objects.get(review=scene.review, instrument__slug="untoc", kind=kind)


def publish(scene: Cast, name: str = "focal_point", **more: object) -> Publication:
    text = the_text(scene)
    return publish_text(actor=scene.people[name], text=text, **{"sha256": standing_version(text).sha256, **more})


def find(scene: Cast) -> Publication:
    return get_publication("untoc", scene.review.code, "untoc", TextKind.LIST_OF_OBSERVATIONS)


def test_nothing_is_public_by_itself(scene: Cast) -> None:
    assert list(publications()) == []
    with pytest.raises(Http404):
        find(scene)


def test_one_document_is_published_at_a_time(scene: Cast) -> None:
    publication = publish(scene)
    assert list(publications()) == [publication]
    assert find(scene) == publication
    assert (publication.names_experts, publication.published_by) == (False, scene.focal_point)
    with pytest.raises(Http404):
        get_publication("untoc", scene.review.code, "untoc", TextKind.SUMMARY)


def test_only_the_focal_point_of_the_state_under_review_publishes_and_ends_it(scene: Cast) -> None:
    others = set(scene.people) - {"focal_point"}
    for name in others:
        with pytest.raises((PolicyRefusedError, Http404)):
            publish(scene, name)
    publish(scene)
    for name in others:
        with pytest.raises((PolicyRefusedError, Http404)):
            end_publication(actor=scene.people[name], text=the_text(scene))
    end_publication(actor=scene.focal_point, text=the_text(scene))
    assert list(publications()) == []


@pytest.mark.stage("summary")
def test_only_an_agreed_text_is_published(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("summary")
    with pytest.raises(PolicyRefusedError, match="Only an agreed text"):
        publish_text(actor=scene.focal_point, text=the_text(scene, TextKind.SUMMARY), sha256="")
    assert publish(scene).version.agreed_text == the_text(scene), "a list may be public before the summary is agreed"


def test_what_is_published_is_what_was_previewed(scene: Cast) -> None:
    with pytest.raises(ServiceError, match="has changed since you opened this page"):
        publish(scene, sha256="0" * 64)
    assert publish(scene).version.sha256 == standing_version(the_text(scene)).sha256


def test_a_second_press_publishes_nothing_twice(scene: Cast) -> None:
    publish(scene)
    with pytest.raises(PolicyRefusedError, match="This text is published"):
        publish(scene)
    assert Publication.objects.count() == 1


def test_a_publication_that_was_ended_can_be_made_anew(scene: Cast) -> None:
    first = publish(scene)
    end_publication(actor=scene.focal_point, text=the_text(scene))
    with pytest.raises(PolicyRefusedError, match="This text is not published"):
        end_publication(actor=scene.focal_point, text=the_text(scene))
    let_names_stand(scene)
    second = publish(scene, names_experts=True)
    first.refresh_from_db()
    assert (first.ended_at is None, second.names_experts, find(scene)) == (False, True, second)


def test_the_names_of_the_experts_are_left_out_by_default(scene: Cast) -> None:
    names = {"Expert", "Second Expert", "Same Group Expert", "Other Group Expert"}
    version = standing_version(the_text(scene))
    assert names_in(str(version.document), names) == names, "without this the test would prove nothing"
    assert names_in(words_of(public_document(version, names_experts=False)), names) == set()
    assert names_in(words_of(public_document(version, names_experts=True)), names) == names


@pytest.mark.stage("observations")
def test_an_outsider_reads_no_references_to_the_answers(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("observations")
    text = the_text(scene)
    articles = list(articles_under_review(scene.review, text.instrument)[:1])
    given = ObservationInput(headings_of(scene.review)[0], articles, "Words.", ["I.untoc.5"])
    observation = draft_observation(actor=scene.same_group_expert, text=text, given=given)
    lay_on_table(actor=scene.same_group_focal_point, observation=observation)
    journey.agree_on(text)
    version = standing_version(text)
    assert "I.untoc.5" in str(version.document)
    for names_experts in (False, True):
        assert "I.untoc.5" not in words_of(public_document(version, names_experts=names_experts))


def names_in(text: str, names: set[str]) -> set[str]:
    return {name for name in names if f"{name} (" in text}


def words_of(document: Document) -> str:
    return str(document.as_json())


def test_the_reviewing_states_are_told(scene: Cast) -> None:
    Notification.objects.all().delete()
    publish(scene)
    assert set(Notification.objects.values_list("recipient__email", flat=True)) == {
        scene.same_group_focal_point.email,
        scene.other_group_focal_point.email,
    }


def test_the_act_is_recorded(scene: Cast) -> None:
    publication = publish(scene)
    entry = AuditEntry.objects.get(verb="reviews.text.published")
    assert (entry.actor, entry.after) == (
        scene.focal_point,
        {"version": 1, "sha256": publication.version.sha256, "names_experts": False, "audience": "public"},
    )


def render(document: Document, status: PrintedStatus, **_more: object) -> bytes:
    return f"{document.title}; public {status.is_public}; {len(status.clearances)} names".encode()


def test_the_files_are_made_once(scene: Cast, files: Path) -> None:
    publication = publish(scene)
    for _time in range(2):
        store_publication_files(str(publication.pk), {"pdf": render, "docx": render})
    publication.refresh_from_db()
    assert sorted(path.name for path in files.rglob("*.*")) == [f"{publication.pk}.docx", f"{publication.pk}.pdf"]
    with publication.pdf.open() as file:
        assert file.read().decode().endswith("; public True; 0 names"), "who cleared is not for the public"


def test_another_try_goes_on_where_the_one_before_broke_off(scene: Cast, files: Path) -> None:
    def broken(document: Document, status: PrintedStatus, **_more: object) -> bytes:
        raise OSError("disk full")

    publication = publish(scene)
    with pytest.raises(OSError, match="disk full"):
        store_publication_files(str(publication.pk), {"pdf": render, "docx": broken})
    store_publication_files(str(publication.pk), {"pdf": broken, "docx": render})
    publication.refresh_from_db()
    assert (bool(publication.pdf), bool(publication.docx)) == (True, True)


def test_no_files_are_made_of_what_is_not_public_any_more(scene: Cast, files: Path) -> None:
    publication = publish(scene)
    end_publication(actor=scene.focal_point, text=the_text(scene))
    store_publication_files(str(publication.pk), {"pdf": render})
    assert list(files.rglob("*.*")) == []


def test_files_that_got_lost_are_queued_again_by_themselves_until_they_are_there(
    scene: Cast, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = Mock()
    monkeypatch.setattr(services, "render_publication_task", task)
    publication = publish(scene)
    assert queue_missing_files() == 0, "they are being made"
    now = timezone.now()
    with time_machine.travel(now + dt.timedelta(seconds=61), tick=False):
        assert (queue_missing_files(), queue_missing_files()) == (1, 0), "and their time begins anew"
    with time_machine.travel(now + dt.timedelta(seconds=125), tick=False):
        assert queue_missing_files() == 1
    assert task.delay.call_args_list == [call(str(publication.pk))] * 2
    with time_machine.travel(now + dt.timedelta(hours=10), tick=False):
        assert queue_missing_files() == 1
    with time_machine.travel(now + dt.timedelta(hours=10, minutes=50), tick=False):
        assert queue_missing_files() == 0, "what always fails is tried more and more seldom"
    store_publication_files(str(publication.pk), {"pdf": render, "docx": render, "xml": render})
    with time_machine.travel(now + dt.timedelta(days=10), tick=False):
        assert queue_missing_files() == 0
