"""The constructive dialogue: supplementary information, the log of meetings, its end."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document as WordDocument
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.people.models import User
from core.errors import ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError
from dialogue.exchange.models import SupplementaryInformation
from dialogue.supplements.services import SupplementInput
from reviews.cases.enums import ParticipationRole
from reviews.meetings.enums import MeetingMeans
from reviews.meetings.models import DialogueMeeting
from reviews.registration.services.participation import end_participation
from reviews.steps.services.advancing import record_processing
from tests.at_once import (
    add_supplement,
    discard_supplement,
    edit_supplement,
    log_meeting,
    send_supplement,
)
from tests.factories.accounts import UserFactory
from tests.utils import SYSTEM, Cast, register, who_may

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LINK = "https://law.example/act"


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("dialogue")


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Path:
    """Where the files that are uploaded lie."""
    storage = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path, "base_url": None}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return tmp_path


def word_file(name: str = "report.docx", words: str = "A report.") -> SimpleUploadedFile:
    document, out = WordDocument(), io.BytesIO()
    document.add_paragraph(words)
    document.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def add(scene: Cast, title: str = "Annual report", **more: object) -> SupplementaryInformation:
    given = SupplementInput(title=title, **{"link": LINK, **more})
    return add_supplement(actor=scene.expert, review=scene.review, given=given)


def log(scene: Cast, actor: User | None = None, **more: object) -> DialogueMeeting:
    given = {"held_on": timezone.localdate(), "means": MeetingMeans.VIDEOCONFERENCE, "others": "Two interpreters"}
    return log_meeting(actor=actor or scene.focal_point, review=scene.review, **{**given, **more})


def test_a_source_is_drafted_in_the_room_of_the_state_under_review(scene: Cast) -> None:
    supplement = add(scene, pages="pp. 3 to 5")
    assert (supplement.room, supplement.sent_at, supplement.pages) == (scene.state, None, "pp. 3 to 5")


def test_who_adds_changes_and_sends_a_source(scene: Cast) -> None:
    given, supplement = SupplementInput(title="A report", link=LINK), add(scene)
    drafters = {"focal_point", "expert", "second_expert"}
    assert who_may(scene, lambda user: add_supplement(actor=user, review=scene.review, given=given)) == drafters
    assert who_may(scene, lambda user: edit_supplement(actor=user, supplement=supplement, given=given)) == drafters
    assert who_may(scene, lambda user: discard_supplement(actor=user, supplement=supplement)) == drafters
    assert who_may(scene, lambda user: send_supplement(actor=user, supplement=supplement)) == {"focal_point"}


def test_what_was_sent_lies_on_the_table_and_stays(scene: Cast) -> None:
    supplement = send_supplement(actor=scene.focal_point, supplement=add(scene))
    assert supplement.room is None
    assert supplement.sent_at is not None
    for act in (
        lambda: edit_supplement(
            actor=scene.expert, supplement=supplement, given=SupplementInput(title="Other", link=LINK)
        ),
        lambda: discard_supplement(actor=scene.focal_point, supplement=supplement),
        lambda: send_supplement(actor=scene.focal_point, supplement=supplement),
    ):
        with pytest.raises(PolicyRefusedError, match="has been sent"):
            act()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"pages": "x" * 101}, "pages"),
        ({"link": ""}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "law.example/act"}, "link"),
        ({"file": SimpleUploadedFile("run.exe", b"MZ")}, "file"),
        ({"file": SimpleUploadedFile("report.pdf", b"no pdf at all")}, "file"),
        ({"file": SimpleUploadedFile("report.pdf", b"")}, "file"),
    ],
)
def test_sources_that_are_refused(scene: Cast, files: Path, given: dict[str, object], field: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        add(scene, **given)
    assert refusal.value.field == field
    assert not SupplementaryInformation.objects.exists()


def test_a_file_is_kept_under_the_key_of_the_row(scene: Cast, files: Path) -> None:
    supplement = add(scene, link="", file=word_file("Geheimer Bericht.docx"))
    assert supplement.file.name == f"supplements/{supplement.pk}.docx", "what a file is called may be a secret too"
    assert supplement.file_name == "Geheimer Bericht.docx"
    assert len(supplement.sha256) == 64


def test_another_file_replaces_the_one_before(
    scene: Cast, files: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    supplement = add(scene, file=word_file(words="First."))
    given = SupplementInput(title="Annual report", link=LINK, file=word_file("second.docx", "Second."))
    with django_capture_on_commit_callbacks(execute=True):
        edit_supplement(actor=scene.expert, supplement=supplement, given=given)
    first = supplement.sha256
    supplement.refresh_from_db()
    assert (supplement.file_name, supplement.sha256 != first) == ("second.docx", True)
    assert kept(files) == [Path(supplement.file.name).name]


def test_without_another_file_the_one_before_stays(
    scene: Cast, files: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    supplement = add(scene, link="", file=word_file())
    with django_capture_on_commit_callbacks(execute=True):
        edit_supplement(actor=scene.expert, supplement=supplement, given=SupplementInput(title="Better title"))
    supplement.refresh_from_db()
    assert (supplement.title, supplement.file_name) == ("Better title", "report.docx")
    assert kept(files) == [f"{supplement.pk}.docx"]


def test_what_is_thrown_away_leaves_no_file_behind(
    scene: Cast, files: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    supplement = add(scene, file=word_file())
    with django_capture_on_commit_callbacks(execute=True):
        discard_supplement(actor=scene.expert, supplement=supplement)
    assert kept(files) == []
    assert not SupplementaryInformation.objects.exists()


def kept(files: Path) -> list[str]:
    return sorted(path.name for path in files.rglob("*") if path.is_file())


def test_the_focal_points_of_the_reviewing_states_are_told(scene: Cast) -> None:
    supplement = add(scene)
    Notification.objects.all().delete()
    send_supplement(actor=scene.focal_point, supplement=supplement)
    assert set(Notification.objects.values_list("recipient__email", flat=True)) == {
        scene.same_group_focal_point.email,
        scene.other_group_focal_point.email,
    }


def test_a_meeting_is_recorded_on_the_table(scene: Cast) -> None:
    meeting = log(scene, participants=[scene.participations["same_group_expert"]], subject="Article 5.")
    assert meeting.room is None
    assert (meeting.means, meeting.others, meeting.subject) == ("videoconference", "Two interpreters", "Article 5.")
    assert [row.user for row in meeting.participants.all()] == [scene.same_group_expert]


def test_who_records_a_meeting(scene: Cast) -> None:
    assert who_may(scene, lambda user: log(scene, user)) == {
        "focal_point",
        "same_group_focal_point",
        "other_group_focal_point",
        "officer",
        "administrator",
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"held_on": dt.date(2021, 10, 31)}, "held_on"),
        ({"means": "carrier pigeon"}, "means"),
        ({"others": " "}, "participants"),
    ],
)
def test_meetings_that_are_refused(scene: Cast, given: dict[str, object], field: str) -> None:
    with pytest.raises(ServiceError) as refusal:
        log(scene, **given)
    assert refusal.value.field == field


def test_nobody_has_met_tomorrow(scene: Cast) -> None:
    with pytest.raises(ServiceError) as refusal:
        log(scene, held_on=timezone.localdate() + dt.timedelta(days=1))
    assert refusal.value.field == "held_on"


def test_nobody_of_another_review_has_met(scene: Cast) -> None:
    with pytest.raises(ServiceError, match="Choose among those who take part"):
        log(scene, participants=[scene.bystander_review.participations.get()])


def test_whom_a_state_consults_at_home_is_not_put_before_the_others(scene: Cast) -> None:
    with pytest.raises(ServiceError, match="Choose among those who take part"):
        log(scene, participants=[scene.participations["contributor"]])


def test_somebody_who_has_left_since_may_have_met(scene: Cast) -> None:
    left = end_participation(actor=SYSTEM, participation=scene.participations["same_group_expert"])
    assert list(log(scene, participants=[left]).participants.all()) == [left]


@pytest.mark.stage("written_feedback")
def test_processing_is_recorded_once_for_each_step(cast_at: Callable[[str], Cast]) -> None:
    scene = cast_at("written_feedback")
    assert record_processing(scene.officer, scene.review) == 1
    assert scene.review.milestones.get(plan__slug="answers_processed").reached_on == timezone.localdate()
    assert scene.review.milestones.get(plan__slug="feedback_processed").reached_on is None
    with pytest.raises(ServiceError, match="has been recorded"):
        record_processing(scene.officer, scene.review)
    with pytest.raises(PolicyRefusedError, match="Only an officer"):
        record_processing(scene.focal_point, scene.review)


def test_a_new_expert_of_a_state_drafts_at_once(scene: Cast) -> None:
    newcomer = UserFactory()
    register(scene.review, newcomer, scene.state, ParticipationRole.GOVERNMENTAL_EXPERT)
    given = SupplementInput(title="A law", link=LINK)
    assert add_supplement(actor=newcomer, review=scene.review, given=given).room == scene.state
