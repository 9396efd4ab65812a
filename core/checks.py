"""System checks with ids and hints, so that a wrong setting is found at the start and not by a person."""

from typing import Any

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def check_site_url(**kwargs: Any) -> list[checks.CheckMessage]:
    if settings.SITE_URL.startswith("https://"):
        return []
    return [
        checks.Error(
            "SITE_URL does not begin with https://, so that links in mails would lead to an open connection.",
            hint="Set SITE_URL to the public address.",
            id="core.E001",
        )
    ]


@checks.register(deploy=True)
def check_pdf_libraries(**kwargs: Any) -> list[checks.CheckMessage]:
    from core.pdf import missing_pdf_libraries

    if reason := missing_pdf_libraries():
        message = f"Documents cannot be made: {reason}"
        return [checks.Warning(message, hint="See docs/operations/running.md.", id="core.W001")]
    return []
