"""Which items of a questionnaire may stay without an answer; pure."""

from collections.abc import Iterable

from questionnaires.definitions.conditions import parent_code
from questionnaires.definitions.definition import Item

# Words that leave it to the State whether there is anything to say ("Please explain, if needed."); and the words box
# of a check-list ("Please be specific."), which belongs to one of its options.
_OPTIONAL_WORDS = ("if needed", "if appropriate", "if possible", "if available", "please be specific.")


def optional_codes(items: Iterable[Item]) -> frozenset[str]:
    """Items that are never missing: voluntary, self-assessed or "if needed", and all under such an item."""
    optional: set[str] = set()
    for item in items:
        text = item.text.casefold()
        if (
            item.voluntary
            or item.self_assessed
            or any(words in text for words in _OPTIONAL_WORDS)
            or parent_code(item.code) in optional
        ):
            optional.add(item.code)
    return frozenset(optional)
