"""Lists of observations and summaries: what a reader may find of them, and what has changed between versions."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.people.models import User
from accounts.states.models import StateParty
from core.errors import found
from core.language.differences import Run, word_differences
from observations.texts.blueprint import document_from
from observations.texts.enums import TextKind, TextStatus
from observations.texts.models import (
    AgreedText,
    Objection,
    Observation,
    ObservationHeading,
    ObservationRevision,
    PassageDraft,
    Publication,
    SummaryPassage,
    TextVersion,
)
from observations.texts.policy import states_agreeing
from reviews.bringing.models import BroughtPiece
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant
from reviews.cases.models import Clearance, Review
from reviews.drafts import get_piece, in_own_room, readable
from reviews.programme.enums import StepKind
from reviews.programme.models import Instrument, Step
from reviews.visibility import kinds_of_steps, states_taking_part

# Observations on which the States have agreed.
ON_AGREED_LIST = Q(
    room=None,
    withdrawn_at=None,
    agreed_text__kind=TextKind.LIST_OF_OBSERVATIONS,
    agreed_text__status=TextStatus.AGREED,
)
_OF_REVIEW = ("review__mechanism", "review__step", "review__state_under_review", "review__phase__cluster", "instrument")


def texts_visible_to(user: User, review: Review, kind: TextKind | None = None) -> QuerySet[AgreedText]:
    """The texts of a review with ``is_public``; lists first, in the order of the instruments."""
    texts = with_publicity(readable(AgreedText.objects.all(), user, review))
    return texts.filter(kind=kind) if kind else texts


def with_publicity(texts: QuerySet[AgreedText]) -> QuerySet[AgreedText]:
    """With ``is_public``; lists first, in the order of the instruments."""
    published = Publication.objects.filter(agreed_text=OuterRef("pk"), ended_at=None)
    texts = texts.select_related("instrument").annotate(is_public=Exists(published))
    return texts.order_by("kind", "instrument__order")


def get_text_for(user: User, review: Review, instrument: str, kind: str) -> AgreedText:
    """Raises Http404 where there is none."""
    return get_piece(
        AgreedText.objects.select_related(*_OF_REVIEW), user, review, instrument__slug=instrument, kind=kind
    )


def text_of(review: Review, instrument: Instrument, kind: TextKind) -> AgreedText | None:
    return AgreedText.objects.filter(review=review, instrument=instrument, kind=kind).first()


def observations_visible_to(user: User, text: AgreedText) -> QuerySet[Observation]:
    """On the shared table and in the reader's own room, without those withdrawn."""
    return all_observations_visible_to(user, text.review).filter(agreed_text=text)


def all_observations_visible_to(user: User, review: Review) -> QuerySet[Observation]:
    """The same for all lists of a review. With ``last_saves``: the last save of each, by whom and for which State."""
    saves = ObservationRevision.objects.select_related("saved_by", "saved_for").order_by("-number")[:1]
    rows = _with_all(readable(Observation.objects.filter(withdrawn_at=None), user, review))
    return rows.prefetch_related(Prefetch("revisions", saves, to_attr="last_saves"))


def observations_on_table(text: AgreedText) -> QuerySet[Observation]:
    """What the list consists of."""
    return _with_all(Observation.objects.filter(agreed_text=text, room=None, withdrawn_at=None))


