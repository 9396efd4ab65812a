"""The protocol of a published draw for everybody: a file of the draw, made once in each language of the pages.

It leaves out what the public page leaves out: the names of officers and delegates, and the lines to sign on.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from core.cached import CACHE_AWAY
from lots.algorithm.canonical import sha256
from lots.models import Draw, DrawFile
from lots.selectors.downloads import protocol_name
from lots.selectors.draws import is_result_public
from lots.tasks import render_public_protocols_task

_ASKED_AGAIN_AFTER = 10 * 60  # seconds; a worker that was lost has made nothing


def queue_public_protocols(draw: Draw) -> None:
    """Have them made as soon as what is done now is committed."""
    key = str(draw.pk)
    transaction.on_commit(lambda: render_public_protocols_task.delay(key), robust=True)


def ask_for_public_protocols(draw: Draw) -> None:
    """Have them made where a published draw has none yet; asked once in a while, however often somebody looks."""
    try:
        is_first = cache.add(f"lots.protocol.{draw.pk}.{draw.status}", True, _ASKED_AGAIN_AFTER)
    except CACHE_AWAY:  # and with it the queue: whoever looks next asks
        return
    if is_first:
        queue_public_protocols(draw)


def make_public_protocols(draw: Draw, render: Callable[..., bytes]) -> list[str]:
    """Make those that are missing; give their names. What is there never changes; a voided draw gets one more.

    ``render`` prints the protocol of a draw in a language (``lots.pdf``).
    """
    if not is_result_public(draw):
        return []
    made = []
    for language, _name in settings.LANGUAGES:
        name = protocol_name(draw, language)
        if DrawFile.objects.filter(draw=draw, name=name).exists():
            continue
        content = render(draw, language, is_public=True)
        DrawFile.objects.get_or_create(draw=draw, name=name, defaults={"content": content, "sha256": sha256(content)})
        made.append(name)
    return made
