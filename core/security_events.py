"""Security events as a stream for whoever watches over several systems (a SIEM): one JSON object a line.

Who (the id of the account), from where, what, and whether it came about; no name, no State, no word that somebody
typed. Where they go ``SECURITY_LOG`` says (``config.logs``); the processes that serve pages count them too.
"""

import logging
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from django.conf import settings
from structlog.contextvars import get_contextvars

from core import measures

LOGGER = "portal.security"
_logger = logging.getLogger(LOGGER)


class SecurityEvent(StrEnum):
    """Those that are no act of the record; an act has its verb as its name."""

    SIGNED_IN = "sign_in.succeeded"
    SIGN_IN_FAILED = "sign_in.failed"
    LOCKED_OUT = "sign_in.locked_out"
    SIGNED_OUT = "sign_out"
    REFUSED = "policy.refused"
    LIMITED = "requests.limited"


_CAME_ABOUT = {SecurityEvent.SIGNED_IN, SecurityEvent.SIGNED_OUT}


def tell(event: SecurityEvent, *, person: Any = None, address: str = "", **facts: str | bool) -> None:
    """Write an event down. ``facts`` are words of ours: a kind, an action; never what somebody has sent."""
    outcome = "success" if event in _CAME_ABOUT else "failure"
    _write(event, outcome, person, address, facts)


@lru_cache(maxsize=1024)
def is_of_security(verb: str) -> bool:
    """Whether an act of the record is one (``SECURITY_VERBS``)."""
    return any(fnmatchcase(verb, pattern) for pattern in settings.SECURITY_VERBS)


def tell_act(verb: str, *, person: Any, address: str, target_type: str, target: str) -> None:
    """The same of an act that stands in the record, with the id of what it was done to."""
    _write(verb, "success", person, address, {"target_type": target_type, "target": target})


def _write(event: str, outcome: str, person: Any, address: str, facts: dict[str, str | bool]) -> None:
    measures.events.labels(str(event)).inc()
    if not _logger.isEnabledFor(logging.INFO):
        return
    bound = get_contextvars()  # of the request, as in the other lines of the log
    told = {
        "event": str(event),
        "outcome": outcome,
        "person": str(person or ""),
        "ip": address or str(bound.get("ip", "")),
        "request_id": str(bound.get("request_id", "")),
    }
    _logger.info("%s", event, extra={"facts": told | facts})
