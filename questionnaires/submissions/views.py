from collections.abc import Sequence
from itertools import groupby
from typing import Any, ClassVar

from django.db.models import TextChoices
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core import jobs
from core.language.i18n import isolated, language
from core.policy import explain
from core.web.numbers import NO_NUMBER, posted_number
from core.web.pages import Crumb
from core.web.views import PolicyView
from questionnaires.definitions import index_of, instrument_names
from questionnaires.definitions.enums import ResponseAction
from questionnaires.progress import ItemState, ReadPart, ReadSection
from questionnaires.responses import SUBMISSION_FORMATS, BelowResponse
from questionnaires.responses.models import ResponseSubmission
from questionnaires.submissions.selectors.reading import get_submission, sent_parts, submission_for
from questionnaires.submissions.selectors.submissions import get_sent_version
from questionnaires.submissions.selectors.versions import (
    VersionHistory,
    beside_all,
    changed_questions,
    get_standing_version,
    says_other_of_laws,
)
from questionnaires.submissions.services import open_submission
from reviews.cases.models import Review
from reviews.navigation import UnderReview
from reviews.visibility import get_review_for

_MOST_VERSIONS = 9999


class SubmissionPage(UnderReview, PolicyView):
    """A page of the answers that were sent; before that there is none."""

    policy_action: ClassVar[TextChoices] = ResponseAction.VIEW_SUBMISSION
    policy_target: ResponseSubmission

    def get_policy_target(self) -> ResponseSubmission:
        return submission_for(self.user, get_review_for(self.user, *self.address), self.policy_action)

    @property
    def review(self) -> Review:  # type: ignore[override]
        return self.policy_target.review

    @cached_property
    def parts(self) -> Sequence[ReadPart]:
        return sent_parts(self.policy_target)

    @cached_property
    def history(self) -> VersionHistory:
        return VersionHistory(self.policy_target)

    @cached_property
    def instruments(self) -> dict[str, str]:
        return instrument_names(part.part.instrument for part in self.parts)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = self.policy_target
        if self.request.method != "HEAD":  # which shows nothing
            open_submission(self.user, submission)
        return super().get_context_data(  # type: ignore[misc]
            submission=submission,
            review=self.review,
            address=self.address,
            history=self.history,
            parts=self.parts,
            instruments=self.instruments,
            official=language(index_of(submission.response.version_id).definition.language),
            answers_language=submission.language,
            **kwargs,
        )


class BelowSubmission(SubmissionPage):
    """A page below the answers that were sent."""

    def get_trail(self) -> list[Crumb]:
        whole = reverse("questionnaires:submission-detail", args=self.address)
        return [*super().get_trail(), Crumb(_("Answers to the questionnaire"), whole)]


class SubmissionDetailView(SubmissionPage, TemplateView):
    """What was sent, by whom it was cleared, its hash, and the ways into it."""

    title = gettext_lazy("Answers to the questionnaire")
    template_name = "questionnaires/submissions/submission_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = self.policy_target
        return super().get_context_data(
            version=submission.response.version,
            render=explain(self.user, ResponseAction.RENDER_SUBMISSION, submission),
            job=jobs.latest_for(submission, self.user.pk, SUBMISSION_FORMATS.values()),
            **kwargs,
        )


class SubmissionPartView(BelowSubmission, TemplateView):
    """The answers on one instrument."""

    template_name = "questionnaires/submissions/submission_part.html"

    def get_title(self) -> str:
        return self.instruments[self.kwargs["instrument"]]

    def get_about(self) -> str:
        return f"{_('Answers to the questionnaire')} – {isolated(str(self.review))}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slugs = [part.part.instrument for part in self.parts]
        if self.kwargs["instrument"] not in slugs:
            raise Http404  # and nothing is opened
        context = super().get_context_data(**kwargs)
        here = slugs.index(self.kwargs["instrument"])
        shown = self.parts[here]
        changed = [state.item.code for section in shown.sections for state in section.asked_items]
        is_narrowed = self.request.GET.get("show") == "changed"
        return {
            **context,
            "shown": shown,
            "number_changed": sum(code in self.history.marked for code in changed),
            "is_narrowed": is_narrowed,
            "sections": [(section, self.items_of(section, is_narrowed=is_narrowed)) for section in shown.sections],
            "previous": slugs[here - 1] if here else None,
            "next": slugs[here + 1] if here + 1 < len(slugs) else None,
        }

    def items_of(self, section: ReadSection, *, is_narrowed: bool) -> list[ItemState]:
        marked = self.history.marked
        return [state for state in section.asked_items if not is_narrowed or state.item.code in marked]


class SubmissionVersionView(BelowSubmission, TemplateView):
    """A version that stands or stood before, whole, with its checksum; for all who read what was sent."""

    template_name = "questionnaires/submissions/submission_version.html"

    def get_policy_target(self) -> ResponseSubmission:
        return get_standing_version(get_review_for(self.user, *self.address), self.kwargs["number"])

    def get_title(self) -> str:
        return _("Version %(number)s, as it was sent") % {"number": self.policy_target.number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        questionnaire = index_of(self.policy_target.version_id).definition
        newest = get_submission(self.review)
        return super().get_context_data(questionnaire=questionnaire, newest=newest, **kwargs)


class SubmissionChangesView(BelowSubmission, TemplateView):
    """What has changed between two versions (``?from=`` and ``?to=``), otherwise since the one before the last."""

    title = gettext_lazy("What has changed")
    template_name = "questionnaires/submissions/submission_changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = self.history.versions
        after = self.history.at(self._number("to", versions[-1].number))
        earlier = [version.number for version in versions if version.number < after.number]
        before = self.history.at(self._number("from", earlier[-1] if earlier else after.number))
        if before.number > after.number:
            before, after = after, before
        rows = changed_questions(before, after)
        return super().get_context_data(
            versions=versions,
            before=before,
            after=after,
            sections=[(place, list(group)) for place, group in groupby(rows, key=lambda row: row.place)],
            number=len(rows),
            beside=beside_all(before, after),
            laws_differ=says_other_of_laws(before, after),
            **kwargs,
        )

    def _number(self, name: str, otherwise: int) -> int:
        """Raises Http404 for what is no number."""
        number = posted_number(self.request.GET.get(name, str(otherwise)), _MOST_VERSIONS)
        if number == NO_NUMBER:
            raise Http404
        return number


class SentVersionView(BelowResponse, TemplateView):
    """A version as it was sent, also one that was recalled, for those of its State who read the whole draft."""

    policy_action = ResponseAction.RENDER_DRAFT
    template_name = "questionnaires/submissions/sent_version.html"

    @cached_property
    def submission(self) -> ResponseSubmission:
        return get_sent_version(self.response, self.kwargs["number"])

    def get_title(self) -> str:
        return _("Version %(number)s, as it was sent") % {"number": self.submission.number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = sent_parts(self.submission)
        index = index_of(self.submission.version_id)
        shown = {
            "submission": self.submission,
            "history": VersionHistory(self.submission),
            "questionnaire": index.definition,
            "parts": parts,
            "instruments": instrument_names(part.part.instrument for part in parts),
            "official": language(index.definition.language),
            "answers_language": self.submission.language,
        }
        return {**super().get_context_data(**kwargs), **shown}
