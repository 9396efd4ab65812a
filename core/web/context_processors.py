from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from core.institution.facts import offered_languages, site_name
from core.institution.looks import looks
from core.language.i18n import language
from core.web.appearance import appearance_of


def site(request: HttpRequest) -> dict[str, Any]:
    """What the page frame needs on every page."""
    return {
        "site_name": site_name(),
        "looks": looks(),
        "appearance": appearance_of(request),
        "page_language": language(get_language() or settings.LANGUAGE_CODE),
        "languages": [language(code) for code in offered_languages()],
    }
