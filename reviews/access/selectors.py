"""Requests for access: who is told of them, which ones wait, and what they ask for in words."""

import datetime as dt
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.affiliations import open_affiliation
from accounts.people import SECRETARIAT
from accounts.people.enums import LEAST, AccountRuleKey, AccountStatus, SecretariatRole
from accounts.people.models import Affiliation, User
from accounts.states.models import StateParty
from core.database.identity import found_for_policy
from core.hashes import document_hash
from core.models import AuditEntry
from core.models.names import audit_name_of
from core.policy import can
from reviews.access.enums import AccessAction, AccessKind, AccessStatus
from reviews.access.models import AccessRequest
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from reviews.nominations import nominations_of
from reviews.nominations.models import Nomination

# What takes effect at ``effective_at``.
IN_EFFECT_AT = (AccessStatus.TOLD, AccessStatus.DUE)
_WITH = (
    "state_party",
    "mechanism",
    "person",
    "participation__review__mechanism",
    "participation__review__state_under_review",
    "participation__user",
    "note__mechanism",
    "note__state_party",
    "prepared_by",
    "approved_by",
    "answered_by",
)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request with what its page shows of it."""

    request: AccessRequest
    nominations: Sequence[Nomination] = ()


def requests_for_access() -> QuerySet[AccessRequest]:
    """All of them, those first that wait for a second officer; the caller asks the policy."""
    return AccessRequest.objects.select_related(*_WITH).order_by("-created_at")


def get_request(pk: UUID) -> AccessRequest:
    """One by its key. Raises Http404 when there is none; the page asks the policy at once."""
    found = found_for_policy(AccessRequest.objects.select_related(*_WITH).filter(pk=pk).first)
    if found is None:
        raise Http404
    return found


def requests_to_approve(user: User) -> list[AccessRequest]:
    """Those that wait for this officer, who approves nothing of his or her own making or about the own account."""
    if not can(user, AccessAction.LIST):
        return []
    waiting = AccessRequest.objects.filter(status=AccessStatus.PREPARED).exclude(prepared_by=user)
    return list(waiting.exclude(person=user).order_by("created_at"))


def requests_to_answer(user: User) -> list[AccessRequest]:
    """Those that lie with a State of this person and that he or she may confirm or refuse."""
    told = AccessRequest.objects.filter(status=AccessStatus.TOLD, state_party__in=_states_of(user))
    return [
        each
        for each in told.select_related("state_party", "note").order_by("effective_at")
        if can(user, AccessAction.CONFIRM, each) or can(user, AccessAction.REFUSE, each)
    ]


def _states_of(user: User) -> QuerySet[StateParty]:
    takes_part = Participation.objects.filter(user=user, ended_at=None, state_party=OuterRef("pk"))
    mission = Affiliation.objects.filter(
        open_affiliation(), user=user, state_party=OuterRef("pk"), is_permanent_mission=True
    )
    return StateParty.objects.filter(Exists(takes_part) | Exists(mission))


def people_of_state(state: StateParty) -> QuerySet[User]:
    """Everybody who takes part in a review for a State, on either side, and its permanent mission."""
    takes_part = Participation.objects.filter(user=OuterRef("pk"), state_party=state, ended_at=None)
    mission = Affiliation.objects.filter(
        open_affiliation(), user=OuterRef("pk"), state_party=state, is_permanent_mission=True
    )
    return User.objects.filter(Exists(takes_part) | Exists(mission), is_active=True)


def people_told(request: AccessRequest) -> list[User]:
    """All of the State's people and its mission; the person whose account it is too, whatever he or she is."""
    told = list(people_of_state(request.state_party)) if request.state_party else []
    person = request.person
    if person is not None and person.is_active and person not in told:
        told.append(person)
    return told


def needs_the_state(request: AccessRequest) -> bool:
    """Whether somebody represents the State who can answer; an account that is in use is moved by nobody unheard."""
    if request.kind == AccessKind.ADDRESS and request.person and request.person.status == AccountStatus.ACTIVE:
        return True
    state = request.state_party
    return state is not None and people_of_state(state).filter(status=AccountStatus.ACTIVE).exists()


