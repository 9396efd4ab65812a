"""What was removed comes back to where it belongs by now."""

from typing import Any

import pytest

from core.errors import ServiceError
from questionnaires.editing.changes import items
from questionnaires.editing.changes.items import ItemInput
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import seen_of_items, seen_of_order, seen_of_section
from questionnaires.editing.services import edits
from tests.questionnaires.editing.drafting import FIRST, codes_of, item_of, now, official

pytestmark = pytest.mark.django_db
QUESTION = ItemInput(text="Is it so?", kind="yes_no", options=("Yes", "No"))


def test_the_number_of_an_item_that_was_removed_is_not_given_to_another(
    officer: Any, draft: QuestionnaireDraft
) -> None:
    gone = items.below(official().items(), "I.untoc.2")
    edits.remove_item(actor=officer, draft=draft, code="I.untoc.2", seen=seen_of_items(gone))
    with pytest.raises(ServiceError, match="keeps its meaning for good"):
        edits.add_item(
            actor=officer, draft=draft, instrument="untoc", slug="article-2", number=("2",), given=QUESTION, after=""
        )
    edits.bring_back_item(actor=officer, draft=draft, code="I.untoc.2")
    assert now(draft) == official()


def test_a_question_whose_section_has_gone_comes_back_with_it(officer: Any, draft: QuestionnaireDraft) -> None:
    questions = [item.code for item in official().parts[0].sections[0].items if item.is_question]
    for code in questions:
        group = items.below(now(draft).items(), code)
        edits.remove_item(actor=officer, draft=draft, code=code, seen=seen_of_items(group))
    empty = now(draft).parts[0].sections[0]
    edits.remove_section(actor=officer, draft=draft, instrument="untoc", slug=empty.slug, seen=seen_of_section(empty))
    for code in reversed(questions):
        edits.bring_back_item(actor=officer, draft=draft, code=code)
    assert codes_of(now(draft), *FIRST) == codes_of(official(), *FIRST)
    assert now(draft).parts[0].sections[-1] == official().parts[0].sections[0]


def test_a_sub_item_comes_back_to_where_its_question_has_moved(officer: Any, draft: QuestionnaireDraft) -> None:
    code = "I.untoc.2.a"
    edits.remove_item(actor=officer, draft=draft, code=code, seen=seen_of_items([item_of(official(), code)]))
    seen = seen_of_order(codes_of(now(draft), *FIRST))
    edits.move_to_section(actor=officer, draft=draft, code="I.untoc.2", slug="article-5", seen=seen)
    edits.bring_back_item(actor=officer, draft=draft, code=code)
    question = [code for code in codes_of(official(), *FIRST) if code.startswith("I.untoc.2")]
    assert codes_of(now(draft), "untoc", "article-5") == [*codes_of(official(), "untoc", "article-5"), *question]


def test_a_question_comes_back_behind_all_sub_items_of_the_one_before_it(
    officer: Any, draft: QuestionnaireDraft
) -> None:
    group = items.below(official().items(), "I.untoc.2")
    edits.remove_item(actor=officer, draft=draft, code="I.untoc.2", seen=seen_of_items(group))
    place = {"instrument": "untoc", "slug": "article-2", "number": ("1", "b"), "after": "I.untoc.1.a"}
    edits.add_item(actor=officer, draft=draft, given=QUESTION, **place)
    edits.bring_back_item(actor=officer, draft=draft, code="I.untoc.2")
    codes = ["I.untoc.1", "I.untoc.1.a", "I.untoc.1.b", "I.untoc.2", "I.untoc.2.a"]
    assert codes_of(now(draft), *FIRST) == codes
