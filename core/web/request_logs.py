"""What each line of the log says of its request."""

from typing import Any

import structlog
from django.dispatch import receiver
from django.http import HttpRequest
from django_structlog.signals import bind_extra_request_metadata


@receiver(bind_extra_request_metadata, dispatch_uid="core.web.request_logs")
def bind_address(request: HttpRequest, **kwargs: Any) -> None:
    """The address that our own proxies vouch for (``ClientAddressMiddleware``), without looking for others."""
    structlog.contextvars.bind_contextvars(ip=request.META.get("REMOTE_ADDR", ""))
