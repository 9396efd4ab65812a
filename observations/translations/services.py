"""Translations of texts: ordered by a State of its own translator, written, handed in, confirmed by the States.

Whoever may do that reads the text anyway; the translator reads that text and nothing else of the review, until the
order ends (docs/adr/0092).
"""

import copy
import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from accounts.people import Actor
from accounts.people.models import User
from core import audit
from core.database.identity import looking_past_rooms
from core.errors import ConflictError, OutdatedError, ServiceError
from core.language.i18n import isolated
from core.language.text import clean_markdown, clean_text
from core.models.names import audit_name_of
from core.policy import require
from observations.language_sets import languages_for
from observations.texts import lock_text, states_agreeing
from observations.texts.models import AgreedText, TextVersion
from observations.translations.enums import TranslationAction
from observations.translations.machine import drafts_of
from observations.translations.mails import ENDED, HANDED_IN, ORDERED, OVERTAKEN, notify
from observations.translations.models import TranslationOrder
from observations.translations.over_set import note_whole, note_whole_in
from observations.translations.segments import (
    DRAFT,
    HUMAN,
    MACHINE,
    UNREAD,
    Segment,
    carried_over,
    segments_of,
    words_of_blueprint,
)
from observations.translations.selectors import (
    get_order,
    hash_of_translation,
    latest_into,
    original_of,
    segments_beside,
)
from observations.versions import standing_version, tell_parties
from observations.wording import document_from, document_of, is_worded_in
from reviews.access import door_opened_by
from reviews.capacities import forget_capacities, record_clearance, require_capacity
from reviews.cases.enums import News
from reviews.cases.models import Participation, Review
from reviews.drafts import require_seen
from reviews.opening import TeamChange
from reviews.participation import focal_points_of
from reviews.registration import find_or_invite_for_review

_MAXIMUM_SEGMENT, _MAXIMUM_REMARK = 20_000, 2_000  # characters


@dataclass(frozen=True, slots=True)
class OrderInput:
    """What is asked of whom: ``language`` is that of the translation, ``own_language`` that of the person's pages."""

    language: str
    due_on: dt.date
    email: str
    full_name: str
    own_language: str
    remark: str = ""


@transaction.atomic
def order_translation(*, actor: User, text: AgreedText, given: OrderInput, sha256: str) -> TranslationOrder:
    """Order a translation of the standing version, whose hash the person was shown, for the actor's State.

    It begins with what is known: the blueprint's own words in that language, and what an earlier translation says of
    segments that are the same. An earlier order of the State into that language ends with it. Raises OutdatedError
    where another version stands, and ServiceError, by the field, for another language, a day that is over, somebody of
    the secretariat or of another State of this review, and what is ordered already.
    """
    text = lock_text(text)
    forget_capacities(actor)
    require(actor, TranslationAction.ORDER, text)
    version = standing_version(text)
    if version is None or version.sha256 != sha256:
        raise OutdatedError(
            _("Another version stands by now. Look at it, and order again."), now=version.sha256 if version else ""
        )
    if given.language not in dict(languages_for(text)):
        raise ServiceError(_("Choose a language from the list."), field="language")
    if given.due_on < timezone.localdate():
        raise ServiceError(_("This day is over."), field="due_on")
    remark = clean_text(given.remark, maximum=_MAXIMUM_REMARK, field="remark").strip()
    state = require_capacity(actor, text.review).state_party_id
    running = TranslationOrder.objects.filter(agreed_text=text, language=given.language, room=state, ended_at=None)
    if running.filter(version=version).exists():
        raise ServiceError(_("Your State has ordered this version in this language already."), field="language")
    before = latest_into(text, given.language, state)
    _end_running(actor, running)
    row = TranslationOrder.objects.create(
        review=text.review,
        room_id=state,
        language=given.language,
        agreed_text=text,
        version=version,
        translator=_translator(actor, text.review, state, given),
        ordered_by=actor,
        ordered_for_id=state,
        due_on=given.due_on,
        word_count=version.words,
        remark=remark,
        document=version.document,
        sha256=version.sha256,
        words=_begun(text, version, given.language, before),
    )
    audit.record(actor, "observations.translation.ordered", row, after=_facts(row))
    notify(row.translator, row, ORDERED, key="ordered")
    return row


def _translator(actor: User, review: Review, state: Any, given: OrderInput) -> User:
    """The person, invited where he or she is new here. Raises ServiceError for who must not be one."""
    user = find_or_invite_for_review(
        actor=door_opened_by(actor),
        review=review,
        email=given.email.strip().lower(),
        full_name=given.full_name,
        language=given.own_language,
    )
    if user.secretariat_role:
        message = _("%(person)s belongs to the secretariat and translates for no State.")
        raise ServiceError(message % {"person": isolated(str(user))}, field="email")
    if not user.is_active:
        raise ServiceError(_("The account with this address is closed."), field="email")
    others = Participation.objects.filter(review=review, user=user, ended_at=None).exclude(state_party=state)
    if others.exists():
        message = _("%(person)s takes part in this review for another State.")
        raise ServiceError(message % {"person": isolated(str(user))}, field="email")
    return user


