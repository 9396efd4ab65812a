"""Accounts as lists show them, the members of the secretariat, and who was invited in the first hour."""

from django.db.models import Case, Max, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, When

from accounts.invitations import INVITATION
from accounts.people.enums import SecretariatRole
from accounts.people.models import Affiliation, User
from core.models import AuditEntry, Notification

MEMBER_ADDED = "accounts.user.member_added"
ADDED_ALONE = "accounts.user.added_alone"


def second_of_first_hour() -> User | None:
    """Whom the first administrator has invited alone, and who has not begun."""
    keys = AuditEntry.objects.filter(verb=ADDED_ALONE).values_list("target_id", flat=True)
    return User.objects.filter(pk__in=list(keys), is_active=True, activated_at=None).first()


def addition_alone(user: User) -> AuditEntry | None:
    """The act by which the first administrator has added this person alone."""
    return AuditEntry.objects.filter(verb=ADDED_ALONE, target_id=str(user.pk)).order_by("at").last()


def member_of_request(request: str) -> User | None:
    """Who was added by the request for access with this key, once it is in effect."""
    entry = AuditEntry.objects.filter(verb=MEMBER_ADDED, after__request=request).first()
    return User.objects.filter(pk=entry.target_id).first() if entry else None


_ROLES = (SecretariatRole.ADMINISTRATOR, SecretariatRole.OFFICER, SecretariatRole.AUDITOR)


def accounts_for_list() -> QuerySet[User]:
    """People, those who wait longest first; with States and mails of invitation.

    Adds ``invited_at`` and ``reminded_at`` (the first and the last link sent) and ``open_affiliations``.
    """
    invitations = Notification.objects.filter(recipient=OuterRef("pk"), template=INVITATION).order_by()
    of_one = invitations.values("recipient")
    affiliations = Affiliation.objects.filter(ends_on=None).select_related("state_party")
    people = User.objects.annotate(
        invited_at=Subquery(of_one.annotate(at=Min("created_at")).values("at")),
        reminded_at=Subquery(of_one.annotate(at=Max("created_at")).values("at")),
    ).prefetch_related(Prefetch("affiliations", affiliations, to_attr="open_affiliations"))
    return people.order_by("invited_at", "full_name", "pk")


def people_named(people: QuerySet[User], text: str) -> QuerySet[User]:
    """Those whose name or address contains the text."""
    return people.filter(Q(full_name__icontains=text) | Q(email__icontains=text))


def secretariat_members() -> QuerySet[User]:
    """Everybody who has a role in the secretariat: administrators first, who has been ended last."""
    is_over = Case(When(is_active=False, then=1), default=0)
    place = Case(*(When(secretariat_role=role, then=number) for number, role in enumerate(_ROLES)))
    return User.objects.exclude(secretariat_role="").order_by(is_over, place, "full_name", "pk")
