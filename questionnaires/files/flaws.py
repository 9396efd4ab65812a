"""What is wrong with a questionnaire, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as translated

from core.language.i18n import in_own_order
from questionnaires.definitions import Item
from questionnaires.files.rules import Flaw
from questionnaires.wording import full_number


def flaw_words(flaw: Flaw, items: Mapping[str, Item]) -> str:
    """What is wrong, in the active language; items are called by their numbers, where ``items`` by code has them."""
    facts = {
        name: in_own_order(full_number(items[value])) if value in items else value for name, value in flaw.facts.items()
    }
    return translated(flaw.message) % facts  # marked in ``rules`` and ``trees``
