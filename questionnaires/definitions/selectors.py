"""Published questionnaires, read once for each process: a published version never changes."""

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from core.database.made_once import MadeOnce
from questionnaires.definitions.completeness import optional_codes
from questionnaires.definitions.conditions import dependencies, parent_code
from questionnaires.definitions.definition import (
    Citation,
    Footnote,
    Item,
    PartDefinition,
    QuestionnaireDefinition,
    SectionDefinition,
)
from questionnaires.definitions.enums import VersionStatus
from questionnaires.definitions.mapping import ItemMove, moves_between, said_over
from questionnaires.definitions.models import ItemMapping, Part, Question, Questionnaire, QuestionnaireVersion, Section
from reviews.programme.models import Instrument

NOT_PARTY_TO = "not_party_to_"


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section with its keys and where it stands."""

    pk: UUID
    part: PartDefinition
    section: SectionDefinition

    @property
    def address(self) -> tuple[str, str]:
        return self.part.instrument, self.section.slug


@dataclass(frozen=True)
class VersionIndex:
    """A version's definition, and the way from codes and addresses to rows and back."""

    version_id: UUID
    number: int
    sha256: str
    definition: QuestionnaireDefinition
    sections: tuple[PlacedSection, ...]
    question_ids: Mapping[str, UUID]
    items: Mapping[str, Item] = field(init=False)
    codes: Mapping[UUID, str] = field(init=False)
    section_of: Mapping[str, PlacedSection] = field(init=False)
    optional: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        items = {item.code: item for item in self.definition.items()}
        places = {item.code: place for place in self.sections for item in place.section.items}
        object.__setattr__(self, "items", items)
        object.__setattr__(self, "codes", {pk: code for code, pk in self.question_ids.items()})
        object.__setattr__(self, "section_of", places)
        object.__setattr__(self, "optional", optional_codes(items.values()))

    def section_at(self, instrument: str, slug: str) -> PlacedSection:
        """Raises Http404 where there is no such section."""
        for place in self.sections:
            if place.address == (instrument, slug):
                return place
        raise Http404

    def applicable_sections(self, party_to: Iterable[str]) -> tuple[PlacedSection, ...]:
        """The sections that a State answers that is party to these instruments."""
        joined = frozenset(party_to)
        return tuple(place for place in self.sections if applies(place, joined))

    @functools.cached_property
    def needed_for(self) -> Mapping[str, frozenset[str]]:
        """For each item, the items whose answers decide whether it is asked (none where it always is)."""
        return self._needed(with_items_above=False)

    @functools.cached_property
    def needed_by_organizations(self) -> Mapping[str, frozenset[str]]:
        """The same where an item above may not be within the competence of who answers."""
        return self._needed(with_items_above=True)

    def _needed(self, *, with_items_above: bool) -> Mapping[str, frozenset[str]]:
        needed: dict[str, frozenset[str]] = {}

        def collect(code: str) -> frozenset[str]:
            if code not in needed:
                own = dependencies(self.items[code].condition)
                above = {parent_code(code)} & self.items.keys()
                further = [collect(other) for other in own | above]
                needed[code] = own.union(above if with_items_above else (), *further)
            return needed[code]

        for code in self.items:
            collect(code)
        return needed

    @functools.cached_property
    def deciding(self) -> frozenset[str]:
        """The items on whose answers it depends what else is asked."""
        return frozenset().union(*(dependencies(item.condition) for item in self.items.values()))

    @functools.cached_property
    def heads(self) -> frozenset[str]:
        """The items under which there are others."""
        return frozenset(map(parent_code, self.items)) & self.items.keys()


def applies(place: PlacedSection, joined: frozenset[str]) -> bool:
    """Whether a State party to ``joined`` answers a section (instrument of the part, and the section's own rule)."""
    return section_applies(place.part, place.section, joined)


def section_applies(part: PartDefinition, section: SectionDefinition, joined: frozenset[str]) -> bool:
    """The same of a section that has no row yet."""
    rule = section.applicability
    return part.instrument in joined and not (rule and rule.removeprefix(NOT_PARTY_TO) in joined)


def published_versions() -> QuerySet[QuestionnaireVersion]:
    return (
        QuestionnaireVersion.objects.filter(status=VersionStatus.PUBLISHED)
        .select_related("questionnaire__cluster")
        .order_by("questionnaire__cluster__number")
    )


def get_published_version(questionnaire_slug: str) -> QuestionnaireVersion:
    version = published_versions().filter(questionnaire__slug=questionnaire_slug).first()
    if version is None:
        raise Http404
    return version


