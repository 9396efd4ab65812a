"""A draft or a version as a Word document: its languages are chosen on a page, and stand in the address of the file."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.files.storage import attachment
from core.files.uploads import ACCEPTED
from core.language.i18n import UN_LANGUAGES
from core.web.pages import Crumb, Page
from core.web.views import PublicPage
from core.web.views.services import UNPROCESSABLE
from questionnaires.definitions import QuestionnaireDefinition, get_published_version, index_of
from questionnaires.definitions.models import QuestionnaireVersion
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.forms.drafts import WordForm
from questionnaires.editing.selectors import get_version, stand_of
from questionnaires.editing.views.base import ClusterPage, DraftPage
from questionnaires.editing.word.documents import document_of, document_of_version
from questionnaires.wording import official


class WordPage(Page, TemplateView, ABC):
    """The page, or the file where its languages are named."""

    title = gettext_lazy("As a Word document")
    template_name = "questionnaires/editing/word.html"
    can_come_back = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        choices = self.languages()
        alone = {"language": choices[0][0]} if len(choices) == 1 else None
        form = WordForm(
            request.GET if "language" in request.GET else alone,
            languages=choices,
            initial={"language": self.written.language},
        )
        if form.is_bound and form.is_valid():
            return self._file(form.cleaned_data["language"], form.cleaned_data["beside"])
        context = self.get_context_data(form=form, written=self.written)
        return self.render_to_response(context, status=UNPROCESSABLE if form.is_bound else 200)

    def _file(self, language: str, beside: str) -> HttpResponse:
        languages = (language, beside) if beside else (language,)
        name = "-".join([self.written.slug, self.file_mark(), *languages])
        return attachment(self.content(languages), file_name=f"{name}.docx", content_type=ACCEPTED[".docx"])

    def languages(self) -> list[tuple[str, Any]]:
        """All six: an empty column is what a translation begins with."""
        return list(UN_LANGUAGES)

    @property
    @abstractmethod
    def written(self) -> QuestionnaireDefinition:
        """What the file is of."""

    @abstractmethod
    def file_mark(self) -> str:
        """What stands in the name of the file after that of the questionnaire."""

    @abstractmethod
    def content(self, languages: Sequence[str]) -> bytes:
        """The file in these languages."""


class DraftWordView(DraftPage, WordPage):
    policy_action = EditingAction.VIEW

    @property
    def written(self) -> QuestionnaireDefinition:
        return self.definition

    def file_mark(self) -> str:
        return "draft"

    def content(self, languages: Sequence[str]) -> bytes:
        return document_of(self.definition, stand_of(self.draft, None), languages)

    def back_url(self) -> str:
        return self.url("draft-detail")


class _OfVersion(WordPage):
    version: QuestionnaireVersion

    @property
    def written(self) -> QuestionnaireDefinition:
        return index_of(self.version.pk).definition

    def file_mark(self) -> str:
        return f"v{self.version.number}"

    def content(self, languages: Sequence[str]) -> bytes:
        return document_of_version(self.version.pk, stand_of(None, self.version), tuple(languages))


class VersionWordView(ClusterPage, _OfVersion):
    policy_action = EditingAction.VIEW

    @cached_property
    def version(self) -> QuestionnaireVersion:  # type: ignore[override]
        return get_version(self.cluster, self.kwargs["version"])

    def back_url(self) -> str:
        return self.home_url()


class PublishedWordView(PublicPage, _OfVersion):
    """What is published, for everybody, in the languages in which it was published."""

    can_come_back = False

    @cached_property
    def version(self) -> QuestionnaireVersion:  # type: ignore[override]
        return get_published_version(self.kwargs["questionnaire"])

    def languages(self) -> list[tuple[str, Any]]:
        there = {self.written.language, *self.written.translations}
        return [(code, name) for code, name in UN_LANGUAGES if code in there]

    def get_trail(self) -> list[Crumb]:
        words = official(self.written.title, self.written.language)
        return [Crumb(_("Questionnaires"), reverse("questionnaires:questionnaire-list")), Crumb(words, self.back_url())]

    def back_url(self) -> str:
        return reverse("questionnaires:questionnaire-detail", args=[self.written.slug])
