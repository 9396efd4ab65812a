"""Drafts to try things on, and what a form about an item holds."""

from dataclasses import replace
from typing import Any

from questionnaires.definitions.definition import Item, QuestionnaireDefinition
from questionnaires.editing.changes.items import ItemInput
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import definition_of
from questionnaires.editing.services.drafts import start_draft
from reviews.programme.models import Cluster
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.official import load_definition

BASE = "/en/untoc/questionnaires/"
DRAFT = f"{BASE}1/draft/"
FIRST = ("untoc", "article-2")


def cluster(number: int = 1) -> Cluster:
    return Cluster.objects.select_related("mechanism").get(mechanism__slug="untoc", number=number)


def make_draft(actor: Any = None, number: int = 1) -> QuestionnaireDraft:
    return start_draft(actor=actor or OfficerFactory(), cluster=cluster(number))


def now(draft: QuestionnaireDraft) -> QuestionnaireDefinition:
    """What is in the draft by now."""
    draft.refresh_from_db()
    return definition_of(draft)


def item_of(definition: QuestionnaireDefinition, code: str) -> Item:
    return next(item for item in definition.items() if item.code == code)


def codes_of(definition: QuestionnaireDefinition, instrument: str, slug: str) -> list[str]:
    part = next(part for part in definition.parts if part.instrument == instrument)
    return [item.code for section in part.sections if section.slug == slug for item in section.items]


def as_given(item: Item, **changes: Any) -> ItemInput:
    """What a form gives of an item that is left as it is, but for ``changes``."""
    given = ItemInput(
        text=item.text,
        kind=item.kind,
        options=item.options,
        free_text_options=item.free_text_options,
        footnotes=item.footnotes,
        articles=item.articles,
        voluntary=item.voluntary,
        self_assessed=item.self_assessed,
        deviation=item.deviation or "",
    )
    return replace(given, **changes)


def official(number: int = 1) -> QuestionnaireDefinition:
    return load_definition(("I", "II", "III", "IV")[number - 1])


def form_of(item: Item, **changes: Any) -> dict[str, Any]:
    """The same as a browser posts it."""
    data: dict[str, Any] = {
        "text": item.text,
        "kind": item.kind,
        "options": "\n".join(f"* {each}" if each in item.free_text_options else each for each in item.options),
        "deviation": item.deviation or "",
        "articles-TOTAL_FORMS": str(len(item.articles)),
        "articles-INITIAL_FORMS": str(len(item.articles)),
        "footnotes-TOTAL_FORMS": str(len(item.footnotes)),
        "footnotes-INITIAL_FORMS": str(len(item.footnotes)),
    }
    for name in ("voluntary", "self_assessed"):
        if getattr(item, name):
            data[name] = "on"
    for place, cited in enumerate(item.articles):
        columns = {"instrument": cited.instrument, "article": cited.article, "para": cited.para or ""}
        data |= {f"articles-{place}-{name}": value for name, value in columns.items()}
    for place, footnote in enumerate(item.footnotes):
        data |= {f"footnotes-{place}-mark": footnote.mark, f"footnotes-{place}-text": footnote.text}
    return data | changes
