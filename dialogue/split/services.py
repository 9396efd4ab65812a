"""Splitting the sections of the desk within a reviewing State, and telling the other one on which one's own leads."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import OutdatedError, ServiceError
from core.language.i18n import isolated
from core.policy import require
from dialogue.split.models import SectionKeeper, SectionLead
from dialogue.split.selectors import address_of, delegation_of, sections_to_split
from questionnaires.definitions import PlacedSection
from reviews.capacities import require_capacity
from reviews.cases import language_of, lock_review
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review

Keepers = Mapping[str, UUID | None]
"""By address of a section the participation of who is on it."""


@dataclass(frozen=True, slots=True)
class SplitChange:
    """What a page has shown, and what is wanted of it. Where both are the same, a colleague's act meanwhile stays."""

    wanted: Keepers
    shown: Keepers
    leads: frozenset[str] = frozenset()
    leads_shown: frozenset[str] = frozenset()


@transaction.atomic
def split_work(*, actor: User, review: Review, change: SplitChange) -> int:
    """Say who of the actor's State is on which section, and on which it leads; gives on how many it is otherwise now.

    Raises OutdatedError for what stands otherwise than it was shown and was to be changed; ServiceError for who does
    not write for the State, and for a section that it does not review. That it leads is for its focal point to say.
    """
    lock_review(review)
    require(actor, ReviewAction.SPLIT_WORK, review)
    state = require_capacity(actor, review).state_party_id
    places = {address_of(place): place for place in sections_to_split(review, state)}
    if not places.keys() >= {*change.wanted, *change.leads}:
        raise ServiceError(_("Your State does not review this section."))
    return len(_set_keepers(actor, review, state, change, places) | _set_leads(actor, review, state, change))


def _set_keepers(
    actor: User, review: Review, state: UUID, change: SplitChange, places: Mapping[str, PlacedSection]
) -> set[str]:
    rows = SectionKeeper.objects.select_for_update(of=("self",)).filter(review=review, room=state)
    found = {row.section: row for row in rows.select_related("participation__user")}
    there = {key: row.participation for key, row in found.items() if row.participation.ended_at is None}
    standing = {section: there[section].pk if section in there else None for section in change.wanted}
    changes = {
        section: key
        for section, key in change.wanted.items()
        if key not in (change.shown.get(section), standing[section])
    }
    if set(changes.values()) - {None} - {row.pk for row in delegation_of(review, state)}:
        raise ServiceError(_("Choose somebody who writes for your State in this review."))
    late = [section for section in changes if standing[section] != change.shown.get(section)]
    if late:
        now = {section: there[section].user.full_name if section in there else "" for section in late}
        raise OutdatedError(_told(now, places), now=as_shown(standing))
    for section, key in changes.items():
        if key is None:
            found[section].delete()
            continue
        SectionKeeper.objects.update_or_create(
            review=review,
            room_id=state,
            section=section,
            defaults={"participation_id": key, "set_by": actor, "language": language_of(review)},
        )
    return set(changes)


def _set_leads(actor: User, review: Review, state: UUID, change: SplitChange) -> set[str]:
    """Only what is wanted otherwise than it was shown; the same once more changes nothing."""
    if change.leads == change.leads_shown:
        return set()
    require(actor, ReviewAction.LEAD_ON_SECTIONS, review)
    own = SectionLead.objects.filter(review=review, room=state)
    standing = set(own.values_list("section", flat=True))
    new = change.leads - change.leads_shown - standing
    gone = (change.leads_shown - change.leads) & standing
    own.filter(section__in=gone).delete()
    SectionLead.objects.bulk_create(
        SectionLead(review=review, room_id=state, section=each, set_by=actor, language=language_of(review))
        for each in sorted(new)
    )
    return {*new, *gone}


def as_shown(keepers: Keepers) -> str:
    """What a form carries of who is on which section."""
    return " ".join(f"{section}={key or ''}" for section, key in sorted(keepers.items()))


def read_shown(words: str) -> dict[str, UUID | None]:
    """What ``as_shown`` has written; what is none of it was not shown."""
    found: dict[str, UUID | None] = {}
    for word in words.split():
        section, _sign, key = word.partition("=")
        with suppress(ValueError):
            found[section] = UUID(key) if key else None
    return found


def _told(now: Mapping[str, str], places: Mapping[str, PlacedSection]) -> str:
    parts = [
        f"{isolated(places[section].section.heading)} – {isolated(name) if name else _('nobody')}"
        for section, name in now.items()
    ]
    message = _("A colleague has changed this since you opened the page: %(parts)s. Look at it again, then save.")
    return message % {"parts": "; ".join(parts)}
