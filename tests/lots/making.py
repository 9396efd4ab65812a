"""Draws at every status, built through the services as officers and delegates would."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.people.models import User
from lots.algorithm import Switches
from lots.ceremony.seeding import commitment_to
from lots.ceremony.services.drawing import run_draw
from lots.ceremony.services.seeds import commit_seed_part, reveal_seed_part
from lots.course.services import confirm_void, request_void
from lots.draws.enums import DrawBasis, DrawStatus, SeedKind
from lots.draws.models import Draw, SeedPart
from lots.preparation.services import announce_draw, prepare_draw
from lots.publication.services.publication import publish_draw
from reviews.programme.models import Phase
from tests.factories.accounts import OfficerFactory

AS_OF = dt.date(2024, 11, 1)  # before phase 3 begins; all 25 fictional States are party to the Convention
LAUNCH_SESSION = dt.date(2020, 10, 12)  # 190 real parties
SECRET = "a lamp in the window"
PUBLIC_VALUE = "The closing value of the index on the last working day of the month."


@dataclass
class Officers:
    """``keeper`` prepares, announces and records the seed; ``runner`` runs, publishes and confirms."""

    keeper: User = field(default_factory=lambda: OfficerFactory(full_name="Kim Keeper"))
    runner: User = field(default_factory=lambda: OfficerFactory(full_name="Ruth Runner"))


def phase_of(number: int) -> Phase:
    return Phase.objects.select_related("mechanism").get(mechanism__slug="untoc", number=number)


def make_draw(
    status: str = DrawStatus.PUBLISHED,
    *,
    officers: Officers | None = None,
    phase: int = 3,
    as_of: dt.date = AS_OF,
    switches: Switches | None = None,
    is_training: bool = True,
    public_values: tuple[str, ...] = (),
    value: str = "7",
    basis: DrawBasis = DrawBasis.FIRST,
    replaced: Sequence[tuple[str, str]] = (),
) -> Draw:
    """A draw of a phase, taken to ``status``; another ``value`` is another seed."""
    by = officers or Officers()
    draw = prepare_draw(
        actor=by.keeper,
        phase=phase_of(phase),
        as_of=as_of,
        switches=switches or Switches(),
        is_training=is_training,
        basis=basis,
        replaced=replaced,
    )
    return take_on(draw, status, by, public_values=public_values, value=value)


def take_on(draw: Draw, status: str, by: Officers, *, public_values: tuple[str, ...] = (), value: str = "7") -> Draw:
    """Take a draw that was just prepared to ``status``."""
    if status != DrawStatus.PREPARED:
        draw = announce_draw(actor=by.keeper, draw=draw, public_values=public_values)
    if status in {DrawStatus.SEEDED, DrawStatus.DRAWN, DrawStatus.PUBLISHED, DrawStatus.VOIDED}:
        record_seed(draw, by.keeper, value=value)
        draw.refresh_from_db()
    if status in {DrawStatus.DRAWN, DrawStatus.PUBLISHED, DrawStatus.VOIDED}:
        draw = run_draw(actor=by.runner, draw=draw)
    if status in {DrawStatus.PUBLISHED, DrawStatus.VOIDED}:
        draw = publish_draw(actor=by.runner, draw=draw)
    if status == DrawStatus.VOIDED:
        draw = request_void(actor=by.keeper, draw=draw, reason="A State was missing from the input.")
        draw = confirm_void(actor=by.runner, draw=draw)
    return draw


def record_seed(draw: Draw, officer: User, *, value: str = "7") -> None:
    """All commit to the same value, each with words of his or her own, and all values are read."""
    for part in draw.seed_parts.filter(kind=SeedKind.DELEGATE):
        commit(part, officer, value=value)
    for part in draw.seed_parts.all():
        reveal(part, officer, value=value)


def commit(part: SeedPart, officer: User, *, value: str = "7") -> SeedPart:
    commitment = commitment_to(value, secret_of(part))
    return commit_seed_part(actor=officer, part=part, commitment=commitment, delegate=f"Delegate of {part.source}")


def reveal(part: SeedPart, officer: User, *, value: str = "7") -> SeedPart:
    return reveal_seed_part(actor=officer, part=part, value=value, secret=secret_of(part))


def secret_of(part: SeedPart) -> str:
    return f"{SECRET} ({part.source})"


@dataclass
class TakenTo:
    """A draw that was taken to a status, and who took it there."""

    draw: Draw
    officers: Officers


def taken_to(status: str) -> TakenTo:
    """For tests that ask for the same: ``@pytest.mark.kept(taken_to, DrawStatus.DRAWN)`` (tests/conftest.py)."""
    officers = Officers()
    return TakenTo(make_draw(status, officers=officers), officers)
