"""Finding and replacing within a questionnaire, and the one check after each change."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _

from core.errors import ServiceError
from questionnaires.definitions import Item, PartDefinition, QuestionnaireDefinition, SectionDefinition
from questionnaires.files import flaw_words, flaws_of

T = TypeVar("T")


class RefusedChangeError(ServiceError):
    """A change that would leave a questionnaire wrong; ``problems`` are fields and what is wrong there."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = problems
        field, message = problems[0]
        super().__init__(message, field=field)


class GoneError(ServiceError):
    """What was to be changed is not in the draft any more."""

    def __init__(self) -> None:
        super().__init__(_("A colleague has removed or moved this meanwhile. Nothing was done."))


def settled(before: QuestionnaireDefinition, after: QuestionnaireDefinition) -> QuestionnaireDefinition:
    """``after``, where the change has brought no flaw that was not there. Raises RefusedChangeError."""
    known = set(map(str, flaws_of(before)))
    items = {item.code: item for item in (*before.items(), *after.items())}
    flaws = [flaw for flaw in flaws_of(after) if not flaw.is_gap and str(flaw) not in known]
    if flaws:
        raise RefusedChangeError([(flaw.field, flaw_words(flaw, items)) for flaw in flaws])
    return after


def part_of(definition: QuestionnaireDefinition, instrument: str) -> PartDefinition:
    """Raises GoneError."""
    for part in definition.parts:
        if part.instrument == instrument:
            return part
    raise GoneError


def section_of(definition: QuestionnaireDefinition, instrument: str, slug: str) -> SectionDefinition:
    """Raises GoneError."""
    for section in part_of(definition, instrument).sections:
        if section.slug == slug:
            return section
    raise GoneError


def place_of(definition: QuestionnaireDefinition, code: str) -> tuple[PartDefinition, SectionDefinition, Item]:
    """An item with where it stands. Raises GoneError."""
    for part in definition.parts:
        for section in part.sections:
            for item in section.items:
                if item.code == code:
                    return part, section, item
    raise GoneError


def with_part(
    definition: QuestionnaireDefinition, instrument: str, change: Callable[[PartDefinition], PartDefinition]
) -> QuestionnaireDefinition:
    parts = [change(part) if part.instrument == instrument else part for part in definition.parts]
    return replace(definition, parts=tuple(parts))


def with_section(
    definition: QuestionnaireDefinition,
    instrument: str,
    slug: str,
    change: Callable[[SectionDefinition], SectionDefinition],
) -> QuestionnaireDefinition:
    def in_part(part: PartDefinition) -> PartDefinition:
        sections = [change(section) if section.slug == slug else section for section in part.sections]
        return replace(part, sections=tuple(sections))

    return with_part(definition, instrument, in_part)


def swapped(rows: Sequence[T], at: int, *, up: bool) -> tuple[T, ...]:
    """A row moved by one place; at an end it stays."""
    other = at - 1 if up else at + 1
    moved = list(rows)
    if 0 <= other < len(moved):
        moved[at], moved[other] = moved[other], moved[at]
    return tuple(moved)
