"""The protocol of a published draw for everybody: a file of the draw, made once in each language of the pages.

It leaves out what the public page leaves out: the names of officers and delegates, and the lines to sign on.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from core.cached import CACHE_AWAY
from core.jobs.making import pause_before_another_try
from lots.algorithm.canonical import sha256
from lots.draws import is_result_public
from lots.draws.models import Draw, DrawFile
from lots.preparation import protocol_name
from lots.publication.tasks import render_public_protocols_task


def queue_public_protocols(draw: Draw) -> None:
    """Have them made as soon as what is done now is committed."""
    key = str(draw.pk)
    transaction.on_commit(lambda: render_public_protocols_task.delay(key), robust=True)


def ask_for_public_protocols(draw: Draw) -> bool:
    """Have them made where a published draw has none yet; whether nobody had asked just before."""
    pause = pause_before_another_try(draw.published_at or timezone.now(), timezone.now())
    try:
        is_first = cache.add(f"lots.protocol.{draw.pk}.{draw.status}", True, int(pause.total_seconds()))
    except CACHE_AWAY:  # and with it the queue: whoever looks next asks
        return False
    if is_first:
        queue_public_protocols(draw)
    return is_first


def queue_missing_protocols() -> int:
    """Have those made that got lost on the way, as with an emptied queue or a dead worker; of how many draws.

    For beat, some seconds apart.
    """
    return sum(ask_for_public_protocols(draw) for draw in Draw.objects.exclude(published_at=None) if _missing(draw))


def make_public_protocols(draw: Draw, render: Callable[..., bytes]) -> list[str]:
    """Make those that are missing; give their names. What is there never changes; a voided draw gets one more.

    ``render`` prints the protocol of a draw in a language (``lots.publication.pdf``).
    """
    if not is_result_public(draw):
        return []
    made = []
    for language, name in _missing(draw).items():
        content = render(draw, language, is_public=True)
        DrawFile.objects.get_or_create(draw=draw, name=name, defaults={"content": content, "sha256": sha256(content)})
        made.append(name)
    return made


def _missing(draw: Draw) -> dict[str, str]:
    """The names of the protocols that are not there yet, by language."""
    names = {protocol_name(draw, language): language for language, _name in settings.LANGUAGES}
    there = set(DrawFile.objects.filter(draw=draw, name__in=names).values_list("name", flat=True))
    return {language: name for name, language in names.items() if name not in there}
