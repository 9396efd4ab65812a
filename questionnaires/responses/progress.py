"""How a section's progress is said, on the page and in the answer to its script."""

from typing import Any

from django.utils.translation import gettext, ngettext

from questionnaires.responses.selectors.responses import SectionProgress


def progress_words(answered: int, missing: int) -> str:
    """ "12 answered, 3 missing"; nothing is said of what a State leaves open because it may."""
    words = ngettext("%(count)s answered", "%(count)s answered", answered) % {"count": answered}
    if not missing:
        return gettext("%(answered)s, nothing is missing") % {"answered": words}
    rest = ngettext("%(count)s missing", "%(count)s missing", missing) % {"count": missing}
    return gettext("%(answered)s, %(missing)s") % {"answered": words, "missing": rest}


def progress_facts(progress: SectionProgress) -> dict[str, Any]:
    """The counts of a section, and their words in the active language."""
    missing = len(progress.missing)
    return {
        "asked": progress.asked,
        "answered": progress.answered,
        "missing": missing,
        "expected": progress.expected,
        "words": progress_words(progress.answered, missing),
    }
