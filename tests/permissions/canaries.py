"""Words planted into every confidential field, and who may meet each of them.

The fields are found by introspection: a model that hangs on a review, or belongs to a State, has a rule here or the
build fails. Who may meet the words of a row is asked of the policy, and not of the selectors and pages that are tested.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.files.base import ContentFile
from django.db import models

from accounts.links.models import StateLink
from accounts.people.models import StaffSession, User
from core.language.rendering import render, render_all
from core.models.written import kept_name
from core.policy import can
from dialogue.asides.models import AsideNote
from dialogue.conclusion.models import ConclusionAnswer
from dialogue.exchange.enums import ExchangeAction
from dialogue.exchange.models import (
    ClarificationAnswer,
    ClarificationRequest,
    FeedbackComment,
    FeedbackReading,
    FeedbackReply,
    SupplementaryInformation,
    WrittenFeedback,
)
from dialogue.slips.models import DeskSlip
from dialogue.threads.enums import ThreadAction
from dialogue.threads.models import DialogueMessage
from observations.follow_up.models import FollowUp, FollowUpEntry, FollowUpShare
from observations.needs.models import AssistanceNeed
from observations.objections.models import ObjectionReply
from observations.suggestion_notes.models import SuggestionNote
from observations.suggestions.enums import SuggestionAction
from observations.suggestions.models import Suggestion
from observations.summaries.models import PassageRevision
from observations.texts.enums import TextAction
from observations.texts.models import (
    Objection,
    Observation,
    ObservationRevision,
    PassageDraft,
    SummaryPassage,
    TextVersion,
)
from observations.translations.enums import TranslationAction
from observations.translations.models import TranslationOrder
from portal.cockpit.enums import CockpitAction
from portal.cockpit.models import BulkAct
from questionnaires.clearance.models import SecondReading
from questionnaires.definitions.enums import ResponseAction
from questionnaires.laws.models import Law, LawFile, LawVersion
from questionnaires.margin.models import MarginNote
from questionnaires.ministries.models import ConsultedBody
from questionnaires.responses.models import (
    Answer,
    AnswerRevision,
    Proposal,
    ProposalRevision,
    Response,
    ResponseSubmission,
    SectionAssignment,
)
from questionnaires.responses.policy import may_read_whole_draft
from questionnaires.sharing.models import AnswersShare
from reviews.access.enums import AccessAction
from reviews.access.models import AccessRequest
from reviews.bringing.enums import BringingAction
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.cases.enums import ReviewAction
from reviews.cases.models import PartialTeam, Participation, Review, TimeChange
from reviews.concerns.enums import ConcernAction
from reviews.concerns.models import ConcernMessage
from reviews.consultations.models import ConsultationProposal
from reviews.dates.models import TimeChangeAnswer
from reviews.meetings.models import DialogueMeeting, MeetingAnswer, PlannedMeeting
from reviews.ministries.models import Ministry
from reviews.minutes.enums import NotesAction
from reviews.minutes.models import MeetingNotes, NotesAnswer
from reviews.nominations.enums import NominationAction
from reviews.nominations.models import Nomination, NoteVerbale
from reviews.outreach.models import NominationLetter, ReceivedNomination
from reviews.polls.models import MeetingPoll, PollAnswer
from reviews.states.enums import StateAction
from tests.guards import guards_off
from tests.permissions.draft_readers import (
    Reads,
    is_own,
    is_published,
    is_shared_with_everybody,
    of_address,
    of_answer,
    of_clarification_answer,
    of_drafters_and_of,
    of_law,
    of_law_file,
    of_ministry,
    of_recall,
    of_reply,
    of_response,
    of_revision,
    of_share,
    of_slip,
    of_suggestion_note,
    of_thread,
    of_version,
)
from tests.permissions.no_content import NO_CONTENT

WORD = re.compile(r"qz\d{5}q")  # in small letters, as addresses are
APPS = ("core", "accounts", "reviews", "questionnaires", "lots", "dialogue", "observations", "portal")


@dataclass(frozen=True)
class Content:
    """The confidential fields of a model; ``reads`` says by the policy whether a person reads those of a row."""

    model: type[models.Model]
    fields: tuple[str, ...]
    reads: Reads

    @property
    def names(self) -> set[str]:
        """With what is kept beside a text or a document of how it looks: it is planted with it, and met by the same."""
        kept = {beside for name in self.fields if (beside := _kept_beside(self.model, name))}
        return {f"{self.model._meta.label}.{name}" for name in {*self.fields, *kept}}


def _staff_session(row: StaffSession, user: User) -> bool:
    is_of_state = row.state_party is not None and can(user, StateAction.VIEW_STAFF_SESSIONS, row.state_party)
    return row.user_id == user.pk or is_of_state


def _note(row: NoteVerbale, user: User, action: AccessAction) -> bool:
    """All of a State's people read what was told to the State."""
    return can(user, NominationAction.VIEW, row) or any(can(user, action, each) for each in row.requests.all())


