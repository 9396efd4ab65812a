"""What a note may be, and when a matter can be called resolved."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import OutdatedError, ServiceError
from core.language.text import require_text

MAXIMUM_NOTE = 4000  # characters


def clean_note(text: str) -> str:
    """Raises ServiceError, by the field, where there are no words, or too many."""
    return require_text(text, _("Write a note."), maximum=MAXIMUM_NOTE, field="text")


def require_unresolved(*, is_resolved: bool) -> None:
    """Raises OutdatedError where a colleague has resolved the matter meanwhile."""
    if is_resolved:
        raise OutdatedError(_("This has been resolved meanwhile. Reopen it to write more."))


def require_all_seen(seen: int, there: int) -> None:
    """Raises ServiceError where other notes are ``there`` than the page had shown: nobody settles what is unread."""
    if seen != there:
        raise ServiceError(_("Other notes have come since you opened this page. Please look at them first."))


def turn(thread: Any, actor: User, *, is_resolved: bool) -> None:
    """Note on a thread, locked, by whom and when it was resolved; or that it is open again."""
    thread.resolved_at, thread.resolved_by = (timezone.now(), actor) if is_resolved else (None, None)
    thread.save(update_fields=["resolved_at", "resolved_by", "updated_at"])
