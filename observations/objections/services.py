"""Objections to a version, replies to them, and how each of them ends."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.language.text import require_text
from core.policy import require
from observations.objections.models import ObjectionReply
from observations.objections.selectors import WHOLE, get_objection, may_be_resolved, open_objections_of, place_of
from observations.texts import lock_text
from observations.texts.enums import ObjectionEnding, TextAction
from observations.texts.models import AgreedText, Objection, TextVersion
from observations.versions import standing_version, tell_parties
from observations.wording import document_from, paragraphs_of, parts_of
from reviews.agreement import require_current
from reviews.capacities import forget_capacities, require_capacity
from reviews.cases.enums import News
from reviews.drafts import Shown, require_shown, shown_on_table

_MAXIMUM = 5000  # characters
_OPEN = gettext_lazy(
    "Your State has objections that are open. The page that asks before a clearance says which of them it resolves."
)
_CHANGED_SINCE = gettext_lazy("The text has changed since you opened this page. Please look at it again.")


def make_objections(
    actor: User, text: AgreedText, version: TextVersion, reason: str, points: Mapping[int, str]
) -> list[Objection]:
    """To the whole, where ``reason`` says something, and to each paragraph of ``points``, by its number, with a reason.

    What the State has open at the same place is renewed. Raises ServiceError without a reason, and for a paragraph that
    the version does not have. ``text`` is locked by the caller.
    """
    document = document_from(version.document)
    paragraphs = paragraphs_of(document, parts_of(text, document))
    given = {WHOLE: reason, **points}
    reasons = {number: words for number, words in given.items() if words.strip()} or {WHOLE: ""}
    if not reasons.keys() <= {WHOLE, *paragraphs}:
        raise ServiceError(_CHANGED_SINCE)
    state = require_capacity(actor, text.review).state_party_id
    before: dict[UUID | int, list[Objection]] = {}  # several where passages were merged
    for row in open_objections_of(text, state):
        part_now = row.part_now  # type: ignore[attr-defined]  # by the selector
        before.setdefault(_where(part_now, row.paragraph), []).append(row)
    made = []
    for number, words in sorted(reasons.items()):
        part = paragraphs[number].part if number else None
        for earlier in before.get(_where(part, number), ()):
            _end(actor, text, earlier, ObjectionEnding.RENEWED)
        field = f"{number}-reason" if number else "reason"
        why = require_text(words, _("Say what your State does not agree to."), maximum=_MAXIMUM, field=field)
        made.append(
            Objection.objects.create(
                version=version,
                state_party_id=state,
                focal_point=actor,
                reason=why,
                paragraph=number,
                part=part,
            )
        )
    return made


@transaction.atomic
def reply_to_objection(*, actor: User, objection: Objection, text: str, seen: int, shown: Shown) -> ObjectionReply:
    """Say something below an objection, for the actor's State, before all who read the text.

    ``seen``: how many replies the person was shown, and ``shown``: who reads what is said here. Raises OutdatedError
    where another has come since, and ConflictError where others would read it.
    """
    locked, row = _lock(actor, objection, TextAction.REPLY_TO_OBJECTION)
    require_shown(shown, shown_on_table(locked.review))
    count = row.replies.count()
    if count != seen:
        message = _("Another reply has come since you opened this page. Read it, and then send yours.")
        raise OutdatedError(message, now=str(count))
    reply = ObjectionReply.objects.create(
        objection=row,
        state_party_id=require_capacity(actor, locked.review).state_party_id,
        focal_point=actor,
        text=require_text(text, _("Say something."), maximum=_MAXIMUM),
    )
    audit.record(actor, "reviews.objection.replied", locked, after=objection_facts(row))
    tell_parties(locked, News.OBJECTION_REPLIED, row.version, but=actor, key=f"{reply.pk}")
    return reply


@transaction.atomic
def withdraw_objection(*, actor: User, objection: Objection) -> Objection:
    """The actor's State does not object any more. A version that it cancelled stays cancelled."""
    locked, row = _lock(actor, objection, TextAction.END_OBJECTION)
    _end(actor, locked, row, ObjectionEnding.WITHDRAWN)
    tell_parties(locked, News.OBJECTION_ENDED, row.version, but=actor, key=f"{row.pk}")
    return row


@transaction.atomic
def resolve_objection(*, actor: User, objection: Objection, sha256: str) -> Objection:
    """The version under consideration says there what the actor's State can accept; it is not cleared by that.

    ``sha256`` is that of the version that the person was shown. Raises ServiceError when another version stands by now,
    and when that one says the same as the one that was objected to.
    """
    locked, row = _lock(actor, objection, TextAction.END_OBJECTION)
    version = require_current(standing_version(locked), ServiceError(_CHANGED_SINCE), sha256=sha256)
    document = document_from(version.document)
    if not may_be_resolved(row, place_of(row, paragraphs_of(document, parts_of(locked, document))), version):
        raise ServiceError(_("No later version says anything else there. Your State may withdraw the objection."))
    _end(actor, locked, row, ObjectionEnding.RESOLVED, version)
    tell_parties(locked, News.OBJECTION_ENDED, version, but=actor, key=f"{row.pk}")
    return row


def resolve_by_clearing(actor: User, text: AgreedText, version: TextVersion, shown: Collection[str]) -> None:
    """With a clearance the State's own objections are resolved by that version; ``shown``: the keys of those that the
    person was told of. Raises ServiceError where others are open. ``text`` is locked by the caller.
    """
    rows = list(open_objections_of(text, require_capacity(actor, text.review).state_party_id))
    if {str(row.pk) for row in rows} != set(shown):
        raise ServiceError(_OPEN if rows else _CHANGED_SINCE)
    for row in rows:
        _end(actor, text, row, ObjectionEnding.RESOLVED, version)


def carry_over(actor: User, text: AgreedText, version: TextVersion) -> None:
    """What has not ended stands before the version that was just proposed too. ``text`` is locked by the caller."""
    for row in open_objections_of(text):
        facts = {**objection_facts(row), "carried_to": version.number}
        audit.record(actor, "reviews.objection.carried_over", text, after=facts)


def objection_facts(objection: Objection) -> dict[str, object]:
    return {"objection": str(objection.pk), "version": objection.version.number, "paragraph": objection.paragraph}


def _where(part: UUID | None, number: int) -> UUID | int:
    """What stays the same of a place from version to version."""
    return number if part is None else part


def keys_of(objections: Iterable[Objection]) -> str:
    """What a form carries of the objections that its page has named."""
    return " ".join(sorted(str(row.pk) for row in objections))


def _lock(actor: User, objection: Objection, action: TextAction) -> tuple[AgreedText, Objection]:
    """The text and the objection as they are now; asks whether the actor may."""
    locked = lock_text(objection.version.agreed_text)
    forget_capacities(actor)
    row = get_objection(locked, objection.pk)
    require(actor, action, row)
    return locked, row


def _end(
    actor: User,
    text: AgreedText,
    objection: Objection,
    ending: ObjectionEnding,
    version: TextVersion | None = None,
) -> None:
    objection.ending, objection.ended_at, objection.ended_by = ending, timezone.now(), actor
    objection.resolved_in = version
    objection.save(update_fields=["ending", "ended_at", "ended_by", "resolved_in", "updated_at"])
    facts = {**objection_facts(objection), **({"resolved_in": version.number} if version else {})}
    audit.record(actor, f"reviews.objection.{ending}", text, after=facts)
