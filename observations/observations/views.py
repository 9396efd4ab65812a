from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ConflictError, ServiceError
from core.language.i18n import language
from core.language.word_counts import count_words
from core.policy import can
from core.web.pages import Crumb
from dialogue.exchange import articles_under_review
from observations.hints import Entry, HintLine, hints_of_typed, words_of_typed
from observations.needs import as_inputs, initial_needs, stated_needs, types_for
from observations.needs.models import AssistanceNeed, AssistanceType
from observations.observations.entries import TYPED, articles_of, entries_with, place_of
from observations.observations.filters import ObservationFilterSet
from observations.observations.forms import ObservationForm
from observations.observations.links import links_for
from observations.observations.rows import lists_for
from observations.observations.selectors import get_observation_for, with_the_withdrawn
from observations.observations.services import (
    ObservationInput,
    copy_observation,
    draft_observation,
    edit_observation,
)
from observations.observations.shown import shown_of_observation
from observations.texts import get_text_for, headings_of
from observations.texts.enums import ObservationKind, TextAction, TextKind
from observations.texts.models import AgreedText, Observation, ObservationHeading
from questionnaires.definitions import index_of
from questionnaires.progress import ReadSection
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions import latest_submission, open_submission, sent_parts
from reviews.capacities import require_capacity
from reviews.cases.enums import ReviewAction
from reviews.drafts import CopyWay, Shown, WritingView, shown_in_room
from reviews.navigation import ReviewPage
from reviews.programme.models import Article


class ObservationListView(ReviewPage, TemplateView):
    """For each instrument the observations by heading and by set of articles, each with the acts open to the reader."""

    policy_action = ReviewAction.READ_TABLE
    title = gettext_lazy("Observations")
    template_name = "observations/observations/observation_list.html"

    @cached_property
    def filter(self) -> ObservationFilterSet:
        return ObservationFilterSet(self.request.GET, with_the_withdrawn(self.user, self.review))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_narrowed = self.filter.is_active
        lists = lists_for(self.user, self.review, self.filter.qs, is_narrowed=is_narrowed)
        own = {"lists": lists, "form_filter": self.filter.form, "is_narrowed": is_narrowed}
        return super().get_context_data(**own, **kwargs)


class BelowObservations(ReviewPage):
    """A page below the list of observations."""

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Observations"), list_url(self))]


class ObservationFormPage(BelowObservations, WritingView):
    """An observation to write, with the questions of its instrument that it may rest on."""

    read_action = TextAction.VIEW
    form_class = ObservationForm
    template_name = "observations/observations/observation_form.html"
    previewed = "text"

    @property
    @abstractmethod
    def text(self) -> AgreedText:
        """The list that the observation belongs to."""

    @cached_property
    def submission(self) -> ResponseSubmission | None:
        """None in a review that was brought in without its answers."""
        submission = latest_submission(self.review)
        open_submission(self.user, submission)
        return submission

    @cached_property
    def sections(self) -> Sequence[ReadSection]:
        parts = sent_parts(self.submission) if self.submission else ()
        return [s for part in parts if part.part.instrument == self.text.instrument.slug for s in part.sections]

    @cached_property
    def headings(self) -> Sequence[ObservationHeading]:
        return list(headings_of(self.review))

    @cached_property
    def articles(self) -> Sequence[Article]:
        return list(articles_under_review(self.review, self.text.instrument))

    @cached_property
    def types(self) -> Sequence[AssistanceType]:
        """Of assistance; none where the mechanism records no needs."""
        has_heading = any(heading.kind == ObservationKind.ASSISTANCE_NEED for heading in self.headings)
        return types_for(self.text.instrument) if has_heading else []

    @cached_property
    def needs(self) -> Sequence[AssistanceNeed]:
        """Those that stand."""
        return []

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "headings": self.headings,
            "articles": self.articles,
            "sections": self.sections,
            "language": self.text.language,
            "links": list(links_for(self.user, self.review, self.submission).values()),
            "types": self.types,
            "needs": as_inputs(self.needs),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        index = index_of(self.submission.response.version_id) if self.submission else None
        own = {
            "text": self.text,
            "official": language(index.definition.language) if index else None,
            "text_language": self.text.get_language_display(),
            "stated": stated_needs(self.sections, self.types),
        }
        context = super().get_context_data(**{**kwargs, **own})
        typed = context["form"]["text"].value() or ""
        return {**context, "hints": self._hints(context["form"], typed), "word_count": count_words(typed)}

    def _hints(self, form: ObservationForm, typed: str) -> list[HintLine]:
        """On what stands in the form, beside what its writer reads of the list."""
        if not typed.strip():
            return []
        names = {heading.kind: heading.name for heading in self.headings}
        changed, chosen = self.changed, set(form["articles"].value() or ())
        entry = Entry(
            place=TYPED,
            text=words_of_typed(typed),
            heading=names.get(form["heading"].value(), ""),
            articles=tuple(article.number for article in self.articles if str(article.number) in chosen),
            grounds=tuple(form["question_codes"].value() or ()),
            is_draft=changed is None or changed.room_id is not None,
            wording_of=place_of(self.copied.pk) if self.copied else "",
        )
        entries = entries_with(entry, self.user, self.text, list(names.values()), in_place_of=changed)
        return hints_of_typed(entry, entries, self.text.language, has_answers=self.submission is not None)

    @property
    def changed(self) -> Observation | None:
        """What the form changes; None where it makes another."""
        return None

    @property
    def copied(self) -> Observation | None:
        """What it makes another wording of."""
        return None

    def success_url_for(self, result: Observation) -> str:
        return self.next_page or f"{list_url(self)}#observation-{result.pk}"


