"""Which published draws a draw builds on, and what they have left standing."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.language.i18n import isolated
from lots.algorithm import standing_after
from lots.algorithm.canonical import sha256
from lots.draws.enums import DrawKind, DrawStatus
from lots.draws.models import Draw, DrawFile
from reviews.programme.models import Mechanism, Phase

RESULT = "result.json"


def draws_that_began(mechanism: Mechanism) -> QuerySet[Draw]:
    """The published draws that began a phase, one for each phase: supplementary ones add to these."""
    published = Draw.objects.filter(mechanism=mechanism, status=DrawStatus.PUBLISHED)
    began = published.exclude(kind=DrawKind.SUPPLEMENTARY).select_related("phase__cluster")
    return began.order_by("is_training", "phase__number")


def draw_before(phase: Phase, kind: str, *, is_training: bool) -> Draw | None:
    """The published draw whose teams one of this kind takes: that which began this phase, or the last one before it."""
    if kind not in {DrawKind.NEXT_PHASE, DrawKind.SUPPLEMENTARY}:
        return None
    of_phase = Q(phase=phase) if kind == DrawKind.SUPPLEMENTARY else Q(phase__number__lt=phase.number)
    return draws_that_began(phase.mechanism).filter(of_phase, is_training=is_training).last()


def last_of_chain(draw: Draw | None) -> Draw | None:
    """The last published draw of the chain in which this one stands; whatever is drawn next builds on it."""
    if draw is None or (own := result_hash_of(draw)) is None:
        return draw
    later = Draw.objects.filter(
        mechanism=draw.mechanism_id,
        is_training=draw.is_training,
        status=DrawStatus.PUBLISHED,
        terms__previous__contains=[own],
    )
    return max(later, key=lambda each: (len(each.terms["previous"]), each.published_at), default=draw)


def obstacle_to(phase: Phase, kind: str, *, is_training: bool, previous: Sequence[str] | None = None) -> str:
    """Why a draw of this kind has no place in the chain any more, in words; empty where it has one.

    ``previous``: the results on which it was prepared to build; None where nothing is prepared yet. The caller holds
    the mechanism (``lock_chain``) where it is to be published.
    """
    if not is_training and (obstacle := _out_of_order(phase, kind)):
        return obstacle
    results = results_until(last_of_chain(draw_before(phase, kind, is_training=is_training)))
    if previous is not None and [sha256(result) for result in results] != [*previous]:
        return _("What this draw builds on has changed since. Void this one and prepare another.")
    return ""


def _out_of_order(phase: Phase, kind: str) -> str:
    """Groups are divided once, and phases follow each other; what a supplementary draw adds may come later.

    Whoever practises may draw any phase.
    """
    if kind == DrawKind.SUPPLEMENTARY:
        return ""
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
    return draws_named(draw.terms.get("previous", []), draw.mechanism_id, is_training=draw.is_training)


def added_to(kind: str, phase: Phase, before: Sequence[Draw]) -> Draw | None:
    """Of the draws ``before`` one of this kind and phase, that to which it adds if it is supplementary."""
    if kind != DrawKind.SUPPLEMENTARY:
        return None
    began = (each for each in before if each.kind != DrawKind.SUPPLEMENTARY and each.phase_id == phase.pk)
    return next(began, None)


def draws_named(hashes: Sequence[str], mechanism_id: UUID, *, is_training: bool) -> list[Draw]:
    """The draws with these results, in their order."""
    if not hashes:
        return []
    rows = DrawFile.objects.filter(name=RESULT, sha256__in=hashes, draw__mechanism=mechanism_id)
    rows = rows.filter(draw__is_training=is_training).select_related("draw__mechanism", "draw__phase").defer("content")
    # A draw that was voided and made once more from the same seed has the same files: the published one counts.
    found = {row.sha256: row.draw for row in sorted(rows, key=lambda row: row.draw.status == DrawStatus.PUBLISHED)}
    return [found[name] for name in hashes]


def draws_on(draw: Draw) -> list[Draw]:
    """Those that build on a published draw and are not voided."""
    if draw.status != DrawStatus.PUBLISHED:
        return []
    if (own := result_hash_of(draw)) is None:
        return []
    others = Draw.objects.filter(mechanism=draw.mechanism_id, terms__previous__contains=[own]).exclude(pk=draw.pk)
    return list(others.exclude(status=DrawStatus.VOIDED).order_by("created_at"))


def phases_missed_too(draw: Draw) -> list[tuple[Draw, list[str]]]:
    """Where States that a published supplementary draw took as late have no team either, by what is published now.

    Each with the draw that began such a phase: what is added there names the result of this one, and so can be frozen
    only after it.
    """
    late = draw.switches.get("late", [])
    if draw.status != DrawStatus.PUBLISHED or draw.kind != DrawKind.SUPPLEMENTARY or not late:
        return []
    results = results_until(last_of_chain(draw))
    there, found = {sha256(result) for result in results}, []
    for other in draws_that_began(draw.mechanism).filter(is_training=draw.is_training).exclude(phase=draw.phase_id):
        if (began := result_hash_of(other)) in there and began is not None:
            reviewed = standing_after(results, began).reviewed
            if missed := [code for code in late if code not in reviewed]:
                found.append((other, missed))
    return found


def result_hash_of(draw: Draw) -> str | None:
    """The SHA-256 of its result, by which draws that build on it name it; None before it is run."""
    return DrawFile.objects.filter(draw=draw, name=RESULT).values_list("sha256", flat=True).first()
