from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.language.i18n import language
from core.web.pages import Crumb
from core.web.views import PublicPage
from questionnaires.definitions import (
    ConditionTree,
    get_published_version,
    index_of,
    instrument_names,
    published_versions,
)
from questionnaires.definitions.models import QuestionnaireVersion
from questionnaires.wording import condition_words, full_number, official, translation_for_reader


class QuestionnaireListView(PublicPage, TemplateView):
    """The published questionnaires: official texts, for everybody."""

    title = gettext_lazy("Questionnaires")
    template_name = "questionnaires/published/questionnaire_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = []
        for version in published_versions():
            items = index_of(version.pk).items.values()
            questions = sum(item.is_question for item in items)
            rows.append({"version": version, "questions": questions, "items": len(items)})
        return super().get_context_data(rows=rows, **kwargs)


class QuestionnaireDetailView(PublicPage, TemplateView):
    """One questionnaire to read, with the condition of each follow-up in words."""

    template_name = "questionnaires/published/questionnaire_detail.html"

    @cached_property
    def version(self) -> QuestionnaireVersion:
        return get_published_version(self.kwargs["questionnaire"])

    def get_title(self) -> str:
        return official(self.version.title, self.version.language)

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Questionnaires"), reverse("questionnaires:questionnaire-list"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        index = index_of(self.version.pk)

        def number_of(code: str) -> str:
            return full_number(index.items[code])

        def words(tree: ConditionTree | None) -> str:
            return condition_words(tree, number_of) if tree else ""

        return super().get_context_data(
            version=self.version,
            definition=index.definition,
            conditions={code: words(item.condition) for code, item in index.items.items()},
            instruments=instrument_names(part.instrument for part in index.definition.parts),
            official=language(index.definition.language),
            **translation_for_reader(index.definition),
            **kwargs,
        )
