"""Notes verbales and the people whom they name; who is missing in the reviews of a State."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, F, Prefetch, Q, QuerySet, When
from django.http import Http404

from accounts.people import SECRETARIAT, Actor, officers, secretariat_role
from accounts.people.models import User
from accounts.states import get_state
from accounts.states.models import StateParty
from core.database.identity import found_for_policy
from core.hashes import document_hash
from core.policy import can
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Participation, Review, ReviewMilestone
from reviews.nominations.enums import NominationAction, NoteStatus
from reviews.nominations.models import Nomination, NoteVerbale
from reviews.nominations.naming import Circumstances, KnownAccount, Naming, NamingPlace, Seat, place_problems
from reviews.participation import EXPECTED_MILESTONES
from reviews.programme import get_mechanism
from reviews.programme.enums import StepKind
from reviews.programme.models import Mechanism
from reviews.speakers import NominatingState

# What an officer compares with the scanned note.
_CHECKED = ("role", "email", "full_name", "job_title", "organization", "phone", "language")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a State owes in one review for one role: who is there, whom a note that waits names, and by which date."""

    role: ParticipationRole
    present: list[User]
    named: list[Nomination]
    due_on: dt.date | None

    @property
    def is_missing(self) -> bool:
        return not self.present


@dataclass(frozen=True, slots=True)
class Delegation:
    """One State in one of its current reviews."""

    review: Review
    side: Side
    expected: list[Expected]

    @property
    def is_complete(self) -> bool:
        return not any(each.is_missing for each in self.expected)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person of a note as its page shows him or her.

    ``problem``: why this cannot be approved as things stand. ``former``: the role in the same review that ends.
    ``account``: the name under which the portal knows the address, where it is another one (for officers).
    """

    nomination: Nomination
    problem: str = ""
    former: str = ""
    account: str = ""


def get_nominating_state(mechanism: str, iso3: str) -> NominatingState:
    """Raises Http404 where there is no such mechanism or State. The policy says who may see its nominations."""
    return NominatingState(get_mechanism(mechanism), get_state(iso3))


def get_note(mechanism: str, iso3: str, pk: UUID) -> NoteVerbale:
    """One note by its address. Raises Http404 when there is none; the page asks the policy at once."""
    notes = NoteVerbale.objects.select_related("mechanism", "state_party", "recorded_by", "checked_by")
    note = found_for_policy(notes.filter(mechanism__slug=mechanism, state_party__iso3=iso3, pk=pk).first)
    if note is None:
        raise Http404
    return note


def notes_of_state(place: NominatingState) -> QuerySet[NoteVerbale]:
    """The State's notes, the latest first, each with ``people``: how many nominations it holds."""
    notes = NoteVerbale.objects.filter(mechanism=place.mechanism, state_party=place.state_party)
    return _for_list(notes).order_by("-dated_on", "-created_at")


def notes_of_mechanism(mechanism: Mechanism) -> QuerySet[NoteVerbale]:
    """Those of all States, what waits to be checked first; the caller has asked for LIST."""
    waits = Case(When(status=NoteStatus.SUBMITTED, then=F("submitted_at")))
    notes = _for_list(NoteVerbale.objects.filter(mechanism=mechanism)).annotate(waits_since=waits)
    return notes.order_by(F("waits_since").asc(nulls_last=True), "-dated_on", "-created_at")


def _for_list(notes: QuerySet[NoteVerbale]) -> QuerySet[NoteVerbale]:
    return notes.select_related("mechanism", "state_party", "recorded_by", "checked_by").annotate(
        people=Count("nominations")
    )


def notes_to_check(user: User) -> dict[UUID, int]:
    """By mechanism: how many notes wait to be checked by this officer, who does not check what he or she recorded."""
    if secretariat_role(user) not in SECRETARIAT:
        return {}
    waiting = NoteVerbale.objects.filter(status=NoteStatus.SUBMITTED).exclude(recorded_by=user)
    counts = waiting.order_by().values_list("mechanism").annotate(number=Count("pk"))
    return dict(counts.values_list("mechanism", "number"))


def officers_to_check(note: NoteVerbale) -> list[User]:
    """Who is told that a note waits: the officers in charge of its reviews, or all where none of these may check it."""
    reviews = Review.objects.filter(nominations__note=note, officer__isnull=False)
    everybody = [officer for officer in officers() if can(officer, NominationAction.APPROVE, note)]
    in_charge = set(reviews.values_list("officer", flat=True))
    return [officer for officer in everybody if officer.pk in in_charge] or everybody


def states_with_notes(mechanism: Mechanism) -> QuerySet[StateParty]:
    return StateParty.objects.filter(notes_verbales__mechanism=mechanism).distinct()


def nominations_of(note: NoteVerbale) -> QuerySet[Nomination]:
    return note.nominations.select_related(
        "review__mechanism", "review__state_under_review", "review__step", "replaces__user", "participation__user"
    ).order_by("review__code", "role", "full_name", "pk")


def get_nomination(note: NoteVerbale, pk: UUID) -> Nomination | None:
    return note.nominations.select_related("note").filter(pk=pk).first()


