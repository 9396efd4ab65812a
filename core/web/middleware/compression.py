"""Pages are sent compressed, and what is secret in them stays so (docs/adr/0029)."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

# Documents, pictures and archives are compressed by themselves.
_TEXTS = ("text/", "application/json", "application/problem+json", "image/svg+xml")


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses texts that were asked for by GET, each time to another length.

    Django adds a random number of bytes to each answer, and masks the CSRF token anew in each. A page that shows a
    secret of the person (the answer to a POST, or a view that says ``shows_secret = True``) is not compressed at all.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not is_compressed(request, response):
            return response
        return super().process_response(request, response)


def is_compressed(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether what is answered may be compressed for a reader who takes it so."""
    if request.method != "GET" or not isinstance(response, HttpResponse):
        return False
    match = request.resolver_match  # None where no page was reached
    if match is not None and getattr(getattr(match.func, "view_class", None), "shows_secret", False):
        return False
    return response.headers.get("Content-Type", "").startswith(_TEXTS)