def by(action: Any, path: str = "") -> Reads:
    """The policy's answer for the action on the row, or on what ``path`` leads to from it."""

    def reads(row: Any, user: User) -> bool:
        for name in filter(None, path.split(".")):
            row = getattr(row, name)
        return can(user, action, row)

    return reads


def _for_all(action: Any) -> Reads:
    """What officers do for all States alike."""
    return lambda row, user: can(user, action)


CONTENT = [
    Content(ConcernMessage, ("text",), by(ConcernAction.WRITE, "concern")),
    Content(ConsultationProposal, ("reason", "note"), by(ReviewAction.READ_REASONS, "review")),
    Content(TimeChange, ("reason", "recorded_how"), by(ReviewAction.READ_REASONS, "review")),
    Content(BulkAct, ("reason",), by(CockpitAction.VIEW_ACT)),
    Content(TimeChangeAnswer, ("note",), by(ReviewAction.READ_REASONS, "change.review")),
    Content(ConclusionAnswer, ("note",), by(ReviewAction.READ_REASONS, "review")),
    Content(PartialTeam, ("reason",), by(ReviewAction.VIEW, "review")),
    Content(WrittenFeedback, ("document",), by(ExchangeAction.VIEW_FEEDBACK)),
    Content(FeedbackComment, ("text",), by(ExchangeAction.VIEW_FEEDBACK, "feedback")),
    *(Content(model, ("recall_reason",), of_recall) for model in (WrittenFeedback, FeedbackReply, DialogueMessage)),
    Content(FeedbackReading, ("word",), of_recall),
    Content(FeedbackReply, ("text",), of_reply),
    Content(DialogueMessage, ("text",), by(ThreadAction.VIEW)),
    Content(DeskSlip, ("text",), of_slip),
    Content(AsideNote, ("text",), of_slip),
    Content(ClarificationRequest, ("text", "law"), by(ExchangeAction.VIEW_CLARIFICATION)),
    Content(ClarificationAnswer, ("text",), of_clarification_answer),
    Content(
        SupplementaryInformation,
        ("title", "pages", "link", "file", "file_name", "answers_to", "information"),
        by(ExchangeAction.VIEW_SUPPLEMENT),
    ),
    Content(DialogueMeeting, ("others", "subject"), by(ReviewAction.READ_TABLE, "review")),
    Content(PlannedMeeting, ("place", "link", "agenda", "reason"), by(ReviewAction.READ_TABLE, "review")),
    Content(MeetingAnswer, ("note",), by(ReviewAction.READ_TABLE, "meeting.review")),
    Content(MeetingNotes, ("text",), by(NotesAction.VIEW)),
    Content(NotesAnswer, ("note",), by(NotesAction.VIEW, "notes")),
    Content(MeetingPoll, ("place", "agenda"), by(ReviewAction.READ_TABLE, "review")),
    Content(PollAnswer, ("note",), by(ReviewAction.READ_TABLE, "poll.review")),
    Content(Observation, ("text", "withdrawal_reason"), by(TextAction.VIEW)),
    Content(ObservationRevision, ("text", "needs"), of_revision),
    Content(AssistanceNeed, ("received_from", "description"), by(TextAction.VIEW, "observation")),
    Content(SummaryPassage, ("text",), by(TextAction.VIEW, "agreed_text")),
    Content(PassageRevision, ("text",), by(TextAction.VIEW, "passage.agreed_text")),
    Content(Suggestion, ("base_text", "text", "why", "reason", "outcome"), by(SuggestionAction.VIEW)),
    Content(TranslationOrder, ("remark", "document", "words"), by(TranslationAction.VIEW)),
    Content(SuggestionNote, ("text",), of_suggestion_note),
    Content(PassageDraft, ("text",), lambda row, user: is_own(row, user)),
    Content(TextVersion, ("document",), of_version),
    *[Content(model, ("body", "action", "reason"), is_own) for model in (FollowUp, FollowUpEntry)],
    Content(FollowUpShare, ("document",), of_share),
    Content(Objection, ("reason",), by(TextAction.VIEW, "version.agreed_text")),
    Content(ObjectionReply, ("text",), by(TextAction.VIEW, "objection.version.agreed_text")),
    Content(Response, ("return_reason", "recall_reason", "revision_reason"), of_response),
    Content(Answer, ("text", "citations"), of_answer),
    Content(AnswerRevision, ("text", "citations"), lambda row, user: of_answer(row.answer, user)),
    Content(Law, ("title", "translation", "number", "link", "text", "also_cited_as"), of_law),
    Content(LawFile, ("title", "file_name"), lambda row, user: of_law(row.law, user)),
    Content(LawFile, ("file",), of_law_file),
    Content(LawVersion, ("content",), lambda row, user: of_law(row.law, user)),
    Content(SectionAssignment, ("remark", "word"), of_drafters_and_of("")),
    Content(Proposal, ("text", "citations", "return_reason"), of_drafters_and_of("")),
    Content(ProposalRevision, ("text", "citations"), of_drafters_and_of("answer")),
    Content(MarginNote, ("text",), of_thread),
    Content(Ministry, ("name",), of_ministry),
    Content(ConsultedBody, ("name", "about"), lambda row, user: may_read_whole_draft(user, row.response)),
    Content(SecondReading, ("word",), lambda row, user: may_read_whole_draft(user, row.response)),
    Content(ResponseSubmission, ("document",), by(ResponseAction.VIEW_SUBMISSION)),
    Content(AnswersShare, ("document",), of_share),
    Content(Participation, ("note_verbale",), lambda row, user: False),
    Content(NoteVerbale, ("return_reason",), by(NominationAction.VIEW)),
    Content(NoteVerbale, ("number",), lambda row, user: _note(row, user, AccessAction.VIEW)),
    Content(NoteVerbale, ("scan", "scan_name"), lambda row, user: _note(row, user, AccessAction.READ_SCAN)),
    Content(Nomination, ("email", "job_title", "organization", "phone"), by(NominationAction.VIEW, "note")),
    Content(Nomination, ("full_name",), lambda row, user: _note(row.note, user, AccessAction.VIEW)),
    Content(AccessRequest, ("number", "reason", "answer"), by(AccessAction.VIEW)),
    Content(AccessRequest, ("scan", "scan_name"), by(AccessAction.READ_SCAN)),
    Content(StaffSession, ("reason",), _staff_session),
    Content(StateLink, ("address",), lambda row, user: False),
    Content(NominationLetter, ("office", "address"), lambda row, user: False),
    Content(ReceivedNomination, ("number", "scan", "scan_name", "reason"), _for_all(NominationAction.TAKE_OVER)),
    Content(BroughtFile, ("file_name", "reason"), _for_all(BringingAction.LIST)),
    Content(BroughtPiece, ("reason",), by(BringingAction.READ_WORDS, "review")),
    Content(User, ("email", "phone", "office_hours", "office_place"), of_address),
]
HASHES = frozenset({"sha256", "previous_hash", "hash"})
# What the record of acts says of an act by name, with the reason; everything else that was planted stays out of it.
RECORDED: Mapping[str, str] = {
    "reviews.NoteVerbale.number": "the note verbale that an act rests on; its State and the secretariat read the entry",
    "reviews.Nomination.full_name": "whom the act concerns, as an entry on an account names its person",
}


