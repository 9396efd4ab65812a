"""Which published draws a draw builds on, and what they have left standing."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from core.language.i18n import isolated
from lots.algorithm.canonical import sha256
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


def obstacle_to(phase: Phase, kind: str, *, is_training: bool, previous: Sequence[str] | None = None) -> str:
    """Why a draw of this kind has no place in the chain any more, in words; empty where it has one.

    ``previous``: the results on which it was prepared to build; None where nothing is prepared yet. The caller holds
    the mechanism (``lock_chain``) where it is to be published.
    """
    if not is_training and (obstacle := _out_of_order(phase, kind)):
        return obstacle
    results = results_until(draw_before(phase, kind, is_training=is_training))
    if previous is not None and [sha256(result) for result in results] != [*previous]:
        return _("What this draw builds on has changed since. Void this one and prepare another.")
    return ""


def _out_of_order(phase: Phase, kind: str) -> str:
    """Groups are divided once, and phases follow each other. Whoever practises may draw any phase."""
    published = Draw.objects.filter(mechanism=phase.mechanism, is_training=False, status=DrawStatus.PUBLISHED)
    if later := published.filter(phase__number__gt=phase.number).order_by("published_at").first():
        message = _("A later phase has been drawn (%(code)s): nothing is drawn for this one any more.")
        return message % {"code": isolated(later.code)}
    earlier = published.filter(phase__number__lt=phase.number).order_by("phase__number", "published_at").last()
    if earlier and kind in {DrawKind.FIRST, DrawKind.BROUGHT_IN}:
        message = _("Draw %(code)s has divided the States into groups for good: choose how this phase builds on it.")
        return message % {"code": isolated(earlier.code)}
    return ""


def lock_chain(mechanism: Mechanism) -> None:
    """Of two draws that are published at once one waits for the other, whichever their phases."""
    Mechanism.objects.select_for_update(no_key=True).get(pk=mechanism.pk)


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
    rows = rows.filter(draw__is_training=draw.is_training).select_related("draw__mechanism").defer("content")
    # A draw that was voided and made once more from the same seed has the same files: the published one counts.
    found = {row.sha256: row.draw for row in sorted(rows, key=lambda row: row.draw.status == DrawStatus.PUBLISHED)}
    return [found[name] for name in hashes]


def draws_on(draw: Draw) -> list[Draw]:
    """Those that build on a published draw and are not voided."""
    if draw.status != DrawStatus.PUBLISHED:
        return []
    own = DrawFile.objects.filter(draw=draw, name=RESULT).values_list("sha256", flat=True).first()
    if own is None:
        return []
    others = Draw.objects.filter(mechanism=draw.mechanism_id, terms__previous__contains=[own]).exclude(pk=draw.pk)
    return list(others.exclude(status=DrawStatus.VOIDED).order_by("created_at"))