def _begun(
    text: AgreedText, version: TextVersion, language: str, before: TranslationOrder | None
) -> dict[str, dict[str, Any]]:
    document = document_from(version.document)
    words = {}
    if not version.brought_piece_id and is_worded_in(text, language):
        other = copy.copy(text)
        other.language = language
        words = words_of_blueprint(document, document_of(text), document_of(other))
    if before is not None:
        carried = carried_over(segments_of(original_of(before)), before.words, segments_of(document))
        for key, row in carried.items():  # of what has a new wording only what was: the blueprint's words stay
            words[key] = row if row.get("text") else {**row, **words.get(key, {})}
    return words


def _end_running(actor: Actor, running: QuerySet[TranslationOrder]) -> None:
    for row in running.select_for_update():
        _end(actor, get_order(row.pk))


@transaction.atomic
def end_order(*, actor: User, order: TranslationOrder) -> None:
    """End an order: its page is closed to the translator at once, and what was written stays with the State."""
    lock_text(order.agreed_text)
    forget_capacities(actor)
    row = _hold(order)
    require(actor, TranslationAction.END, row)
    _end(actor, row)


def follow_team(actor: Actor, review: Review, _change: TeamChange) -> None:
    """After the team has changed: orders of States that do not agree on the text any more end, and what only one of
    those had not confirmed is agreed.
    """
    for row in TranslationOrder.objects.filter(review=review, ended_at=None).select_related("agreed_text"):
        if row.ordered_for_id not in states_agreeing(review, row.agreed_text.instrument_id):
            _end(actor, get_order(row.pk))
    note_whole_in(actor, review)


def follow_cancelling(version: TextVersion) -> None:
    """After a version has been cancelled: who translates it is told, for whichever State."""
    with looking_past_rooms():
        rows = list(TranslationOrder.objects.filter(version=version, ended_at=None).select_related("translator"))
    for row in rows:
        notify(row.translator, row, OVERTAKEN, key="overtaken")


def _end(actor: Actor, row: TranslationOrder) -> None:
    row.ended_at, row.ended_by = timezone.now(), actor if isinstance(actor, User) else None
    row.save(update_fields=["ended_at", "ended_by", "updated_at"])
    audit.record(actor, "observations.translation.ended", row, after=_facts(row))
    notify(row.translator, row, ENDED, key="ended")


@transaction.atomic
def save_translation(
    *,
    actor: User,
    order: TranslationOrder,
    texts: Mapping[str, str],
    base: int,
    read: Collection[str] = (),
    drafts: Collection[str] = (),
) -> TranslationOrder:
    """Save segments by their keys; those that are not given stay as they are, an empty text takes one out.

    ``base``: the revision that the writer saw; ``read``: keys of drafts that a person has read and lets stand;
    ``drafts``: keys of texts that are drafts themselves. What was handed in is so no longer where anything changes.
    Raises ConflictError where somebody saved since, and ServiceError, by the segment's key, for what is no
    text or too long.
    """
    row = _hold(order)
    require(actor, TranslationAction.WRITE, row)
    words = dict(row.words)
    for segment in segments_of(original_of(row)):
        if segment.key in texts:
            by = DRAFT if segment.key in drafts else HUMAN
            _put(words, segment, texts[segment.key], by=by, is_read=segment.key in read)
    if words == row.words:
        return row
    if row.revision != base:
        raise ConflictError(
            _("Somebody has saved this translation since you opened it. Nothing is lost: yours is still in the boxes."),
            current="",
            revision=row.revision,
        )
    return _save(row, words)


def _put(words: dict[str, dict[str, Any]], segment: Segment, given: str, *, by: str, is_read: bool = False) -> None:
    stored = words.get(segment.key, {})
    clean = clean_markdown if segment.is_written else clean_text
    text = str(clean(given.strip(), maximum=_MAXIMUM_SEGMENT, field=segment.key))
    if text == stored.get("text", "") and not (is_read and stored.get("by") in UNREAD):
        return
    was = {"was": stored["was"]} if stored.get("was") else {}
    if text or was:
        words[segment.key] = {"text": text, **({"by": by} if text else {}), **was}
    else:
        words.pop(segment.key, None)


def _save(row: TranslationOrder, words: dict[str, dict[str, Any]]) -> TranslationOrder:
    row.words, row.handed_in_at = words, None
    row.revision += 1
    row.save(update_fields=["words", "revision", "handed_in_at", "updated_at"])
    return row


@transaction.atomic
def take_in(
    *, actor: User, order: TranslationOrder, texts: Mapping[str, str], base: int, drafts: Collection[str] = ()
) -> TranslationOrder:
    """Save what a file says; ``drafts``: keys of what it calls no final text. Raises like ``save_translation``."""
    read = set(texts) - set(drafts)
    row = save_translation(actor=actor, order=order, texts=texts, base=base, read=read, drafts=drafts)
    audit.record(actor, "observations.translation.taken_in", row, after={**_facts(row), "segments": len(texts)})
    return row


