"""What every page, mail and document says of the institution: its name, its looks, its languages, its time zone.

The environment comes first (``SITE_NAME``, ``TIME_ZONE``), then what the institution has set on its pages, then what
the portal comes with.
"""

from dataclasses import asdict, dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.apps import apps
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils.translation import get_language, gettext as _

from core.cached import Nearby


@dataclass(frozen=True, slots=True)
class InstitutionFacts:
    """``names`` and ``short_names`` by language; ``logo`` is the SHA-256 of its file; empty is what was never set."""

    names: dict[str, str] = field(default_factory=dict)
    short_names: dict[str, str] = field(default_factory=dict)
    logo: str = ""
    colour: str = ""
    accent: str = ""
    languages: list[str] = field(default_factory=list)
    time_zone: str = ""
    is_set_up: bool = False


def _model() -> Any:
    """Found when it is asked for: models know languages, which ask here which of them are offered."""
    return apps.get_model("core", "Institution")


def _look() -> dict[str, Any]:
    row: Any = _model().objects.first()
    if row is None:
        return asdict(InstitutionFacts())
    codes = settings.MODELTRANSLATION_LANGUAGES
    columns = {code: code.replace("-", "_") for code in codes}
    return asdict(
        InstitutionFacts(
            names={code: getattr(row, f"name_{column}") or "" for code, column in columns.items()},
            short_names={code: getattr(row, f"short_name_{column}") or "" for code, column in columns.items()},
            logo=row.sha256,
            colour=row.colour,
            accent=row.accent,
            languages=row.languages,
            time_zone=row.time_zone,
            is_set_up=row.is_set_up,
        )
    )


_institution: Nearby[dict[str, Any]] = Nearby("institution", _look, cached_for=60, near_for=5)


def institution() -> InstitutionFacts:
    """What is set. Asked on every page: a copy is kept for some seconds (``forget_institution``).

    As the portal comes where the database is away: what is said then has to be said without it.
    """
    try:
        return InstitutionFacts(**_institution.get())
    except (InterfaceError, OperationalError):
        _institution.keep_near(asdict(InstitutionFacts()))  # else each who asks waits for the database anew
        return InstitutionFacts()


def stored_logo() -> Any:
    """The file of the logo, empty where there is none."""
    row: Any = _model().objects.first()
    return row.logo if row else None


def forget_institution() -> None:
    """Look anew: called after what was set is committed."""
    _institution.forget()


def site_name() -> str:
    """The name of the portal in the active language."""
    return settings.SITE_NAME or _of_language(institution().names) or _("Country Review Portal")


def short_site_name() -> str:
    """The same where there is little room: an app of codes, a calendar, a telephone."""
    return settings.SITE_NAME or _of_language(institution().short_names) or site_name()


def _of_language(names: dict[str, str]) -> str:
    wanted = (names.get(code) for code in (get_language() or "", settings.LANGUAGE_CODE, *names))
    return next((name for name in wanted if name), "")


def offered_languages() -> list[str]:
    """The codes of the languages in which pages are offered: all that the portal speaks, or those that were chosen."""
    chosen = institution().languages
    spoken = [code for code, _name in settings.LANGUAGES]
    return [code for code in spoken if code in chosen] or spoken


def home_zone() -> ZoneInfo:
    """The time zone of the secretariat, for whoever has named none."""
    try:
        return ZoneInfo(settings.OWN_TIME_ZONE or institution().time_zone or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):  # chosen on a machine that knows more of them
        return ZoneInfo(settings.TIME_ZONE)
