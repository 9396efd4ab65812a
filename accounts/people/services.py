"""Registering people."""

from django.db import transaction

from accounts.people.enums import AccountAction
from accounts.people.models import User
from accounts.people.policy import Actor
from core import audit
from core.database.identity import giving_keys
from core.policy import SystemActor, require


@transaction.atomic
@giving_keys()
def register_user(
    *, actor: Actor, email: str, full_name: str, language: str, password: str | None = None, **profile: str
) -> tuple[User, bool]:
    """Give the person with this address, registering him or her where the address is new.

    What an existing person's profile says is left as it is. The second value tells whether the person is new.
    ``profile`` takes ``job_title``, ``organization``, ``phone`` and ``secretariat_role``, which a command gives and the
    door by which two of the secretariat add a member (``accounts.lifecycle.services.members``).
    """
    require(actor, AccountAction.REGISTER_USER)
    if profile.get("secretariat_role") and not isinstance(actor, SystemActor):
        raise ValueError("A role in the secretariat is given by change_role.")
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        return user, False
    user = User.objects.create_user(email, password, full_name=full_name, language=language, **profile)
    audit.record(actor, "accounts.user.registered", user, after={"language": language})
    return user, True
