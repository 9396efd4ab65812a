"""The official text and its translation side by side, section by section; what is missing is counted."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.language.i18n import UN_LANGUAGES, language
from core.web.pages import Crumb
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.forms.drafts import TranslationForm, box_name
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import coverage_by_language, published_definition, section_at, seen_of_texts
from questionnaires.editing.services.edits import translate
from questionnaires.editing.translations import coverage, head_texts, section_texts
from questionnaires.editing.views.base import DraftFormView, DraftPage
from questionnaires.wording import official


class TranslationListView(DraftPage, TemplateView):
    """The languages, each with how much of the draft is translated."""

    policy_action = EditingAction.VIEW
    title = gettext_lazy("Translations")
    template_name = "questionnaires/editing/translation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = dict(UN_LANGUAGES)
        covered = coverage_by_language(self.definition, names)
        rows = [(code, names[code], each) for code, each in covered.items()]
        return super().get_context_data(rows=rows, official_name=names[self.definition.language], **kwargs)


class OfLanguage(DraftPage):
    """A page about one language that is not the official one."""

    @property
    def code(self) -> str:
        code: str = self.kwargs["language"]
        if code not in dict(UN_LANGUAGES) or code == self.definition.language:
            raise Http404
        return code

    @property
    def name(self) -> str:
        return str(dict(UN_LANGUAGES)[self.code])

    def get_policy_target(self) -> QuestionnaireDraft:
        draft = super().get_policy_target()
        self.policy_target = draft
        self.code  # noqa: B018 - found before anybody is asked anything
        return draft

    @property
    def known(self) -> dict[str, str]:
        return dict(self.definition.translations.get(self.code, {}))

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Translations"), self.url("draft-translations"))]


class TranslationView(OfLanguage, TemplateView):
    """The sections of the draft, each with what is missing in one language."""

    policy_action = EditingAction.VIEW
    template_name = "questionnaires/editing/translation_detail.html"

    def get_title(self) -> str:
        return _("Translation: %(language)s") % {"language": self.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = self.known
        rows = [
            (part, [(section, coverage(section_texts(section), known)) for section in part.sections])
            for part in self.definition.parts
        ]
        head = coverage(head_texts(self.definition), known)
        return super().get_context_data(rows=rows, head=head, code=self.code, **kwargs)


class _TranslationFormView(OfLanguage, DraftFormView):
    form_class = TranslationForm
    template_name = "questionnaires/editing/translation_form.html"
    success_message = gettext_lazy("The translation is saved.")

    @property
    @abstractmethod
    def texts(self) -> Sequence[str]:
        """The texts of the page, each once; kept for the request, since the boxes of its form are made of them."""

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(self.name, self.url("draft-translation", self.code))]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "texts": self.texts, "language": self.code}

    def get_initial(self) -> dict[str, Any]:
        known = self.known
        said = {box_name(text): known.get(text, "") for text in self.texts}
        return {**said, "seen": self.seen_now()}

    def seen_now(self) -> str:
        known = self.known
        return seen_of_texts({text: known.get(text, "") for text in self.texts})

    def words_now(self) -> dict[str, str]:
        known = self.known
        return {text: known[text] for text in self.texts if text in known}

    def rest(self, form: Any, error: ServiceError) -> None:
        """A box that came empty gets what stands by now: sent again it would take a colleague's translation away."""
        super().rest(form, error)
        empty = {box_name(text): said for text, said in (self.stands or {}).items()}
        form.carry(**{name: said for name, said in empty.items() if not form.data.get(name, "").strip()})

    def former(self) -> dict[str, tuple[str, str]]:
        """For texts that have changed since the published version: their former words and translation."""
        return {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form, former = context["form"], self.former()
        context["pairs"] = [(text, form[box_name(text)], former.get(text)) for text in self.texts]
        context["missing"] = coverage(self.texts, self.known).missing
        context["own"] = language(self.definition.language)
        return context

    def perform(self, form: TranslationForm) -> QuestionnaireDraft:
        return translate(
            actor=self.user,
            draft=self.draft,
            language=self.code,
            given=form.given,
            texts=self.texts,
            seen=form.cleaned_data["seen"],
        )

    def back_url(self) -> str:
        return self.url("draft-translation", self.code)


class HeadTranslationView(_TranslationFormView):
    title = gettext_lazy("Titles and general guidance")

    @cached_property
    def texts(self) -> Sequence[str]:
        return head_texts(self.definition)


class SectionTranslationView(_TranslationFormView):
    @property
    def section(self) -> Any:
        return section_at(self.definition, self.kwargs["instrument"], self.kwargs["section"])

    def get_policy_target(self) -> QuestionnaireDraft:
        draft = super().get_policy_target()
        self.section  # noqa: B018 - found before anybody is asked anything
        return draft

    def get_title(self) -> str:
        return official(self.section.heading, self.definition.language)

    @cached_property
    def texts(self) -> Sequence[str]:
        return section_texts(self.section)

    def former(self) -> dict[str, tuple[str, str]]:
        published = published_definition(self.draft.cluster)
        if published is None:
            return {}
        before = {item.code: item.text for item in published.items()}
        known = {**published.translations.get(self.code, {}), **self.known}
        found = {}
        for item in self.section.items:
            was = before.get(item.code, item.text)
            if was != item.text and known.get(was):
                found[item.text] = (was, known[was])
        return found