def _with_all(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    return (
        rows.select_related("heading", "state_party", "room", "copied_from__state_party", "brought_piece")
        .prefetch_related("articles")
        .order_by("heading__order", "created_at")
    )


def get_observation_for(user: User, review: Review, pk: UUID) -> Observation:
    """Raises Http404 for a draft in another State's room, and for one that was withdrawn."""
    observations = Observation.objects.select_related(
        *(f"agreed_text__{path}" for path in _OF_REVIEW), *_OF_REVIEW[:-1], "heading", "state_party"
    )
    return get_piece(observations.filter(withdrawn_at=None), user, review, pk=pk)


def source_of(observation: Observation) -> Observation | None:
    """What an observation, obtained for its reader, was copied from; None where that is not on the table any more."""
    if observation.copied_from_id is None:
        return None
    rows = Observation.objects.filter(pk=observation.copied_from_id, room=None, withdrawn_at=None)
    source = rows.select_related("heading", "state_party").first()
    if source is not None:
        source.review, source.agreed_text = observation.review, observation.agreed_text
    return source


def headings_of(review: Review) -> QuerySet[ObservationHeading]:
    return ObservationHeading.objects.filter(mechanism=review.mechanism_id).order_by("order")


def passages_of(text: AgreedText) -> QuerySet[SummaryPassage]:
    return (
        text.passages.select_related("heading", "saved_by", "saved_for").prefetch_related("articles").order_by("order")
    )


def get_passage(text: AgreedText, order: int) -> SummaryPassage:
    """Raises Http404 where the summary has no such passage."""
    return found(text.passages.select_related("heading").prefetch_related("articles").filter(order=order).first())


def own_draft_of(user: User, passage: SummaryPassage) -> PassageDraft | None:
    """What the reader's own State drafts in the place of a passage."""
    review = passage.agreed_text.review
    draft = in_own_room(PassageDraft.objects.filter(passage=passage), user, review).first()
    if draft is not None:
        draft.passage, draft.review = passage, review
    return draft


def passage_drafts_visible_to(user: User, text: AgreedText) -> QuerySet[PassageDraft]:
    """The drafts of the reader's room on the passages of a summary; in a common room those of the others too."""
    drafts = PassageDraft.objects.filter(passage__agreed_text=text).select_related("state_party", "written_by")
    return readable(drafts, user, text.review)


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


def standing_version(text: AgreedText) -> TextVersion | None:
    """The version that is under consideration, or agreed."""
    related = ("proposed_by", "proposed_for", "brought_piece__brought_by", "brought_piece__checked_by")
    return text.versions.filter(cancelled_at=None).select_related(*related).first()


def pieces_of_version(version: TextVersion | None) -> list[BroughtPiece]:
    """Of a version that was brought in, the pieces of the States that agreed on it, the State under review first."""
    if version is None or version.brought_piece is None:
        return []
    mark = version.brought_piece
    rows = BroughtPiece.objects.filter(review=mark.review_id, file=mark.file_id)
    rows = rows.select_related("state_party", "word_by", "brought_by", "checked_by")
    return sorted(rows, key=lambda piece: (piece.pk != mark.pk, str(piece.state_party)))


def versions_of(text: AgreedText) -> QuerySet[TextVersion]:
    """All versions, the last first, each with its objections."""
    return text.versions.select_related("proposed_by", "proposed_for").prefetch_related(
        Prefetch("objections__state_party"), Prefetch("objections__focal_point")
    )


def clearance_by(text: AgreedText, state: StateParty, sha256: str) -> Clearance | None:
    """What a focal point of the State has cleared of exactly these bytes; None where nobody has."""
    rows = Clearance.objects.filter(document_id=text.pk, state_party=state, sha256=sha256)
    return rows.select_related("focal_point").first()


def objection_by(text: AgreedText, state: StateParty, sha256: str) -> Objection | None:
    """The State's objection to the version with exactly these bytes; None where there is none."""
    rows = Objection.objects.filter(version__agreed_text=text, version__sha256=sha256, state_party=state)
    return rows.select_related("focal_point", "version").first()


def clearances_of(text: AgreedText, version: TextVersion) -> QuerySet[Clearance]:
    return (
        Clearance.objects.filter(document_id=text.pk, version=version.number, sha256=version.sha256)
        .select_related("state_party", "focal_point")
        .order_by("cleared_at")
    )


def versions_waiting_for(user: User, review: Review) -> int:
    """How many versions wait for the word of the State for which the reader clears; two queries at most."""
    capacity = capacity_of(user, review)
    if capacity is None or not capacity.has(Grant.CLEAR) or review.step.kind != StepKind.AGREED_TEXT:
        return 0
    standing = TextVersion.objects.filter(agreed_text__review=review, cancelled_at=None)
    standing = standing.filter(agreed_text__status=TextStatus.PROPOSED)
    cleared = Clearance.objects.filter(
        document_id=OuterRef("agreed_text"), version=OuterRef("number"), state_party=capacity.state_party_id
    )
    waiting = standing.exclude(Exists(cleared)).values_list("agreed_text__instrument", flat=True)
    return sum(capacity.state_party_id in states_agreeing(review, instrument) for instrument in waiting)


def kinds_of_texts(review: Review) -> list[TextKind]:
    """On which the States of a review agree: as many as its mechanism has steps for, the lists first."""
    steps = kinds_of_steps(review).count(StepKind.AGREED_TEXT)
    return list(TextKind)[:steps]


def steps_of_texts(review: Review) -> dict[TextKind, Step]:
    """The kinds of texts on which the reviews of its mechanism agree, with their steps, in that order."""
    steps = Step.objects.filter(mechanism=review.mechanism_id, kind=StepKind.AGREED_TEXT).order_by("order")
    return dict(zip(TextKind, steps, strict=False))


def parties_to(text: AgreedText, states: Iterable[StateParty] | None = None) -> list[StateParty]:
    """The States that agree on the text, the State under review first; ``states``: all of the review, where known."""
    keys = states_agreeing(text.review, text.instrument_id)
    return [state for state in states or states_taking_part(text.review) if state.pk in keys]


def changes_between(old: TextVersion, new: TextVersion) -> Sequence[Run]:
    """Word by word what changed from one version to another."""
    return word_differences(_plain(old), _plain(new))


def _plain(version: TextVersion) -> str:
    """Without the numbers of the paragraphs, all of which change where one is put in."""
    document = document_from(version.document)
    return "\n\n".join([document.title, *(block.text for block in document.blocks)])


def publications() -> QuerySet[Publication]:
    """Everything that is public now, for everybody."""
    return (
        Publication.objects.filter(ended_at=None)
        .select_related("agreed_text__instrument", "agreed_text__review__mechanism", "version")
        .select_related("agreed_text__review__state_under_review", "agreed_text__review__phase__cluster")
        .order_by("-published_at")
    )


def get_publication(mechanism: str, code: str, instrument: str, kind: str) -> Publication:
    """A text that is public now. Raises Http404 for all others, whether there are such or not."""
    return found(
        publications()
        .filter(
            agreed_text__review__mechanism__slug=mechanism,
            agreed_text__review__code=code,
            agreed_text__instrument__slug=instrument,
            agreed_text__kind=kind,
        )
        .first()
    )


def publication_of(text: AgreedText) -> Publication | None:
    return text.publications.filter(ended_at=None).select_related("published_by").first()


def count_on_table(review: Review) -> dict[UUID, int]:
    """How many observations lie on the shared table, by list."""
    counted = AgreedText.objects.filter(review=review, kind=TextKind.LIST_OF_OBSERVATIONS).annotate(
        number=Count("observations", filter=Q(observations__room=None, observations__withdrawn_at=None))
    )
    return dict(counted.values_list("pk", "number"))


def unsent_passages(review: Review) -> QuerySet[PassageDraft]:
    """The passages of summaries that are drafted in rooms, whoever asks."""
    return PassageDraft.objects.filter(review=review)
