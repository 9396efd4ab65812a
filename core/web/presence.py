"""Who has a place open. It is in Valkey alone, for as long as a page says so, and nowhere where that is away."""

import json
import logging
import time
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from django.core.cache import caches
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
STAYS = 40  # seconds after which a page that says nothing more counts as closed


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has the place open, and the code of the question that he or she is in (or nothing).

    ``organization``: of somebody whose colleagues are to know for whom he or she is there.
    """

    person: str
    name: str
    at: str = ""
    seen: float = field(default_factory=time.time)
    organization: str = ""


def note_presence(place: str, present: Present) -> list[Present]:
    """Say that somebody is there, and give who else is, by name; one round trip. Nobody where the cache is away.

    ``place`` names the room too where people of others may have the same page open.
    """
    key = _key(place)
    try:
        pipeline = _client().pipeline(transaction=False)
        pipeline.hset(key, present.person, json.dumps(asdict(present), ensure_ascii=False))
        pipeline.expire(key, STAYS)
        pipeline.hvals(key)
        found = [Present(**json.loads(each)) for each in pipeline.execute()[2]]
    except (RedisError, OSError) as error:
        logger.warning("who is here is not known, for the cache is away: %s", type(error).__name__)
        return []
    others = (each for each in found if each.person != present.person and each.seen > time.time() - STAYS)
    return sorted(others, key=lambda each: (each.name, each.person))


def note_leaving(place: str, person: UUID) -> None:
    """The page was closed, or is out of sight."""
    try:
        _client().hdel(_key(place), str(person))
    except (RedisError, OSError) as error:
        logger.warning("that somebody left is not noted, for the cache is away: %s", type(error).__name__)


def _client() -> Any:
    cache: Any = caches["default"]
    return cache._cache.get_client(None, write=True)


def _key(place: str) -> str:
    cache: Any = caches["default"]
    return str(cache.make_key(f"here:{place}"))