@transaction.atomic
def take_out(*, actor: User, order: TranslationOrder) -> None:
    """Record that a translation leaves as a file with the text; called before it is handed out."""
    require(actor, TranslationAction.WRITE, order)
    audit.record(actor, "observations.translation.taken_out", order, after=_facts(order))


def draft_by_machine(*, actor: User, order: TranslationOrder) -> TranslationOrder:
    """Have the provider of the institution draft the segments that have no translation, marked as a machine's.

    Raises ServiceError where there is none, it fails, or no segment lacks one, and ConflictError where somebody saved
    meanwhile.
    """
    require(actor, TranslationAction.WRITE, order)
    empty = [each.segment for each in segments_beside(order) if not each.text]
    if not empty:
        raise ServiceError(_("Nothing is missing."))
    drafts = drafts_of([segment.source for segment in empty], str(order.document["language"]), order.language)
    with transaction.atomic():
        row = _hold(order)
        require(actor, TranslationAction.WRITE, row)
        require_seen(row.revision, order.revision)
        words = dict(row.words)
        for segment, draft in zip(empty, drafts, strict=True):
            if draft.strip():
                _put(words, segment, draft, by=MACHINE)
        return row if words == row.words else _save(row, words)


@transaction.atomic
def hand_in(*, actor: User, order: TranslationOrder, base: int) -> TranslationOrder:
    """Say that a translation is whole; the State that ordered it is told. Doing it twice changes nothing.

    ``base``: the revision that the translator saw. Raises ServiceError where something is missing, or nobody has read
    a draft.
    """
    row = _hold(order)
    require(actor, TranslationAction.HAND_IN, row)
    require_seen(row.revision, base)
    _require_whole(row)
    if row.handed_in_at is None:
        row.handed_in_at = timezone.now()
        row.save(update_fields=["handed_in_at", "updated_at"])
        audit.record(actor, "observations.translation.handed_in", row, after=_facts(row))
        with looking_past_rooms():  # the translator knows nobody of the review
            people = focal_points_of(row.review, states=[row.ordered_for_id])
        for user in people:
            notify(user, row, HANDED_IN, key=f"handed_in:{row.revision}")
    return row


@transaction.atomic
def confirm_translation(*, actor: User, order: TranslationOrder, sha256: str) -> TranslationOrder:
    """Confirm for the actor's State exactly the wording with this hash.

    The first word is that of the State that ordered it: the translation then lies on the shared table, never changes,
    and the order ends. Raises OutdatedError where it says something else by now, and ServiceError where it is not whole
    or another version of the text stands.
    """
    text = lock_text(order.agreed_text)
    forget_capacities(actor)
    row = _hold(order)
    row.review = row.agreed_text.review = text.review
    require(actor, TranslationAction.CONFIRM, row)
    now = hash_of_translation(row)
    message = _("The translation was changed in the meantime. Read it as it is now, and confirm it again.")
    if now != sha256:
        raise OutdatedError(message, now=now)
    if row.room_id is not None:
        _require_whole(row)
        row.room, row.confirmed_at, row.confirmed_sha256 = None, timezone.now(), now
        row.ended_at, row.ended_by = row.confirmed_at, actor
        row.save()
    record_clearance(
        focal_point=actor,
        review=row.review,
        document_type=audit_name_of(TranslationOrder),
        document_id=row.pk,
        version=row.revision,
        sha256=now,
    )
    audit.record(actor, "observations.translation.confirmed", row, after={**_facts(row), "translation_sha256": now})
    key = f"translation:{row.pk}:{require_capacity(actor, row.review).state_party_id}"
    tell_parties(text, News.SOMETHING_NEW, row.version, but=actor, key=key)
    note_whole(actor, text, row)
    return row


def _require_whole(row: TranslationOrder) -> None:
    segments = segments_beside(row)
    if missing := sum(not each.text for each in segments):
        message = ngettext(
            "%(number)s segment has no translation yet.", "%(number)s segments have no translation yet.", missing
        )
        raise ServiceError(message % {"number": missing})
    if unread := sum(each.is_unread for each in segments):
        message = ngettext(
            "%(number)s segment is a draft that nobody has read.",
            "%(number)s segments are drafts that nobody has read.",
            unread,
        )
        raise ServiceError(message % {"number": unread})


def _hold(order: TranslationOrder) -> TranslationOrder:
    """As it is stored, held until the transaction ends; a translator holds no row but this one."""
    row = TranslationOrder.objects.select_for_update().filter(pk=order.pk).first()
    if row is None:
        raise ServiceError(_("This order has ended."))
    for name in ("review", "agreed_text", "version", "translator", "ordered_by", "ordered_for"):
        setattr(row, name, getattr(order, name))
    with looking_past_rooms():  # the version may have been cancelled since
        row.version.refresh_from_db(fields=["cancelled_at"])
    return row


def _facts(row: TranslationOrder) -> dict[str, Any]:
    facts = {"language": row.language, "version": row.version.number, "sha256": row.sha256, "words": row.word_count}
    return {**facts, "translator": str(row.translator_id)}  # to whom the text was opened
