"""Who would read what is saved on a piece now, and which version a save would cancel: to be shown, and compared."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from accounts.states.models import StateParty
from core.language.i18n import isolated, list_of
from reviews.cases.models import ConfidentialModel, Review, ReviewingState
from reviews.drafts.shown import NOTHING_SHOWN, Audience, Shown, StandingVersion
from reviews.visibility import states_taking_part


def shown_in_room(review: Review, state_party_id: Any, *, iso3: str = "") -> Shown:
    """What a State drafts: it reads that alone, or with the other reviewing States where they share their room.

    ``iso3`` is the State's code where the caller knows it.
    """
    if review.reviewers_share_room and state_party_id != review.state_under_review_id:
        rows = ReviewingState.objects.filter(review=review)
        return Shown(Audience.COMMON_ROOM, frozenset(rows.values_list("state_party__iso3", flat=True)))
    code = iso3 or StateParty.objects.values_list("iso3", flat=True).get(pk=state_party_id)
    return Shown(Audience.ROOM, frozenset({code}))


def shown_to_own_state(state_party_id: Any, *, iso3: str = "") -> Shown:
    """What never leaves the people of a State, also in a common room. ``iso3``: its code, where it is known."""
    code = iso3 or StateParty.objects.values_list("iso3", flat=True).get(pk=state_party_id)
    return Shown(Audience.ROOM, frozenset({code}))


def shown_on_table(review: Review, version: StandingVersion | None = None) -> Shown:
    """What lies on the shared table; ``version`` is the one that a change of it cancels, if any."""
    return Shown(Audience.TABLE, frozenset(states_taking_part(review).values_list("iso3", flat=True)), version)


def shown_of(piece: ConfidentialModel) -> Shown:
    """Where a piece lies now that is a part of no text on which the States agree."""
    if piece.room_id is not None:
        return shown_in_room(piece.review, piece.room_id)
    return shown_on_table(piece.review)


class Situations(NamedTuple):
    """Sentences on what a writer was shown, and on what holds now; both empty where that is the same."""

    then: Sequence[str]
    now: Sequence[str]


def what_changed(shown: Shown, now: Shown) -> Situations:
    """In words, for a page that tells why nothing was saved."""
    then_words, now_words = [], []
    if shown == NOTHING_SHOWN:
        then_words.append(_("The form did not say who was to read what you write."))
        now_words.append(audience_now(now))
    elif (shown.audience, shown.states) != (now.audience, now.states):
        then_words.append(_audience_then(shown))
        now_words.append(audience_now(now))
    if shown.version != now.version:
        then_words.append(_version_then(shown.version))
        now_words.append(_version_now(shown.version, now.version))
    return Situations(then_words, now_words)


def _audience_then(shown: Shown) -> str:
    states = {"states": _names(shown.states)}
    if shown.audience == Audience.TABLE:
        message = _("When you opened this form, the text lay on the shared table, where %(states)s read it.")
    elif shown.audience == Audience.COMMON_ROOM:
        message = _("When you opened this form, only the reviewing States read this text: %(states)s.")
    else:
        message = _("When you opened this form, only your State read this text: %(states)s.")
    return message % states


def audience_now(now: Shown) -> str:
    """Who reads what is saved."""
    states = {"states": _names(now.states)}
    if now.audience == Audience.TABLE:
        message = _("On the shared table: %(states)s and the secretariat read what is saved there.")
    elif now.audience == Audience.COMMON_ROOM:
        message = _("In the common room of the reviewing States: %(states)s read what is saved there.")
    else:
        message = _("In the room of your State: only %(states)s reads what is saved there.")
    return message % states


def _version_then(version: StandingVersion | None) -> str:
    if version is None:
        return _("When you opened this form, no version was proposed that a change would cancel.")
    message = _("When you opened this form, version %(number)d was proposed. %(cleared)s")
    return message % {"number": version.number, "cleared": _cleared(version)}


def _version_now(then: StandingVersion | None, version: StandingVersion | None) -> str:
    if version is None:
        return _("No version stands any more.")
    if then is not None and then.number == version.number:
        message = _("Version %(number)d still stands. %(cleared)s Saving would cancel that.")
    else:
        message = _("Version %(number)d has been proposed since. %(cleared)s Saving would cancel that.")
    return message % {"number": version.number, "cleared": _cleared(version)}


def version_words(version: StandingVersion) -> str:
    """What a save cancels."""
    message = _("Version %(number)d is proposed. %(cleared)s Saving cancels it, and the focal points are told.")
    return message % {"number": version.number, "cleared": _cleared(version)}


def _cleared(version: StandingVersion) -> str:
    if not version.cleared:
        return _("No State has cleared it.")
    return _("It has been cleared by %(states)s.") % {"states": _names(version.cleared)}


def _names(codes: Iterable[str]) -> str:
    """The names of States for running text; a code that is none stays as it is."""
    found = {state.iso3: state.name for state in StateParty.objects.filter(iso3__in=list(codes))}
    return list_of([isolated(found.get(code, code)) for code in sorted(codes)])
