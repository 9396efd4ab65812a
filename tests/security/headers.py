"""What every answer says that browsers may do with it, and what a page asks for and what acts in it."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from lxml import etree

POLICY = {
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    "frame-src 'none'", "object-src 'none'", "worker-src 'none'", "require-trusted-types-for 'script'",
    "trusted-types default",
}  # fmt: skip
DOWNLOAD_POLICY = {"default-src 'none'", "sandbox", "frame-ancestors 'none'"}
EXPECTED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-Robots-Tag": "noindex, nofollow",
}
ORDINARY = {
    "Allow", "Cache-Control", "Content-Disposition", "Content-Language", "Content-Length", "Content-Type", "Expires",
    "ETag", "Location", "Vary", "X-Request-ID", "X-Correlation-ID", "HX-Redirect",
    "Retry-After", "X-Closed", "RateLimit", "RateLimit-Policy", "WWW-Authenticate", "Idempotent-Replayed",
    "Access-Control-Allow-Origin",
}  # fmt: skip


_ASKING = ("src", "srcset", "action", "formaction", "data", "poster", "ping", "background")
_LINKING = {"link", "use", "image", "base"}
_SAID = {"canonical", "alternate"}  # where else the page is found, which no browser asks for


def foreign_in(root: Any) -> Iterator[str]:
    """What a page asks for from elsewhere."""
    for element in root.iter(etree.Element):
        tag = element.tag
        asked = [element.get(name, "") for name in _ASKING]
        if tag in _LINKING and element.get("rel") not in _SAID:
            asked.append(element.get("href", "") or element.get("xlink:href", ""))
        yield from (f"{tag} {address}" for address in asked if _is_foreign(tag, address))


def _is_foreign(tag: str, address: str) -> bool:
    parts = urlsplit(address.strip())
    is_data = parts.scheme == "data" and tag == "img"
    return bool(parts.netloc) or not (is_data or not parts.scheme)


def active_content_in(root: Any) -> Iterator[str]:
    """What runs in a page though it stands in it."""
    for element in root.iter(etree.Element):
        tag = element.tag
        for name, value in element.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                yield f"{tag} {name}={value}"
            if name in {"hx-on", "hx-vals", "hx-vars"} or name.startswith(("hx-on:", "hx-on-")):
                yield f"{tag} {name}"
        is_data = element.get("type") in {"application/json", "application/ld+json", "speculationrules"}
        if tag == "style" or (tag == "script" and not element.get("src") and not is_data):
            yield f"inline {tag}"


def problems_of(headers: Mapping[str, str], root: Any = None) -> list[str]:
    """What is wrong with the headers of an answer, and with the page (as a tree) where it is one."""
    problems = [
        f"{key}: {headers.get(key)}" for key, value in _expected_of(headers).items() if headers.get(key) != value
    ]
    policy = DOWNLOAD_POLICY if headers.get("Content-Disposition", "").startswith("attachment") else POLICY
    if set(headers.get("Content-Security-Policy", "").split("; ")) != policy:
        problems.append(f"Content-Security-Policy: {headers.get('Content-Security-Policy')}")
    unknown = set(headers) - set(EXPECTED) - ORDINARY - {"Content-Security-Policy", "Permissions-Policy"}
    problems += [f"unexpected header {name}" for name in sorted(unknown)]
    if root is not None:
        problems += [f"foreign: {each}" for each in foreign_in(root)] + [
            f"acts: {each}" for each in active_content_in(root)
        ]
    return problems


def _expected_of(headers: Mapping[str, str]) -> dict[str, str | None]:
    is_public = "public" in headers.get("Cache-Control", "")
    is_open = is_public and headers.get("Access-Control-Allow-Origin") == "*"
    is_secret = "Location" in headers and headers.get("Referrer-Policy") == "no-referrer"
    return {
        **EXPECTED,
        # What scripts of other places may read they may also embed.
        "Cross-Origin-Resource-Policy": "cross-origin" if is_open else EXPECTED["Cross-Origin-Resource-Policy"],
        "Permissions-Policy": _PERMISSIONS_POLICY,
        # What leads away from an address with a secret says nothing of it to our own pages either.
        "Referrer-Policy": "no-referrer" if is_secret else EXPECTED["Referrer-Policy"],
        "X-Robots-Tag": None if is_public else EXPECTED["X-Robots-Tag"],
    }


_PERMISSIONS_POLICY = ", ".join(
    f"{name}=({'self' if who else ''})" for name, who in sorted(settings.PERMISSIONS_POLICY.items())
)
