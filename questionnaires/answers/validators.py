"""What an answer may hold; one function a kind of content, used by services, forms and the API alike."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from core.errors import ServiceError
from core.language.text import clean_text, is_web_address
from questionnaires.definitions import Item
from questionnaires.definitions.enums import QuestionKind

MAXIMUM_CITATIONS = 30
MAXIMUM_LAW_LENGTH = 300  # characters
MAXIMUM_PROVISION_LENGTH = 200  # characters
MAXIMUM_LINK_LENGTH = 500  # characters
_MAXIMA = {"law": MAXIMUM_LAW_LENGTH, "provision": MAXIMUM_PROVISION_LENGTH, "link": MAXIMUM_LINK_LENGTH}


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

    A wrong link or provision is left out of its reference, a reference without a law, or with a wrong one, wholly. The
    errors are named by field and place among those that are not empty, from 1 on: "link-2". One of a provision says so,
    and stands by the law. Raises ServiceError for too many.
    """
    given = [value for value in values if any(value.get(name, "").strip() for name in _MAXIMA)]
    if len(given) > MAXIMUM_CITATIONS:
        message = _("At most %(maximum)s legal references can be given with one answer.")
        raise ServiceError(message % {"maximum": MAXIMUM_CITATIONS}, field="citations")
    citations: list[dict[str, str]] = []
    errors: dict[str, str] = {}
    for place, value in enumerate(given, start=1):
        citation, wrong = _clean_citation(value)
        if citation["law"]:
            citations.append(citation)
        for name in ("provision", "law", "link"):
            if name in wrong:
                field = "law" if name == "provision" else name  # which a row has no mark of its own for
                errors[f"{field}-{place}"] = wrong[name]
    return citations, errors


def _clean_citation(value: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """A reference without what is wrong in it, and what that is, by field."""
    citation, wrong = dict.fromkeys(_MAXIMA, ""), {}
    for name, maximum in _MAXIMA.items():
        try:
            citation[name] = clean_text(value.get(name, ""), maximum=maximum, field=name).strip()
        except ServiceError as error:
            wrong[name] = str(error)
    if not citation["law"] and "law" not in wrong:
        wrong["law"] = _("Name the law of each legal reference.")
    if citation["link"] and not is_web_address(citation["link"]):
        citation["link"], wrong["link"] = "", _("A link must begin with https:// or http://.")
    if "provision" in wrong:
        wrong["provision"] = f"{_('Provision')}: {wrong['provision']}"
    return citation, wrong
