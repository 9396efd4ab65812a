from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control


class NoStoreMiddleware:
    """Keep confidential pages out of shared caches and of the browser's history after sign-out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        http_response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not http_response.has_header("Cache-Control"):
            patch_cache_control(http_response, private=True, no_store=True)
        return http_response