def text_fields() -> Iterator[str]:
    """Every field that can hold words, of every model that leads to a review or to a person."""
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            if _leads_to(model, {Review, User}):
                yield from (
                    f"{model._meta.label}.{each.name}" for each in model._meta.concrete_fields if _holds_words(each)
                )


def _holds_words(each: Any) -> bool:
    if each.choices or each.name in HASHES:
        return False
    if isinstance(each, ArrayField):
        return _holds_words(each.base_field)
    return isinstance(each, (models.CharField, models.TextField, models.JSONField, models.FileField))


def _leads_to(model: type[models.Model], roots: set[type[models.Model]]) -> bool:
    return model in roots or any(
        relation.related_model is not model and _leads_to(relation.related_model, roots)
        for relation in model._meta.concrete_fields
        if relation.is_relation
    )


def is_without_content(name: str) -> bool:
    """Whether the field, its model or its app stands on the list of those without content."""
    app, model, _field = name.split(".")
    return bool({app, f"{app}.{model}", name} & NO_CONTENT.keys())


@dataclass
class Canaries:
    """The words that were planted: of which field each is, and the names of those of the cast who may meet it."""

    fields: dict[str, str] = field(default_factory=dict)
    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    public: set[str] = field(default_factory=set)

    def new(self, name: str, readers: frozenset[str]) -> str:
        word = f"qz{len(self.fields):05d}q"
        self.fields[word], self.readers[word] = name, readers
        return word

    def leaked_to(self, person: str, text: str) -> list[str]:
        """The fields whose words the text holds though this person must not meet them."""
        met = set(WORD.findall(text)) - self.public
        return sorted({self.fields[word] for word in met if person not in self.readers[word]})

    def told(self, traces: str) -> list[str]:
        """The fields whose words stand in mails or in the record of acts, which hold only what ``RECORDED`` names."""
        return sorted({self.fields[word] for word in WORD.findall(traces)} - RECORDED.keys())


