"""What an answer may hold; one function a kind of content, used by services, forms and the API alike."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.text import clean_text, is_web_address
from questionnaires.definition import Item
from questionnaires.enums import QuestionKind

MAXIMUM_CITATIONS = 30
MAXIMUM_LAW_LENGTH = 300  # characters
MAXIMUM_PROVISION_LENGTH = 200  # characters
MAXIMUM_LINK_LENGTH = 500  # characters


def clean_choices(item: Item, values: Iterable[str]) -> list[str]:
    """The chosen options in printed order. Raises ServiceError for an unknown option or one too many."""
    chosen = {value for value in values if value}
    if item.kind == QuestionKind.GROUP or chosen - set(item.options):
        raise ServiceError(_("This is not one of the options of the question."), field="choices")
    if len(chosen) > 1 and item.kind != QuestionKind.MULTIPLE:
        raise ServiceError(_("Choose one option only."), field="choices")
    return [option for option in item.options if option in chosen]


def check_citations(values: Sequence[dict[str, str]]) -> tuple[list[dict[str, str]], dict[str, str]]:
    """Legal references without the empty ones and without what is wrong with some, and what that is.

    A wrong link is left out of its reference, a reference without a law wholly. The errors are named by field and place
    among those that are not empty, from 1 on: "link-2". Raises ServiceError for what is too long, or too many.
    """
    given = [citation for citation in map(_clean_citation, values) if any(citation.values())]
    if len(given) > MAXIMUM_CITATIONS:
        message = _("At most %(maximum)s legal references can be given with one answer.")
        raise ServiceError(message % {"maximum": MAXIMUM_CITATIONS}, field="citations")
    citations, errors = [], {}
    for place, citation in enumerate(given, start=1):
        if not citation["law"]:
            errors[f"law-{place}"] = _("Name the law of each legal reference.")
            continue
        if citation["link"] and not is_web_address(citation["link"]):
            errors[f"link-{place}"] = _("A link must begin with https:// or http://.")
        citations.append({**citation, "link": "" if f"link-{place}" in errors else citation["link"]})
    return citations, errors


def _clean_citation(value: dict[str, str]) -> dict[str, str]:
    return {
        name: clean_text(value.get(name, ""), maximum=maximum, field="citations").strip()
        for name, maximum in (
            ("law", MAXIMUM_LAW_LENGTH),
            ("provision", MAXIMUM_PROVISION_LENGTH),
            ("link", MAXIMUM_LINK_LENGTH),
        )
    }
