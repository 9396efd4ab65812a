"""Where a second reader of feedback is asked, and reads."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from core.web.views import ServiceFormView
from dialogue.exchange.enums import ExchangeAction
from dialogue.exchange.models import FeedbackReading, WrittenFeedback
from dialogue.feedback import BelowFeedback, WholeDraftView
from dialogue.readings.forms import ReaderForm
from dialogue.readings.selectors import possible_readers
from dialogue.readings.services import ask_reader, read_as_second
from reviews.drafts import DraftReadingForm


class ReaderAskView(BelowFeedback, ServiceFormView):
    """Ask a colleague to read the draft before it is sent."""

    policy_action = ExchangeAction.ASK_READER
    form_class = ReaderForm
    template_name = "components/form_page.html"
    title = gettext_lazy("Ask for a second reader")
    lead = gettext_lazy(
        "A colleague reads the feedback as the others would, and says whether there is anything to add. "
        "The focal point sees whether exactly what would be sent has been read."
    )
    submit_label = gettext_lazy("Ask")
    success_message = gettext_lazy("Your colleague is asked to read the feedback.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": possible_readers(self.user, self.feedback)}

    def perform(self, form: ReaderForm) -> WrittenFeedback:
        reader = UUID(form.cleaned_data["reader"])
        return ask_reader(actor=self.user, feedback=self.feedback, reader=reader)

    def back_url(self) -> str:
        return self.url


class ReadAsSecondView(WholeDraftView):
    """The draft as it would be read, and what the second reader says of it. A second press leads to what was said."""

    policy_action = ExchangeAction.READ_AS_SECOND
    form_class = DraftReadingForm
    title = gettext_lazy("Second reading")
    template_name = "dialogue/readings/feedback_reading.html"
    success_message = gettext_lazy("Your focal point sees what you have said.")

    def perform(self, form: DraftReadingForm) -> FeedbackReading:
        given = form.cleaned_data
        said = {"is_fine": given["verdict"] == "fine", "word": given["word"].strip()}
        return read_as_second(actor=self.user, feedback=self.feedback, sha256=given["sha256"], **said)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=self.url, **kwargs)
