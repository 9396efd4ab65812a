"""The second wall: whatever the query, the database answers with what the acting person may read (docs/adr/0014).

Raw statements as the plain role, compared with what the selectors give.
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.utils import ProgrammingError
from psycopg import sql

from accounts.contacts.models import StateContact
from accounts.people.models import User
from core.database.identity import identified_as
from core.database.row_security import protected_tables
from core.enums import JobStatus
from core.models import Job
from core.policy import can
from dialogue.conclusion.models import ConclusionAnswer
from dialogue.exchange.models import (
    ClarificationAnswer,
    ClarificationRequest,
    FeedbackComment,
    FeedbackReply,
    SupplementaryInformation,
    WrittenFeedback,
)
from dialogue.threads.models import DialogueMessage, ReleaseByExperts
from observations.clearance.models import VersionReading
from observations.documents.formats import TEXT_DOCX
from observations.documents.services import start_document
from observations.documents.tasks import render_text_task
from observations.language_sets.models import LanguageSet
from observations.needs.models import AssistanceNeed
from observations.observations.selectors import revisions_visible_to
from observations.publications.services import publish_text
from observations.suggestion_notes.models import SuggestionNote
from observations.suggestion_notes.selectors import notes_visible_to
from observations.suggestions.models import Suggestion
from observations.summaries.models import PassageRevision
from observations.texts.enums import TextKind
from observations.texts.models import (
    AgreedText,
    Objection,
    Observation,
    ObservationRevision,
    PassageDraft,
    Publication,
    SummaryPassage,
    TextVersion,
)
from observations.translations.models import TranslationOrder
from observations.versions.selectors import standing_version
from portal.mechanisms.models import MechanismChoice
from questionnaires.definitions.enums import ResponseAction
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.laws.models import Law, LawFile, LawName, LawVersion
from questionnaires.responses.models import Answer, AnswerRevision, Response, ResponseSubmission, SectionAssignment
from reviews.access.models import AccessRequest
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.cases.enums import Side
from reviews.cases.models import Clearance, ConfidentialModel, PartialTeam, Participation, Review, TimeChange
from reviews.concerns.models import Concern, ConcernMessage, ConcernState
from reviews.consultations.models import ConsultationConfirmation, ConsultationProposal, SilenceNotice
from reviews.dates.models import TimeChangeAnswer
from reviews.drafts.selectors import readable
from reviews.meetings.models import DialogueMeeting, MeetingAnswer, PlannedMeeting
from reviews.minutes.models import MeetingNotes, NotesAnswer
from reviews.nominations.models import Nomination, NoteVerbale
from reviews.outreach.models import NominationLetter, ReceivedNomination
from reviews.polls.models import MeetingPoll, PollAnswer
from reviews.registration.services.participation import end_participation
from reviews.visibility.selectors import reviews_visible_to
from tests import journey, utils
from tests.permissions.pieces import Planter
from tests.plain_role import HAS_TWO_ROLES, plain_role, system_role
from tests.utils import Cast, set_common_room

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security"),
]

BY_ITS_PEOPLE = "what lies in a room is written by focal point and experts|lies in the room of the State that writes it"
# Of which everybody reads what is public, and that some write; who takes part, and what is asked before who acts.
READ_BY_ALL = {
    "accounts_accountrule", "accounts_affiliation", "accounts_identityprovider", "core_institution",
    "observations_publicationindex",
    "questionnaires_itemmapping", "questionnaires_questionnaire", "questionnaires_questionnaireversion",
    "reviews_participation", "reviews_publication", "reviews_publicstatus", "reviews_statusconsent",
    "reviews_stepchange",
}  # fmt: skip
# Tables without content of a review, which are closed to who is nobody (tests/security/test_database_attacks.py).
AT_THE_DOOR = {
    "accounts_apitoken", "accounts_identitylink", "core_idempotentanswer",
    "accounts_linkrequest", "accounts_staffsession", "accounts_statelink", "accounts_user", "core_auditentry",
    "core_notification", "core_recordhead", "core_recordrootsecret", "dialogue_deskvisit", "django_session",
    "mfa_authenticator", "portal_exercise", "portal_handover", "portal_learner", "reviews_bulkact",
    "reviews_bulkactline", "reviews_calendarfeed", "reviews_lastfilter", "reviews_mute", "reviews_reminderhour",
    "reviews_savedview", "reviews_snooze", "reviews_taskdelegation", "usersessions_usersession",
}  # fmt: skip
PLACED: list[type[Any]] = [
    WrittenFeedback, ClarificationRequest, ClarificationAnswer, SupplementaryInformation, DialogueMeeting,
    PlannedMeeting, MeetingPoll, MeetingNotes, AgreedText, Observation, PassageDraft, FeedbackReply, Suggestion,
    DialogueMessage, TranslationOrder, LanguageSet,
]  # fmt: skip
PARTS: list[tuple[type[Any], type[Any], str]] = [  # that may be read wherever their whole may, and the key to it
    (FeedbackComment, WrittenFeedback, "feedback"),
    (SummaryPassage, AgreedText, "agreed_text"),
    (PassageRevision, AgreedText, "passage__agreed_text"),
    (TextVersion, AgreedText, "agreed_text"),
    (MeetingAnswer, PlannedMeeting, "meeting"),
    (PollAnswer, MeetingPoll, "poll"),
    (NotesAnswer, MeetingNotes, "notes"),
    (DialogueMeeting.participants.through, DialogueMeeting, "dialoguemeeting"),
    (Observation.articles.through, Observation, "observation"),
    (AssistanceNeed, Observation, "observation"),
]


def planted(stage: str) -> tuple[Cast, Any]:
    cast = utils.make_cast(stage)
    return cast, Planter(cast).plant(stage)


_AT = ("written_feedback", "observations", "summary")
STAGES = [pytest.param(stage, marks=pytest.mark.kept.with_args(planted, stage)) for stage in _AT]
while_feedback_is_written = pytest.mark.kept.with_args(planted, "written_feedback")


@pytest.fixture
def scene(kept: tuple[Cast, Any]) -> Cast:
    return utils.fresh(kept[0])


@pytest.fixture
def drafted(kept: tuple[Cast, Any]) -> ClarificationRequest:
    """What lies in the room of the State of the same group."""
    return ClarificationRequest.objects.get(pk=kept[1].clarification_draft.pk)


def keys(model: type[models.Model], actor: User | None = None) -> set[Any]:
    """The keys of all rows of a table that the database shows to the actor, without any condition."""
    names = sql.Identifier(model._meta.pk.column), sql.Identifier(model._meta.db_table)
    statement = sql.SQL("SELECT {} FROM {}").format(*names)
    with plain_role(), connection.cursor() as cursor, identified_as(actor) if actor is not None else nullcontext():
        cursor.execute(statement)
        return {key for (key,) in cursor.fetchall()}


def pks(rows: Any) -> set[Any]:
    return {row.pk for row in rows}


def placed(user: User, model: type[Any]) -> set[Any]:
    return set().union(*(pks(readable(model.objects.all(), user, review)) for review in Review.objects.all()))


def parts(user: User, model: type[Any], whole: type[Any], key: str) -> set[Any]:
    return pks(model.objects.filter(**{f"{key}__in": placed(user, whole)}))


def wrong(cast: Cast, model: type[Any], expected: Callable[[User], set[Any]]) -> dict[str, str]:
    """For whom the database shows other rows than it should: how many too many, how many too few."""
    found = {name: (keys(model, user), expected(user)) for name, user in cast.people.items()}
    return {
        f"{model._meta.label}, {name}": f"{len(shown - due)} too many, {len(due - shown)} missing"
        for name, (shown, due) in found.items()
        if shown != due
    }


@pytest.mark.parametrize("scene", STAGES, indirect=True)
def test_each_person_is_shown_what_the_selectors_give(scene: Cast) -> None:
    problems: dict[str, str] = {}
    for model in PLACED:
        problems |= wrong(scene, model, partial(placed, model=model))
    for part, whole, key in PARTS:
        problems |= wrong(scene, part, partial(parts, model=part, whole=whole, key=key))
    assert problems == {}


@pytest.mark.parametrize("scene", STAGES, indirect=True)
def test_what_was_written_before_it_was_laid_on_the_table_stays_with_its_state(scene: Cast) -> None:
    def due(user: User) -> set[Any]:
        observations = Observation.objects.filter(pk__in=placed(user, Observation)).select_related("review")
        return set().union(*(pks(revisions_visible_to(user, observation)) for observation in observations))

    assert ObservationRevision.objects.exists()
    assert wrong(scene, ObservationRevision, due) == {}


@pytest.mark.parametrize("scene", STAGES[1:2], indirect=True)
def test_what_colleagues_say_below_a_suggestion_stays_with_their_state(scene: Cast) -> None:
    def due(user: User) -> set[Any]:
        return set().union(*(pks(notes_visible_to(user, review)) for review in Review.objects.all()))

    assert wrong(scene, SuggestionNote, due) == {}
    assert SuggestionNote.objects.exclude(room=None).count() == 2, "of two States"


@pytest.mark.parametrize("scene", STAGES, indirect=True)
def test_answers_are_shown_to_their_state_alone_and_what_was_sent_to_all_who_read(scene: Cast) -> None:
    def in_room(model: type[Any], *but: User) -> Callable[[User], set[Any]]:
        own = set(scene.own_side.values()) - {*but}
        return lambda user: pks(model.objects.all()) if user in own else set()

    def sent(user: User) -> set[Any]:
        rows = ResponseSubmission.objects.all()
        return {row.pk for row in rows if can(user, ResponseAction.VIEW_SUBMISSION, row)}

    problems = wrong(scene, ResponseSubmission, sent)
    problems |= wrong(scene, Response, lambda user: pks(Response.objects.filter(review__in=reviews_visible_to(user))))
    for model in (Answer, AnswerRevision):
        problems |= wrong(scene, model, in_room(model, scene.contributor))
    problems |= wrong(scene, SectionAssignment, in_room(SectionAssignment))
    assert Answer.objects.exists()
    assert problems == {}


def test_who_asks_for_more_time_is_shown_to_those_who_know_of_the_review(cast: Cast) -> None:
    Planter(cast).plant("self_assessment")

    def due(user: User, model: type[Any], path: str) -> set[Any]:
        return pks(model.objects.filter(**{path: reviews_visible_to(user)}))

    assert TimeChangeAnswer.objects.exists()
    assert wrong(cast, TimeChange, partial(due, model=TimeChange, path="review__in")) == {}
    assert wrong(cast, TimeChangeAnswer, partial(due, model=TimeChangeAnswer, path="change__review__in")) == {}


@pytest.mark.parametrize("scene", STAGES[1:2], indirect=True)
def test_where_nobody_acts_there_is_nothing_and_for_the_system_everything(scene: Cast) -> None:
    tables = [each for each in apps.get_models(include_auto_created=True) if each._meta.db_table in protected_tables()]
    shown_to_nobody = {model._meta.db_table for model in tables if keys(model)}
    assert {"accounts_affiliation", "reviews_participation", "reviews_stepchange"} <= shown_to_nobody <= READ_BY_ALL
    with system_role():
        shown = {model: pks(model._base_manager.all()) for model in tables}
    assert {model._meta.label for model in tables if shown[model] != pks(model._base_manager.all())} == set()


def test_every_table_with_confidential_content_is_behind_the_wall() -> None:
    every = list(apps.get_models(include_auto_created=True))
    inside = {model._meta.db_table for model in every if issubclass(model, ConfidentialModel)}
    size = 0
    while size != len(inside):
        size = len(inside)
        inside |= {model._meta.db_table for model in every if hangs_on(model, inside)}
    also = {
        ConsultationProposal, ConsultationConfirmation, SilenceNotice, PartialTeam, NoteVerbale, Nomination, TimeChange,
        TimeChangeAnswer, ConclusionAnswer, AccessRequest, Clearance, Job, StateContact, NominationLetter,
        ReceivedNomination, QuestionnaireDraft, Concern, ConcernMessage, ConcernState, BroughtFile, BroughtPiece,
        MechanismChoice, Law, LawFile, LawName, LawVersion, apps.get_model("reviews.DocumentSymbol"), ReleaseByExperts,
        apps.get_model("observations.NamingAnswer"), apps.get_model("reviews.OpenedWords"),
    }  # fmt: skip
    assert protected_tables() == inside | {model._meta.db_table for model in also} | AT_THE_DOOR | READ_BY_ALL


def hangs_on(model: type[models.Model], tables: set[str]) -> bool:
    return any(  # each row of the model's table needs a row of one of the tables
        field.related_model._meta.db_table in tables  # type: ignore[union-attr]
        for field in model._meta.concrete_fields
        if field.is_relation and not field.null
    )


@pytest.fixture
def draft(drafted: ClarificationRequest) -> Callable[[User, Any], ClarificationRequest]:
    """Puts a request into a room, as a statement that has forgotten all rules would."""

    def insert(actor: User, room: Any) -> ClarificationRequest:
        drafted.pk, drafted.room_id, drafted._state.adding = None, room, True
        drafted.id = ClarificationRequest._meta.pk.get_default()
        with plain_role(), identified_as(actor):
            drafted.save(force_insert=True)
        return drafted

    return insert


@while_feedback_is_written
def test_a_person_writes_into_the_own_room_and_begins_nothing_on_the_table(
    scene: Cast, draft: Callable[..., Any]
) -> None:
    draft(scene.same_group_expert, scene.same_group_state.pk)
    for name in ("same_group_expert", "same_group_focal_point", "officer", "auditor", "bystander", "stranger"):
        with pytest.raises(ProgrammingError, match=r"begins in the room"), transaction.atomic():
            draft(scene.people[name], None)


@while_feedback_is_written
@pytest.mark.parametrize(
    ("name", "room"),
    [
        ("same_group_expert", "other_group_state"),
        ("same_group_expert", "state"),
        ("focal_point", "same_group_state"),
        ("officer", "same_group_state"),
        ("contributor", "state"),
        ("auditor", "same_group_state"),
        ("bystander", "bystander_state"),
        ("stranger", "state"),
    ],
)
def test_nobody_writes_into_the_room_of_another(scene: Cast, draft: Callable[..., Any], name: str, room: str) -> None:
    with pytest.raises(ProgrammingError, match=f"row-level security|{BY_ITS_PEOPLE}"):
        draft(scene.people[name], getattr(scene, room).pk)


@while_feedback_is_written
def test_what_lies_in_another_room_can_be_neither_changed_nor_taken_away(
    scene: Cast, drafted: ClarificationRequest
) -> None:
    rows = ClarificationRequest.objects.filter(pk=drafted.pk)
    for name in ("other_group_expert", "focal_point", "officer", "auditor", "contributor", "stranger"):
        with plain_role(), identified_as(scene.people[name]):
            assert (rows.update(text="Altered."), rows.delete()[0]) == (0, 0), name
    with plain_role(), identified_as(scene.same_group_expert):
        assert rows.update(text="Altered.") == 1


@while_feedback_is_written
def test_a_row_cannot_be_carried_into_the_room_of_another(scene: Cast, drafted: ClarificationRequest) -> None:
    rows = ClarificationRequest.objects.filter(pk=drafted.pk)
    with (
        plain_role(),
        identified_as(scene.same_group_expert),
        pytest.raises(ProgrammingError, match=f"row-level security|{BY_ITS_PEOPLE}"),
    ):
        rows.update(room=scene.other_group_state)


def test_an_ended_participation_closes_the_rooms_at_once(cast: Cast) -> None:
    assert cast.response is not None
    utils.answer_some(cast.response, cast.expert, 1)
    assert len(keys(Answer, cast.expert)) == 1
    end_participation(actor=utils.SYSTEM, participation=cast.participations["expert"])
    assert keys(Answer, cast.expert) == set()


@pytest.mark.stage("written_feedback")
def test_reviewing_states_that_share_a_room_read_each_other_and_do_not_write(cast: Cast) -> None:
    set_common_room(cast.review)
    drafted = Planter(cast).plant("written_feedback").clarification_draft
    assert drafted.pk in keys(ClarificationRequest, cast.other_group_expert)
    assert all(drafted.pk not in keys(ClarificationRequest, user) for user in (cast.focal_point, cast.officer))
    with plain_role(), identified_as(cast.other_group_expert):
        assert ClarificationRequest.objects.filter(pk=drafted.pk).update(text="Altered.") == 0
    set_common_room(cast.review, shared=False)
    assert drafted.pk not in keys(ClarificationRequest, cast.other_group_expert)


@pytest.mark.stage("summary")
def test_the_public_finds_the_published_version_alone(cast: Cast) -> None:
    text = AgreedText.objects.filter(kind=TextKind.LIST_OF_OBSERVATIONS)[0]
    version = standing_version(text)
    assert version is not None
    assert keys(TextVersion) == keys(AgreedText) == set()
    publish_text(actor=journey.focal_point_of(cast.review, Side.UNDER_REVIEW), text=text, sha256=version.sha256)
    assert (keys(TextVersion), keys(AgreedText)) == ({version.pk}, {text.pk})
    assert keys(Observation) == keys(Objection) == keys(SummaryPassage) == set()
    Publication.objects.update(ended_at=version.created_at)
    assert keys(TextVersion) == keys(AgreedText) == set()


@pytest.mark.stage("summary")
def test_each_person_has_readings_of_the_own(cast: Cast) -> None:
    version = TextVersion.objects.all()[0]
    reading = VersionReading.objects.create(user=cast.expert, agreed_text=version.agreed_text, version=version)
    assert (keys(VersionReading, cast.expert), keys(VersionReading, cast.focal_point)) == ({reading.pk}, set())


def test_proposals_are_shown_to_all_who_see_the_review(make_cast: Callable[..., Cast]) -> None:
    cast = make_cast("consultations")
    Planter(cast).plant("consultations")
    seeing = {name for name, user in cast.people.items() if cast.review in reviews_visible_to(user)}
    assert {name for name, user in cast.people.items() if keys(ConsultationProposal, user)} == seeing
    assert Participation.objects.count() == 12


@pytest.mark.stage("observations")
@pytest.mark.parametrize("is_system", [True, False])
def test_a_task_finds_its_work_as_the_system_alone(cast: Cast, is_system: bool) -> None:
    job = start_document(cast.expert, AgreedText.objects.all()[0], kind=TEXT_DOCX)
    with system_role() if is_system else plain_role():
        (render_text_task if is_system else render_text_task.run)(str(job.pk))
    job.refresh_from_db()
    assert job.status == (JobStatus.DONE if is_system else JobStatus.QUEUED)