def states_of_account(person: User) -> list[StateParty]:
    """For which States a person takes part or works now; where there is none, those to which he or she belongs."""
    takes_part = Q(pk__in=Participation.objects.filter(user=person, ended_at=None).values("state_party"))
    affiliations = Affiliation.objects.filter(open_affiliation(), user=person)
    mission = Q(pk__in=affiliations.filter(is_permanent_mission=True).values("state_party"))
    active = list(StateParty.objects.filter(takes_part | mission))
    return active or list(StateParty.objects.filter(pk__in=affiliations.values("state_party")))


def focal_points_everywhere() -> QuerySet[User]:
    """Every State's focal points: whom an officer who acts alone tells."""
    focal = Participation.objects.filter(user=OuterRef("pk"), role=ParticipationRole.FOCAL_POINT, ended_at=None)
    return User.objects.filter(Exists(focal), is_active=True)


def watchers() -> QuerySet[User]:
    """The administrators and auditors of the portal."""
    roles = [SecretariatRole.ADMINISTRATOR, SecretariatRole.AUDITOR]
    return User.objects.filter(secretariat_role__in=roles, is_active=True)


def requests_due(now: dt.datetime) -> list[UUID]:
    """Those that were confirmed, and those whose waiting time has passed without a refusal."""
    due = AccessRequest.objects.filter(status__in=IN_EFFECT_AT, effective_at__lte=now)
    return list(due.order_by("effective_at").values_list("pk", flat=True))


def row_of(request: AccessRequest) -> RequestRow:
    return RequestRow(request, list(nominations_of(request.note)) if request.note else ())


def fingerprint_of_request(request: AccessRequest) -> str:
    """SHA-256 of all that is approved, so that nobody approves what he or she has not seen."""
    facts: list[Any] = [request.kind, request.about, request.wanted, request.number, request.sha256, request.reason]
    return document_hash({"request": [str(request.pk), *facts]})


def is_vouched_for(request: AccessRequest, now: dt.datetime) -> bool:
    """Whether the record of acts, whose persons the database has proven, shows those who stand behind it.

    And that one of the State has confirmed it or, where the State has anybody, that it had the time that nobody makes
    shorter (``LEAST``) since it was told, or delayed it. A worker does not take the word of the row alone, which a
    statement that was slipped into somebody's page may write.
    """
    acts = AuditEntry.objects.filter(target_type=audit_name_of(request), target_id=str(request.pk))
    found = acts.order_by("-at").values_list("verb", "actor_id", "at")
    since: dict[tuple[str, UUID | None], dt.datetime] = {(verb, person): at for verb, person, at in found}
    if request.is_alone:
        by_officers = acts.filter(verb="reviews.access.taken_on_alone", actor__secretariat_role__in=SECRETARIAT)
        return by_officers.filter(at__lte=now - LEAST[AccountRuleKey.ACCESS_WAIT_ALONE]).exists()
    approved = since.get(("reviews.access.approved", request.approved_by_id))
    if approved is None or not _was_prepared(request, since):
        return False
    told = max([approved, *(at for (verb, _person), at in since.items() if verb == "reviews.access.delayed")])
    if told <= now - LEAST[AccountRuleKey.ACCESS_WAIT] or not needs_the_state(request):
        return True
    officers = {request.prepared_by_id, request.approved_by_id}
    confirmed = {person for verb, person in since if person and verb == "reviews.access.confirmed"} - officers
    return request.state_party is not None and people_of_state(request.state_party).filter(pk__in=confirmed).exists()


def _was_prepared(request: AccessRequest, acts: Container[tuple[str, UUID | None]]) -> bool:
    if request.kind == AccessKind.NOMINATIONS:  # by whoever recorded the note, or speaks for its State
        submitted = AuditEntry.objects.filter(verb="reviews.note.submitted", target_id=str(request.note_id))
        return submitted.exclude(actor=None).exclude(actor=request.approved_by_id).exists()
    return ("reviews.access.prepared", request.prepared_by_id) in acts
