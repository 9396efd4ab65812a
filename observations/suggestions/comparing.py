"""What a wording changes, worked out in one way for what lies there and for what is being typed; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.language.differences import Change, Run, word_differences
from core.language.merging import merge
from core.language.word_counts import count_words


@dataclass(frozen=True, slots=True)
class Comparison:
    """``changes``: in the text as it stands where the wording still applies, else in the one of then.

    ``is_overtaken``: the text has moved so that it does not apply any more; ``has_moved``: it has moved, and it does.
    ``is_behind``: somebody has saved since the page was opened on which it is typed. ``refusal``: why it could not be
    saved as it is typed; nothing is compared then.
    """

    changes: Sequence[Run] = ()
    is_overtaken: bool = False
    has_moved: bool = False
    is_behind: bool = False
    refusal: str = ""

    @property
    def is_changed(self) -> bool:
        return any(run.change != Change.SAME for run in self.changes)

    @property
    def added(self) -> int:
        """Words that came."""
        return self._words(Change.ADDED)

    @property
    def removed(self) -> int:
        """Words that went."""
        return self._words(Change.REMOVED)

    def _words(self, change: Change) -> int:
        return sum(count_words(run.text) for run in self.changes if run.change == change)


def carried(base_text: str, text: str, current: str) -> str:
    """``current``, which has ``base_text`` among other words, with ``text`` in its place; behind all where that has
    changed. The last is taken, for what is merged comes last."""
    if text == base_text:
        return current
    before, there, after = current.rpartition(base_text) if base_text else (current, "", "")
    return f"{before}{text}{after}" if there else f"{current}\n\n{text}"


def compare(base_text: str, text: str, current: str, *, is_behind: bool = False) -> Comparison:
    """``text`` was written over ``base_text``; ``current`` is what stands in its place by now."""
    now = merge(base_text, text, current)
    if now is None:
        return Comparison(word_differences(base_text, text), is_overtaken=True, is_behind=is_behind)
    return Comparison(word_differences(current, now), has_moved=base_text != current, is_behind=is_behind)
