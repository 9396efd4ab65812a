"""Answers to a piece of a page (htmx), which must not be filled with another page."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect


def is_fragment(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]


def lead_to(request: HttpRequest, url: str) -> HttpResponse:
    """Lead the whole browser to ``url``, also where only a piece of the page was asked for."""
    return HttpResponseClientRedirect(url) if is_fragment(request) else HttpResponseRedirect(url)


def page_in_sight(request: HttpRequest) -> str:
    """The path of the page that the person sees: this one, or the one that a form or piece of it was sent from."""
    here = request.get_full_path()
    if not is_fragment(request) and request.method in {"GET", "HEAD"}:
        return here
    url = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or here
    if not url_has_allowed_host_and_scheme(url, {request.get_host()}):
        return here
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
