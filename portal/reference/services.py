"""An administrator takes a difference of the release, or declines it; the loader never does either."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor
from accounts.people.enums import AccountAction
from core import audit
from core.errors import ServiceError
from core.policy import require
from core.reference_site import reference_site
from portal.reference.memory import differing_columns
from portal.reference.selectors import ReleaseProposal, get_proposal, value_of


@transaction.atomic
def take_proposal(*, actor: Actor, key: UUID, shown: str) -> ReleaseProposal:
    """Make a row what the files of the release say; from then on it follows them, until a person changes it again.

    Raises ServiceError where either side has changed since it was ``shown``, or where the row cannot be so.
    """
    require(actor, AccountAction.MAINTAIN_REFERENCE_DATA)
    proposal = _as_shown(key, shown)
    if proposal.address:
        raise ServiceError(_("This is changed on its own page, and not taken from here."))
    if not proposal.is_readable:
        raise ServiceError(_("Such values are not kept here any more: the release cannot be taken as it is."))
    row, differing = proposal.row, differing_columns(proposal.row, proposal.proposed.release)
    for name in differing.keys() & reference_site.held_fields(row).keys():
        raise ServiceError(reference_site.held_fields(row)[name])
    for name, (_here, there) in differing.items():
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, value_of(type(row), name, there))
    others = {field.name for field in row._meta.concrete_fields} - differing.keys()
    try:
        with transaction.atomic():
            row.clean_fields(exclude=others)
            row.validate_constraints(exclude=others)
            row.save()
    except ValidationError as error:
        raise ServiceError(_("The row cannot be so: %(why)s") % {"why": " ".join(error.messages)}) from error
    except DatabaseError as error:
        raise ServiceError(_("The row cannot be so beside the others that there are by now.")) from error
    proposal.proposed.declined_at = proposal.proposed.declined_by = None
    proposal.proposed.is_new = False
    proposal.proposed.save()
    _record(actor, "portal.reference.taken", proposal, differing)
    return proposal


@transaction.atomic
def decline_proposal(*, actor: Actor, key: UUID, shown: str) -> ReleaseProposal:
    """Keep what the institution has; it is not proposed again until the files say something else."""
    require(actor, AccountAction.MAINTAIN_REFERENCE_DATA)
    proposal = _as_shown(key, shown)
    if proposal.proposed.declined_at is not None:
        raise ServiceError(_("This has been declined already."))
    proposal.proposed.declined_at, proposal.proposed.declined_by = timezone.now(), actor  # type: ignore[assignment]
    proposal.proposed.is_new = False
    proposal.proposed.save()
    _record(actor, "portal.reference.declined", proposal, differing_columns(proposal.row, proposal.proposed.release))
    return proposal


def _as_shown(key: UUID, shown: str) -> ReleaseProposal:
    proposal = get_proposal(key, for_update=True)
    if not proposal.columns:
        raise ServiceError(_("The row says already what the release says."))
    if proposal.shown != shown:
        raise ServiceError(
            _("The row or the files have changed since you were shown them. Nothing was done; look again.")
        )
    return proposal


def _record(
    actor: Any, verb: str, proposal: ReleaseProposal, differing: dict[str, tuple[str | None, str | None]]
) -> None:
    """For what was taken, as the row is by now; what was declined says what it would have been."""
    before, after = ({name: pair[place] for name, pair in differing.items()} for place in (0, 1))
    audit.record(actor, verb, proposal.row, before=before, after={**after, **reference_site.facts_of(actor)})
