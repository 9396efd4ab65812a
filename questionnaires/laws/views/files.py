"""Files of a law: those of the library for its State, and those that sent answers name for who reads these."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.files.receiving import serve_received
from core.files.storage import serve
from core.files.uploads import content_type_of
from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from core.web.views import ConfirmedActView, ServiceFormView
from questionnaires.laws.enums import LawAction
from questionnaires.laws.forms import LawFileForm
from questionnaires.laws.models import LawFile
from questionnaires.laws.selectors import get_law_file, sent_law_file
from questionnaires.laws.services import add_law_file, end_law_file
from questionnaires.laws.views.base import BelowLaw, LawPage
from questionnaires.submissions import SubmissionPage, open_submission


class LawFileAddView(BelowLaw, ServiceFormView):
    policy_action = LawAction.WRITE
    form_class = LawFileForm
    template_name = "components/form_page.html"
    title = gettext_lazy("Add a file")
    lead = gettext_lazy(
        "The text of the law. The people of your State read it here; where answers that are sent cite the law, it is "
        "sent with them."
    )
    submit_label = gettext_lazy("Add it")
    success_message = gettext_lazy("The file is with the law.")

    def get_initial(self) -> dict[str, Any]:
        return {"language": self.law.language}

    def perform(self, form: LawFileForm) -> LawFile:
        return add_law_file(actor=self.user, review=self.review, law=self.law.pk, given=form.given)

    def success_url_for(self, result: object) -> str:
        return f"{self.law_url()}#files"


class LawFileEndView(BelowLaw, ConfirmedActView):
    policy_action = LawAction.WRITE
    title = gettext_lazy("Take the file off the law")
    success_message = gettext_lazy("The file is off the law.")

    @cached_property
    def file(self) -> LawFile:
        return get_law_file(self.law, self.kwargs["file"])

    def get_consequences(self) -> list[str]:
        return [
            _("%(title)s goes with no answers any more that are sent from now on.")
            % {"title": isolated(self.file.title)},
            _("What was sent with it keeps it. Nothing is deleted."),
        ]

    def perform(self, form: AccessibleForm) -> LawFile:
        return end_law_file(actor=self.user, review=self.review, law=self.law.pk, file=self.file.pk)

    def success_url_for(self, result: object) -> str:
        return f"{self.law_url()}#files"


class LawFileView(LawPage):
    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        file = get_law_file(self.law, kwargs["file"])
        return serve_received(self.user, self.policy_action, self.review, file.file)


class SentLawFileView(SubmissionPage):
    """A file of a law that sent answers cite, under the name that it had when they were sent."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        file, name = sent_law_file(self.policy_target, kwargs["file"])
        open_submission(self.user, self.policy_target)
        kind = content_type_of(file.file.name or "")
        return serve(self.user, self.policy_action, self.policy_target, file.file, file_name=name, content_type=kind)
