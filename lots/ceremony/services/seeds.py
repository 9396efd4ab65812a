"""The seed that nobody controls: all delegates commit first, then values are read aloud and recorded."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.i18n import in_own_order
from core.policy import require
from lots.ceremony.seeding import DIVIDERS, combined, commitment_to, folded, has_invisible_signs
from lots.draws import lock_draw
from lots.draws.enums import DrawAction, DrawStatus, SeedKind
from lots.draws.models import Draw, SeedPart

_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_MAXIMUM_VALUE, _MAXIMUM_NAME = 200, 150  # characters


@transaction.atomic
def commit_seed_part(*, actor: User, part: SeedPart, commitment: str, delegate: str) -> SeedPart:
    """Record the hash to which a delegate commits, and the delegate's name; neither can be changed afterwards.

    Raises ServiceError for a public value (which nobody knows yet), a second commitment, what is no SHA-256, and one
    that another delegate has given.
    """
    locked, part = _lock(actor, part)
    if part.kind != SeedKind.DELEGATE:
        raise ServiceError(_("Nobody commits to a public value: nobody can know it yet."), field="commitment")
    if part.commitment:
        raise ServiceError(_("A commitment is recorded for this source; it cannot be changed."), field="commitment")
    part.delegate = _line(delegate, _("Write the name of the delegate."), maximum=_MAXIMUM_NAME, field="delegate")
    part.commitment = _checked_commitment(locked, commitment)
    part.committed_by, part.committed_at = actor, timezone.now()
    part.save(update_fields=["delegate", "commitment", "committed_by", "committed_at", "updated_at"])
    audit.record(
        actor,
        "lots.seed_part.committed",
        part,
        after={"draw": locked.code, "delegate": part.delegate, "commitment": part.commitment},
    )
    return part


@transaction.atomic
def reveal_seed_part(*, actor: User, part: SeedPart, value: str, secret: str = "") -> SeedPart:
    """Record a value that was read aloud; with the last one the seed is complete.

    ``secret`` are the words that the delegate had added. Raises ServiceError before all delegates have committed, for
    a second value, for signs that a seed cannot hold, and where value and words do not give the commitment.
    """
    locked, part = _lock(actor, part)
    if locked.seed_parts.filter(kind=SeedKind.DELEGATE, commitment="").exists():
        raise ServiceError(_("No value is recorded before all delegates have committed to theirs."), field="value")
    if part.value:
        raise ServiceError(_("A value is recorded for this source; it cannot be changed."), field="value")
    part.value = _checked_value(value)
    if part.kind == SeedKind.DELEGATE:
        part.secret = _line(secret, _("Write the secret words of the delegate."), field="secret")
        if commitment_to(part.value, part.secret) != part.commitment:
            message = _("Value and secret words do not give the commitment that was recorded. Check both.")
            raise ServiceError(message, field="value")
    part.revealed_by, part.revealed_at = actor, timezone.now()
    part.save(update_fields=["value", "secret", "revealed_by", "revealed_at", "updated_at"])
    audit.record(actor, "lots.seed_part.revealed", part, after={"draw": locked.code, "value": part.value})
    _complete(actor, locked)
    return part


def _lock(actor: User, part: SeedPart) -> tuple[Draw, SeedPart]:
    locked = lock_draw(part.draw)
    require(actor, DrawAction.RECORD_SEED, locked)
    return locked, SeedPart.objects.select_related("draw", "regional_group").get(pk=part.pk)


def _complete(actor: User, draw: Draw) -> None:
    """All values are there: put the seed together."""
    if draw.seed_parts.filter(value="").exists():
        return
    draw.seed = combined(draw.seed_parts.order_by("order").values_list("source", "value"))
    draw.status, draw.seeded_at = DrawStatus.SEEDED, timezone.now()
    draw.save(update_fields=["seed", "status", "seeded_at", "updated_at"])
    audit.record(actor, "lots.draw.seeded", draw, after={"seed": draw.seed})


def _checked_commitment(draw: Draw, commitment: str) -> str:
    digits = "".join(commitment.split()).lower()
    if not _COMMITMENT.fullmatch(digits):
        message = _("A SHA-256 has 64 digits from 0 to 9 and a to f; this is not one.")
        raise ServiceError(message, field="commitment")
    if draw.seed_parts.filter(commitment=digits).exists():
        message = _("Another delegate has committed to the same. Each chooses a value and words of his or her own.")
        raise ServiceError(message, field="commitment")
    return digits


def _checked_value(value: str) -> str:
    line = _line(value, _("Write the value as it was read aloud."), field="value")
    if any(sign in line for sign in DIVIDERS):
        message = _("A value holds neither of the signs that divide the seed: %(signs)s.")
        raise ServiceError(message % {"signs": in_own_order(" ".join(DIVIDERS))}, field="value")
    return line


def _line(text: str, missing: str, *, field: str, maximum: int = _MAXIMUM_VALUE) -> str:
    line = folded(text)
    if not line:
        raise ServiceError(missing, field=field)
    if len(line) > maximum:
        message = _("This is %(length)s characters long. The limit is %(maximum)s.")
        raise ServiceError(message % {"length": len(line), "maximum": maximum}, field=field)
    if has_invisible_signs(line):
        message = _("This holds signs that cannot be seen. Type it instead of pasting it.")
        raise ServiceError(message, field=field)
    return line