def current_version(questionnaire: Questionnaire) -> QuestionnaireVersion:
    return questionnaire.versions.get(status=VersionStatus.PUBLISHED)


@functools.lru_cache(maxsize=64)
def index_of(version_id: UUID) -> VersionIndex:
    """The index of a published version; a handful of queries the first time, none afterwards."""
    version = QuestionnaireVersion.objects.select_related("questionnaire__cluster", "questionnaire__mechanism").get(
        pk=version_id
    )
    questions = list(
        Question.objects.filter(version=version)
        .prefetch_related("options")
        .select_related("condition")
        .order_by("order")
    )
    by_section: dict[UUID, list[Item]] = {}
    for question in questions:
        by_section.setdefault(question.section_id, []).append(_item(question))
    parts, places = [], []
    for part_row in version.parts.select_related("instrument").prefetch_related("sections__articles"):
        rows = sorted(part_row.sections.all(), key=lambda row: row.order)
        part = _part(part_row, tuple(_section(row, by_section.get(row.pk, [])) for row in rows))
        parts.append(part)
        places += [PlacedSection(row.pk, part, section) for row, section in zip(rows, part.sections, strict=True)]
    definition = QuestionnaireDefinition(
        mechanism=version.questionnaire.mechanism.slug,
        cluster=version.questionnaire.cluster.roman,
        slug=version.questionnaire.slug,
        language=version.language,
        title=version.title,
        source=version.source,
        guidance=tuple(version.guidance),
        parts=tuple(parts),
        translations=version.translations,
    )
    return VersionIndex(
        version_id=version.pk,
        number=version.number,
        sha256=version.sha256,
        definition=definition,
        sections=tuple(places),
        question_ids={question.code: question.pk for question in questions},
    )


def _part(row: Part, sections: tuple[SectionDefinition, ...]) -> PartDefinition:
    return PartDefinition(row.instrument.slug, row.title, row.cluster_title, tuple(row.guidance), sections)


def _section(row: Section, items: list[Item]) -> SectionDefinition:
    return SectionDefinition(
        slug=row.slug,
        heading=row.heading,
        parent_heading=row.parent_heading or None,
        articles=tuple(str(article.number) for article in row.articles.all()),
        guidance=tuple(row.guidance),
        footnotes=tuple(Footnote(**footnote) for footnote in row.footnotes),
        applicability=row.applicability or None,
        items=tuple(items),
    )


def _item(question: Question) -> Item:
    options = question.options.all()
    return Item(
        number=tuple(question.number),
        code=question.code,
        articles=tuple(Citation(**citation) for citation in question.articles),
        text=question.text,
        kind=question.kind,
        options=tuple(option.text for option in options),
        free_text_options=tuple(option.text for option in options if option.is_free_text),
        footnotes=tuple(Footnote(**footnote) for footnote in question.footnotes),
        voluntary=question.is_voluntary,
        condition=question.condition.tree if hasattr(question, "condition") else None,
        self_assessed=question.is_self_assessed,
        deviation=question.deviation or None,
    )


def said_of_items(old_version: UUID, new_version: UUID) -> dict[str, str]:
    """Where officers have items go, by code; empty for nowhere; one query.

    Over several versions what they said of each step counts (numbers of versions follow one another without a gap), and
    before it what they said of the way as a whole.
    """
    first, last = index_of(old_version).number, index_of(new_version).number
    rows = ItemMapping.objects.filter(
        old_version__questionnaire__versions=old_version, old_version__number__gte=first, new_version__number__lte=last
    )
    pairs: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    for *pair, old, new in rows.values_list("old_version__number", "new_version__number", "old_code", "new_code"):
        pairs[pair[0], pair[1]][old] = new
    said = dict(pairs[first, first + 1])
    for number in range(first + 2, last + 1):
        said = said_over(said, pairs[number - 1, number], pairs[first, number])
    return said


def moves_of(old_version: UUID, new_version: UUID) -> dict[str, ItemMove]:
    """Where each item of a published version goes in another one of its questionnaire; one query."""
    said = said_of_items(old_version, new_version)
    return moves_between(index_of(old_version).definition, index_of(new_version).definition, said)


def instrument_names(slugs: Iterable[str]) -> dict[str, str]:
    """Short names in the active language, in the order of the instruments."""
    return dict(_NAMES.rows(slugs=sorted({*slugs})))


def _names(slugs: str) -> QuerySet[Instrument, tuple[str, str]]:
    return Instrument.objects.filter(slug__any_of=slugs).values_list("slug", "short_name")


_NAMES: MadeOnce[tuple[str, str]] = MadeOnce(_names)
