"""Agreement on a text: a version is proposed, and every State clears the same bytes or objects with a reason.

Any edit cancels the standing version and the clearances given to it (procedures and rules, paragraphs 38 and 39).
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from accounts.people import Actor
from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.errors import ServiceError
from core.hashes import document_hash
from core.language.i18n import list_of
from core.language.rendering import render_all
from core.models.names import audit_name_of
from core.policy import require
from observations.clearance.models import VersionReading
from observations.naming import ask_for_names, experts_to_name
from observations.objections import carry_over, make_objections, resolve_by_clearing
from observations.summaries import open_summary
from observations.texts import lock_text, steps_of_texts
from observations.texts.enums import TextAction, TextKind, TextStatus
from observations.texts.models import AgreedText, Objection, TextVersion
from observations.translations import note_whole
from observations.versions import (
    agreement_on_text,
    cancel,
    clearances_of,
    shown_of_text,
    standing_version,
    tell_parties,
    version_facts,
)
from observations.wording import document_of, word_count_of
from reviews.agreement import require_current
from reviews.capacities import forget_capacities, own_state_of, record_clearance, require_capacity
from reviews.cases import limit_of
from reviews.cases.enums import News
from reviews.cases.models import Clearance, Review
from reviews.drafts import Shown, require_shown
from reviews.opening import TeamChange
from reviews.programme.enums import MilestoneKind
from reviews.steps import advance_to_next, correct_milestones, reach_milestone
from reviews.visibility import remember_covering

_CHANGED_SINCE = gettext_lazy("The text has changed since you opened this page. Please look at it again.")
# What is reached when all texts of a kind are agreed; the lists come first.
_MILESTONES = {TextKind.LIST_OF_OBSERVATIONS: MilestoneKind.LIST, TextKind.SUMMARY: MilestoneKind.SUMMARY}


@transaction.atomic
def propose_version(*, actor: User, text: AgreedText, sha256: str, resolving: Collection[str] = ()) -> TextVersion:
    """Freeze the text as it lies on the table and propose it; the proposing focal point clears it with that.

    ``sha256`` is that of the draft that the person was shown, ``resolving`` are the keys of the own State's objections
    that he or she was told of: those are resolved by it, and those of other States carried over to it. Raises
    ServiceError where the table holds another text by now or nothing to propose, and where a summary is longer than the
    rules allow.
    """
    locked = lock_text(text)
    require(actor, TextAction.PROPOSE, locked)
    document = document_of(locked)
    if not any(block.is_written for block in document.blocks):
        raise ServiceError(_("Nothing lies on the shared table yet that could be proposed."))
    data = document.as_json()
    if sha256 != document_hash(data):
        raise ServiceError(_CHANGED_SINCE)
    last = locked.versions.order_by("-number").first()
    version = TextVersion.objects.create(
        agreed_text=locked,
        number=last.number + 1 if last else 1,
        document=data,
        rendered=render_all(block.text for block in document.blocks if block.is_written),
        sha256=document_hash(data),
        words=word_count_of(document),
        experts=experts_to_name(locked),
        proposed_by=actor,
        proposed_for_id=require_capacity(actor, locked.review).state_party_id,
    )
    locked.status = TextStatus.PROPOSED
    locked.save(update_fields=["status", "updated_at"])
    audit.record(actor, "reviews.text.proposed", locked, after=version_facts(version))
    _clear(actor, locked, version, resolving)
    carry_over(actor, locked, version)
    tell_parties(locked, News.TEXT_PROPOSED, version, but=actor)
    text.refresh_from_db()
    return version


@transaction.atomic
def clear_version(*, actor: User, text: AgreedText, sha256: str, resolving: Collection[str] = ()) -> TextVersion:
    """Clear the standing version for the actor's State. ``sha256`` is that of the version the person was shown, and
    ``resolving`` are the keys of the State's open objections that he or she was told of; they are resolved by it.

    With the last clearance the text is agreed. Raises ServiceError when another version stands by now, or when a
    summary is longer than the rules allow.
    """
    locked = lock_text(text)
    require(actor, TextAction.CLEAR, locked)
    version = _require_standing(locked, sha256)
    _clear(actor, locked, version, resolving)
    text.refresh_from_db()
    return version


@transaction.atomic
def object_to_version(
    *,
    actor: User,
    text: AgreedText,
    sha256: str,
    shown: Shown,
    reason: str = "",
    points: Mapping[int, str] | None = None,
) -> list[Objection]:
    """Refuse the standing version with a reason; it is cancelled, and drafting goes on.

    ``points``: reasons by the numbers of the paragraphs that they are about. ``shown``: who reads them, and which
    version with whose clearances this cancels. Raises ServiceError without any reason, and ConflictError where
    something else holds by now.
    """
    locked = lock_text(text)
    forget_capacities(actor)
    require(actor, TextAction.OBJECT, locked)
    require_shown(shown, shown_of_text(locked))
    version = _require_standing(locked, sha256)
    made = make_objections(actor, locked, version, reason, points or {})
    cancel(locked, version)
    numbers = [objection.paragraph for objection in made if objection.paragraph]
    facts = {**version_facts(version), **({"paragraphs": numbers} if numbers else {})}
    audit.record(actor, "reviews.text.objected", locked, after=facts)
    tell_parties(locked, News.TEXT_OBJECTED, version, but=actor, more=_names_paragraphs(numbers))
    text.refresh_from_db()
    return made


@transaction.atomic
def take_back_clearance(*, actor: User, text: AgreedText, sha256: str) -> Clearance:
    """Take back what the actor's State has cleared, until all have; the version stands, and its word is missing again.

    Whoever speaks for the State takes it back, also where another focal point of it has cleared. ``sha256`` is that of
    the version the person was shown. Raises ServiceError when another version stands by now.
    """
    locked = lock_text(text)
    forget_capacities(actor)
    require(actor, TextAction.TAKE_BACK, locked)
    version = _require_standing(locked, sha256)
    state = require_capacity(actor, locked.review).state_party_id
    clearance = clearances_of(locked, version).get(state_party=state)
    clearance.taken_back_at, clearance.taken_back_by = timezone.now(), actor
    clearance.save(update_fields=["taken_back_at", "taken_back_by", "updated_at"])
    audit.record(actor, "reviews.text.clearance_taken_back", locked, after=version_facts(version))
    tell_parties(locked, News.TEXT_CLEARANCE_TAKEN_BACK, version, but=actor, key=f"{clearance.pk}")
    return clearance


def note_reading(user: User, text: AgreedText, version: TextVersion) -> VersionReading:
    """Remember that a person has seen a version, and which one he or she had seen before it."""
    reading, _is_new = VersionReading.objects.get_or_create(agreed_text=text, user=user, defaults={"version": version})
    if reading.version_id != version.pk:
        reading.compared_with_id, reading.version = reading.version_id, version
        reading.save()
    return reading


def _names_paragraphs(numbers: Sequence[int]) -> str | Promise:
    """For a mail, in the language of whom it goes to; nothing where the objection is to the whole alone."""

    def sentence() -> str:
        words = ngettext("It is to paragraph %(numbers)s.", "It is to paragraphs %(numbers)s.", len(numbers))
        return words % {"numbers": list_of([str(number) for number in numbers])}

    return lazy(sentence, str)() if numbers else ""


def _clear(actor: User, text: AgreedText, version: TextVersion, resolving: Collection[str]) -> None:
    if text.kind == TextKind.SUMMARY:
        _check_length(text, version)
    record_clearance(
        focal_point=actor,
        review=text.review,
        document_type=audit_name_of(AgreedText),
        document_id=text.pk,
        version=version.number,
        sha256=version.sha256,
    )
    audit.record(actor, "reviews.text.cleared", text, after=version_facts(version))
    resolve_by_clearing(actor, text, version, resolving)
    if agreement_on_text(text, version).is_agreed:
        _agree(actor, text, version)


def follow_team(actor: Actor, review: Review, _change: TeamChange) -> None:
    """After the team has changed: a version that only a State that has left had not cleared is agreed; lists first."""
    remember_covering([review])
    texts = AgreedText.objects.filter(review=review, status=TextStatus.PROPOSED).select_related("instrument")
    for text in texts.order_by("kind", "instrument__order"):
        text.review = review
        version = standing_version(text)
        if version is not None and agreement_on_text(text, version).is_agreed:
            _agree(actor, text, version)


def _check_length(text: AgreedText, version: TextVersion) -> None:
    """A summary does not exceed its limit (resolution 10/1, annex II, note 4)."""
    limit = limit_of(text.review, "summary_words")
    if limit.is_hard and version.words > limit.value:
        message = _("The summary has %(words)d words; it may have at most %(limit)d. Shorten it before it is cleared.")
        raise ServiceError(message % {"words": version.words, "limit": limit.value})


def _agree(actor: Actor, text: AgreedText, version: TextVersion) -> None:
    """All have cleared the same bytes. When no other text of its kind is open, the review moves on."""
    text.status, text.agreed_at = TextStatus.AGREED, timezone.now()
    text.save(update_fields=["status", "agreed_at", "updated_at"])
    audit.record(actor, "reviews.text.agreed", text, after=version_facts(version))
    tell_parties(text, News.TEXT_AGREED, version)
    note_whole(actor, text)
    ask_for_names(version)
    if text.kind == TextKind.LIST_OF_OBSERVATIONS and TextKind.SUMMARY in steps_of_texts(text.review):
        open_summary(text)
    move_on(actor, text, timezone.localdate())


def move_on(actor: Actor, text: AgreedText, on: dt.date) -> None:
    """Past the step of the lists when all of them are agreed, past that of the summaries when all of those are.

    The summary of one list may be agreed while another list is still open: it does not end a step that is not its own.
    """
    review, kind, steps = text.review, TextKind(text.kind), steps_of_texts(text.review)
    others = AgreedText.objects.filter(review=review, kind=kind).exclude(status=TextStatus.AGREED)
    if kind not in steps or review.step_id != steps[kind].pk or others.exists():
        return
    for milestone in _reached_by(text):
        reach_milestone(review, milestone, on)
    acting_for = StateParty.objects.filter(pk=own_state_of(actor, review)).first()
    advance_to_next(actor, review, acting_for=acting_for)


def correct_day(text: AgreedText, before: dt.date, on: dt.date) -> None:
    """The last text of its kind was not agreed on the day ``before``, as it was said first, but ``on`` another one."""
    correct_milestones(text.review, _reached_by(text), before=before, on=on)


def _reached_by(text: AgreedText) -> list[MilestoneKind]:
    """What is reached with the last text of its kind; by the last kind, the end is too."""
    kind = TextKind(text.kind)
    is_last = kind == list(steps_of_texts(text.review))[-1]
    return [_MILESTONES[kind], *([MilestoneKind.CLOSING] if is_last else [])]


def _require_standing(text: AgreedText, sha256: str) -> TextVersion:
    return require_current(standing_version(text), ServiceError(_CHANGED_SINCE), sha256=sha256)