def people_of(user: User, note: NoteVerbale) -> list[PersonRow]:
    """The people of a note with what the reader may know of them, in a constant number of queries."""
    nominations = list(nominations_of(note))
    if note.status == NoteStatus.APPROVED:
        return [PersonRow(each) for each in nominations]
    place = NominatingState(note.mechanism, note.state_party)
    circumstances = circumstances_for(user, place, {each.email for each in nominations})
    problems = problems_of(nominations, circumstances)
    rows = []
    for each in nominations:
        seat, account = circumstances.seat_of(naming_of(each)), circumstances.accounts.get(each.email)
        is_other_role = seat is not None and seat.state_party_id == note.state_party_id and seat.role != each.role
        former = str(ParticipationRole(seat.role).label) if seat is not None and is_other_role else ""
        other_name = account.full_name if account is not None and account.full_name != each.full_name else ""
        rows.append(PersonRow(each, problems.get(each.pk, ""), former, other_name))
    return rows


def problems_of(nominations: Sequence[Nomination], circumstances: Circumstances) -> dict[UUID, str]:
    """By nomination: why it cannot be approved as things stand."""
    problems: dict[UUID, str] = {}
    namings = [naming_of(each) for each in nominations]
    for number, (nomination, naming) in enumerate(zip(nominations, namings, strict=True)):
        if found := place_problems(naming, circumstances, namings[:number]):
            problems[nomination.pk] = " ".join(found.values())
    return problems


def current_reviews(place: NominatingState) -> QuerySet[Review]:
    """The reviews that are not closed in which the State takes part, on either side."""
    takes_part = Q(state_under_review=place.state_party) | Q(reviewing_states__state_party=place.state_party)
    return (
        Review.objects.filter(takes_part, mechanism=place.mechanism)
        .exclude(step__kind=StepKind.CLOSING)
        .select_related("mechanism", "state_under_review", "step", "officer")
        .distinct()
        .order_by("code")
    )


def side_in(review: Review, state_party: StateParty) -> Side:
    return Side.UNDER_REVIEW if review.state_under_review_id == state_party.pk else Side.REVIEWING


def delegations_of(place: NominatingState) -> list[Delegation]:
    """Who is there and who is missing in every current review of a State, in a constant number of queries."""
    milestones = ReviewMilestone.objects.filter(plan__kind__in=EXPECTED_MILESTONES.values()).select_related("plan")
    reviews = list(current_reviews(place).prefetch_related(Prefetch("milestones", milestones, to_attr="appointing")))
    present = Participation.objects.filter(
        review__in=reviews, state_party=place.state_party, ended_at=None, role__in=EXPECTED_MILESTONES
    ).select_related("user")
    waiting = Nomination.objects.filter(
        note__status=NoteStatus.SUBMITTED, note__state_party=place.state_party, review__in=reviews
    ).select_related("note")
    rows, named = list(present.order_by("user__full_name")), list(waiting.order_by("full_name"))
    return [
        Delegation(
            review,
            side_in(review, place.state_party),
            [
                Expected(
                    role,
                    [row.user for row in rows if (row.review_id, row.role) == (review.pk, role)],
                    [each for each in named if (each.review_id, each.role) == (review.pk, role)],
                    next((each.due_on for each in review.appointing if each.plan.kind == kind), None),
                )
                for role, kind in EXPECTED_MILESTONES.items()
            ],
        )
        for review in reviews
    ]


def circumstances_for(actor: Actor, place: NominatingState, emails: Iterable[str]) -> Circumstances:
    """What the checks of ``reviews.nominations.naming`` need, in a constant number of queries.

    Only officers are told of people of other States and of accounts.
    """
    is_officer = secretariat_role(actor) in SECRETARIAT
    addresses = set(emails)
    reviews = {review.pk: review for review in current_reviews(place)}
    whose = Q(state_party=place.state_party)
    if is_officer:
        whose |= Q(user__email__in=addresses)
    rows = Participation.objects.filter(whose, review__in=reviews, ended_at=None).select_related("user")
    seats = [(row.review_id, _seat(row)) for row in rows.order_by("role", "user__full_name")]
    places = {
        review.code: NamingPlace(
            side_in(review, place.state_party), tuple(seat for review_id, seat in seats if review_id == review.pk)
        )
        for review in reviews.values()
    }
    accounts = _accounts(addresses) if is_officer else {}
    return Circumstances(str(place.state_party), place.state_party.pk, places, accounts)


def _seat(row: Participation) -> Seat:
    return Seat(row.pk, row.state_party_id, row.role, row.user.email.lower(), row.user.full_name)


def _accounts(addresses: set[str]) -> dict[str, KnownAccount]:
    return {
        user.email.lower(): KnownAccount(user.full_name, bool(user.secretariat_role), user.is_active)
        for user in User.objects.filter(email__in=addresses)
    }


def naming_of(nomination: Nomination) -> Naming:
    return Naming(
        review=nomination.review.code,
        role=nomination.role,
        email=nomination.email,
        full_name=nomination.full_name,
        job_title=nomination.job_title,
        organization=nomination.organization,
        phone=nomination.phone,
        language=nomination.language,
        replaces=nomination.replaces_id,
    )


def fingerprint_of(note: NoteVerbale, nominations: Sequence[Nomination]) -> str:
    """SHA-256 of all that is checked, so that nobody approves what he or she has not seen."""
    people = [
        [str(each.pk), each.review.code, str(each.replaces_id or ""), *(getattr(each, name) for name in _CHECKED)]
        for each in nominations
    ]
    facts = [note.number, note.dated_on.isoformat(), note.sha256, str(note.submitted_at)]
    return document_hash({"note": facts, "people": sorted(people)})
