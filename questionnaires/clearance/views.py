"""What is worth a look in answers, and the act by which a focal point clears and sends them."""

from collections import defaultdict
from functools import cached_property
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.templatetags.components import datetime_words
from core.web.forms import AccessibleForm
from core.web.submissions import SubmissionOutcome
from core.web.views import ServiceActionView, ServiceFormView, ToldWhenDone
from questionnaires.clearance.enums import CheckKind
from questionnaires.clearance.forms import ClearResponseForm, SecondReadingForm
from questionnaires.clearance.selectors import AnswerFinding, findings_for, findings_of, readings_of
from questionnaires.clearance.services import ask_second_reader, read_as_second
from questionnaires.definitions import instrument_names
from questionnaires.definitions.enums import ResponseAction
from questionnaires.moving import number_to_look_at
from questionnaires.responses import BelowResponse, ResponsePage
from questionnaires.responses.enums import ResponseStatus
from questionnaires.responses.models import ResponseSubmission
from questionnaires.sending import ResponseActView, clear_response, draft_submission, flags_on
from questionnaires.submissions import VersionHistory, latest_submission, sent_parts


class ResponseChecksView(BelowResponse, TemplateView):
    """What may be worth a look before the answers are sent, with the way to each place."""

    title = gettext_lazy("Worth a look")
    template_name = "questionnaires/clearance/response_checks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        findings = findings_for(self.user, self.response)
        why: dict[str, list[AnswerFinding]] = defaultdict(list)
        for row in findings.rows:
            why[row.item.code].append(row)
        sections: list[dict[str, Any]] = []
        for _key, group in groupby(findings.rows, key=lambda row: row.place.pk):
            rows = list(group)
            codes = dict.fromkeys(row.item.code for row in rows)
            sections.append({"place": rows[0].place, "items": [self.index.items[code] for code in codes]})
        return super().get_context_data(
            findings=findings,
            sections=sections,
            why=dict(why),
            instruments=instrument_names(section["place"].part.instrument for section in sections),
            **kwargs,
        )


class ResponseClearView(ToldWhenDone, ResponseActView):
    """Clear and send. The second press of an impatient finger leads to what the first one sent."""

    policy_action = ResponseAction.CLEAR
    form_class = ClearResponseForm
    title = gettext_lazy("Clear and send")
    template_name = "questionnaires/clearance/response_clear.html"

    def done_before(self) -> str:
        self.response = self.find_response()
        is_own, is_sent = self.decision(ResponseAction.VIEW_DRAFT), self.response.status == ResponseStatus.SENT
        stands = latest_submission(self.review) if is_own and is_sent else None
        return self.what_became(stands) if stands else ""

    def done_url(self) -> str:
        return self.success_url_for(None)

    def as_before(self, request: HttpRequest, outcome: SubmissionOutcome) -> HttpResponse:
        """What the first press sent may have been recalled since, and sent again in other words."""
        self.response = self.find_response()
        if self.sent_as_shown(latest_submission(self.review)):
            return super().as_before(request, outcome)
        words = _("The answers were sent and recalled since you opened this page. Please look at them again.")
        if at := self.response.recalled_at:
            words = _("The answers were recalled at %(time)s.") % {"time": datetime_words(at)}
        messages.info(request, words)
        return HttpResponseRedirect(super().success_url_for(None))

    def what_became(self, stands: ResponseSubmission) -> str:
        """What became of the answers that this page has shown, now that there is nothing to clear."""
        if stands.brought_piece_id:
            return _("These answers were sent in another place and have been brought in.")
        if sent := self.sent_as_shown(stands):
            message = _("This was done at %(time)s: %(person)s cleared and sent the answers.")
            return message % {"time": datetime_words(sent.sent_at), "person": str(sent.cleared_by)}
        message = _("Nothing was sent from this page. Version %(number)s, sent on %(time)s, stands.")
        return message % {"number": stands.number, "time": datetime_words(stands.sent_at)}

    def sent_as_shown(self, stands: ResponseSubmission | None) -> ResponseSubmission | None:
        """Of the version that stands and those before it, the one with the number and the words that were shown."""
        shown = self.request.POST.get("number"), self.request.POST.get("sha256")
        versions = VersionHistory(stands).versions if stands else ()
        return next((each for each in versions if (str(each.number), each.sha256) == shown), None)

    def perform(self, form: ClearResponseForm) -> ResponseSubmission:
        given = form.cleaned_data
        return clear_response(self.user, self.response, sha256=given["sha256"], number=given["number"] or 0)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        to_look_at = number_to_look_at(self.response)
        draft = draft_submission(self.response)
        shown = {"draft": draft, "sha256": draft.sha256, "number": draft.number}
        context = super().get_context_data(**shown, to_look_at=to_look_at, **kwargs)
        return {
            **context,
            # A law that is no longer in force stands among the flags below, with its name and the day.
            "findings": findings_of(context["overview"]).without(CheckKind.REPEALED_LAW),
            "flagged": flags_on(self.user, self.response),
            "readings": readings_of(self.response),
            "ask_second_reader": self.decision(ResponseAction.ASK_SECOND_READER),
        }

    def success_message_for(self, result: ResponseSubmission) -> str:
        return _("The answers have been cleared and sent. The reviewing States can read them now.")

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:submission-detail", args=self.address)


class ResponseSecondReaderView(ResponsePage, ServiceActionView):
    """The focal point wants a second reader (``wanted`` is "1"), or does without one."""

    policy_action = ResponseAction.ASK_SECOND_READER
    takes = {"wanted": forms.ChoiceField(choices=[("1", "1"), ("0", "0")])}

    def perform(self) -> str:
        is_wanted = self.request.POST.get("wanted") == "1"
        ask_second_reader(self.user, self.response, is_wanted=is_wanted)
        if is_wanted:
            return _("The experts of your State are asked to read the answers before they are sent.")
        return _("The answers can be sent without a second reader.")

    def next_url(self) -> str:
        return reverse("questionnaires:response-clear", args=self.address)


class SecondReadingView(BelowResponse, ServiceFormView):
    """The draft as it would be read, and what the second reader says of it."""

    policy_action = ResponseAction.READ_AS_SECOND
    form_class = SecondReadingForm
    title = gettext_lazy("Second reading")
    template_name = "questionnaires/clearance/second_reading.html"
    success_message = gettext_lazy("Your focal point sees what you have said.")

    @cached_property
    def draft(self) -> ResponseSubmission:
        """Made once: what is said is said of the words that the page shows."""
        return draft_submission(self.response)

    def get_initial(self) -> dict[str, Any]:
        return {"sha256": self.draft.sha256}

    def perform(self, form: SecondReadingForm) -> object:
        given = form.cleaned_data
        is_fine = given["verdict"] == "fine"
        return read_as_second(
            self.user, self.response, sha256=given["sha256"], is_fine=is_fine, word=given["word"].strip()
        )

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """The page shows the answers as they are by now."""
        self.__dict__.pop("draft", None)
        form.carry(**self.get_initial())

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:response-detail", args=self.address)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = sent_parts(self.draft)
        return super().get_context_data(
            draft=self.draft,
            history=VersionHistory(self.draft),
            parts=parts,
            instruments=instrument_names(part.part.instrument for part in parts),
            **kwargs,
        )
