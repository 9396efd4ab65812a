"""What changed between two texts: nothing is lost, words stay whole, and signs of scripts without spaces are words."""

import pytest
from hypothesis import given, strategies as st

from core.language.differences import Change, Run, near_changes, word_differences

pytestmark = pytest.mark.unit

TEXT = st.text(alphabet=st.one_of(st.sampled_from("ab éжق刑法 \n.,’"), st.characters(codec="utf-8")), max_size=60)


def runs(old: str, new: str) -> list[tuple[str, str]]:
    return [(run.change.value, run.text) for run in word_differences(old, new)]


def without(change: Change, differences: list[Run]) -> str:
    return "".join(run.text for run in differences if run.change != change)


def test_words_are_compared_whole() -> None:
    assert runs("The old law", "The new law") == [
        ("same", "The "), ("removed", "old"), ("added", "new"), ("same", " law"),
    ]  # fmt: skip


def test_arabic_words_are_compared_whole() -> None:
    assert runs("يجرّم القانون المشاركة", "يجرّم القانون المساعدة") == [
        ("same", "يجرّم القانون "), ("removed", "المشاركة"), ("added", "المساعدة"),
    ]  # fmt: skip


def test_scripts_without_spaces_are_compared_sign_by_sign() -> None:
    assert runs("刑法规定", "刑法不规定") == [("same", "刑法"), ("added", "不"), ("same", "规定")]


def test_what_is_the_same_has_one_run() -> None:
    assert runs("The law", "The law") == [("same", "The law")]
    assert runs("", "") == []


def test_a_long_text_has_a_sign_for_every_word() -> None:
    """More different words than the private use area has signs."""
    old = " ".join(f"word{number}" for number in range(7000))
    assert runs(old, old.replace("word6999", "other")) == [
        ("same", old.removesuffix("word6999")), ("removed", "word6999"), ("added", "other"),
    ]  # fmt: skip


@given(TEXT, TEXT)
def test_both_texts_are_in_the_runs(old: str, new: str) -> None:
    differences = list(word_differences(old, new))
    assert without(Change.ADDED, differences) == old
    assert without(Change.REMOVED, differences) == new


def test_near_a_change_stand_its_paragraph_and_what_leads_to_it() -> None:
    paragraphs = ["One", "Two", "Heading", "Article 5", "The old law", "Six", "Seven"]
    old = "\n\n".join(paragraphs)
    new = old.replace("old", "new")
    assert [(run.change.value, run.text) for run in near_changes(word_differences(old, new))] == [
        ("same", "…\n\nHeading\n\nArticle 5\n\nThe "),
        ("removed", "old"),
        ("added", "new"),
        ("same", " law\n\n…"),
    ]


def test_between_two_changes_far_apart_something_is_left_out() -> None:
    old = "\n\n".join(["first one", "2", "3", "4", "5", "6", "last one"])
    new = old.replace("first", "1st").replace("last", "7th")
    kept = [run.text for run in near_changes(word_differences(old, new)) if run.change == Change.SAME]
    assert kept == [" one\n\n…\n\n5\n\n6\n\n", " one"]


def test_nothing_is_near_no_change() -> None:
    assert near_changes(word_differences("The law\n\nOne", "The law\n\nOne")) == []


@given(TEXT, TEXT)
def test_what_came_and_went_is_never_left_out(old: str, new: str) -> None:
    runs_of_all = word_differences(old, new)
    changed = [run for run in runs_of_all if run.change != Change.SAME]
    assert [run for run in near_changes(runs_of_all) if run.change != Change.SAME] == changed
