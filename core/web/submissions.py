"""A form that is posted twice makes one thing: the second post gets the first one's answer.

What tells two posts of one form from two forms is the key of the text that the browser keeps (core.web.drafts), which
outlives the page, or else Django's CSRF token, which is masked anew in each page that is made.
The memory is the cache: where it is away, forms are taken as they come; what a service checks by itself still holds.
"""

import hashlib
import json
import time
from dataclasses import asdict, dataclass
from datetime import datetime

import structlog
from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone
from redis.exceptions import RedisError

from core.web import drafts

KEPT_FOR = 24 * 60 * 60  # seconds: a page that lies open over night
RUNS_FOR = 60  # seconds after which whoever was at it has died (the web server ends a request by then)
WAITS_FOR = 20.0  # seconds
_LOOKS_EVERY = 0.1
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the field's name

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SubmissionOutcome:
    """Where the first post of a form led, what it said, and when. Without ``location`` it is still at work."""

    location: str = ""
    message: str = ""
    at: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.location)

    @property
    def done_at(self) -> datetime:
        return datetime.fromisoformat(self.at)


def key_of(request: HttpRequest) -> str | None:
    """What the posts of one form have in common: person, address, the page that it stood on, and all that was sent.

    None for a post that has no token among its fields, as a program's or a fragment's has not.
    """
    token = drafts.key_of(request) or request.POST.get(_TOKEN)
    if not token:
        return None
    names = {_TOKEN, drafts.FIELD}
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in names)
    files = sorted((name, [_facts(each) for each in request.FILES.getlist(name)]) for name in request.FILES)
    sent = json.dumps([str(request.user.pk), request.path, token, fields, files])
    return f"submission:{hashlib.sha256(sent.encode()).hexdigest()}"


def _facts(upload: UploadedFile) -> tuple[str | None, int | None]:
    return upload.name, upload.size


def claim(key: str) -> SubmissionOutcome | None:
    """Take a form up: None for the first post, and for a later one what came of the first, which is waited for."""
    waits_until = time.monotonic() + WAITS_FOR
    try:
        while not cache.add(key, asdict(SubmissionOutcome()), RUNS_FOR):
            outcome = SubmissionOutcome(**(cache.get(key) or {}))
            if outcome.is_known or time.monotonic() > waits_until:
                return outcome
            time.sleep(_LOOKS_EVERY)
    except (RedisError, OSError) as error:
        log.warning("submissions_unknown", error=type(error).__name__)
    return None


def finish(key: str, location: str, message: str) -> None:
    """Keep what came of a form that was taken up."""
    _remember(key, SubmissionOutcome(location, message, timezone.now().isoformat()))


def release(key: str) -> None:
    """Nothing came of it: it may be sent again."""
    _remember(key, None)


def _remember(key: str, outcome: SubmissionOutcome | None) -> None:
    try:
        if outcome is None:
            cache.delete(key)
        else:
            cache.set(key, asdict(outcome), KEPT_FOR)
    except (RedisError, OSError) as error:
        log.warning("submission_not_kept", error=type(error).__name__)
