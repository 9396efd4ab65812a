"""What looks wrong before a draw is published, and what becomes of each of its States."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext, pgettext

from accounts.affiliations import open_affiliation
from accounts.people import officers
from accounts.people.models import Affiliation, User
from accounts.states import name_order
from accounts.states.models import StateParty
from core.language.i18n import isolated, list_of
from core.templatetags.components import date_words
from core.time.distances import time_between
from lots.draws.enums import DrawKind
from lots.draws.models import Draw
from lots.publication.starts import ReviewStarts
from lots.results import DrawnState, drawn_once_more, drawn_states
from lots.words import first_of
from reviews.cases.models import Review
from reviews.opening import (
    OpeningCheck,
    OpeningFinding,
    TeamChange,
    check_of,
    shift_offer,
    still_running,
    team_change,
)
from reviews.programme.enums import StepKind
from reviews.programme.models import Phase

DATES_OF_PHASE = "reviews:programme"  # where the dates of a phase are changed
IN_CHARGE = "charge"  # the finding that an officer below mends
ENOUGH_OFFICERS = 2  # what lets people of a State in takes a second one


def check_before_publication(draw: Draw) -> OpeningCheck:
    """What an officer should know before a draw that has been run is published; in a constant number of queries."""
    situation = _Situation(draw, sorted_out(draw, drawn_states(draw)))
    days = {str(number): day.isoformat() for number, day in situation.starts.first_days.items()}
    return check_of((finding for look in _LOOKS for finding in look(situation)), days=days)


@dataclass(frozen=True, slots=True)
class SortedStates:
    """The States of a draw by what the publication does: ``opened`` get a review, the others have one in the phase.

    Of ``again`` the draw has been asked to draw the team once more; a review of ``there`` was opened before the draw,
    by hand, and from then on the States review that were drawn; one of ``closed`` keeps what it has. ``reviews`` are by
    the key of the State.
    """

    opened: list[DrawnState]
    again: list[DrawnState]
    there: list[DrawnState]
    closed: list[DrawnState]
    reviews: Mapping[Any, Review]

    @property
    def changed(self) -> list[DrawnState]:
        return [*self.again, *self.there]

    def runs(self, drawn: DrawnState) -> bool:
        """Whether the State has a review in the phase that is not closed."""
        review = self.reviews.get(drawn.state.pk)
        return review is not None and review.step.kind != StepKind.CLOSING


def sorted_out(draw: Draw, states: Sequence[DrawnState]) -> SortedStates:
    rows = Review.objects.filter(phase=draw.phase, state_under_review__in=[drawn.state.pk for drawn in states])
    rows = rows.select_related("mechanism", "phase", "step", "state_under_review", "officer", "review_group")
    teams = ("instruments", "reviewing_states__state_party", "reviewing_states__instruments")
    reviews = {review.state_under_review_id: review for review in rows.prefetch_related(*teams)}
    codes, sorts = drawn_once_more(draw), SortedStates([], [], [], [], reviews)
    for drawn in states:
        if drawn.state.iso3 in codes:
            sorts.again.append(drawn)
        elif drawn.state.pk not in reviews:
            sorts.opened.append(drawn)
        else:
            (sorts.there if sorts.runs(drawn) else sorts.closed).append(drawn)
    return sorts


def officers_before(phase: Phase, states: Sequence[DrawnState]) -> dict[Any, User]:
    """Who was in charge of the last review of each State, by its key, and is an officer still: it goes on so."""
    earlier = Review.objects.filter(mechanism=phase.mechanism_id, phase__number__lt=phase.number)
    rows = earlier.filter(state_under_review__in=[drawn.state.pk for drawn in states], officer__in=officers())
    rows = rows.select_related("officer").order_by("phase__number")
    return {review.state_under_review_id: review.officer for review in rows if review.officer}


@dataclass(frozen=True)
class _Situation:
    """``states`` get a review."""

    draw: Draw
    sorts: SortedStates

    @property
    def states(self) -> list[DrawnState]:
        return self.sorts.opened

    @cached_property
    def starts(self) -> ReviewStarts:
        return ReviewStarts(self.draw, self.states)

    @cached_property
    def running(self) -> dict[Any, Review]:
        """By the key of a State the review of its last phase that still runs."""
        dated = [drawn for drawn in self.states if drawn.group_number in self.starts.first_days]
        return still_running(self.draw.phase, {drawn.state.pk: self.starts.of(drawn) for drawn in dated})

    @property
    def groups(self) -> list[int]:
        return sorted({drawn.group_number for drawn in self.states})

    def link_to_dates(self) -> tuple[str, str]:
        return reverse(DATES_OF_PHASE, args=[self.draw.mechanism.slug]), _("The dates of the phase")


def _past_groups(situation: _Situation) -> Iterator[OpeningFinding]:
    """All in one: one shift mends them all."""
    today, days = timezone.localdate(), situation.starts.first_days
    past = {number: day for number, day in days.items() if number in situation.groups and day < today}
    if not past:
        return
    words = ngettext(
        "The period of a group has begun, so that all of its reviews would begin late: %(groups)s.",
        "The periods of some groups have begun, so that all of their reviews would begin late: %(groups)s.",
        len(past),
    )
    each = _("group %(number)s on %(day)s, %(time)s ago")
    groups = [
        each % {"number": number, "day": date_words(day), "time": time_between(day, today)}
        for number, day in past.items()
    ]
    mending = _("Shift the dates of the phase first, unless these reviews really began then.")
    rests_on = tuple(f"{number} {day.isoformat()}" for number, day in past.items())
    if situation.draw.kind == DrawKind.SUPPLEMENTARY:
        mending = _(
            "The other reviews of the phase have these dates: leave them, and more time is agreed in the review."
        )
        yield OpeningFinding("past", words % {"groups": list_of(groups)}, mending, rests_on=rests_on)
        return
    offer = shift_offer(situation.draw.phase, situation.running.values())
    yield OpeningFinding("past", words % {"groups": list_of(groups)}, mending, *offer, rests_on)


def _groups_without_dates(situation: _Situation) -> Iterator[OpeningFinding]:
    for number in situation.groups:
        if number not in situation.starts.first_days:
            words = _("Group %(number)s has no period in this phase: the publication would be refused.")
            mending = _("Give the group a period among the dates of the phase.")
            link = situation.link_to_dates()
            words %= {"number": number}
            yield OpeningFinding("undated", words, mending, *link, rests_on=(str(number),), stops=True)


def _last_phase_runs(situation: _Situation) -> Iterator[OpeningFinding]:
    """A phase of a State does not begin while its last one runs (``reviews.opening``), unless there is a reason."""
    if not (found := [drawn for drawn in situation.states if drawn.state.pk in situation.running]):
        return
    words = ngettext(
        "For %(number)d State the last phase still runs when this one would begin: %(states)s.",
        "For %(number)d States the last phase still runs when this one would begin: %(states)s.",
        len(found),
    )
    mending = _("Change the dates of the phase first, or say below why it is to begin all the same.")
    link = shift_offer(situation.draw.phase, situation.running.values())
    yield OpeningFinding("running", words % _named(found), mending, *link, _codes(found), needs_reason=True)


def _later_phase_runs(situation: _Situation) -> Iterator[OpeningFinding]:
    """Of States that are added to a phase after a later one was drawn for them."""
    if situation.draw.kind != DrawKind.SUPPLEMENTARY:
        return
    rows = Review.objects.filter(mechanism=situation.draw.mechanism_id, phase__number__gt=situation.draw.phase.number)
    rows = rows.filter(state_under_review__in=[drawn.state.pk for drawn in situation.states])
    running = {*rows.exclude(step__kind=StepKind.CLOSING).values_list("state_under_review_id", flat=True)}
    if found := [drawn for drawn in situation.states if drawn.state.pk in running]:
        words = ngettext(
            "%(number)d State has a review of a later phase that runs already: %(states)s.",
            "%(number)d States have a review of a later phase that runs already: %(states)s.",
            len(found),
        )
        mending = _("Both run side by side, each with its own reviewing States and dates.")
        yield OpeningFinding("beside", words % _named(found), mending, *_link_to(found), _codes(found))


def _not_in_force(situation: _Situation) -> Iterator[OpeningFinding]:
    """Later than the group, which is shown on; or not at all, which the opening of the review refuses."""
    from_when = [(drawn, situation.starts.binds_from(drawn)) for drawn in situation.states]
    first_days = situation.starts.first_days
    never = [drawn for drawn, day in from_when if day is None]
    later = [drawn for drawn, day in from_when if day is not None and day > first_days.get(drawn.group_number, day)]
    if never:
        words = ngettext(
            "No instrument of the draw is in force for %(number)d State: %(states)s. The publication would be refused.",
            "No instrument of the draw is in force for %(number)d States: %(states)s. The publication would be "
            "refused.",
            len(never),
        )
        mending = _("An administrator corrects on its page what a State has joined, or a new draw leaves it out.")
        yield OpeningFinding("never", words % _named(never), mending, *_link_to(never), _codes(never), stops=True)
    if later:
        words = ngettext(
            "For %(number)d State no instrument of the draw is in force on the first day of its group: %(states)s. Its "
            "review would begin when the first one is.",
            "For %(number)d States no instrument of the draw is in force on the first day of their group: %(states)s. "
            "Their reviews would begin when the first one is.",
            len(later),
        )
        mending = _("If the date of a deposit is wrong, an administrator corrects it on the page of the State.")
        yield OpeningFinding("later", words % _named(later), mending, *_link_to(later), _codes(later))


def _named(states: Sequence[DrawnState]) -> dict[str, object]:
    return {"number": len(states), "states": first_of([isolated(drawn.state.name) for drawn in states])}


def _link_to(states: Sequence[DrawnState]) -> tuple[str, str]:
    """The page of the State, or the list where they are several."""
    if len(states) > 1:
        return reverse("reviews:state-list"), _("States")
    state = states[0].state
    return reverse("reviews:state-detail", args=[state.iso3]), state.name


def _codes(states: Sequence[DrawnState]) -> tuple[str, ...]:
    return tuple(sorted(drawn.state.iso3 for drawn in states))


def _few_officers(situation: _Situation) -> Iterator[OpeningFinding]:
    number = officers().exclude(activated_at=None).count()
    if number >= ENOUGH_OFFICERS:
        return
    words = ngettext(
        "Only %(number)d officer has accepted the invitation: nobody could let people of a State in.",
        "Only %(number)d officers have accepted their invitation: nobody could let people of a State in.",
        number,
    )
    yield OpeningFinding(
        "officers",
        words % {"number": number},
        _("Two are needed: have another officer invited, or an invitation renewed."),
        reverse("accounts:account-list"),
        _("People"),
        (str(number),),
    )


def _without_people(situation: _Situation) -> Iterator[OpeningFinding]:
    states = {drawn.state.pk for drawn in situation.states}
    states |= {each.state.pk for drawn in situation.sorts.changed for each in drawn.reviewers}
    people = Affiliation.objects.filter(open_affiliation(), state_party__in=states, user__is_active=True)
    number = len(states - set(people.values_list("state_party_id", flat=True)))
    if not number:
        return
    words = ngettext(
        "Nobody represents %(number)d of the States yet.", "Nobody represents %(number)d of the States yet.", number
    )
    yield OpeningFinding(
        "people",
        words % {"number": number},
        _("Their reviews open all the same, and wait until notes verbales name their people."),
        reverse("reviews:note-list", args=[situation.draw.mechanism.slug]),
        _("Notes verbales"),
    )


def _changed_teams(situation: _Situation) -> Iterator[OpeningFinding]:
    """Reviews that are open and in which other States review from then on, each by itself."""
    for drawn in situation.sorts.again:
        if not situation.sorts.runs(drawn):
            words = _("The review of %(state)s does not run: the publication would be refused.")
            words %= {"state": isolated(drawn.state.name)}
            yield OpeningFinding("ended", words, _("Void this draw."), rests_on=(drawn.state.iso3,), stops=True)
            continue
        mending = _(
            "Who leaves loses access at once, and what that State has sent stays; who comes begins at this step, "
            "and its mission is asked for its people."
        )
        yield _of_team("teams", drawn, situation.sorts.reviews[drawn.state.pk], mending)


def _there_already(situation: _Situation) -> Iterator[OpeningFinding]:
    """Reviews that were opened before the draw: it decides who reviews, and what is closed stays."""
    for drawn in situation.sorts.there:
        review = situation.sorts.reviews[drawn.state.pk]
        mending = _(
            "This review was opened by hand. With the publication it goes on with the States and in the group that "
            "were drawn; it stays at its step and keeps its dates. Who leaves loses access, and who comes is asked for "
            "its people."
        )
        yield _of_team("there", drawn, review, mending, group=drawn.group_number)
    for drawn in situation.sorts.closed:
        review = situation.sorts.reviews[drawn.state.pk]
        words = _("The review %(code)s is closed: it stays as it is, whatever was drawn for %(state)s.")
        words %= {"code": isolated(review.code), "state": isolated(drawn.state.name)}
        mending = _("What was drawn for the State is public all the same.")
        yield OpeningFinding("closed", words, mending, *_link_to_review(review), rests_on=(review.code,))


def _of_team(key: str, drawn: DrawnState, review: Review, mending: str, group: int | None = None) -> OpeningFinding:
    change = team_change(review, {each.state: each.instruments for each in drawn.reviewers})
    words = _("%(code)s (%(step)s): no longer reviewing: %(left)s. New: %(came)s. With other instruments: %(others)s.")
    words %= {
        "code": isolated(review.code),
        "step": review.step.name,
        "left": _names_of(change.left),
        "came": _names_of(change.came),
        "others": _others_of(change),
    }
    facts = (review.code, review.step.slug, *_facts_of(change), *([str(group)] if group else []))
    return OpeningFinding(key, words, mending, *_link_to_review(review), rests_on=facts)


def _link_to_review(review: Review) -> tuple[str, str]:
    return reverse("portal:review-detail", args=[review.mechanism.slug, review.code]), review.code


def _facts_of(change: TeamChange) -> list[str]:
    others = (f"{state.iso3}: {' '.join(each.slug for each in covered)}" for state, covered in change.otherwise.items())
    return [*sorted(state.iso3 for state in (*change.left, *change.came)), *others]


def _names_of(states: Sequence[StateParty]) -> str:
    names = [isolated(state.name) for state in sorted(states, key=name_order)]
    return first_of(names) if names else pgettext("no State", "none")


def _others_of(change: TeamChange) -> str:
    """Who stays and reviews something else from then on, with what that is."""
    names = [
        f"{isolated(state.name)} ({list_of([isolated(each.short_name) for each in covered])})"
        for state, covered in sorted(change.otherwise.items(), key=lambda pair: name_order(pair[0]))
    ]
    return first_of(names) if names else pgettext("no State", "none")


def _nobody_in_charge(situation: _Situation) -> Iterator[OpeningFinding]:
    """Where the officer of the State's last review is one still, she or he goes on."""
    number = len(situation.states) - len(officers_before(situation.draw.phase, situation.states))
    if not number:
        return
    words = ngettext(
        "Nobody would be in charge of %(number)d review that is opened: its officer would be reminded of nothing.",
        "Nobody would be in charge of %(number)d reviews that are opened: no officer would be reminded of anything.",
        number,
    )
    mending = _("Choose an officer below, or put officers in charge in the cockpit afterwards.")
    link = reverse("portal:cockpit", args=[situation.draw.mechanism.slug]), _("Cockpit")
    yield OpeningFinding(IN_CHARGE, words % {"number": number}, mending, *link)


def _no_mail_server(situation: _Situation) -> Iterator[OpeningFinding]:
    if settings.EMAIL_BACKEND != "core.mail.files.EmailBackend":
        return
    yield OpeningFinding(
        "mails",
        _("No mail server is set: mails are written to a folder, and nobody gets them."),
        _("Whoever runs the portal sets one (EMAIL_BACKEND and EMAIL_HOST)."),
        rests_on=("folder",),
    )


_LOOKS: tuple[Callable[[_Situation], Iterator[OpeningFinding]], ...] = (
    _changed_teams,
    _there_already,
    _past_groups,
    _groups_without_dates,
    _last_phase_runs,
    _later_phase_runs,
    _not_in_force,
    _few_officers,
    _without_people,
    _nobody_in_charge,
    _no_mail_server,
)
