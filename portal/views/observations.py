from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.i18n import language
from core.views import ServiceActionView, ServiceFormView
from portal.forms.observations import ObservationForm
from portal.observations import articles_of, lists_for, steps_for
from portal.views.base import ReviewPage
from questionnaires.models import ResponseSubmission
from questionnaires.selectors.reading import ReadSection, get_submission, sent_parts
from questionnaires.selectors.versions import index_of
from reviews.enums import ReviewAction, TextAction, TextKind
from reviews.models import AgreedText, Article, Observation, ObservationHeading
from reviews.selectors.exchange import articles_under_review
from reviews.selectors.texts import get_observation_for, get_text_for, headings_of, standing_version
from reviews.services.observations import (
    ObservationInput,
    draft_observation,
    edit_observation,
    lay_on_table,
    withdraw_observation,
)


class ObservationListView(ReviewPage, TemplateView):
    """For each instrument the observations by heading and by set of articles, each with the acts open to the reader."""

    policy_action = ReviewAction.READ_TABLE
    template_name = "portal/observation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(lists=lists_for(self.user, self.review), **kwargs)


class ObservationFormPage(ReviewPage, ServiceFormView):
    """An observation to write, with the questions of its instrument that it may rest on."""

    form_class = ObservationForm
    template_name = "portal/observation_form.html"
    previewed = "text"

    @property
    @abstractmethod
    def text(self) -> AgreedText:
        """The list that the observation belongs to."""

    @cached_property
    def submission(self) -> ResponseSubmission:
        return get_submission(self.review)

    @cached_property
    def sections(self) -> Sequence[ReadSection]:
        parts = sent_parts(self.submission)
        return [s for part in parts if part.part.instrument == self.text.instrument.slug for s in part.sections]

    @cached_property
    def headings(self) -> Sequence[ObservationHeading]:
        return list(headings_of(self.review))

    @cached_property
    def articles(self) -> Sequence[Article]:
        return list(articles_under_review(self.review, self.text.instrument))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "headings": self.headings,
            "articles": self.articles,
            "sections": self.sections,
            "language": self.text.language,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version_id = self.submission.response.version_id
        own = {
            "text": self.text,
            "official": language(index_of(version_id).definition.language),
            "text_language": self.text.get_language_display(),
        }
        return super().get_context_data(**{**kwargs, **own})

    def success_url_for(self, result: Observation) -> str:
        return f"{_list_url(self)}#observation-{result.pk}"


class ObservationAddView(ObservationFormPage):
    """A new observation; ``?question=`` and ``?article=`` are chosen beforehand, as when one comes from the desk."""

    policy_action = TextAction.DRAFT_OBSERVATION

    def get_policy_target(self) -> AgreedText:
        return get_text_for(self.user, self.find_review(), self.kwargs["instrument"], TextKind.LIST_OF_OBSERVATIONS)

    @property
    def text(self) -> AgreedText:
        return self.policy_target

    def get_initial(self) -> dict[str, Any]:
        given = self.request.GET
        known = {state.item.code for section in self.sections for state in section.items}
        return {
            "articles": given.getlist("article"),
            "question_codes": [code for code in given.getlist("question") if code in known],
            "base": 0,
        }

    def success_message_for(self, result: Observation) -> str:
        if self.review.reviewers_share_room:
            return _("The draft is saved. Only the reviewing States see it.")
        return _("The draft is saved. Only your State sees it.")

    def perform(self, form: ObservationForm) -> Observation:
        return draft_observation(actor=self.user, text=self.text, given=_given(form))


class ObservationPage(ReviewPage):
    """A page of one observation; nobody finds one that lies in another State's room."""

    policy_target: Observation

    def get_policy_target(self) -> Observation:
        return get_observation_for(self.user, self.find_review(), self.kwargs["observation"])

    @property
    def observation(self) -> Observation:
        return self.policy_target

    @property
    def text(self) -> AgreedText:
        return self.observation.agreed_text

    @cached_property
    def cancels_version(self) -> bool:
        """Whether a change cancels a version that is under consideration."""
        return self.observation.room_id is None and standing_version(self.text) is not None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {
            "observation": self.observation,
            "text": self.text,
            "articles": articles_of(self.observation),
            "cancels_version": self.cancels_version,
        }
        return super().get_context_data(**{**kwargs, **own})


class ObservationEditView(ObservationPage, ObservationFormPage):
    policy_action = TextAction.EDIT_OBSERVATION

    def get_initial(self) -> dict[str, Any]:
        return {
            "heading": self.observation.heading.kind,
            "articles": [str(article.number) for article in articles_of(self.observation)],
            "text": self.observation.text,
            "question_codes": self.observation.question_codes,
            "base": self.observation.revision,
        }

    def perform(self, form: ObservationForm) -> Observation:
        observation, base = self.observation, form.cleaned_data["base"]
        return edit_observation(actor=self.user, observation=observation, given=_given(form), base=base)

    def success_message_for(self, result: Observation) -> str:
        return _("The observation is saved.")


class ObservationActPage(ObservationPage, ServiceActionView, TemplateView):
    """Shows the observation and asks first; POST does it."""

    http_method_names = ["get", "head", "post"]

    def next_url(self) -> str:
        return _list_url(self)


class ObservationTableView(ObservationActPage):
    policy_action = TextAction.TABLE_OBSERVATION
    template_name = "portal/observation_table.html"

    def perform(self) -> str:
        lay_on_table(actor=self.user, observation=self.observation)
        return _("The observation lies on the shared table now.")

    def next_url(self) -> str:
        return f"{_list_url(self)}#observation-{self.observation.pk}"


class ObservationWithdrawView(ObservationActPage):
    policy_action = TextAction.WITHDRAW_OBSERVATION
    template_name = "portal/observation_withdraw.html"

    def perform(self) -> str:
        withdraw_observation(actor=self.user, observation=self.observation)
        return _("The observation is withdrawn.")


class ObservationHistoryView(ObservationPage, TemplateView):
    """Who wrote what and when; other States see what was written since it lies on the shared table."""

    policy_action = TextAction.VIEW
    template_name = "portal/observation_history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(steps=steps_for(self.user, self.observation), **kwargs)


def _given(form: ObservationForm) -> ObservationInput:
    given = form.cleaned_data
    return ObservationInput(given["heading"], given["articles"], given["text"], given["question_codes"])


def _list_url(page: ReviewPage) -> str:
    return reverse("portal:observation-list", args=page.address)
