"""The questionnaire as a whole, its parts and its sections."""

from dataclasses import dataclass, replace

from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.errors import ServiceError
from questionnaires.definitions import Footnote, PartDefinition, QuestionnaireDefinition, SectionDefinition
from questionnaires.editing.changes.base import part_of, section_of, settled, swapped, with_part, with_section


@dataclass(frozen=True, slots=True)
class HeadInput:
    title: str
    source: str
    guidance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartInput:
    title: str
    cluster_title: str
    guidance: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionInput:
    """``applicability``: as ``SectionDefinition`` has it, empty for all States."""

    heading: str
    parent_heading: str = ""
    articles: tuple[str, ...] = ()
    applicability: str = ""
    guidance: tuple[str, ...] = ()
    footnotes: tuple[Footnote, ...] = ()


def change_head(definition: QuestionnaireDefinition, given: HeadInput) -> QuestionnaireDefinition:
    changed = replace(definition, title=given.title, source=given.source, guidance=given.guidance)
    return settled(definition, changed)


def add_part(definition: QuestionnaireDefinition, instrument: str, given: PartInput) -> QuestionnaireDefinition:
    part = PartDefinition(instrument, given.title, given.cluster_title, given.guidance, ())
    return settled(definition, replace(definition, parts=(*definition.parts, part)))


def change_part(definition: QuestionnaireDefinition, instrument: str, given: PartInput) -> QuestionnaireDefinition:
    part_of(definition, instrument)

    def filled(part: PartDefinition) -> PartDefinition:
        return replace(part, title=given.title, cluster_title=given.cluster_title, guidance=given.guidance)

    return settled(definition, with_part(definition, instrument, filled))


def move_part(definition: QuestionnaireDefinition, instrument: str, *, up: bool) -> QuestionnaireDefinition:
    at = definition.parts.index(part_of(definition, instrument))
    return settled(definition, replace(definition, parts=swapped(definition.parts, at, up=up)))


def remove_part(definition: QuestionnaireDefinition, instrument: str) -> QuestionnaireDefinition:
    gone = part_of(definition, instrument)
    return settled(definition, replace(definition, parts=tuple(part for part in definition.parts if part is not gone)))


def add_section(
    definition: QuestionnaireDefinition, instrument: str, given: SectionInput
) -> tuple[QuestionnaireDefinition, str]:
    """Add a section at the end of a part; give its short name besides, which is made of the heading and stays."""
    part = part_of(definition, instrument)
    slugs = {section.slug for section in part.sections}
    stem = slugify(given.heading)[:70].strip("-_").replace("_", "-") or "section"
    slug, number = stem, 1
    while slug in slugs:
        number += 1
        slug = f"{stem}-{number}"
    section = _filled(SectionDefinition(slug, "", None, (), (), (), None, ()), given)
    after = with_part(definition, instrument, lambda each: replace(each, sections=(*each.sections, section)))
    return settled(definition, after), slug


def change_section(
    definition: QuestionnaireDefinition, instrument: str, slug: str, given: SectionInput
) -> QuestionnaireDefinition:
    section_of(definition, instrument, slug)
    return settled(definition, with_section(definition, instrument, slug, lambda section: _filled(section, given)))


def _filled(section: SectionDefinition, given: SectionInput) -> SectionDefinition:
    return replace(
        section,
        heading=given.heading,
        parent_heading=given.parent_heading or None,
        articles=given.articles,
        applicability=given.applicability or None,
        guidance=given.guidance,
        footnotes=given.footnotes,
    )


def move_section(
    definition: QuestionnaireDefinition, instrument: str, slug: str, *, up: bool
) -> QuestionnaireDefinition:
    sections = part_of(definition, instrument).sections
    at = sections.index(section_of(definition, instrument, slug))
    moved = swapped(sections, at, up=up)
    return settled(definition, with_part(definition, instrument, lambda part: replace(part, sections=moved)))


def remove_section(definition: QuestionnaireDefinition, instrument: str, slug: str) -> QuestionnaireDefinition:
    """Raises ServiceError while there are items in it: each of them is removed or moved knowingly."""
    section = section_of(definition, instrument, slug)
    if section.items:
        raise ServiceError(_("Remove or move the items of this section first."))
    left = tuple(each for each in part_of(definition, instrument).sections if each is not section)
    return settled(definition, with_part(definition, instrument, lambda part: replace(part, sections=left)))
