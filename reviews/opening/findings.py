"""What stands out before a review is opened, by hand or with all of a draw; and the offer to shift its phase."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.states.models import StateParty
from core.hashes import document_hash
from core.templatetags.components import date_words
from core.time.deadlines import add
from core.time.distances import time_between
from reviews.opening.selectors import still_running
from reviews.opening.services.beginning import running_words
from reviews.programme import periods_of
from reviews.programme.models import Phase

_TIME_TO_PREPARE = dt.timedelta(weeks=4)  # between today and the first day that is offered


@dataclass(frozen=True, slots=True)
class OpeningFinding:
    """What looks wrong, how it is mended, and where; ``rests_on`` is what has changed when it is another finding.

    Nothing rests on a number that changes by itself from day to day and stops nobody. ``stops``: the opening would be
    refused. ``needs_reason``: whoever goes on all the same says why.
    """

    key: str
    words: str
    mending: str
    url: str = ""
    label: str = ""
    rests_on: tuple[str, ...] = ()
    stops: bool = False
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class OpeningCheck:
    """``seen``: a fingerprint of the findings that matter, and of what else was shown with them."""

    findings: Sequence[OpeningFinding]
    seen: str

    @property
    def stops(self) -> list[OpeningFinding]:
        return [finding for finding in self.findings if finding.stops]

    @property
    def warnings(self) -> list[str]:
        """What needs a reason."""
        return [finding.words for finding in self.findings if finding.needs_reason]


def check_of(findings: Iterable[OpeningFinding], **shown: Mapping[str, Any]) -> OpeningCheck:
    """The findings with their fingerprint, in which is what else was ``shown``."""
    found = [*findings]
    resting = [[finding.key, *finding.rests_on] for finding in found if finding.rests_on]
    return OpeningCheck(found, document_hash({**shown, "findings": resting})[:32])


def check_before_opening(phase: Phase, state: StateParty, starts_on: dt.date) -> OpeningCheck:
    """What an officer should know who opens one review by hand."""
    found, today = [], timezone.localdate()
    running = still_running(phase, {state.pk: starts_on}).get(state.pk)
    link = shift_offer(phase, [running] if running else [])
    if starts_on < today:
        words = _("The review would begin on %(day)s, %(time)s ago, and all of its dates are counted from that day.")
        mending = _("Give a later first day, or shift the dates of the phase first, unless it really began then.")
        words %= {"day": date_words(starts_on), "time": time_between(starts_on, today)}
        found.append(OpeningFinding("past", words, mending, *link, rests_on=(starts_on.isoformat(),)))
    if running:
        mending = _("Wait until it is closed or give a later first day, or say below why this phase is to begin.")
        words, facts = running_words(running), [running.code, running.step.slug]
        found.append(OpeningFinding("running", words, mending, *link, rests_on=tuple(facts), needs_reason=True))
    return check_of(found)


def shift_offer(phase: Phase, running: Iterable[Any] = ()) -> tuple[str, str]:
    """Address and label of the page of the programme on which the shift is filled in that would mend the dates.

    The first group would begin after all of these reviews (``still_running``) end by their dates, on the day of the
    month that it has.
    """
    page = reverse("reviews:programme", args=[phase.mechanism.slug])
    first = min((each for each in periods_of(phase.mechanism) if each.phase_id == phase.pk), key=_number, default=None)
    ends = [review.ends_on for review in running]
    after = max([timezone.localdate() + _TIME_TO_PREPARE, *(day + dt.timedelta(days=1) for day in ends if day)])
    if first is None or first.period.lower >= after:
        return page, _("The dates of the phase")
    begins, months = first.period.lower, 1
    while add(begins, months, "months") < after:
        months += 1
    day = add(begins, months, "months")
    filled_in = {"shift-phase": phase.number, "shift-first_day": day.isoformat(), "shift-scope": "later"}
    label = _("Shift phase %(phase)s and all later ones to %(day)s") % {"phase": phase.number, "day": date_words(day)}
    return f"{page}?{urlencode(filled_in)}", label


def _number(period: Any) -> int:
    number: int = period.review_group.number
    return number
