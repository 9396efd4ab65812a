"""Registering people."""

from django.db import transaction

from accounts.enums import AccountAction
from accounts.models import User
from core import audit
from core.policy import Actor, require


@transaction.atomic
def register_user(
    *, actor: Actor, email: str, full_name: str, language: str, password: str | None = None, **profile: str
) -> tuple[User, bool]:
    """Give the person with this address, registering him or her where the address is new.

    What an existing person's profile says is left as it is. The second value tells whether the person is new.
    ``profile`` takes ``job_title``, ``organization``, ``phone`` and ``secretariat_role``.
    """
    require(actor, AccountAction.REGISTER_USER)
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        return user, False
    user = User.objects.create_user(email, password, full_name=full_name, language=language, **profile)
    audit.record(actor, "accounts.user.registered", user, after={"language": language})
    return user, True


@transaction.atomic
def update_profile(
    *, actor: User, full_name: str, job_title: str, organization: str, phone: str, language: str
) -> User:
    """Change one's own profile. Language is that of the pages and of the mails."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    before = {"language": actor.language}
    actor.full_name, actor.job_title, actor.organization = full_name, job_title, organization
    actor.phone, actor.language = phone, language
    actor.save(update_fields=["full_name", "job_title", "organization", "phone", "language", "updated_at"])
    audit.record(actor, "accounts.user.profile_changed", actor, before=before, after={"language": language})
    return actor
