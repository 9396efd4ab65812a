"""What an officer changes in a draft, and what is refused: codes stay, conditions hold, and no colleague is overrun."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from core.errors import ServiceError
from core.models import AuditEntry
from questionnaires.definitions.definition import Citation, Footnote
from questionnaires.editing.changes import items, sections
from questionnaires.editing.changes.base import GoneError, RefusedChangeError
from questionnaires.editing.changes.conditions import ALL, ANY, Clauses, clause, clauses_of
from questionnaires.editing.changes.items import ItemInput
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import seen_of_item, seen_of_items, seen_of_order
from questionnaires.editing.services import edits
from questionnaires.editing.services.drafts import StaleError
from questionnaires.files.rules import flaws_of
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.editing.drafting import (
    FIRST,
    as_given,
    codes_of,
    item_of,
    make_draft,
    now,
    official,
)
from tests.questionnaires.official import load_definition

pytestmark = pytest.mark.django_db
QUESTION = ItemInput(text="Is it so?", kind="yes_no", options=("Yes", "No"))


# --- items


def test_an_item_is_changed_and_all_who_did_are_noted(officer: Any, draft: QuestionnaireDraft) -> None:
    colleague = OfficerFactory()
    item = item_of(official(), "I.untoc.1")
    given = as_given(
        item,
        text="Are the terms defined?",
        articles=(Citation("untoc", "2", "(a)"),),
        footnotes=(Footnote("1", "See the guide."),),
        deviation="Shorter.",
    )
    edits.change_item(actor=colleague, draft=draft, code=item.code, given=given, seen=seen_of_item(item))
    changed = item_of(now(draft), "I.untoc.1")
    assert changed == replace(
        item, text=given.text, articles=given.articles, footnotes=given.footnotes, deviation="Shorter."
    )
    assert (draft.edited_by, draft.last_edited_by, draft.revision) == ([officer.pk, colleague.pk], colleague, 2)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.after) == (
        "questionnaires.draft.changed",
        {"cluster": 1, "revision": 2, "what": "I.untoc.1"},
    )


def test_saving_what_stands_there_changes_nothing(officer: Any, draft: QuestionnaireDraft) -> None:
    for item in official().items():
        given = as_given(item)
        edits.change_item(actor=officer, draft=draft, code=item.code, given=given, seen=seen_of_item(item))
    draft.refresh_from_db()
    assert draft.revision == 1


def test_what_a_colleague_has_changed_meanwhile_is_not_overrun(officer: Any, draft: QuestionnaireDraft) -> None:
    item = item_of(official(), "I.untoc.1")
    seen = seen_of_item(item)
    edits.change_item(
        actor=OfficerFactory(), draft=draft, code=item.code, given=as_given(item, text="Theirs"), seen=seen
    )
    with pytest.raises(StaleError):
        edits.change_item(actor=officer, draft=draft, code=item.code, given=as_given(item, text="Mine"), seen=seen)
    assert item_of(now(draft), "I.untoc.1").text == "Theirs"
    other = item_of(official(), "I.untoc.3")
    edits.change_item(
        actor=officer, draft=draft, code=other.code, given=as_given(other, text="Mine"), seen=seen_of_item(other)
    )
    assert item_of(now(draft), "I.untoc.3").text == "Mine"


def test_all_that_is_wrong_with_an_item_is_said_by_the_field(officer: Any, draft: QuestionnaireDraft) -> None:
    item = item_of(official(), "I.untoc.1")
    wrong = as_given(item, text="", footnotes=(Footnote("1", ""),))
    with pytest.raises(RefusedChangeError) as refused:
        edits.change_item(
            actor=officer,
            draft=draft,
            code=item.code,
            given=replace(wrong, options=item.options, free_text_options=("Maybe",), kind="text"),
            seen=seen_of_item(item),
        )
    assert refused.value.problems == [
        ("text", "Give the text."),
        ("options", "An item of this kind has no options."),
        ("free_text_options", "Only an option of this item can ask for words."),
        ("footnotes", "A footnote has a mark and a text."),
    ]
    assert now(draft) == official()


def test_an_option_that_gets_other_words_takes_its_conditions_along(officer: Any, draft: QuestionnaireDraft) -> None:
    item = item_of(official(), "I.untoc.3")
    assert item.options == ("Yes", "No")
    given = as_given(item, options=("Yes, it is", "No"))
    edits.change_item(actor=officer, draft=draft, code=item.code, given=given, seen=seen_of_item(item))
    assert item_of(now(draft), "I.untoc.3.a").condition == {
        **(item_of(official(), "I.untoc.3.a").condition or {}),
        "values": ["Yes, it is"],
        "source": "the answer to question 3 is “Yes, it is”",
    }


def test_an_option_on_which_a_condition_looks_is_not_taken_away(officer: Any, draft: QuestionnaireDraft) -> None:
    item = item_of(official(), "I.untoc.3")
    given = as_given(item, options=("No", "Perhaps", "Never"))
    with pytest.raises(ServiceError, match="is asked if “Yes” is chosen here") as caught:
        edits.change_item(actor=officer, draft=draft, code=item.code, given=given, seen=seen_of_item(item))
    assert caught.value.field == "options"


def test_what_becomes_voluntary_takes_its_sub_items_along(officer: Any, draft: QuestionnaireDraft) -> None:
    item = item_of(official(), "I.untoc.3")
    given = as_given(item, voluntary=True)
    edits.change_item(actor=officer, draft=draft, code=item.code, given=given, seen=seen_of_item(item))
    below = items.below(now(draft).items(), "I.untoc.3")
    assert {each.voluntary for each in below} == {True}
    assert len(below) > 5


def test_a_new_item_stands_behind_the_one_that_it_follows(officer: Any, draft: QuestionnaireDraft) -> None:
    before = codes_of(official(), *FIRST)
    edits.add_item(
        actor=officer, draft=draft, instrument="untoc", slug="article-2", number=("400",), given=QUESTION,
        after="I.untoc.1",
    )  # fmt: skip
    edits.add_item(
        actor=officer, draft=draft, instrument="untoc", slug="article-2", number=("400", "a"), given=QUESTION, after=""
    )
    at = before.index("I.untoc.2")
    assert codes_of(now(draft), *FIRST) == [*before[:at], "I.untoc.400", "I.untoc.400.a", *before[at:]]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (("1",), "Version 1 has another item under this number"),
        (("B",), "A number is made of digits, of small letters, or of a dash with digits."),
        (("401", "a"), "401 a"),
    ],
)
def test_a_number_that_cannot_be_is_refused(
    officer: Any, draft: QuestionnaireDraft, number: tuple[str, ...], words: str
) -> None:
    with pytest.raises(ServiceError) as caught:
        edits.add_item(
            actor=officer, draft=draft, instrument="untoc", slug="article-2", number=number, given=QUESTION, after=""
        )
    if number[-1] == "a":
        assert isinstance(caught.value, GoneError)  # there is no item above it
    else:
        assert caught.value.field == "number"
        assert words in str(caught.value)
    assert now(draft) == official()


def test_an_item_on_which_others_depend_is_not_removed(officer: Any, draft: QuestionnaireDraft) -> None:
    section = next(
        section
        for part in official(3).parts
        for section in part.sections
        if any(i.code == "III.untoc.8" for i in section.items)
    )
    waiting = items.dependents_of(section, [each.code for each in items.below(section.items, "III.untoc.8")])
    assert [each.code for each in waiting] == ["III.untoc.9"]
    third = make_draft(officer, 3)
    with pytest.raises(ServiceError, match="The condition of question 9 looks at it"):
        edits.remove_item(
            actor=officer,
            draft=third,
            code="III.untoc.8",
            seen=seen_of_items(items.below(section.items, "III.untoc.8")),
        )
    assert now(third) == official(3)


def test_an_item_moves_with_its_sub_items(officer: Any, draft: QuestionnaireDraft) -> None:
    section = codes_of(official(), *FIRST)
    edits.move_item(actor=officer, draft=draft, code="I.untoc.2", up=True, seen=seen_of_order(section))
    one = [code for code in section if code.startswith("I.untoc.1")]
    two = [code for code in section if code.startswith("I.untoc.2")]
    assert codes_of(now(draft), *FIRST) == [*two, *one]
    with pytest.raises(StaleError):
        edits.move_item(actor=officer, draft=draft, code="I.untoc.2", up=False, seen=seen_of_order(section))


def test_an_item_does_not_move_before_what_it_depends_on(officer: Any) -> None:
    third = make_draft(officer, 3)
    section = next(
        section for section in official(3).parts[0].sections if any(i.code == "III.untoc.9" for i in section.items)
    )
    with pytest.raises(RefusedChangeError, match="9 depends on 8, which has to stand before it"):
        edits.move_item(
            actor=officer,
            draft=third,
            code="III.untoc.9",
            up=True,
            seen=seen_of_order(item.code for item in section.items),
        )
    assert now(third) == official(3)


def test_a_question_moves_to_another_section_and_keeps_its_code(officer: Any, draft: QuestionnaireDraft) -> None:
    seen = seen_of_order(codes_of(official(), *FIRST))
    edits.move_to_section(actor=officer, draft=draft, code="I.untoc.2", slug="article-5", seen=seen)
    definition = now(draft)
    moved = [code for code in codes_of(official(), *FIRST) if code.startswith("I.untoc.2")]
    assert codes_of(definition, "untoc", "article-5") == [*codes_of(official(), "untoc", "article-5"), *moved]
    assert not set(moved) & set(codes_of(definition, *FIRST))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("III.untoc.8", "The condition of question 9 looks at it."),
        ("III.untoc.9", "Its condition, or that of a sub-item, looks at question 8."),
    ],
)
def test_a_question_does_not_leave_those_that_its_conditions_tie_it_to(officer: Any, code: str, words: str) -> None:
    part = official(3).parts[0]
    section = next(each for each in part.sections if any(item.code == code for item in each.items))
    other = next(each.slug for each in part.sections if each is not section)
    seen = seen_of_order(item.code for item in section.items)
    draft = make_draft(officer, 3)
    with pytest.raises(ServiceError, match=words):
        edits.move_to_section(actor=officer, draft=draft, code=code, slug=other, seen=seen)
    assert now(draft) == official(3)


# --- conditions


def test_a_condition_is_made_of_clauses_and_gets_its_words(officer: Any, draft: QuestionnaireDraft) -> None:
    code = "I.untoc.2"
    above = item_of(official(), "I.untoc.1")
    trees = (
        clause(above, values=["No", "Yes"], least=1, is_negated=False),
        clause(item_of(official(), "I.untoc.1.a"), values=[], least=1, is_negated=True),
    )
    edits.set_condition(
        actor=officer, draft=draft, code=code, clauses=Clauses(ANY, trees), seen=seen_of_item(item_of(official(), code))
    )
    condition = item_of(now(draft), code).condition
    assert condition == {
        "op": "any",
        "of": [
            {"op": "in", "code": "I.untoc.1", "values": ["Yes", "No"]},
            {"op": "not", "of": {"op": "answered", "code": "I.untoc.1.a"}},
        ],
        "source": "the answer to question 1 is “Yes” or “No” or it is not so that question 1 (a) is answered",
    }
    assert clauses_of(condition) == Clauses(ANY, trees)
    edits.set_condition(
        actor=officer, draft=draft, code=code, clauses=Clauses(ANY, ()), seen=seen_of_item(item_of(now(draft), code))
    )
    assert now(draft) == official()


def test_every_condition_of_the_official_questionnaires_can_be_edited() -> None:
    for number in (1, 2, 3, 4):
        for item in official(number).items():
            assert clauses_of(item.condition) is not None


@pytest.mark.parametrize(
    ("code", "on"), [("I.untoc.1", "I.untoc.2"), ("I.untoc.1", "I.untoc.1"), ("I.untoc.3", "I.untoc.1")]
)
def test_a_condition_looks_back_and_stays_in_its_section(
    officer: Any, draft: QuestionnaireDraft, code: str, on: str
) -> None:
    tree = clause(item_of(official(), on), values=["Yes"], least=1, is_negated=False)
    with pytest.raises(RefusedChangeError) as caught:
        edits.set_condition(
            actor=officer, draft=draft, code=code, clauses=Clauses(ALL, (tree,)),
            seen=seen_of_item(item_of(official(), code)),
        )  # fmt: skip
    assert caught.value.field == "condition"
    assert now(draft) == official()


# --- whatever is done, the draft stays one that can be published


OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["up", "down", "remove", "move", "back", "rename"]), st.integers(0, 10_000)), max_size=12
)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["I", "III"]), OPERATIONS)
def test_whatever_an_editor_does_every_rule_holds_and_codes_stay(name: str, operations: list[tuple[str, int]]) -> None:
    published = load_definition(name)
    definition = published
    for what, number in operations:
        among = list(definition.items()) if what != "back" else list(published.items())
        code = among[number % len(among)].code
        instrument = code.split(".")[1]
        part = next(part for part in definition.parts if part.instrument == instrument)
        try:
            match what:
                case "up" | "down":
                    definition = items.move_item(definition, code, up=what == "up")
                case "remove":
                    definition = items.remove_item(definition, code)
                case "move":
                    slug = part.sections[number % len(part.sections)].slug
                    definition = items.move_to_section(definition, code, slug)
                case "back" if code not in {item.code for item in definition.items()}:
                    definition = items.bring_back(definition, published, code)
                case "rename":
                    item = item_of(definition, code)
                    options = tuple(f"{option}!" for option in item.options)
                    given_item = as_given(item, options=options, free_text_options=())
                    definition = items.change_item(definition, code, given_item)
        except ServiceError:
            continue
        assert [flaw for flaw in flaws_of(definition) if not flaw.is_gap] == []
    assert {item.code for item in definition.items()} <= {item.code for item in published.items()}


def test_a_part_moves_among_the_parts() -> None:
    definition = sections.move_part(official(), "tip", up=True)
    assert [part.instrument for part in definition.parts] == ["tip", "untoc", "som", "firearms"]
