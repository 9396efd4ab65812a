"""How a section's progress is said, on the page and in the answer to its script."""

from functools import reduce
from typing import Any

from django.utils.translation import gettext, ngettext

from questionnaires.responses.selectors.responses import SectionProgress


def progress_words(asked: int, answered: int, missing: int) -> str:
    """ "12 of 17 answered, 3 missing, 2 left open": what is asked is the one base, and the counts add up to it.

    A State leaves open what is voluntary, or what it answers only if it applies.
    """
    said = [gettext("%(answered)s of %(asked)s answered") % {"answered": answered, "asked": asked}]
    if missing:
        said.append(ngettext("%(count)s missing", "%(count)s missing", missing) % {"count": missing})
    if left_open := asked - answered - missing:
        said.append(ngettext("%(count)s left open", "%(count)s left open", left_open) % {"count": left_open})
    return reduce(lambda before, after: gettext("%(before)s, %(after)s") % {"before": before, "after": after}, said)


def progress_facts(progress: SectionProgress) -> dict[str, Any]:
    """The counts of a section, and their words in the active language."""
    missing = len(progress.missing)
    return {
        "asked": progress.asked,
        "answered": progress.answered,
        "missing": missing,
        "words": progress_words(progress.asked, progress.answered, missing),
    }
