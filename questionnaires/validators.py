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


def clean_citations(values: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Legal references without the empty ones. Raises ServiceError for a missing law, a bad link or too many."""
    citations = []
    for value in values:
        citation = {
            "law": clean_text(value.get("law", ""), maximum=MAXIMUM_LAW_LENGTH, field="citations").strip(),
            "provision": clean_text(
                value.get("provision", ""), maximum=MAXIMUM_PROVISION_LENGTH, field="citations"
            ).strip(),
            "link": clean_text(value.get("link", ""), maximum=MAXIMUM_LINK_LENGTH, field="citations").strip(),
        }
        if not any(citation.values()):
            continue
        if not citation["law"]:
            raise ServiceError(_("Name the law of each legal reference."), field="citations")
        if citation["link"] and not is_web_address(citation["link"]):
            raise ServiceError(_("A link must begin with https:// or http://."), field="citations")
        citations.append(citation)
    if len(citations) > MAXIMUM_CITATIONS:
        message = _("At most %(maximum)s legal references can be given with one answer.")
        raise ServiceError(message % {"maximum": MAXIMUM_CITATIONS}, field="citations")
    return citations
