"""The list as a whole: its order by hand, several drafts laid on the table at once, what was discussed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import OutdatedError, ServiceError
from core.policy import PolicyRefusedError, require
from observations.observations.places import in_groups, token_of
from observations.observations.services import lay, locked_observation
from observations.texts import lock_text, observations_on_table
from observations.texts.enums import TextAction
from observations.texts.models import AgreedText, Observation
from observations.versions import note_edit, shown_of_text
from reviews.drafts import Shown, require_seen, require_shown


class SeveralRefusedError(ServiceError):
    """None was laid on the table. ``refusals``: of each that cannot be, why; the others can."""

    def __init__(self, refusals: Sequence[tuple[Observation, str]]) -> None:
        super().__init__(_("Nothing was laid on the table. Below stands which cannot be, and why; leave these out."))
        self.refusals = refusals


@dataclass(frozen=True, slots=True)
class Chosen:
    """A draft that is ticked, and the revision of it that the page has shown."""

    observation: Observation
    base: int


@transaction.atomic
def lay_several_on_table(*, actor: User, text: AgreedText, chosen: Sequence[Chosen], shown: Shown) -> list[Observation]:
    """Move several drafts of a list to the shared table: all, or none where one cannot be.

    Each is checked by itself: the permission, and the revision that the focal point saw. Raises SeveralRefusedError
    with what stands against which, and ConflictError where others would read them than was ``shown``.
    """
    locked = lock_text(text)
    require(actor, TextAction.TABLE_SEVERAL, locked)
    require_shown(shown, shown_of_text(locked))
    if not chosen:
        raise ServiceError(_("Choose at least one draft."), field="chosen")
    rows, refusals = [], []
    for each in chosen:
        try:
            row = locked_observation(each.observation)
            require(actor, TextAction.TABLE_OBSERVATION, row)
            require_seen(row.revision, each.base)
            rows.append(row)
        except (ServiceError, PolicyRefusedError) as refusal:
            refusals.append((each.observation, str(refusal)))
    if refusals:
        raise SeveralRefusedError(refusals)
    for row in rows:
        lay(actor, row)
    note_edit(actor, locked)
    return rows


@transaction.atomic
def place_observation(*, actor: User, observation: Observation, place: int, seen: str, shown: Shown) -> None:
    """Set an observation at a place, from 1, among those under its heading and on its articles.

    ``seen``: the order that the page has shown (``places.token_of``). Raises OutdatedError where it is another one by
    now, ServiceError (``place``) where there is no such place, and ConflictError where another version would be
    cancelled than was ``shown``.
    """
    text = lock_text(observation.agreed_text)
    require(actor, TextAction.ARRANGE, text)
    groups = in_groups(observations_on_table(text))
    group = next((rows for rows in groups if observation in rows), None)
    if group is None:
        raise ServiceError(_("This observation does not lie on the shared table any more."))
    if token_of(group) != seen:
        message = _("A colleague has changed the order since you opened this page. Please look at it again.")
        raise OutdatedError(message, now=token_of(group))
    if not 1 <= place <= len(group):
        raise ServiceError(_("Type a place from 1 to %(number)d.") % {"number": len(group)}, field="place")
    require_shown(shown, shown_of_text(text))
    before = group.index(observation)
    group.insert(place - 1, group.pop(before))
    if group.index(observation) != before:
        text.placed = [row.pk for rows in groups for row in rows]
        text.save(update_fields=["placed", "updated_at"])
        audit.record(actor, "reviews.observation.placed", observation, after={"place": place})
        note_edit(actor, text)


@transaction.atomic
def mark_discussed(*, actor: User, observation: Observation, base: int) -> Observation:
    """Say that the States have discussed an observation as it stands; a later change of it is to be discussed anew.

    Raises ServiceError where it is not revision ``base`` any more. No version is cancelled: no word has changed.
    """
    locked = locked_observation(observation)
    require(actor, TextAction.DISCUSS_OBSERVATION, locked)
    require_seen(locked.revision, base)
    if locked.discussed_revision != locked.revision:
        locked.discussed_revision = locked.revision
        locked.save(update_fields=["discussed_revision", "updated_at"])
        audit.record(actor, "reviews.observation.discussed", locked, after={"revision": locked.revision})
    return locked
