"""What a digest says: for each act its review, its date and the button that does it; codes and dates, no content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from accounts.states.models import StateParty
from core.language.i18n import interface_language
from core.language.terminology import named, speaking
from portal.overview import next_act_for
from questionnaires.responses.models import Response
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Review, ReviewMilestone
from reviews.due import shares_done, with_next_act
from reviews.reminders import DueReminder
from reviews.reminders.enums import ReminderAudience

# So many reviews are kept in memory while batches are planned; beyond that it begins anew.
MOST_REVIEWS = 2000
_ROLES = {
    ReminderAudience.EXPERTS: ParticipationRole.GOVERNMENTAL_EXPERT,
    ReminderAudience.FOCAL_POINTS: ParticipationRole.FOCAL_POINT,
}


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What the digests of many people need to know, fetched at once (``facts_for``)."""

    reviews: Mapping[UUID, Review]
    open_responses: frozenset[UUID]
    shares_done: frozenset[tuple[UUID, UUID]]
    people: Mapping[UUID, User]
    states: Mapping[UUID, str]
    zones: Mapping[UUID, str]
    buttons: dict[Any, dict[str, str]] = field(default_factory=dict)


def facts_for(dues: Iterable[DueReminder], *, known: DigestFacts | None = None) -> DigestFacts:
    """Everything about these acts, in a constant number of queries; ``known`` reviews are not fetched again."""
    dues = list(dues)
    wanted = {due.review for due in dues}
    if known is None or len(known.reviews.keys() | wanted) > MOST_REVIEWS:
        known = DigestFacts({}, frozenset(), frozenset(), {}, {}, {})
    missing = wanted - known.reviews.keys()
    people = _people({due.addressee for due in dues} | {due.owner for due in dues})
    return replace(_reviews(missing, known) if missing else known, people=people)


def _people(keys: set[UUID]) -> dict[UUID, User]:
    return User.objects.only("email", "full_name", "language", "time_zone").in_bulk(keys)


def _reviews(wanted: set[UUID], before: DigestFacts) -> DigestFacts:
    """What is known ``before``, and these reviews besides."""
    reviews = with_next_act(Review.objects.filter(pk__in=wanted), with_later=True).select_related(
        "mechanism", "step", "state_under_review"
    )
    states = [] if before.states else list(StateParty.objects.values_list("pk", "iso3", "time_zone"))
    opened = Response.objects.filter(review__in=wanted).values_list("review", flat=True)
    return DigestFacts(
        {**before.reviews, **{review.pk: review for review in reviews}},
        before.open_responses | frozenset(opened),
        before.shares_done | shares_done(wanted),
        {},
        before.states or {pk: iso3 for pk, iso3, _zone in states},
        before.zones or {pk: zone for pk, _iso3, zone in states},
        before.buttons,
    )


def still_owed(due: DueReminder, facts: DigestFacts) -> bool:
    """False where the State has done its share and waits for the others: whoever has acted is left in peace."""
    return due.state is None or (due.review, due.state) not in facts.shares_done


def once_each(dues: Iterable[DueReminder]) -> list[DueReminder]:
    """Of several reminders of an act to one person the one that the mail tells, in the order of the mail."""
    chosen: dict[UUID, DueReminder] = {}
    for due in sorted(dues, key=lambda due: (due.due_on, due.way != "own")):
        chosen.setdefault(due.milestone, due)
    return list(chosen.values())


def compose(dues: Iterable[DueReminder], facts: DigestFacts, person: User, *, language: str = "") -> dict[str, Any]:
    """The context of the mail, in the language of ``person``; each act once, however many rules speak of it.

    ``language`` is that of a page which shows it.
    """
    code = language or interface_language(person.language)
    with translation.override(code):
        items = [_item(due, facts, code) for due in once_each(dues)]
        path = reverse("portal:reminders")
    return {"items": items, "path": path, "count": len(items)}


def _item(due: DueReminder, facts: DigestFacts, language: str) -> dict[str, Any]:
    review = facts.reviews[due.review]
    key = (due.review, due.audience, due.state, language)
    if key not in facts.buttons:
        with speaking(named(review.mechanism.slug)):
            facts.buttons[key] = _button(due, review, facts)
    owner = facts.people.get(due.owner) if due.way != "own" else None
    return {
        **facts.buttons[key],
        "due_on": due.due_on.isoformat(),
        "owner": owner.full_name if owner else "",
        "way": due.way,
    }


def _button(due: DueReminder, review: Review, facts: DigestFacts) -> dict[str, str]:
    """The words and addresses of an act, the same for all in that place who read that language."""
    address = [review.mechanism.slug, review.code]
    milestone: ReviewMilestone = next(row for row in review.open_milestones if row.pk == due.milestone)  # type: ignore[attr-defined]
    words = {"code": review.code, "milestone": milestone.plan.name, "say_path": "", "mute_path": ""}
    if due.audience == ReminderAudience.PERMANENT_MISSIONS and due.state:
        path = reverse("reviews:state-nominations", args=[review.mechanism.slug, facts.states[due.state]])
        return {**words, "label": translation.gettext("See whom your State has named"), "path": path}
    side = None
    if due.state is not None:
        side = Side.UNDER_REVIEW if due.state == review.state_under_review_id else Side.REVIEWING
    act = next_act_for(
        review,
        role=_ROLES.get(ReminderAudience(due.audience)) if side else None,
        side=side,
        is_response_open=review.pk in facts.open_responses,
    )
    return {
        **words,
        "label": str(act.label),
        "path": act.url,
        "say_path": reverse("portal:reminder-choices", args=[*address, milestone.plan.slug]),
        "mute_path": reverse("portal:reminder-mute", args=address),
    }
