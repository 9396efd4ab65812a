"""Which texts can be brought in, what stands in the way of one, what a file of it would be, and laying it there."""

import datetime as dt
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.database.identity import looking_past_rooms
from core.errors import ServiceError, found
from core.hashes import document_hash
from core.jobs.making import Tell
from observations.bringing.known_texts import known_text
from observations.bringing.passages import AROUND, TITLE, TextPassage, checked, unpacked
from observations.bringing.services import find_or_make_text, receive_brought_text
from observations.follow_up import is_shared_of
from observations.publications import publication_of
from observations.texts import parties_to, steps_of_texts, text_of
from observations.texts.enums import ObservationKind, TextKind, TextStatus
from observations.texts.models import AgreedText, Observation, PassageDraft, TextVersion
from observations.versions import pieces_of_version, standing_version
from observations.wording import Document, Passage, document_with, with_own_words
from reviews.audiences.enums import SharingAudience
from reviews.bringing import mark_for_states
from reviews.bringing.enums import BroughtKind, StateWord
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.cases import language_of, lock_review
from reviews.cases.models import Review
from reviews.programme.models import Adherence, Mechanism

KINDS = {TextKind.LIST_OF_OBSERVATIONS: BroughtKind.LIST, TextKind.SUMMARY: BroughtKind.SUMMARY}
_OF_REVIEW = ("mechanism", "step", "state_under_review", "phase__cluster", "review_group")


@dataclass(frozen=True, slots=True)
class TextToBring:
    """A text that can be brought in. ``text`` is not stored where nobody has begun it; ``is_brought``: one is there."""

    text: AgreedText
    is_brought: bool


def texts_to_bring(mechanism: Mechanism) -> list[TextToBring]:
    """Of reviews that were brought in and stand at or after the step of the text, but for those agreed here.

    A constant number of queries.
    """
    brought = TextVersion.objects.filter(agreed_text=OuterRef("pk"), cancelled_at=None, brought_piece__isnull=False)
    rows = AgreedText.objects.filter(review__mechanism=mechanism, review__is_brought_in=True, room=None)
    rows = rows.select_related("instrument", *(f"review__{name}" for name in _OF_REVIEW))
    texts = list(rows.annotate(is_brought=Exists(brought)).order_by("review__code", "kind", "instrument__order"))
    there = {(text.review_id, text.instrument_id): text for text in texts if text.kind == TextKind.SUMMARY}
    lists = [text for text in texts if text.kind == TextKind.LIST_OF_OBSERVATIONS]
    steps = steps_of_texts(lists[0].review) if lists else {}
    listed: list[TextToBring] = []
    for kind, step in steps.items():
        for each in lists:
            text = each if kind == each.kind else there.get((each.review_id, each.instrument_id)) or _not_begun(each)
            is_brought = bool(getattr(text, "is_brought", False))
            if each.review.step.order >= step.order and (is_brought or text.status == TextStatus.DRAFTING):
                listed.append(TextToBring(text, is_brought))
    return sorted(listed, key=lambda row: row.text.review.code)


def get_text_to_bring(mechanism: str, code: str, instrument: str, kind: str) -> AgreedText:
    """Raises Http404 where the States of the review do not agree on such a text; the caller asks the policy."""
    rows = AgreedText.objects.filter(
        review__mechanism__slug=mechanism,
        review__code=code,
        instrument__slug=instrument,
        kind=TextKind.LIST_OF_OBSERVATIONS,
        room=None,
    )
    agreed_list = found(rows.select_related("instrument", *(f"review__{name}" for name in _OF_REVIEW)).first())
    if kind == agreed_list.kind:
        return agreed_list
    found(kind in steps_of_texts(agreed_list.review) or None)
    text = text_of(agreed_list.review, agreed_list.instrument, TextKind(kind))
    if text is None:
        return _not_begun(agreed_list)
    text.review, text.instrument = agreed_list.review, agreed_list.instrument
    return text


def _not_begun(agreed_list: AgreedText) -> AgreedText:
    """The summary of a list, which the review has not come to in the portal."""
    review, instrument = agreed_list.review, agreed_list.instrument
    return AgreedText(review=review, instrument=instrument, kind=TextKind.SUMMARY, language=language_of(review))


def obstacle_to(text: AgreedText) -> str:
    """Why the text cannot be brought in; empty where it can."""
    review = text.review
    if not review.is_brought_in:
        return _("This review runs in the portal, where its States agree on their texts.")
    step = steps_of_texts(review)[TextKind(text.kind)]
    if review.step.order < step.order:
        message = _(
            "The review stands at “%(here)s”, and this text is agreed at “%(step)s”. Bring in its step and dates first."
        )
        return message % {"here": review.step, "step": step}
    if not Adherence.objects.filter(state_party=review.state_under_review_id, instrument=text.instrument).exists():
        return _("The State under review is no party to this instrument.")
    if text._state.adding:
        return _without_list(text)
    version = standing_version(text)
    if version is None or version.brought_piece is None:
        return _made_here(text) or _without_list(text)
    if not any(piece.word == StateWord.OBJECTED for piece in pieces_of_version(version)):
        return _("This text is brought in already. Another file is accepted where a State objects to it.")
    if (publication := publication_of(text)) is not None:
        if publication.audience == SharingAudience.PUBLIC:
            return _("This text is public. Its State ends the publication before another one takes its place.")
        return _("This text is open to all States parties. Its State ends that before another one takes its place.")
    if is_shared_of(text):
        return _("Items of the follow-up of this list are shared. Its State takes them back before another list comes.")
    return _resting_on(text)


