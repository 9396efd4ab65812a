"""The protocol of a draw as PDF/UA-1 or HTML: what was announced, the seed, who acted, the result, why it is right."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _, pgettext

from accounts.people.models import User
from core import audit, jobs
from core.documents.facts import PrintedFact
from core.documents.html import render_html_file
from core.documents.pdf import render_pdf
from core.documents.progress import Progress, unheard
from core.errors import ServiceError
from core.language.i18n import in_own_order, isolated, list_of
from core.models import Job
from core.templatetags.components import binding_words, date_words
from lots.ceremony import turns_of
from lots.chain import added_to, draws_before
from lots.draws import file_of, files_of, seed_parts_of
from lots.draws.enums import DrawKind, DrawStatus
from lots.draws.models import Draw, SeedPart
from lots.preparation import PROTOCOL
from lots.publication.jobs import PROTOCOL_HTML
from lots.results import DrawnState, drawn_states
from lots.words import acts_of, checks_of, findings_of, rules_set

TEMPLATE = "pdf/draw_protocol.html"


@dataclass(frozen=True, slots=True)
class Signatory:
    name: str
    capacity: str


def render_job(job: Job, tell: Callable[[int], None]) -> bytes:
    """Print what a job asks for. Raises ServiceError where it is gone, PdfError where this server cannot print."""
    draw = jobs.find_target(job)
    if draw is None:
        raise ServiceError(_("This draw is not there any more."))
    if job.kind == PROTOCOL_HTML:
        with translation.override(job.language):
            context = context_of(draw)
        return render_html_file(TEMPLATE, context, job.language, progress=tell)
    return render_protocol_pdf(draw, job.language, progress=tell)


def render_protocol_pdf(draw: Draw, language: str, *, is_public: bool = False, progress: Progress = unheard) -> bytes:
    """Print the protocol of a draw that has been run; ``is_public`` without the names of people. Raises PdfError."""
    with translation.override(language):
        context = context_of(draw, is_public=is_public)
    return render_pdf(TEMPLATE, context, language, progress=progress)


def context_of(draw: Draw, *, is_public: bool = False) -> dict[str, Any]:
    """What the template prints, in the active language."""
    states = drawn_states(draw)
    parts = list(seed_parts_of(draw))
    certificate = json.loads(file_of(draw, "certificate.json") or b"{}")
    turns = turns_of(states)
    acts = acts_of(draw, is_public=is_public)
    return {
        "draw": draw,
        "symbol": in_own_order(draw.code),
        "status_words": _status_words(draw),
        "watermark": _watermark(draw),
        "facts": _facts(draw, len(states)),
        "is_public": is_public,
        "acts": [(act, binding_words(at), "" if is_public else str(who or "")) for act, at, who in acts],
        "rules": []
        if draw.kind == DrawKind.BROUGHT_IN
        else rules_set(draw.mechanism, draw.switches, [drawn.state for drawn in states]),
        "parts": parts,
        "numbers": sorted({drawn.group_number for drawn in states}),
        "regions": list(_regions(states)),
        "has_assigned": any(drawn.entry.is_group_assigned for drawn in states),
        "groups": [(number, list(rows)) for number, rows in groupby(turns, lambda turn: turn.drawn.group_number)],
        "checks": checks_of(certificate, draw.roles),
        "findings": list(findings_of(certificate)),
        "files": files_of(draw).exclude(name__startswith=PROTOCOL),
        "signatories": [] if is_public else list(_signatories(draw, parts)),
    }


def _status_words(draw: Draw) -> str:
    match draw.status:
        case DrawStatus.VOIDED:
            return _("Voided %(time)s") % {"time": binding_words(draw.voided_at)}
        case DrawStatus.PUBLISHED:
            return _("Published %(time)s") % {"time": binding_words(draw.published_at)}
    return _("Drawn %(time)s, not published") % {"time": binding_words(draw.run_at)}


def _watermark(draw: Draw) -> str:
    if draw.status == DrawStatus.VOIDED:
        return pgettext("a draw", "Voided")
    if draw.is_training:
        return pgettext("a draw", "Training")
    return "" if draw.status == DrawStatus.PUBLISHED else pgettext("a draw", "Not published")


def _facts(draw: Draw, states: int) -> list[PrintedFact]:
    return [
        PrintedFact(_("Mechanism"), draw.mechanism.name),
        PrintedFact(_("Phase"), f"{draw.phase.number}: {draw.phase.cluster.name}"),
        PrintedFact(_("Draw"), in_own_order(draw.code)),
        *_chain(draw),
        PrintedFact(_("Parties as of"), date_words(draw.as_of)),
        PrintedFact(_("States in the draw"), states),
        PrintedFact(_("Checksum of the input (SHA-256)"), draw.input_sha256, is_hash=True),
        *_of_chance(draw),
        *_record(draw),
    ]


def _of_chance(draw: Draw) -> Iterator[PrintedFact]:
    if draw.kind != DrawKind.BROUGHT_IN:
        yield PrintedFact(_("Commitment to input, day and switches (SHA-256)"), draw.commitment_sha256, is_hash=True)
        yield PrintedFact(pgettext("of a draw", "Seed"), draw.seed, is_hash=True)


def _chain(draw: Draw) -> Iterator[PrintedFact]:
    if draw.kind == DrawKind.BROUGHT_IN:
        yield PrintedFact(pgettext("of a draw", "Kind"), draw.get_kind_display())
        yield PrintedFact(_("Where it is read"), draw.terms["source"])
    if before := draws_before(draw):
        yield PrintedFact(pgettext("of a draw", "Kind"), draw.get_kind_display())
        if named := added_to(draw.kind, draw.phase, before):
            yield PrintedFact(pgettext("a draw to another", "Adds to"), isolated(named.code))
        codes = [isolated(each.code) for each in before]
        yield PrintedFact(pgettext("a draw on others", "Builds on"), list_of(codes))


def _record(draw: Draw) -> Iterator[PrintedFact]:
    """The mechanism's record of acts as it stood with the publication, or with the run before that."""
    published = audit.head_at(draw, "lots.draw.published")
    if published is not None:
        label = _("Record of acts at the publication: last act and its checksum")
        yield PrintedFact(label, published.words, is_hash=True)
    elif run := audit.head_at(draw, "lots.draw.run"):
        yield PrintedFact(_("Record of acts at the run: last act and its checksum"), run.words, is_hash=True)


