"""Two people's changes to one text are put together where they lie apart, and are left to people where they do not."""

import pytest
from hypothesis import given, strategies as st

from core.language.merging import merge, one_of

pytestmark = pytest.mark.unit

WORDS = st.lists(st.sampled_from(["law", "act", "2019", "المادة", "刑", "not", "art."]), max_size=8).map(" ".join)
MIDDLE = "Article 5 of the Criminal Code applies to members of such groups."


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        (MIDDLE, f"In part. {MIDDLE}", f"{MIDDLE} Since 2021.", f"In part. {MIDDLE} Since 2021."),
        ("one two three", "zero one two three", "one two three four", "zero one two three four"),
        ("one two three four five", "one three four five", "one two three four five six", "one three four five six"),
        ("واحد اثنان ثلاثة", "صفر واحد اثنان ثلاثة", "واحد اثنان ثلاثة أربعة", "صفر واحد اثنان ثلاثة أربعة"),
        (
            "刑法第五条适用于此类成员",
            "中国刑法第五条适用于此类成员",
            "刑法第五条适用于此类成员。",
            "中国刑法第五条适用于此类成员。",
        ),
    ],
)
def test_changes_that_lie_apart_are_put_together(base: str, mine: str, theirs: str, merged: str) -> None:
    assert merge(base, mine, theirs) == merged
    assert merge(base, theirs, mine) == merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        ("", "Mine", "Theirs"),
        ("It is not a crime", "It is a crime", "It is not a grave crime"),
        ("one two three", "one 2 three", "one two 3"),
        ("not a 5.1.2 b", "a 5.1.2 b", "not a 5.1.2 c"),
        ("刑法第五条", "中国刑法第五条", "刑法第五条。"),
        ("one two three four", "", "one two three four five"),
        (MIDDLE, MIDDLE.replace("such", "organized"), MIDDLE.replace("such", "these")),
    ],
)
def test_changes_that_may_bear_on_one_another_are_left_to_people(base: str, mine: str, theirs: str) -> None:
    assert merge(base, mine, theirs) is None
    assert merge(base, theirs, mine) is None


@given(WORDS, WORDS)
def test_who_changed_nothing_takes_the_others_text(base: str, changed: str) -> None:
    assert merge(base, changed, base) == merge(base, base, changed) == changed


@given(WORDS, WORDS, WORDS, st.integers(0, 8), st.integers(0, 8))
def test_no_word_of_either_is_lost_or_made_up(base: str, mine: str, theirs: str, start: int, end: int) -> None:
    words = base.split(" ")
    changed = (" ".join([*words[:start], mine, *words[start + 1 :]]), " ".join([*words[:end], theirs, *words[end:]]))
    merged = merge(base, *changed)
    if merged is None:
        return
    for sign in {*merged, *base}:
        assert merged.count(sign) + base.count(sign) == sum(text.count(sign) for text in changed)


def test_of_two_values_that_one_is_taken_which_was_changed() -> None:
    assert one_of(1, 1, 2) == (2,)
    assert one_of(1, 2, 1) == (2,)
    assert one_of(1, 2, 2) == (2,)
    assert one_of(1, 2, 3) == ()
