"""Words for what the data of a questionnaire means: numbers as printed, addresses, conditions."""

from collections.abc import Callable, Iterable
from typing import Any

from babel.lists import format_list
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from core.language.i18n import UN_LANGUAGES, language
from core.language.markdown import to_html_inline
from core.time.dates import locale_here
from questionnaires.definitions import (
    DASH,
    ConditionTree,
    Item,
    QuestionnaireDefinition,
    SectionDefinition,
)


def official(text: str, code: str) -> SafeString:
    """Official words, marked as being in the language of the questionnaire, as ``_official.html`` shows them."""
    written_in = language(code)
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', written_in.code, written_in.direction, to_html_inline(text)
    )


def words_above(section: SectionDefinition, code: str, instrument: str) -> str:
    """What stands above a section's heading: the instrument and, where it has one, the heading over several."""
    if not section.parent_heading:
        return instrument
    return format_html("{} · {}", instrument, official(section.parent_heading, code))


def own_number(item: Item) -> str:
    """The item's own token as printed: "3.", "(a)", "–"."""
    token = item.number[-1]
    if item.is_question:
        return f"{token}."
    return DASH if token.startswith(DASH) else f"({token})"


def full_number(item: Item) -> str:
    """The number under which people speak of an item: "3 (a) (i)"; its dashes are counted: "75 (–2)"."""
    head, *tail = item.number
    return " ".join([head, *(f"({token})" for token in tail)])


def anchor(code: str) -> str:
    """The id of an item on a page: "q-I-water-3-a" for "I.water.3.a"."""
    return "q-" + code.replace(".", "-")


def numbers_on_page(items: Iterable[Item]) -> dict[str, tuple[str, str]]:
    """By code: the id of each item on a page, and its number."""
    return {item.code: (anchor(item.code), full_number(item)) for item in items}


def condition_words(tree: ConditionTree, number_of: Callable[[str], str]) -> str:
    """When an item is asked, as a clause in the active language; ``number_of`` gives the number of an item by code."""
    match tree["op"]:
        case "any" | "all":
            return _joined([condition_words(branch, number_of) for branch in tree["of"]], tree["op"])
        case "not":
            return gettext("it is not so that %(clause)s") % {"clause": condition_words(tree["of"], number_of)}
        case "answered":
            return gettext("question %(number)s is answered") % {"number": number_of(tree["code"])}
        case "selected":
            return _selected_words(tree, number_of)
    return gettext("the answer to question %(number)s is %(values)s") % {
        "number": number_of(tree["code"]),
        "values": _quoted(tree["values"]),
    }


def _selected_words(tree: ConditionTree, number_of: Callable[[str], str]) -> str:
    facts = {"number": number_of(tree["code"]), "count": tree["min"]}
    if "values" not in tree:
        return (
            ngettext(
                "at least %(count)s option of question %(number)s is chosen",
                "at least %(count)s options of question %(number)s are chosen",
                tree["min"],
            )
            % facts
        )
    facts["values"] = _quoted(tree["values"])
    return (
        ngettext(
            "%(values)s is chosen in question %(number)s",
            "at least %(count)s of %(values)s are chosen in question %(number)s",
            tree["min"],
        )
        % facts
    )


def _quoted(values: list[str]) -> str:
    return _joined([gettext("“%(text)s”") % {"text": value} for value in values], "any")


def _joined(clauses: list[str], op: str) -> str:
    return format_list(clauses, style="or" if op == "any" else "standard", locale=locale_here())


def translation_for_reader(definition: QuestionnaireDefinition) -> dict[str, Any]:
    """What a page gives its templates (``_official.html``): the texts in the reader's language, where there are any."""
    code = get_language() or definition.language
    texts = definition.translations.get(code) if code != definition.language else None
    if not texts:
        return {}
    official_name = dict(UN_LANGUAGES)[definition.language]
    return {"translations": texts, "shown_in": language(code), "official_name": official_name}
