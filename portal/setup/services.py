"""What the institution makes its own: its name, its looks, its languages; and that a mail arrives."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.files.receiving import receive
from core.files.storage import delete_after_commit
from core.institution.colours import LEAST_CONTRAST, WHITE, contrast, is_colour, shades
from core.institution.facts import forget_institution
from core.language.text import clean_text
from core.mail import notifications
from core.models import Institution
from core.policy import require
from core.time.time_zones import is_zone
from portal.setup.enums import SetupAction
from portal.setup.selectors import TEST_MAIL, seen_of, setup_row

LONGEST_LOGO = 512 * 1024  # bytes: it comes along with every first page
_PICTURES = {".png", ".jpg", ".jpeg"}


@transaction.atomic
def name_portal(*, actor: User, names: Mapping[str, str], short_names: Mapping[str, str], seen: str) -> Institution:
    """Give the portal its name in the languages of its pages, by their codes; an empty one falls back to another.

    ``seen`` is what the writer was shown (``selectors.seen_of``). Raises ServiceError where a colleague has changed it
    meanwhile, or where the name is empty in the language that all others fall back to.
    """
    row = _lock(actor, seen)
    main = settings.LANGUAGE_CODE
    if not names.get(main, "").strip():
        raise ServiceError(_("Enter the name."), field=f"name_{main}")
    values = {}
    for words, column, most in ((names, "name", 100), (short_names, "short_name", 30)):
        for code, text in words.items():
            field = f"{column}_{code}"
            values[field.replace("-", "_")] = " ".join(clean_text(text, maximum=most, field=field).split())
    return _change(actor, row, "names", values)


@transaction.atomic
def change_looks(
    *,
    actor: User,
    colour: str,
    accent: str,
    seen: str,
    logo: UploadedFile | None = None,  # type: ignore[type-arg]
    is_without_logo: bool = False,
) -> Institution:
    """Set the two colours ("#rrggbb", or empty for those with which the portal comes) and the logo.

    Raises ServiceError with the field: a colour on which white words cannot be read (WCAG 2.2, 1.4.3), a logo that is
    no picture, or too large.
    """
    row = _lock(actor, seen)
    for field, value in (("colour", colour), ("accent", accent)):
        _check_colour(field, value)
    values = {"colour": colour, "accent": accent}
    if logo is not None:
        _receive_logo(row, logo)
    elif is_without_logo:
        delete_after_commit(row.logo)
        values |= {"logo": "", "logo_name": "", "sha256": ""}
    return _change(actor, row, "looks", values, logo=row.sha256)


@transaction.atomic
def choose_languages(*, actor: User, languages: list[str], time_zone: str, seen: str) -> Institution:
    """Choose in which of its languages the portal offers its pages, and the time zone of the secretariat.

    Raises ServiceError with the field: no language, one that the pages do not speak, or no time zone.
    """
    row = _lock(actor, seen)
    if not languages or set(languages) - dict(settings.LANGUAGES).keys():
        raise ServiceError(_("Choose at least one of the languages."), field="languages")
    if not is_zone(time_zone):
        raise ServiceError(_("Choose a time zone from the list."), field="time_zone")
    return _change(actor, row, "languages", {"languages": sorted(languages), "time_zone": time_zone})


@transaction.atomic
def send_test_mail(*, actor: User) -> None:
    """Owe the administrator a mail; how it fared stands on the page (``selectors.last_test_mail``)."""
    require(actor, SetupAction.CHANGE)
    notifications.queue(actor, TEST_MAIL, {}, key=f"test:{uuid4()}")
    audit.record(actor, "core.institution.mail_tried", actor)


@transaction.atomic
def end_setup(*, actor: User) -> Institution:
    """Say that the portal is set up: the list of steps leaves the first page, and stays on its own."""
    require(actor, SetupAction.CHANGE)
    return _change(actor, setup_row(for_update=True), "", {"is_set_up": True})


def _lock(actor: User, seen: str) -> Institution:
    require(actor, SetupAction.CHANGE)
    row = setup_row(for_update=True)
    if seen != seen_of(row):
        raise ServiceError(
            _("A colleague has changed this meanwhile. Look at what stands on the page of the set-up, then save again.")
        )
    return row


def _change(actor: User, row: Institution, step: str, values: Mapping[str, Any], **facts: str) -> Institution:
    before = {name: str(getattr(row, name)) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.done = sorted({*row.done, step} - {""})
    row.save()
    after = {name: str(getattr(row, name)) for name in values} | facts
    audit.record(actor, "core.institution.changed", row, before=before, after=after)
    transaction.on_commit(forget_institution)
    return row


def _check_colour(field: str, value: str) -> None:
    if not value:
        return
    if not is_colour(value):
        raise ServiceError(_("Enter a colour as # and six digits or letters from a to f."), field=field)
    # White on the colour, and the colour on white and on the pale panels that follow from it.
    worst = min(contrast(value, WHITE), contrast(value, shades(value)["brand-tint"]))
    if worst < LEAST_CONTRAST:
        message = _(
            "Words in this colour, or white ones on it, can hardly be read: their contrast is %(contrast).1f to 1, "
            "and at least 4.5 to 1 is needed. Choose a darker colour."
        )
        raise ServiceError(message % {"contrast": worst}, field=field)


def _receive_logo(row: Institution, file: UploadedFile) -> None:  # type: ignore[type-arg]
    if PurePath(file.name or "").suffix.lower() not in _PICTURES:
        raise ServiceError(_("The logo is a picture: a PNG or JPEG file."), field="logo")
    if (file.size or 0) > LONGEST_LOGO:
        message = _("The logo is larger than 512 kB. Make it smaller: it is shown at 32 pixels.")
        raise ServiceError(message, field="logo")
    receive(row, "logo", file)
