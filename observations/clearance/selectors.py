"""What pages show of the versions of a text, and what waits for the word of a State."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from accounts.people.models import User
from accounts.states.models import StateParty
from core.language.differences import Run, word_differences
from observations.clearance.models import VersionReading
from observations.objections.models import ObjectionReply
from observations.texts import passages_of, states_agreeing
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import AgreedText, Objection, ObservationRevision, TextVersion
from observations.wording import Document, document_from
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant
from reviews.cases.models import Clearance, Review
from reviews.programme.enums import StepKind
from reviews.visibility import kinds_of_steps


def kinds_of_texts(review: Review) -> list[TextKind]:
    """On which the States of a review agree: as many as its mechanism has steps for, the lists first."""
    steps = kinds_of_steps(review).count(StepKind.AGREED_TEXT)
    return list(TextKind)[:steps]


def versions_of(text: AgreedText) -> QuerySet[TextVersion]:
    """All versions, the last first, each with its objections."""
    objections = Objection.objects.select_related("state_party", "focal_point", "ended_by", "resolved_in")
    objections = objections.defer("resolved_in__document", "resolved_in__rendered")
    replies = ObjectionReply.objects.select_related("state_party", "focal_point")
    rows = text.versions.select_related("proposed_by", "proposed_for")
    return rows.prefetch_related(Prefetch("objections", objections), Prefetch("objections__replies", replies))


def clearance_by(text: AgreedText, state: StateParty, sha256: str) -> Clearance | None:
    """What a focal point of the State has cleared of exactly these bytes, and not taken back; None where nobody has."""
    return _clearances_by(text, state, sha256).filter(taken_back_at=None).first()


def taken_back_by(text: AgreedText, state: StateParty, sha256: str) -> Clearance | None:
    """The last clearance of exactly these bytes that the State has taken back; None where there is none."""
    return _clearances_by(text, state, sha256).exclude(taken_back_at=None).order_by("-taken_back_at").first()


def _clearances_by(text: AgreedText, state: StateParty, sha256: str) -> QuerySet[Clearance]:
    rows = Clearance.objects.filter(document_id=text.pk, state_party=state, sha256=sha256)
    return rows.select_related("focal_point", "taken_back_by")


def objection_by(text: AgreedText, state: StateParty, sha256: str) -> Objection | None:
    """The State's objection to the version with exactly these bytes; None where there is none."""
    rows = Objection.objects.filter(version__agreed_text=text, version__sha256=sha256, state_party=state)
    return rows.select_related("focal_point", "version").first()


def reasons_beside(objection: Objection) -> set[str]:
    """All that its State has said against that version, of the whole and of its paragraphs."""
    rows = Objection.objects.filter(version=objection.version_id, state_party=objection.state_party_id)
    return set(rows.values_list("reason", flat=True))


def versions_waiting_for(user: User, review: Review) -> int:
    """How many versions wait for the word of the State for which the reader clears; two queries at most."""
    capacity = capacity_of(user, review)
    if capacity is None or not capacity.has(Grant.CLEAR) or review.step.kind != StepKind.AGREED_TEXT:
        return 0
    standing = TextVersion.objects.filter(agreed_text__review=review, cancelled_at=None)
    standing = standing.filter(agreed_text__status=TextStatus.PROPOSED)
    cleared = Clearance.objects.filter(
        document_id=OuterRef("agreed_text"),
        version=OuterRef("number"),
        state_party=capacity.state_party_id,
        taken_back_at=None,
    )
    waiting = standing.exclude(Exists(cleared)).values_list("agreed_text__instrument", flat=True)
    return sum(capacity.state_party_id in states_agreeing(review, instrument) for instrument in waiting)


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed last what lies on the table, for which State, and when."""

    person: User
    state: StateParty
    time: dt.datetime


def last_change_of(text: AgreedText) -> LastChange | None:
    """Of the observations or passages of a text together; None where nobody has written anything on the table."""
    if text.kind == TextKind.SUMMARY:
        passage = passages_of(text).exclude(saved_by=None).order_by("-updated_at").first()
        if passage is None or passage.saved_by is None or passage.saved_for is None:
            return None
        return LastChange(passage.saved_by, passage.saved_for, passage.updated_at)
    on_table = {"observation__agreed_text": text, "observation__room": None, "observation__withdrawn_at": None}
    saves = ObservationRevision.objects.filter(**on_table).select_related("saved_by", "saved_for")
    save = saves.order_by("-created_at").first()
    return LastChange(save.saved_by, save.saved_for, save.created_at) if save else None


def version_seen_last(user: User, text: AgreedText) -> TextVersion | None:
    """The one that the reader has opened last, though it may not stand any more; None where there is none."""
    reading = VersionReading.objects.filter(user=user, agreed_text=text).select_related("version").first()
    return reading.version if reading else None


def versions_seen(user: User, review: Review) -> dict[UUID, int]:
    """Of the texts of a review by their keys, the number of the version that the reader has opened last."""
    rows = VersionReading.objects.filter(user=user, agreed_text__review=review)
    return dict(rows.values_list("agreed_text", "version__number"))


def changes_between(old: TextVersion, new: TextVersion) -> Sequence[Run]:
    """Word by word what changed from one version to another."""
    return changes_since(old, document_from(new.document))


def changes_since(old: TextVersion, document: Document) -> Sequence[Run]:
    """Word by word what changed from a version to a document."""
    return word_differences(_plain(document_from(old.document)), _plain(document))


def _plain(document: Document) -> str:
    """Without the numbers of the paragraphs, all of which change where one is put in."""
    return "\n\n".join([document.title, *(block.text for block in document.blocks)])
