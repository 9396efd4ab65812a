"""What must not be wrong, which tests are to notice, and how many mistakes of a hundred they have to find."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Room:
    """``share`` of the mistakes are tried, the same ones each time; ``floor`` per cent of these have to be found.

    ``without``: functions that other tests are for. ``seconds``: a run of the tests that takes so much longer than five
    without a mistake has found it.
    """

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    floor: int = 90
    share: float = 1.0
    without: frozenset[str] = frozenset()
    seconds: int = 30
    has_database: bool = False


def _modules(pattern: str) -> tuple[str, ...]:
    return tuple(sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(pattern) if path.name != "__init__.py"))


# They look up what the tables are asked with, in the database.
_FACTS = frozenset(
    """
    facts_of is_leaving _place_of states_agreeing _has_cleared may_see_address open_staff_session _covers
    forget_staff_session secretariat_role is_secretariat is_auditor statuses_open_to may_read_whole_draft
    _is_assigned has_recorded_seed _gains _words_on is_being_published is_being_carried_out is_loading _revises
    proposes
    """.split()
)
ROOMS = {
    "policy": Room(
        (
            "core/context.py", "core/policy/__init__.py", "core/policy/decisions.py", "core/policy/tables.py",
            "reviews/capacities/predicates.py", *_modules("*/*/policy.py"),
        ),
        (
            "tests/core/test_context.py", "tests/core/test_policy.py", "tests/core/test_policy_tables.py",
            "tests/permissions/test_binding.py", "tests/permissions/test_moments.py",
            "tests/permissions/test_matrix.py",
        ),
        without=_FACTS,
    ),
    "conditions": Room(
        ("questionnaires/definitions/conditions.py", "questionnaires/files/trees.py"),
        ("tests/questionnaires/definitions/test_conditions.py", "tests/questionnaires/files/test_rules.py"),
    ),
    "clock": Room(
        ("reviews/clock/engine.py", "reviews/clock/workflow.py"),
        (
            "tests/reviews/clock/test_clock_examples.py", "tests/reviews/clock/test_clock.py",
            "tests/reviews/clock/test_workflow.py",
        ),
    ),
    "draw rules": Room(
        ("lots/algorithm/chained_rules.py", "lots/algorithm/rules.py"),
        (
            "tests/lots/algorithm/test_rules.py", "tests/lots/algorithm/test_chained_rules.py",
            "tests/lots/algorithm/test_draw.py",
        ),
    ),
    "agreement": Room(
        ("reviews/agreement/absences.py", "reviews/agreement/rules.py", "reviews/agreement/silence.py"),
        ("tests/reviews/agreement/test_rules.py",),
        without=frozenset({"absences_by", "absences_in", "days_of"}),
    ),
    # With the database: of many mistakes some.
    "rooms": Room(
        (
            "reviews/drafts/selectors.py", "reviews/drafts/services.py", "reviews/drafts/shown.py",
            "reviews/drafts/situations.py", "reviews/rooms/services.py",
        ),
        # Without every order of acts (``test_audience_in_any_order``), which takes two thirds as long as all of these.
        (
            "tests/reviews/drafts/test_situations.py", "tests/reviews/drafts/test_shown.py",
            "tests/reviews/drafts/test_copies.py", "tests/reviews/rooms", "tests/reviews/drafts/test_rooms.py",
        ),
        floor=80,
        share=0.5,
        has_database=True,
    ),
    "answer store": Room(
        (
            "questionnaires/answers/competence.py", "questionnaires/answers/forms.py",
            "questionnaires/answers/selectors.py", "questionnaires/answers/services.py",
            "questionnaires/answers/store.py", "questionnaires/answers/validators.py",
        ),
        tuple(
            f"tests/questionnaires/answers/test_{name}.py"
            for name in ("store", "answers", "autosave", "competence", "section_outside", "partly", "races")
        ),
        floor=80,
        share=0.5,
        has_database=True,
    ),
}  # fmt: skip
