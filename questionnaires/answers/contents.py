"""The contents beside a section, out of a mould: headings are the version's; how far each section is comes in after.

The sections of a version that a reader sees are the same for all who see them; of a response the contents
say the counts, and of the page which section is open.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.template import loader
from django.template.base import Template
from django.template.context import Context
from django.utils.safestring import SafeString

from core.language.terminology import Tongue, tongue
from core.web.moulds import Mould, mark
from questionnaires.answers.items import attribute
from questionnaires.definitions import PlacedSection
from questionnaires.progress import ResponseOverview, SectionProgress

_OF_PAGE = ("official", "translations", "shown_in")
UNNAMED = ("_", "_")  # stand in an address for the instrument and the name of a section
_UNNAMED = "/_/_/"
MOST_MOULDS = 512


@dataclass(frozen=True, slots=True)
class ContentsLink:
    """A section; ``current``, ``marked``: attributes of the one that is open; ``mark``: how far it is."""

    heading: str
    url: str
    current: str
    marked: str
    mark: str


@dataclass(frozen=True, slots=True)
class ContentsPart:
    """``open``: its attribute."""

    name: str
    open: str
    links: tuple[ContentsLink, ...]


@dataclass(frozen=True, slots=True)
class SectionContents:
    overview_url: str
    search_url: str
    parts: tuple[ContentsPart, ...]

    @property
    def values(self) -> Mapping[str, str]:
        return dict(self._values())

    def _values(self) -> Iterator[tuple[str, str]]:
        yield "overview_url", self.overview_url
        yield "search_url", self.search_url
        for here, part in enumerate(self.parts):
            yield from ((f"{name}-{here}", getattr(part, name)) for name in ("name", "open"))
            for place, link in enumerate(part.links):
                yield from ((f"{name}-{here}-{place}", getattr(link, name)) for name in _OF_A_LINK)

    def blank(self) -> "SectionContents":
        """The same with marks for all that hangs on more than the version."""
        parts = tuple(
            ContentsPart(
                mark(f"name-{here}"),
                mark(f"open-{here}"),
                tuple(
                    ContentsLink(link.heading, *(mark(f"{name}-{here}-{place}") for name in _OF_A_LINK))
                    for place, link in enumerate(part.links)
                ),
            )
            for here, part in enumerate(self.parts)
        )
        return SectionContents(mark("overview_url"), mark("search_url"), parts)


_OF_A_LINK = ("url", "current", "marked", "mark")


class _ContentsKey(NamedTuple):
    """What the words of the contents hang on."""

    version: UUID
    sections: tuple[UUID, ...]
    tongue: Tongue
    official: str


_moulds: dict[_ContentsKey, Mould] = {}
_marks: dict[tuple[Tongue, bool], Mould] = {}


def contents_of(
    overview: ResponseOverview, here: PlacedSection, instruments: Mapping[str, str], urls: tuple[str, str, str]
) -> SectionContents:
    """``urls``: of the overview, of the search, and of a section with ``UNNAMED`` in the place of its address."""
    overview_url, search_url, section_url = urls
    parts = []
    for instrument, sections in groupby(overview.sections, lambda section: section.place.part.instrument):
        is_open = instrument == here.part.instrument
        links = tuple(_link(section, here, section_url) for section in sections)
        parts.append(ContentsPart(instruments[instrument], attribute("open", is_open), links))
    return SectionContents(overview_url, search_url, tuple(parts))


def _link(section: SectionProgress, here: PlacedSection, section_url: str) -> ContentsLink:
    is_here = section.place.pk == here.pk
    return ContentsLink(
        section.place.section.heading,
        section_url.replace(_UNNAMED, "/{}/{}/".format(*section.place.address)),
        attribute('aria-current="page"', is_here),
        attribute("data-mark", is_here),
        _mark_of(section),
    )


def _mark_of(section: SectionProgress) -> SafeString:
    key = (tongue(), section.is_complete)
    if key not in _marks:
        blank = {"is_complete": section.is_complete, "answered": mark("answered"), "asked": mark("asked")}
        _marks[key] = Mould(loader.render_to_string("questionnaires/answers/_contents_mark.html", blank).strip())
    return _marks[key].fill({"answered": section.answered, "asked": section.asked})


def contents_in_mould(contents: SectionContents, overview: ResponseOverview, context: Context) -> SafeString:
    key = _ContentsKey(
        version=overview.index.version_id,
        sections=tuple(section.place.pk for section in overview.sections),
        tongue=tongue(),
        official=context["official"].code,
    )
    mould = _moulds.get(key)
    if mould is None:
        if len(_moulds) >= MOST_MOULDS:
            _moulds.clear()
        blank = Context({name: context.get(name) for name in _OF_PAGE})
        mould = _moulds[key] = Mould(rendered(contents.blank(), blank))
    return mould.fill(contents.values)


def rendered(contents: SectionContents, context: Context) -> SafeString:
    """The contents by their template, without a mould."""
    template: Template = loader.get_template("questionnaires/answers/_contents.html").template  # type: ignore[attr-defined]
    with context.push(contents=contents):
        return template.render(context)
