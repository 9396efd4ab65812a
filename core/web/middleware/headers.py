"""Headers that say to browsers and search engines what a page of the portal is."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_ALWAYS = {
    # What we send is for our own pages, and our pages take nothing from elsewhere.
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Permitted-Cross-Domain-Policies": "none",
}


class HeadersMiddleware:
    """Adds to every answer, files and errors among them, what no other middleware adds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        http_response = self.get_response(request)
        for name, value in _ALWAYS.items():
            http_response.headers.setdefault(name, value)
        # Only what says of itself that it is public (``PublicPage``, style sheets) may be found by searching.
        if "public" not in http_response.headers.get("Cache-Control", ""):
            http_response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return http_response
