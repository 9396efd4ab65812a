"""Answers to a piece of a page (htmx), which must not be filled with another page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect


def is_fragment(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]


def lead_to(request: HttpRequest, url: str) -> HttpResponse:
    """Lead the whole browser to ``url``, also where only a piece of the page was asked for."""
    return HttpResponseClientRedirect(url) if is_fragment(request) else HttpResponseRedirect(url)


def page_in_sight(request: HttpRequest) -> str:
    """The path of the page that the person sees: this one, or the one that a form or piece of it was sent from.

    My work, where that is not known and the address is no page.
    """
    here = request.get_full_path()
    if not is_fragment(request) and request.method in {"GET", "HEAD"}:
        return here
    url = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or here
    parts = urlsplit(url if url_has_allowed_host_and_scheme(url, {request.get_host()}) else here)
    if not is_page(parts.path):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_page(path: str) -> bool:
    """Whether an address can be opened; some only take what a form sends. One that is not ours is not judged."""
    try:
        view = resolve(path).func
    except Resolver404:
        return True
    view_class = getattr(view, "view_class", None)
    return view_class is None or ("get" in view_class.http_method_names and hasattr(view_class, "get"))
