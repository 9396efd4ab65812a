"""That the words of ``canaries.py`` cover what is confidential."""

from tests.permissions import canaries


def test_every_field_that_can_hold_words_has_a_rule() -> None:
    ruled = set().union(*(content.names for content in canaries.CONTENT))
    there = set(canaries.text_fields())
    assert sorted(name for name in there - ruled if not canaries.is_without_content(name)) == []
    assert ruled - there == set(), "a rule names a field that is not there"
    assert {name for name in ruled if canaries.is_without_content(name)} == set(), "one says so and the other not so"
