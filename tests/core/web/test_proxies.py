"""Whose address counts behind proxies: the one that our own proxies vouch for, whatever the client wrote."""

import pytest
import structlog
from axes.helpers import get_client_ip_address
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django_structlog.signals import bind_extra_request_metadata
from pytest_django import Settings

from core.web.middleware.proxies import ClientAddressMiddleware

pytestmark = pytest.mark.unit

PROXY, CLIENT, TLS_PROXY = "172.18.0.9", "203.0.113.5", "10.0.0.2"


def seen(forwarded: str, settings: Settings, count: int) -> HttpRequest:
    """What the portal sees of a request that came from ``PROXY`` with this header."""
    settings.PROXY_COUNT = count
    requests = []

    def answer(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse()

    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    ClientAddressMiddleware(answer)(RequestFactory().get("/", REMOTE_ADDR=PROXY, headers=headers))
    return requests[0]


@pytest.mark.parametrize(
    ("count", "forwarded", "address"),
    [
        (0, "", PROXY),
        (0, CLIENT, PROXY),  # nobody has to be believed
        (1, CLIENT, CLIENT),
        (1, f"6.6.6.6, {CLIENT}", CLIENT),  # the client wrote the first one itself
        (2, f"{CLIENT}, {TLS_PROXY}", CLIENT),
        (2, f"6.6.6.6,{CLIENT},{TLS_PROXY}", CLIENT),
        (2, TLS_PROXY, PROXY),  # came past one of the two
        (1, "", PROXY),
        (1, "unknown", PROXY),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_as_many_entries_are_believed_as_there_are_proxies(
    count: int, forwarded: str, address: str, settings: Settings
) -> None:
    request = seen(forwarded, settings, count)
    assert request.META["REMOTE_ADDR"] == address
    assert get_client_ip_address(request) == address, "lock-outs count by it"


def test_no_other_header_is_believed(settings: Settings) -> None:
    request = seen(f"6.6.6.6, {CLIENT}", settings, 1)
    request.META |= {"HTTP_X_REAL_IP": "6.6.6.6", "HTTP_CLIENT_IP": "6.6.6.6"}
    assert get_client_ip_address(request) == CLIENT
    bind_extra_request_metadata.send(sender=None, request=request)
    try:
        assert structlog.contextvars.get_contextvars()["ip"] == CLIENT, "the logs have it"
    finally:
        structlog.contextvars.unbind_contextvars("ip")