class ObservationAddView(ObservationFormPage):
    """A new observation; ``?question=`` and ``?article=`` are chosen beforehand, as when one comes from the desk."""

    policy_action = TextAction.DRAFT_OBSERVATION
    title = gettext_lazy("Draft an observation")

    def get_policy_target(self) -> AgreedText:
        return get_text_for(self.user, self.find_review(), self.kwargs["instrument"], TextKind.LIST_OF_OBSERVATIONS)

    @property
    def text(self) -> AgreedText:
        return self.policy_target

    def shown_now(self) -> Shown:
        return _in_own_room(self)

    def get_initial(self) -> dict[str, Any]:
        given = self.request.GET
        known = {state.item.code for section in self.sections for state in section.items}
        return {
            **super().get_initial(),
            "articles": given.getlist("article"),
            "question_codes": [code for code in given.getlist("question") if code in known],
            "links": given.getlist("link"),
            "base": 0,
        }

    def success_message_for(self, result: Observation) -> str:
        return _draft_saved(self)

    def perform(self, form: ObservationForm) -> Observation:
        shown = form.cleaned_data["shown"]
        return draft_observation(actor=self.user, text=self.text, given=_given(form), shown=shown)


class ObservationPage(BelowObservations):
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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {
            "observation": self.observation,
            "text": self.text,
            "articles": articles_of(self.observation),
        }
        return super().get_context_data(**{**kwargs, **own})


class WrittenObservationPage(ObservationPage, ObservationFormPage):
    """A form that begins with what the observation says."""

    @cached_property
    def needs(self) -> Sequence[AssistanceNeed]:
        return list(self.observation.needs.all())

    def get_initial(self) -> dict[str, Any]:
        return {
            **initial_needs(as_inputs(self.needs)),
            **super().get_initial(),
            "heading": self.observation.heading.kind,
            "articles": [str(article.number) for article in articles_of(self.observation)],
            "text": self.observation.text,
            "question_codes": self.observation.question_codes,
            "links": self.observation.links,
            "base": self.observation.revision,
        }


class ObservationEditView(WrittenObservationPage):
    policy_action = TextAction.EDIT_OBSERVATION
    title = gettext_lazy("Change an observation")
    beside: Mapping[str, Any] = {}

    def get_policy_target(self) -> Observation:
        """What comes back from a form finds also what was withdrawn meanwhile, so that nothing typed is lost."""
        is_sent = self.request.method == "POST"
        return get_observation_for(self.user, self.find_review(), self.kwargs["observation"], with_withdrawn=is_sent)

    @property
    def changed(self) -> Observation:
        return self.observation

    def shown_now(self) -> Shown:
        return shown_of_observation(self.observation)

    def rest(self, form: ObservationForm, error: ServiceError) -> None:  # type: ignore[override]
        """Needs and links that a colleague has changed: in the form where the writer changed none, else beside it."""
        super().rest(form, error)
        if isinstance(error, ConflictError):
            now = get_observation_for(self.user, self.review, self.observation.pk)
            needs = list(now.needs.all())
            both = form.take_up(as_inputs(needs), now.links)
            links = links_for(self.user, self.review, self.submission) if "links" in both else {}
            self.beside = {
                "is_needs_changed": "needs" in both,
                "standing_needs": needs,
                "is_links_changed": "links" in both,
                "standing_links": [links[link] for link in now.links if link in links],
            }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**self.beside, **kwargs)

    def copy_way(self) -> CopyWay | None:
        if not can(self.user, TextAction.COPY_OBSERVATION, self.observation):
            return None
        url = reverse("observations:observation-copy", args=[*self.address, self.observation.pk])
        return CopyWay(url, _in_own_room(self).token)

    def perform(self, form: ObservationForm) -> Observation:
        carried = {name: form.cleaned_data[name] for name in ("base", "shown")}
        return edit_observation(actor=self.user, observation=self.observation, given=_given(form), **carried)

    def success_message_for(self, result: Observation) -> str:
        return _("The observation is saved.")


class ObservationCopyView(WrittenObservationPage):
    """Another wording of what lies on the table, drafted in the room of the reader's State."""

    policy_action = TextAction.COPY_OBSERVATION
    title = gettext_lazy("Copy an observation")

    @property
    def copied(self) -> Observation:
        return self.observation

    def shown_now(self) -> Shown:
        return _in_own_room(self)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_copy=True, **kwargs)

    def perform(self, form: ObservationForm) -> Observation:
        carried = {name: form.cleaned_data[name] for name in ("base", "shown")}
        return copy_observation(actor=self.user, source=self.observation, given=_given(form), **carried)

    def success_message_for(self, result: Observation) -> str:
        return _draft_saved(self)


def _given(form: ObservationForm) -> ObservationInput:
    given = form.cleaned_data
    names = ("heading", "articles", "text", "question_codes", "needs", "links", "links_stood")
    return ObservationInput(*(given[name] for name in names))


def _in_own_room(page: ReviewPage) -> Shown:
    return shown_in_room(page.review, require_capacity(page.user, page.review).state_party_id)


def _draft_saved(page: ReviewPage) -> str:
    if page.review.reviewers_share_room:
        return _("The draft is saved. Only the reviewing States see it.")
    return _("The draft is saved. Only your State sees it.")


def list_url(page: ReviewPage) -> str:
    return reverse("observations:observation-list", args=page.address)
