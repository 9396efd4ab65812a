from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ClientAddressMiddleware:
    """Put the address of the person's machine into ``REMOTE_ADDR``, where lock-outs and logs look for it.

    Each proxy appends whom it heard from to ``X-Forwarded-For``. With ``PROXY_COUNT`` proxies of ours, that many
    entries from the end are true; what stands before them the client wrote itself. A request that came past the
    proxies has fewer, and keeps the address that it came from.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if 0 < settings.PROXY_COUNT <= len(entries) and (address := _valid(entries[-settings.PROXY_COUNT])):
            request.META["REMOTE_ADDR"] = address
        return self.get_response(request)


def _valid(entry: str) -> str:
    try:
        return str(ip_address(entry.strip()))
    except ValueError:
        return ""