def plant(people: Mapping[str, User], canaries: Canaries) -> None:
    """Put a word of its own into every confidential field of every row that is there."""
    with guards_off({content.model._meta.db_table for content in CONTENT}):
        for content in CONTENT:
            for row in content.model._default_manager.all():
                readers = frozenset(name for name, user in people.items() if content.reads(row, user))
                for name in content.fields:
                    if _stays_empty(row, name):
                        continue
                    word = canaries.new(f"{content.model._meta.label}.{name}", readers)
                    _plant_into(row, name, word)
                    if _is_for_everybody(row):
                        canaries.public.add(word)


def _stays_empty(row: models.Model, name: str) -> bool:
    """A request about no law names none, by a constraint, and what is undecided gives no reason; and what lies on the
    table has not been recalled.
    """
    if isinstance(row, Suggestion) and name in {"reason", "outcome"}:
        return row.decided_at is None
    is_on_table = name == "recall_reason" and getattr(row, "room_id", "") is None
    return is_on_table or (isinstance(row, ClarificationRequest) and name == "law" and not row.law)


def _is_for_everybody(row: models.Model) -> bool:
    return is_shared_with_everybody(row) or (isinstance(row, TextVersion) and is_published(row))


def _kept_beside(model: type[models.Model], name: str) -> str:
    """The column that holds what a text or a frozen document looks like; empty where there is none."""
    beside = "rendered" if name == "document" else kept_name(name)
    return beside if any(each.name == beside for each in model._meta.concrete_fields) else ""


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts_in(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from [each] if key == "text" else _texts_in(each)


def _plant_into(row: models.Model, name: str, word: str) -> None:
    old, column = getattr(row, name), row._meta.get_field(name)
    if isinstance(column, models.FileField):
        if old:
            with old.open("rb") as stored:
                content = stored.read()
            old.save(old.name, ContentFile(content + f"%{word}\n".encode()), save=False)
            type(row)._default_manager.filter(pk=row.pk).update(**{name: old.name})
        return
    new: Any = f"{word} {old}"
    if isinstance(column, models.JSONField):
        new = [{"law": word, "provision": "", "link": ""}] if name == "citations" else _in_document(old, word)
    elif isinstance(column, models.EmailField):
        new = f"{word}.{old}"
    elif isinstance(column, models.URLField):
        new = f"{old or 'https://law.example'}/{word}"
    elif isinstance(column, models.CharField) and column.max_length:
        new = new[: column.max_length].strip()
    planted = {name: new}
    if beside := _kept_beside(type(row), name):
        planted[beside] = render_all(_texts_in(new)) if beside == "rendered" else render(new)
    type(row)._default_manager.filter(pk=row.pk).update(**planted)


def _in_document(value: Any, word: str) -> Any:
    """The word in front of every text that people wrote in a frozen document."""
    if isinstance(value, list):
        return [_in_document(each, word) for each in value]
    if not isinstance(value, dict):
        return value
    is_ours = value.get("kind") in {"heading", "note"} or value.get("is_written") is False
    written = set() if is_ours else {"text", "description"}
    return {key: f"{word} {each}" if key in written else _in_document(each, word) for key, each in value.items()}
