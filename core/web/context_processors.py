from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from core.language.i18n import language


def site(request: HttpRequest) -> dict[str, Any]:
    """What the page frame needs on every page."""
    return {
        "site_name": settings.SITE_NAME,
        "page_language": language(get_language() or settings.LANGUAGE_CODE),
        "languages": [language(code) for code, _name in settings.LANGUAGES],
    }
