"""Storing a draw that was made elsewhere, as it is. Nothing is drawn, and nothing is public before it is published."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.i18n import isolated
from core.language.text import require_text
from core.policy import require
from lots.algorithm import ChainedDraw
from lots.algorithm.canonical import sha256
from lots.algorithm.terms import MOST_SOURCE
from lots.bringing.selectors import fingerprint_of, made_elsewhere
from lots.bringing.sheet import BroughtPair
from lots.ceremony import store_result
from lots.chain import obstacle_to
from lots.draws.enums import DrawAction, DrawKind, DrawStatus
from lots.draws.models import Draw, DrawFile
from lots.files import PROGRAMS
from lots.preparation import create_entries, next_code
from reviews.programme.models import Phase

VERIFIER = "verify.py"


@transaction.atomic
def bring_in_draw(
    *,
    actor: User,
    phase: Phase,
    as_of: dt.date,
    source: str,
    pairs: Sequence[BroughtPair],
    is_training: bool,
    seen: str,
) -> Draw:
    """Store the groups and pairings of a draw of another place; another officer publishes it, which opens its reviews.

    ``seen`` is the fingerprint of what the officer has looked at. Raises ServiceError where a row of ``pairs`` is
    wrong, where something has changed since, for an empty source, and where a draw of the phase is published.
    """
    require(actor, DrawAction.BRING_IN, phase.mechanism)
    source = require_text(source, _("Say where this draw is read."), maximum=MOST_SOURCE, field="source")
    if any(pair.problems for pair in pairs):
        raise ServiceError(_("Some rows are wrong: nothing was stored."), field="file")
    code = next_code(phase, is_training=is_training)  # holds the phase
    of_phase = Draw.objects.filter(phase=phase, is_training=is_training)
    if of_phase.filter(status=DrawStatus.PUBLISHED).exists():
        raise ServiceError(_("A draw of this phase is published."), field="phase")
    if obstacle := obstacle_to(phase, DrawKind.BROUGHT_IN, is_training=is_training):
        raise ServiceError(obstacle, field="phase")
    made = made_elsewhere(phase, as_of, pairs, source=source, is_training=is_training)
    if fingerprint_of(made, phase) != seen:
        raise ServiceError(_("Something it rests on has changed meanwhile. Look at it as it is now."))
    twins = of_phase.filter(kind=DrawKind.BROUGHT_IN).exclude(status=DrawStatus.VOIDED)
    if twin := twins.filter(files__name="result.json", files__sha256=made.certificate["hashes"]["result.json"]).first():
        raise ServiceError(_("This is brought in already: draw %(code)s.") % {"code": isolated(twin.code)})
    draw = _store(actor, phase, code, made, is_training=is_training)
    hashes = {name: sha256(content) for name, content in made.files().items()}
    after = {"phase": phase.number, "as_of": made.as_of, "source": source, "files": hashes}
    audit.record(actor, "lots.draw.brought_in", draw, after=after)
    return draw


def _store(actor: User, phase: Phase, code: str, made: ChainedDraw, *, is_training: bool) -> Draw:
    draw = Draw.objects.create(
        mechanism=phase.mechanism,
        phase=phase,
        code=code,
        is_training=is_training,
        kind=DrawKind.BROUGHT_IN,
        status=DrawStatus.DRAWN,
        as_of=made.as_of,
        switches=made.switches.to_json(),
        terms=made.terms.to_json(),
        input_sha256=made.table.sha256,
        commitment_sha256=made.certificate["commitment_sha256"],
        prepared_by=actor,
        run_by=actor,
        run_at=timezone.now(),
    )
    files = {"input.csv": made.table.csv_bytes, VERIFIER: PROGRAMS[VERIFIER]()}
    DrawFile.objects.bulk_create(
        DrawFile(draw=draw, name=name, content=content, sha256=sha256(content)) for name, content in files.items()
    )
    create_entries(draw, made.table)
    store_result(draw, made)
    draw.refresh_from_db()
    return draw
