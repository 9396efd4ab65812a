"""How a section's progress is said, on the page and in the answer to its script."""

from typing import Any

from django.utils.translation import gettext, ngettext

from questionnaires.progress.completeness import ProgressCounts
from questionnaires.progress.selectors.overview import SectionProgress


def progress_words(counts: ProgressCounts) -> str:
    """ "12 of 17 answered, 3 missing, 2 left open": what is asked is the one base, and the counts add up to it.

    A State leaves open what is voluntary, or what it answers only if it applies.
    """
    given = {"answered": counts.answered, "asked": counts.asked}
    words = gettext("%(answered)s of %(asked)s answered") % given
    more = []
    if missing := counts.missing:
        more.append(ngettext("%(count)s missing", "%(count)s missing", missing) % {"count": missing})
    if left_open := counts.left_open:
        more.append(ngettext("%(count)s left open", "%(count)s left open", left_open) % {"count": left_open})
    for after in more:
        words = gettext("%(before)s, %(after)s") % {"before": words, "after": after}
    return words


def progress_facts(progress: SectionProgress) -> dict[str, Any]:
    """The counts of a section, and their words in the active language."""
    counts = progress.counts
    return {
        "asked": counts.asked,
        "answered": counts.answered,
        "missing": counts.missing,
        "words": progress_words(counts),
    }
