"""What has been set, and how the test of the mails went."""

from typing import Any

from django.conf import settings

from core.hashes import document_hash
from core.models import Institution, Notification

TEST_MAIL = "portal/test_mail"


def setup_row(*, for_update: bool = False) -> Institution:
    """The one row; ``for_update`` makes it where nobody has set anything yet, and holds it."""
    if for_update:
        Institution.objects.get_or_create(is_only=True)
        return Institution.objects.select_for_update().get()
    return Institution.objects.first() or Institution()


def seen_of(row: Institution) -> str:
    """A fingerprint of all that is set, for a form to carry: what its writer was shown."""
    names = [field.name for field in Institution._meta.fields if field.name not in {"id", "created_at", "updated_at"}]
    return document_hash({name: str(getattr(row, name)) for name in names})[:32]


def last_test_mail() -> Notification | None:
    """The newest, whoever of the administrators has asked for it: it shows whether mails arrive."""
    return Notification.objects.filter(template=TEST_MAIL).order_by("-created_at").first()


def mail_settings() -> dict[str, Any]:
    """Where mails go, as the environment says; no secret among it."""
    is_by_smtp = settings.EMAIL_BACKEND.endswith("smtp.EmailBackend")
    security = "TLS" if settings.EMAIL_USE_SSL else "STARTTLS" if settings.EMAIL_USE_TLS else ""
    return {
        "is_by_smtp": is_by_smtp,
        "server": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}",
        "security": security,
        "sender": settings.DEFAULT_FROM_EMAIL,
        "folder": settings.EMAIL_FILE_PATH.name,
    }
