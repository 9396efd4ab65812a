"""One's own profile."""

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
