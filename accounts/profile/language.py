from django.conf import settings
from django.http import HttpResponse


def remember_language(http_response: HttpResponse, code: str) -> HttpResponse:
    """Let the pages go on in this language, also after the next sign-in on this browser."""
    http_response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 60 * 60,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return http_response