def _made_here(text: AgreedText) -> str:
    if text.status != TextStatus.DRAFTING:
        return _("The States agree on this text in the portal: nothing is brought in over that.")
    with looking_past_rooms():
        is_drafted = (
            Observation.objects.filter(agreed_text=text, withdrawn_at=None, brought_piece=None).exists()
            or text.passages.exclude(saved_by=None).exists()
            or PassageDraft.objects.filter(passage__agreed_text=text).exists()
        )
    return _("The States draft this text in the portal: nothing is brought in over that.") if is_drafted else ""


def _without_list(text: AgreedText) -> str:
    if text.kind != TextKind.SUMMARY:
        return ""
    agreed_list = text_of(text.review, text.instrument, TextKind.LIST_OF_OBSERVATIONS)
    if agreed_list is not None and agreed_list.status == TextStatus.AGREED:
        return ""
    return _("The list of observations is not there. Bring it in first: the summary is of it.")


def _resting_on(text: AgreedText) -> str:
    """Whether the summary of a list is being made here, which another list would not fit."""
    summary = text_of(text.review, text.instrument, TextKind.SUMMARY)
    if text.kind == TextKind.SUMMARY or summary is None:
        return ""
    version = standing_version(summary)
    if version is None or version.brought_piece is None:
        return _made_here(summary) and _("The States make the summary of this list in the portal: it stays as it is.")
    return ""


def review_of(file: BroughtFile) -> Review:
    """Raises ValueError for a file of another kind."""
    if file.review is None or file.instrument is None:
        raise ValueError("a text belongs to a review and an instrument")
    return file.review


def text_of_file(file: BroughtFile) -> AgreedText:
    """The text that a file would be, as it is now, in the language of the file."""
    review, slug = review_of(file), file.instrument.slug if file.instrument else ""
    text = copy(get_text_to_bring(review.mechanism.slug, review.code, slug, file.kind))
    text.language = file.content["language"]
    return text


def passages_now(file: BroughtFile, text: AgreedText) -> list[TextPassage]:
    return checked(unpacked(file.content["passages"]), known_text(text))


def blueprint_passages(passages: Sequence[TextPassage]) -> list[Passage]:
    """The observations, in the order of the file."""
    return [
        Passage(ObservationKind(each.heading), each.articles, each.text, each.grounds)
        for each in passages
        if each.is_observation
    ]


def document_from(file: BroughtFile, text: AgreedText, passages: Sequence[TextPassage]) -> Document:
    """What would be frozen, with its mark."""
    marked = {"file_sha256": file.sha256, "agreed_on": file.content["agreed_on"]}
    return replace(document_of_words(text, passages), brought_in=marked)


def document_of_words(text: AgreedText, passages: Sequence[TextPassage]) -> Document:
    """The file's words in the blueprint's order, and the words of that where the file has none."""
    sections: dict[str, list[str]] = {}
    for each in passages:
        if each.section and each.section not in {TITLE, AROUND}:
            sections.setdefault(each.section, []).append(each.text)
    title = next((each.text for each in passages if each.section == TITLE), "")
    return with_own_words(document_with(text, blueprint_passages(passages)), sections, title)


def moves_on(text: AgreedText) -> bool:
    """Whether the review goes on to the next step with this text, since all others of its kind are agreed."""
    kind = TextKind(text.kind)
    others = AgreedText.objects.filter(review=text.review, kind=kind).exclude(pk=text.pk)
    is_last = not others.exclude(status=TextStatus.AGREED).exists()
    return is_last and text.review.step_id == steps_of_texts(text.review)[kind].pk


def seen_by(text: AgreedText, document: Document) -> str:
    """The fingerprint of what a person is shown."""
    parties = [state.iso3 for state in parties_to(text)]
    return document_hash({**document.as_json(), "moves_on": moves_on(text), "parties": parties})


def seen_of_text(file: BroughtFile) -> str:
    text = text_of_file(file)
    if obstacle_to(text):
        return ""
    passages = passages_now(file, text)
    if any(passage.problems for passage in passages):
        return ""
    return seen_by(text, document_from(file, text, passages))


def place_of_text(piece: BroughtPiece) -> str:
    """Where the text is read."""
    slug = piece.instrument.slug if piece.instrument else ""
    return reverse("observations:text-detail", args=[piece.review.mechanism.slug, piece.review.code, slug, piece.kind])


def address_of_text(file: BroughtFile) -> str:
    return reverse("observations:bringing-file", args=[file.mechanism.slug, file.pk])


def carry_out_text(actor: User, file: BroughtFile, tell: Tell) -> None:
    """Lay the text on the shared table, marked. Raises ServiceError where something stands in the way by now."""
    lock_review(text_of_file(file).review)
    shown = text_of_file(file)
    if obstacle := obstacle_to(shown):
        raise ServiceError(obstacle)
    passages = passages_now(file, shown)
    document, states = document_from(file, shown, passages), parties_to(shown)
    text = find_or_make_text(shown.review, shown.instrument, TextKind(shown.kind), shown.language)
    pieces = mark_for_states(file=file, review=shown.review, checked_by=actor, states=states)
    receive_brought_text(
        actor=actor,
        text=text,
        document=document,
        passages=blueprint_passages(passages),
        piece=pieces[0],
        agreed_on=dt.date.fromisoformat(file.content["agreed_on"]),
    )
    tell(1)
