"""What makes a questionnaire one that can be used: the one list of rules, for files, drafts and what is published.

Pure, like the definitions. A rule that does not hold is a ``Flaw``: where it is, in which field, and why; the loader
refuses a file for its first one, the editor shows each by its field.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field as column

from questionnaires.definitions import (
    DASH,
    WITHOUT_OPTIONS,
    ConditionError,
    Footnote,
    Item,
    PartDefinition,
    QuestionnaireDefinition,
    SectionDefinition,
    dependencies,
    parent_code,
)
from questionnaires.files.trees import check_tree, gettext_noop

LANGUAGES = ("ar", "zh-hans", "en", "fr", "ru", "es")
KINDS = ("yes_no", "yes_part_no", "single", "multiple", "text", "group")
LONGEST = {"title": 300, "cluster_title": 300, "source": 200, "slug": 80, "code": 60}  # characters
_TOKEN = re.compile(rf"[0-9]{{1,4}}|[a-z]{{1,6}}|{DASH}[0-9]{{1,3}}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A rule that does not hold. ``message`` has placeholders for ``facts``, in which an item stands by its code.

    ``place`` is the address of a part or a section, or the code of an item, empty for the whole. ``is_gap``: something
    is still to come, which a draft may wait for.
    """

    place: tuple[str, ...]
    field: str
    message: str
    facts: Mapping[str, str] = column(default_factory=dict)
    is_gap: bool = False

    def __str__(self) -> str:
        return self.message % self.facts


def item_code(cluster: str, instrument: str, number: tuple[str, ...]) -> str:
    """The stable code of an item: "I.main.3.a.i"; a dash "–1" is "d1"."""
    return ".".join((cluster, instrument, *(token.replace(DASH, "d") for token in number)))


def flaws_of(definition: QuestionnaireDefinition) -> Iterator[Flaw]:
    """Every rule that does not hold, in the order of the questionnaire."""
    yield from _lines((), title=definition.title, source=definition.source)
    if definition.language not in LANGUAGES:
        yield Flaw((), "language", gettext_noop("Choose one of the six languages."))
    if not definition.parts:
        yield Flaw((), "parts", gettext_noop("There is no part yet."), is_gap=True)
    seen: set[str] = set()
    instruments: set[str] = set()
    for part in definition.parts:
        if part.instrument in instruments:
            yield Flaw((part.instrument,), "instrument", gettext_noop("There is a part on this instrument already."))
        instruments.add(part.instrument)
        yield from _flaws_of_part(definition.cluster, part, seen)


def _flaws_of_part(cluster: str, part: PartDefinition, seen: set[str]) -> Iterator[Flaw]:
    place = (part.instrument,)
    yield from _lines(place, title=part.title, cluster_title=part.cluster_title)
    if not part.sections:
        yield Flaw(place, "sections", gettext_noop("This part has no section yet."), is_gap=True)
    slugs: set[str] = set()
    for section in part.sections:
        at = (part.instrument, section.slug)
        if not _SLUG.fullmatch(section.slug) or len(section.slug) > LONGEST["slug"]:
            yield Flaw(at, "slug", gettext_noop("Use small letters, digits and hyphens."))
        if section.slug in slugs:
            yield Flaw(at, "slug", gettext_noop("Another section of this part has this short name."))
        slugs.add(section.slug)
        if not section.heading.strip():
            yield Flaw(at, "heading", gettext_noop("Give the heading."))
        numbers = list(map(_article, section.articles))
        if numbers != sorted(set(numbers)) or -1 in numbers:
            yield Flaw(at, "articles", gettext_noop("Give each article once, by its number, in their order."))
        if not section.items:
            yield Flaw(at, "items", gettext_noop("This section has no item yet."), is_gap=True)
        yield from _flaws_of_footnotes(at, section.footnotes)
        yield from _flaws_of_items(cluster, part.instrument, section, seen)


def _article(number: str) -> int:
    """What an article is ordered by; whatever is no plain number stands nowhere, and so is out of order."""
    return int(number) if number.isascii() and number.isdecimal() and not number.startswith("0") else -1


def _lines(place: tuple[str, ...], **values: str) -> Iterator[Flaw]:
    for name, value in values.items():
        if not value.strip():
            yield Flaw(place, name, gettext_noop("This must not be empty."))
        elif len(value) > LONGEST[name]:
            facts = {"length": str(len(value)), "maximum": str(LONGEST[name])}
            message = gettext_noop("This is %(length)s characters long. The limit is %(maximum)s.")
            yield Flaw(place, name, message, facts)


