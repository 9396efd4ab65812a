"""One's own profile, and which tours of pages one has left."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.enums import AccountAction
from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES
from core.policy import require
from core.time.time_zones import is_zone


@transaction.atomic
def update_profile(
    *,
    actor: User,
    full_name: str,
    job_title: str,
    organization: str,
    phone: str,
    language: str,
    working_languages: list[str],
    office_hours: str,
    office_place: str,
    time_zone: str,
) -> User:
    """Change one's own profile. ``language`` is that of the pages and of the mails; ``time_zone`` that of the pages.

    An empty time zone is that of the secretariat. Raises ServiceError for a time zone or a language that is none.
    """
    require(actor, AccountAction.VIEW_OWN_PROFILE)
    if time_zone and not is_zone(time_zone):
        raise ServiceError(_("Choose a time zone from the list."), field="time_zone")
    if set(working_languages) - dict(UN_LANGUAGES).keys():
        raise ServiceError(_("Choose from the six languages of the United Nations."), field="working_languages")
    before = {"language": actor.language}
    values = {
        "full_name": full_name,
        "job_title": job_title,
        "organization": organization,
        "phone": phone,
        "language": language,
        "working_languages": working_languages,
        "office_hours": office_hours,
        "office_place": office_place,
        "time_zone": time_zone,
    }
    for name, value in values.items():
        setattr(actor, name, value)
    actor.save(update_fields=[*values, "updated_at"])
    audit.record(actor, "accounts.user.profile_changed", actor, before=before, after={"language": language})
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
