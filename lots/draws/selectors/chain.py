"""Which published draws a draw builds on, and what they have left standing."""

from collections.abc import Sequence

from django.db.models import Q

from lots.algorithm import StandingResult, standing_after
from lots.draws.enums import DrawKind, DrawStatus
from lots.draws.models import Draw, DrawFile
from reviews.programme.models import Mechanism, Phase

RESULT = "result.json"


def draw_before(phase: Phase, kind: str, *, is_training: bool) -> Draw | None:
    """The published draw on which one of this kind builds: the last one of this phase, or of those before it."""
    if kind not in {DrawKind.NEXT_PHASE, DrawKind.SUPPLEMENTARY}:
        return None
    published = Draw.objects.filter(mechanism=phase.mechanism, is_training=is_training, status=DrawStatus.PUBLISHED)
    of_phase = Q(phase=phase) if kind == DrawKind.SUPPLEMENTARY else Q(phase__number__lt=phase.number)
    return published.filter(of_phase).order_by("phase__number", "published_at").last()


def results_until(draw: Draw | None) -> list[bytes]:
    """``result.json`` of all draws on which a draw rests, and its own, the oldest first; none without a draw."""
    if draw is None:
        return []
    return [*results_named(draw.terms.get("previous", [])), bytes(DrawFile.objects.get(draw=draw, name=RESULT).content)]


def results_named(hashes: Sequence[str]) -> list[bytes]:
    """The results with these hashes, in their order."""
    rows = DrawFile.objects.filter(name=RESULT, sha256__in=hashes).values_list("sha256", "content")
    found = {name: bytes(content) for name, content in rows}
    return [found[name] for name in hashes]


def draws_before(draw: Draw) -> list[Draw]:
    """The draws on which it builds, the oldest first."""
    hashes = draw.terms.get("previous", [])
    if not hashes:
        return []
    rows = DrawFile.objects.filter(name=RESULT, sha256__in=hashes, draw__mechanism=draw.mechanism_id)
    found = {row.sha256: row.draw for row in rows.select_related("draw__mechanism").defer("content")}
    return [found[name] for name in hashes]


def draws_on(draw: Draw) -> list[Draw]:
    """Those that build on a draw and are not voided."""
    own = DrawFile.objects.filter(draw=draw, name=RESULT).values_list("sha256", flat=True).first()
    if own is None:
        return []
    others = Draw.objects.filter(mechanism=draw.mechanism_id, terms__previous__contains=[own])
    return list(others.exclude(status=DrawStatus.VOIDED).order_by("created_at"))


def standing_of(mechanism: Mechanism) -> StandingResult:
    """What stands by now of the real draws of a mechanism, in the last phase that was drawn."""
    last = Draw.objects.filter(mechanism=mechanism, is_training=False, status=DrawStatus.PUBLISHED)
    return standing_after(results_until(last.order_by("phase__number", "published_at").last()))
