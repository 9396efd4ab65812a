"""The one list of rules for a questionnaire: what it finds, where and in which field; and a file's shape."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from core.language.i18n import UN_LANGUAGES
from questionnaires.definitions.definition import Footnote, Item, QuestionnaireDefinition
from questionnaires.definitions.enums import QuestionKind
from questionnaires.files.content import DefinitionError, as_data, as_json, parse_definition
from questionnaires.files.flaws import flaw_words
from questionnaires.files.rules import KINDS, LANGUAGES, flaws_of
from questionnaires.files.shape import misfits
from tests.questionnaires.official import CLUSTERS, FIXTURES, load_definition


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_questionnaire_is_written_as_its_file_to_the_byte(cluster: str) -> None:
    definition = load_definition(cluster)
    content = (FIXTURES / "questionnaires" / f"cluster-{CLUSTERS.index(cluster) + 1}.json").read_bytes()
    assert as_json(definition).encode() == content


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_no_rule_is_broken_by_an_official_questionnaire(cluster: str) -> None:
    assert list(flaws_of(load_definition(cluster))) == []


def test_the_rules_know_the_kinds_and_languages_that_there_are() -> None:
    assert list(KINDS) == QuestionKind.values
    assert list(LANGUAGES) == [code for code, _name in UN_LANGUAGES]


def with_first(**changes: Any) -> QuestionnaireDefinition:
    """Cluster I with another first item."""

    def change(item: Item) -> Item:
        return replace(item, **changes)

    return with_items(lambda items: (change(items[0]), *items[1:]))


def with_items(change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> QuestionnaireDefinition:
    definition = load_definition("I")
    part = definition.parts[0]
    section = replace(part.sections[0], items=change(part.sections[0].items))
    part = replace(part, sections=(section, *part.sections[1:]))
    return replace(definition, parts=(part, *definition.parts[1:]))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"text": " "}, "text", "Give the text."),
        ({"kind": "essay"}, "kind", "There is no such kind of item."),
        ({"kind": "text"}, "options", "An item of this kind has no options."),
        ({"options": ("Yes",)}, "options", "Give at least two options."),
        ({"options": ("Yes", "Yes", "No")}, "options", "Two options are the same."),
        ({"options": ("Yes", " ", "Yes, in part", "No")}, "options", "An option must not be empty."),
        ({"free_text_options": ("Perhaps",)}, "free_text_options", "Only an option of this item can ask for words."),
        ({"footnotes": (Footnote("1", ""),)}, "footnotes", "A footnote has a mark and a text."),
        (
            {"footnotes": (Footnote("1", "One"), Footnote("1", "Two"))},
            "footnotes",
            "Two footnotes have the same mark.",
        ),
        ({"number": ("1", "B")}, "number", "I.untoc.1 is not the code of number 1 B"),
        (
            {"condition": {"op": "in", "code": "I.untoc.1.a", "values": ["x"], "source": ""}},
            "condition",
            "condition of I.untoc.1: I.untoc.1.a has no option “x”",
        ),
        (
            {"condition": {"op": "answered", "code": "I.untoc.1.a", "source": ""}},
            "condition",
            "I.untoc.1 depends on I.untoc.1.a, which has to stand before it in the same section.",
        ),
        (
            {"condition": {"op": "answered", "code": "I.untoc.3", "source": ""}},
            "condition",
            "condition of I.untoc.1: there is no item I.untoc.3 in its section",
        ),
        ({"voluntary": True}, "voluntary", "I.untoc.1.a stands under I.untoc.1, which is voluntary, and so is"),
    ],
)
def test_what_is_wrong_is_said_by_the_field(changes: dict[str, Any], field: str, words: str) -> None:
    flaws = [flaw for flaw in flaws_of(with_first(**changes)) if str(flaw).startswith(words)]
    assert {flaw.field for flaw in flaws} == {field}


GIVEN = {"op": "answered", "code": "I.untoc.1"}


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_as_there_are_options_can_be_asked_for(number: int) -> None:
    tree = {"op": "not", "of": {"op": "selected", "code": "I.untoc.1", "min": number}}
    definition = with_items(lambda items: (items[0], replace(items[1], condition=tree), *items[2:]))
    assert list(flaws_of(definition)) == []


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({"op": "maybe"}, "unknown operator 'maybe'"),
        ({"op": "any", "of": []}, "'any' needs branches"),
        ({"op": "not", "of": [{"op": "answered", "code": "I.untoc.1"}]}, "'not' needs one branch"),
        ({"op": "answered", "code": "I.untoc.99"}, "there is no item I.untoc.99 in its section"),
        ({"op": "in", "code": "I.untoc.1", "values": []}, "no values for I.untoc.1"),
        ({"op": "all", "of": [{"op": "in", "code": "I.untoc.1", "values": ["x"]}]}, "I.untoc.1 has no option “x”"),
        ({"op": "not", "of": {"op": "maybe"}}, "unknown operator 'maybe'"),
        ({"op": "answered", "code": ["I.untoc.1"]}, "there is no item ['I.untoc.1'] in its section"),
        ({"op": "all", "of": [GIVEN, {"op": "maybe"}]}, "unknown operator 'maybe'"),
        ({"op": "selected", "code": "I.untoc.1", "min": 4}, "'min' of I.untoc.1 is not between 1 and the number"),
        ({"op": "selected", "code": "I.untoc.1", "min": 0}, "'min' of I.untoc.1 is not between 1 and the number"),
        ({"op": "selected", "code": "I.untoc.1"}, "'min' of I.untoc.1 is not between 1 and the number"),
    ],
)
def test_what_is_wrong_with_a_condition_is_said_in_the_language_of_the_reader(tree: dict[str, Any], words: str) -> None:
    definition = with_items(lambda items: (items[0], replace(items[1], condition=tree), *items[2:]))
    (flaw,) = flaws_of(definition)
    assert str(flaw).startswith(f"condition of I.untoc.1.a: {words}")
    items = {item.code: item for item in definition.items()}
    with translation.override("ar"):
        assert flaw_words(flaw, items) != flaw.message % flaw.facts
        assert "condition of" not in flaw_words(flaw, items)


def test_what_is_still_to_come_is_let_pass_in_a_draft_alone() -> None:
    definition = with_items(lambda items: ())
    assert [(flaw.place, flaw.is_gap) for flaw in flaws_of(definition)] == [(("untoc", "article-2"), True)]
    with pytest.raises(DefinitionError, match="This section has no item yet"):
        parse_definition(as_data(definition))


def test_translations_stand_at_the_end_of_a_file_in_the_order_of_the_texts() -> None:
    definition = load_definition("I")
    texts = {"No": "Non", "Yes": "Oui", "of no text": "x"}
    data = as_data(replace(definition, translations={"fr": texts, "es": {}}))
    assert list(data)[-1] == "translations"
    assert data["translations"] == {"fr": {"Yes": "Oui", "No": "Non"}}
    assert parse_definition(data).translations == {"fr": {"Yes": "Oui", "No": "Non"}}


def test_what_has_not_the_shape_of_a_questionnaire_is_named_by_its_place() -> None:
    data = as_data(load_definition("I"))
    item = data["parts"][0]["sections"][2]["items"][1]
    item["text"], item["colour"] = 7, "red"
    del item["options"]
    item["condition"] = {"op": "maybe", "code": 1}
    data["guidance"] = "all"
    data["translations"] = {"de": {"Yes": "Ja"}, "fr": {"Yes": 1}}
    place = "parts[0].sections[2].items[1]"
    assert sorted(map(str, misfits(data))) == sorted(
        [
            "guidance: a list is expected here",
            f"{place}.text: a text is expected here",
            f"{place}: the key 'options' is missing",
            f"{place}: the key 'colour' is not known",
            f"{place}.condition: the key 'source' is missing",
            f"{place}.condition.op: there is no such operator",
            f"{place}.condition: the key 'code' is not known",
            "translations.de: this is none of the six languages",
            "translations.fr: texts with their translations are expected here",
        ]
    )


@pytest.mark.parametrize("data", [None, [], 3, "text", {}, {"format_version": 1, "parts": [None]}])
def test_whatever_a_file_holds_is_refused_in_words(data: Any) -> None:
    with pytest.raises(DefinitionError):
        parse_definition(data)