def _flaws_of_footnotes(place: tuple[str, ...], footnotes: Iterable[Footnote]) -> Iterator[Flaw]:
    marks = [footnote.mark.strip() for footnote in footnotes]
    if not all(marks) or not all(footnote.text.strip() for footnote in footnotes):
        yield Flaw(place, "footnotes", gettext_noop("A footnote has a mark and a text."))
    if len(set(marks)) < len(marks):
        yield Flaw(place, "footnotes", gettext_noop("Two footnotes have the same mark."))


def _flaws_of_items(cluster: str, instrument: str, section: SectionDefinition, seen: set[str]) -> Iterator[Flaw]:
    earlier: dict[str, Item] = {}
    heads = {parent_code(item.code) for item in section.items}
    for item in section.items:
        at = (item.code,)
        yield from _flaws_of_place(at, item, item_code(cluster, instrument, item.number), earlier.keys(), seen)
        yield from _flaws_of_answer(at, item)
        yield from _flaws_of_footnotes(at, item.footnotes)
        if not all(cited.instrument and cited.article.strip() for cited in item.articles):
            yield Flaw(at, "articles", gettext_noop("A reference names an instrument and an article."))
        if item.kind == "group" and item.code not in heads:
            yield Flaw(at, "kind", gettext_noop("%(item)s heads no sub-item yet."), {"item": item.code}, is_gap=True)
        above = earlier.get(parent_code(item.code))
        if above is not None and above.voluntary and not item.voluntary:
            message = gettext_noop("%(item)s stands under %(above)s, which is voluntary, and so is voluntary too.")
            yield Flaw(at, "voluntary", message, {"item": item.code, "above": above.code})
        yield from _flaws_of_condition(at, item, section.items, earlier.keys())
        earlier[item.code] = item
        seen.add(item.code)


def _flaws_of_place(
    at: tuple[str, ...], item: Item, code: str, earlier: Iterable[str], seen: Iterable[str]
) -> Iterator[Flaw]:
    facts = {"item": item.code, "number": " ".join(item.number)}
    if not item.number or not all(_TOKEN.fullmatch(token) for token in item.number):
        yield Flaw(
            at, "number", gettext_noop("A number is made of digits, of small letters, or of a dash with digits.")
        )
    if item.code != code:
        yield Flaw(at, "number", gettext_noop("%(item)s is not the code of number %(number)s"), facts)
    if len(item.code) > LONGEST["code"]:
        yield Flaw(at, "number", gettext_noop("This number is too long."))
    if item.code in seen:
        yield Flaw(at, "number", gettext_noop("%(item)s occurs twice"), facts)
    if not item.is_question and parent_code(item.code) not in earlier:
        yield Flaw(at, "number", gettext_noop("%(item)s stands before its parent"), facts)


def _flaws_of_answer(at: tuple[str, ...], item: Item) -> Iterator[Flaw]:
    if not item.text.strip():
        yield Flaw(at, "text", gettext_noop("Give the text."))
    if item.kind not in KINDS:
        yield Flaw(at, "kind", gettext_noop("There is no such kind of item."))
    elif item.kind in WITHOUT_OPTIONS and item.options:
        yield Flaw(at, "options", gettext_noop("An item of this kind has no options."))
    elif item.kind not in WITHOUT_OPTIONS and len(item.options) < 2:
        yield Flaw(at, "options", gettext_noop("Give at least two options."))
    if not all(option.strip() for option in item.options):
        yield Flaw(at, "options", gettext_noop("An option must not be empty."))
    if len(set(item.options)) < len(item.options):
        yield Flaw(at, "options", gettext_noop("Two options are the same."))
    if not set(item.free_text_options) <= set(item.options):
        yield Flaw(at, "free_text_options", gettext_noop("Only an option of this item can ask for words."))
    elif list(item.free_text_options) != [option for option in item.options if option in item.free_text_options]:
        yield Flaw(
            at, "free_text_options", gettext_noop("Options that ask for words stand in the order of the options.")
        )


def _flaws_of_condition(
    at: tuple[str, ...], item: Item, items: Iterable[Item], earlier: Iterable[str]
) -> Iterator[Flaw]:
    if item.condition is None:
        return
    if item.self_assessed:
        message = gettext_noop("%(item)s asks only if it applies: no answer decides that, so it has no condition.")
        yield Flaw(at, "condition", message, {"item": item.code})
    try:
        check_tree(item.code, item.condition, {each.code: frozenset(each.options) for each in items})
    except ConditionError as error:
        yield Flaw(at, "condition", error.message, error.facts)
        return
    for later in sorted(dependencies(item.condition) - set(earlier)):
        message = gettext_noop("%(item)s depends on %(other)s, which has to stand before it in the same section.")
        yield Flaw(at, "condition", message, {"item": item.code, "other": later})
