"""Who of one's own State has the same section of the desk open (docs/adr/0064)."""

from django.http import Http404

from accounts.people.models import User
from core.web.presence import Present, note_leaving, note_presence
from questionnaires.definitions import PlacedSection, index_of
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions import STANDS
from reviews.capacities import capacity_of
from reviews.cases.models import Review


def colleagues_at(user: User, review: Review, place: PlacedSection, at: str = "") -> list[Present]:
    """Say that the person is there, in the question ``at`` or in none, and give who of the same State is as well.

    A common room of the reviewing States shows nobody of another. None for who takes part for no State.
    """
    room = room_at(user, review, place)
    is_there = any(item.code == at for item in place.section.items)
    present = Present(str(user.pk), user.full_name, at if is_there else "")
    return note_presence(room, present) if room else []


def leave(user: User, review: Review, place: PlacedSection) -> None:
    if room := room_at(user, review, place):
        note_leaving(room, user.pk)


def room_at(user: User, review: Review, place: PlacedSection) -> str:
    """The people of each State are in a room of their own; empty for who takes part for none."""
    capacity = capacity_of(user, review)
    return f"desk:{review.pk}:{capacity.state_party_id}:{place.pk}" if capacity else ""


def place_on_desk(review: Review, instrument: str, section: str) -> PlacedSection:
    """Of the questionnaire to which the answers were sent, without reading these. Raises Http404."""
    sent = ResponseSubmission.objects.filter(STANDS, review=review).order_by("-number")
    version = sent.values_list("response__version", flat=True).first()
    if version is None:
        raise Http404
    return index_of(version).section_at(instrument, section)
