"""What the demo holds, read from ``fixtures/demo``."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from reviews.programme.models import Mechanism
from reviews.shipped import first_mechanism, read_file, shipped_mechanisms

LARGE = "untoc"  # the mechanism that the large demo is of
PASSPHRASE = "a-quiet-harbour-at-noon"  # noqa: S105 - the demo's, printed at every start
SECRETARIAT_DOMAIN = "secretariat.example"

# The steps to which the demo can go, in their order, and the stages of a planned review that lie in each.
STAGES_OF_STEP = {
    "consultations": ("consultations", "half_confirmed"),
    "self_assessment": ("opened", "half_answered", "in_clearance", "returned"),
    "written_feedback": ("sent", "feedback_drafted", "feedback_sent_by_one"),
    "dialogue": ("dialogue",),
    "observations": ("observations",),
    "summary": ("summary",),
    "closed": ("closed",),
}
STEPS = tuple(STAGES_OF_STEP)
SHORT = "demo.json"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the demo; ``state`` is a code, empty for the secretariat; ``look_at`` may be empty."""

    name: str
    title: str
    organization: str
    role: str
    language: str
    state: str
    look_at: str

    @property
    def email(self) -> str:
        domain = f"{self.state.lower()}.example" if self.state else SECRETARIAT_DOMAIN
        return f"{slugify(self.name).replace('-', '.')}@{domain}"


@dataclass(frozen=True, slots=True)
class PlannedPublication:
    """A text that is published; ``translated``: into which languages, the first of which is published with it."""

    instrument: str
    kind: str
    names_experts: bool
    translated: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class PlannedReview:
    """A review of the demo. ``until`` is one of the stages; ``assigned`` are addresses of sections.

    ``absent`` is a reviewing State that has named nobody, without which the others go ahead, with the reason.
    ``agreed_days`` are days after the start on which the States agree for milestones; ``texts`` says by instrument how
    far the texts of the last step have come.
    ``answers_open`` says by audience of how many sections the answers are open, None for all.
    """

    state: str
    same_group: str
    other_group: str
    languages: tuple[str, ...]
    started_weeks_ago: int
    until: str
    missing_roles: tuple[str, ...] = ()
    absent: str = ""
    assigned: tuple[str, ...] = ()
    return_reason: str = ""
    reason: str = ""
    note: str = ""
    agreed_days: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    published: tuple[PlannedPublication, ...] = ()
    answers_open: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def states(self) -> tuple[str, str, str]:
        """The State under review first."""
        return self.state, self.same_group, self.other_group

    @property
    def step(self) -> str:
        return next(step for step, stages in STAGES_OF_STEP.items() if self.until in stages)

    def is_past(self, step: str) -> bool:
        return STEPS.index(self.step) > STEPS.index(step)


def planned_reviews(until: str) -> list[PlannedReview]:
    """The reviews whose stage lies in the step ``until`` or before it."""
    wanted = {stage for step in STEPS[: STEPS.index(until) + 1] for stage in STAGES_OF_STEP[step]}
    return [_planned(row) for row in read("reviews.json") if row["until"] in wanted]


def _planned(row: dict[str, Any]) -> PlannedReview:
    return PlannedReview(
        state=row["state"],
        same_group=row["same_group"],
        other_group=row["other_group"],
        languages=tuple(row["languages"]),
        started_weeks_ago=row["started_weeks_ago"],
        until=row["until"],
        missing_roles=tuple(row.get("missing_roles", ())),
        absent=row.get("absent", ""),
        assigned=tuple(row.get("assigned_to_contributor", ())),
        return_reason=row.get("return_reason", ""),
        reason=row.get("reason", ""),
        note=row.get("note", ""),
        agreed_days=row.get("agreed_days", {}),
        texts=row.get("texts", {}),
        published=tuple(PlannedPublication(**each) for each in row.get("published", ())),
        answers_open=row.get("answers_open", {}),
    )


def demo_mechanism() -> str:
    """The mechanism of the demo: the one that a new portal is loaded with, or else what this portal has."""
    here, first = sorted(Mechanism.objects.values_list("slug", flat=True)), first_mechanism()
    return next((slug for slug in here if slug in shipped_mechanisms()), first) if first not in here else first


def short_demo() -> dict[str, Any] | None:
    """The demo that comes with that mechanism; None where it is the large one."""
    folder = shipped_mechanisms()[demo_mechanism()]
    data: dict[str, Any] | None = read_file(folder, SHORT) if (folder / SHORT).exists() else None
    return data


def people() -> list[Person]:
    """The secretariat first, then the States in the order of their codes."""
    short = short_demo()
    data = short["people"] if short else read("people.json")
    return [
        Person(
            name=row["name"],
            title=row["title"],
            organization=row.get("organization", "Secretariat"),
            role=row["role"],
            language=row["language"],
            state=state,
            look_at=row.get("look_at", ""),
        )
        for state, rows in [("", data["secretariat"]), *sorted(data["states"].items())]
        for row in rows
    ]


@cache
def read(name: str) -> Any:
    return json.loads((settings.FIXTURES_DIR / "demo" / name).read_text(encoding="utf-8"))