def _regions(states: Sequence[DrawnState]) -> Iterator[tuple[str, list[list[DrawnState]]]]:
    """Each regional group with its States in each group."""
    numbers = sorted({drawn.group_number for drawn in states})
    by_order = sorted(states, key=lambda drawn: drawn.regional_group.order)
    for _order, rows in groupby(by_order, lambda drawn: drawn.regional_group.order):
        members = list(rows)
        cells = [[drawn for drawn in members if drawn.group_number == number] for number in numbers]
        yield str(members[0].regional_group), cells


def _signatories(draw: Draw, parts: Sequence[SeedPart]) -> Iterator[Signatory]:
    """The officers who acted, each once with all that they did, then the delegates."""
    did: dict[User, list[str]] = {}
    is_brought_in = draw.kind == DrawKind.BROUGHT_IN
    acted = (
        (draw.prepared_by, _("brought the draw in") if is_brought_in else _("froze the input")),
        (draw.announced_by, _("announced the draw")),
        *((person, _("recorded the seed")) for part in parts for person in (part.committed_by, part.revealed_by)),
        (None if is_brought_in else draw.run_by, _("ran the draw")),
        (draw.published_by, _("published the draw")),
        (draw.voided_by, _("confirmed the voiding")),
    )
    for person, act in acted:
        if person is not None and act not in did.setdefault(person, []):
            did[person].append(act)
    for person, acts in did.items():
        yield Signatory(str(person), _("Secretariat: %(acts)s") % {"acts": list_of(acts)})
    for part in parts:
        if part.delegate:
            yield Signatory(part.delegate, _("Delegate, %(group)s") % {"group": part.regional_group})
