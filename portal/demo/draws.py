"""The draws of the demo: training draws, taken by two people of the secretariat as far as ``draws.json`` says."""

import datetime as dt
import hashlib
from typing import Any

from django.db import transaction

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from lots.ceremony import commit_seed_part, reveal_seed_part, run_draw
from lots.course import confirm_void, request_void
from lots.draws import seed_parts_of
from lots.draws.models import Draw, SeedPart
from lots.preparation import announce_draw, default_switches, prepare_draw
from lots.publication import publish_draw
from portal.demo.plan import LARGE, demo_mechanism, people, read, short_demo
from reviews.programme.models import Phase

_HALF_COMMITTED, _PUBLISHED, _VOIDED = "half_committed", "published", "voided"


@transaction.atomic
def load_draws() -> list[str]:
    """Build what is not there yet of the draws, once the people are there; give the codes of those that were built."""
    short = short_demo()
    data = short["draws"] if short else read("draws.json")
    slug = demo_mechanism() if short else LARGE
    present = set(Draw.objects.filter(mechanism__slug=slug).values_list("code", flat=True))
    missing = [planned for planned in data["draws"] if planned["code"] not in present]
    if missing:
        keeper, runner = _member(SecretariatRole.OFFICER), _member(SecretariatRole.ADMINISTRATOR)
        for planned in missing:
            phase = Phase.objects.select_related("mechanism").get(mechanism__slug=slug, number=planned["phase"])
            _build(planned, phase, data["delegates"], keeper, runner)
    return [planned["code"] for planned in missing]


def _member(role: SecretariatRole) -> User:
    person = next(person for person in people() if person.role == role)
    return User.objects.get(email=person.email)


def _build(planned: dict[str, Any], phase: Phase, delegates: dict[str, str], keeper: User, runner: User) -> None:
    draw = prepare_draw(
        actor=keeper,
        phase=phase,
        as_of=dt.date.fromisoformat(planned["as_of"]),
        switches=default_switches(phase.mechanism),
        is_training=True,
    )
    announce_draw(actor=keeper, draw=draw, public_values=planned["public_values"])
    parts = {part.source: part for part in seed_parts_of(draw)}
    for source, (value, secret) in planned["values"].items():
        if secret:
            _commit(keeper, parts[source], delegates[source], value, secret)
    if planned["until"] != _HALF_COMMITTED:
        for source, (value, secret) in planned["values"].items():
            reveal_seed_part(actor=keeper, part=parts[source], value=value, secret=secret)
        _draw_lots(planned, draw, keeper, runner)


def _commit(officer: User, part: SeedPart, delegate: str, value: str, secret: str) -> None:
    """The delegate works the hash out at home, and gives nothing else."""
    commitment = hashlib.sha256(f"{value}/{secret}".encode()).hexdigest()
    commit_seed_part(actor=officer, part=part, commitment=commitment, delegate=delegate)


def _draw_lots(planned: dict[str, Any], draw: Draw, keeper: User, runner: User) -> None:
    run_draw(actor=runner, draw=draw)
    if planned["until"] == _PUBLISHED:
        publish_draw(actor=runner, draw=draw)
    elif planned["until"] == _VOIDED:
        request_void(actor=keeper, draw=draw, reason=planned["reason"])
        confirm_void(actor=runner, draw=draw)
