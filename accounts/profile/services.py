"""One's own profile, and which tours of pages one has left."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.enums import AccountAction
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES
from core.policy import require
from core.time.time_zones import is_zone


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileInput:
    """What people give of themselves. ``language`` is that of the pages and of the mails; ``time_zone`` that of the
    pages, and where it is empty that of the secretariat.
    """

    full_name: str
    job_title: str
    organization: str
    phone: str
    language: str
    working_languages: list[str]
    office_hours: str
    office_place: str
    time_zone: str


@transaction.atomic
def update_profile(*, actor: User, given: ProfileInput) -> User:
    """Change one's own profile. Raises ServiceError for a time zone or a language that is none."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    if given.time_zone and not is_zone(given.time_zone):
        raise ServiceError(_("Choose a time zone from the list."), field="time_zone")
    if set(given.working_languages) - dict(UN_LANGUAGES).keys():
        raise ServiceError(_("Choose from the six languages of the United Nations."), field="working_languages")
    before, values = {"language": actor.language}, asdict(given)
    for name, value in values.items():
        setattr(actor, name, value)
    actor.save(update_fields=[*values, "updated_at"])
    audit.record(actor, "accounts.user.profile_changed", actor, before=before, after={"language": given.language})
    return actor


@transaction.atomic
def leave_tour(*, actor: User, tour: str) -> None:
    """Show this tour to the actor no more. Whoever has left it before, in another tab too, has left it."""
    _keep_tours(actor, lambda left: left | {tour})


@transaction.atomic
def begin_tour_again(*, actor: User, tour: str) -> None:
    """Show this tour to the actor once more, on the next visit to its page."""
    _keep_tours(actor, lambda left: left - {tour})


def _keep_tours(actor: User, change: Callable[[set[str]], set[str]]) -> None:
    """Under a lock, since two pages may be left at once. It is no act of the record: it concerns nobody else."""
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    stored = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    stored.tours_left = actor.tours_left = sorted(change(set(stored.tours_left)))
    stored.save(update_fields=["tours_left", "updated_at"])
