"""The people of one's State: whom it has not named, and notes verbales that came back."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.states import zone_of_state
from core.policy import can
from portal.work.selectors import notes_given_back
from portal.work.tasks import DueDay, NamedCapacity, Task, Workload
from reviews.cases.enums import ParticipationRole
from reviews.nominations import Delegation, Expected, delegations_of
from reviews.nominations.enums import NominationAction
from reviews.programme.enums import StepOwner
from reviews.speakers import NominatingState


def missing_people(workload: Workload) -> Iterator[Task]:
    """For whoever speaks for a State, one for each role that is empty in a review. Queries by State, not by review."""
    for state in workload.spoken_for:
        if not can(workload.user, NominationAction.RECORD, state):
            continue
        for delegation in delegations_of(state):
            for expected in delegation.expected:
                if expected.is_missing:
                    yield _task(workload, state, delegation, expected)


def _task(workload: Workload, place: NominatingState, delegation: Delegation, expected: Expected) -> Task:
    what = _("Name the focal point")
    if expected.role == ParticipationRole.GOVERNMENTAL_EXPERT:
        what = _("Name the governmental experts")
    url = reverse("reviews:state-nominations", args=[place.mechanism.slug, place.state_party.iso3])
    common: dict[str, Any] = {
        "review": delegation.review,
        "due": _due(place, expected, workload),
        "url": url,
        "capacity": capacity_for(workload, place),
    }
    if expected.named:
        since = min((each.note.submitted_at for each in expected.named if each.note.submitted_at), default=None)
        waits_for, button = str(StepOwner.SECRETARIAT.label), _("See the note verbale")
        return Task(_("Check of the note verbale"), button=button, waits_for=waits_for, since=since, **common)
    why = _("You name the people of %(state)s.") % {"state": place.state_party}
    return Task(what, button=_("Name them in a note verbale"), why=why, **common)


def _due(place: NominatingState, expected: Expected, workload: Workload) -> DueDay | None:
    """Each State owes its own people, so that its own day counts."""
    here = workload.now.astimezone(zone_of_state(place.state_party)).date()
    return DueDay(expected.due_on, here) if expected.due_on else None


def returned_notes(workload: Workload) -> Iterator[Task]:
    """Of the States for which one speaks; for officers, those that they have recorded."""
    for note in notes_given_back(workload.user, workload.spoken_for):
        place = NominatingState(note.mechanism, note.state_party)
        if not can(workload.user, NominationAction.CHANGE, note):
            continue
        capacity = workload.secretariat if workload.user.secretariat_role else capacity_for(workload, place)
        yield Task(
            _("Mend the note verbale of %(state)s that was returned") % {"state": note.state_party},
            capacity,
            reverse("reviews:note-detail", args=[note.mechanism.slug, note.state_party.iso3, note.pk]),
            _("Open the note verbale"),
            why=_("The secretariat has returned it; its page says why."),
            since=note.checked_at,
        )


def capacity_for(workload: Workload, place: NominatingState) -> NamedCapacity:
    """That of a focal point where the reader is one for the State, otherwise that of its permanent mission."""
    role, state = ParticipationRole.FOCAL_POINT, place.state_party
    for row in workload.places:
        if row.state == state and row.capacity.role == role:
            return row.acts_as
    return NamedCapacity(f"{state.iso3}-mission".lower(), state, _("Permanent mission"))
