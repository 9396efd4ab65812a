"""A section as a whole that is not within the competence of the organization which answers."""

from typing import Any

from django import forms
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, ngettext

from core.errors import ServiceError
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import ServiceFormView
from questionnaires.answers.competence import SectionOutside, say_section_outside, section_outside
from questionnaires.answers.services import writing
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import ResponseSection, SectionPage, answers_by_competence, sheet_of


class SectionOutsideForm(AccessibleForm):
    """``shown``: what the page shows of the section (`SectionOutside.shown`)."""

    fields_of_service = {"text": "remark"}

    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        help_text=gettext_lazy("It stands with each of these questions, for instance whose competence it is."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class SectionOutsideView(SectionPage, ServiceFormView):
    """The preview of the act, and the act. A State finds no such page."""

    form_class = SectionOutsideForm
    title = gettext_lazy("This section is not within our competence")
    template_name = "questionnaires/answers/section_outside.html"
    submit_label = gettext_lazy("Say so")
    keeps = True

    @property
    def policy_action(self) -> ResponseAction:  # type: ignore[override]
        return writing(sheet_of(self.user, self.response))

    def get_policy_target(self) -> ResponseSection:
        if not answers_by_competence(self.find_response()):
            raise Http404
        return super().get_policy_target()

    @cached_property
    def outside(self) -> SectionOutside:
        return section_outside(self.user, self.response, self.place)

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), self.section_crumb()]

    def back_url(self) -> str:
        return self.section_url

    def get_initial(self) -> dict[str, Any]:
        return {"shown": self.outside.shown}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(outside=self.outside, **kwargs)

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """The page shows the section as it is by now: a second press is about that."""
        self.__dict__.pop("outside", None)
        form.carry(shown=self.outside.shown)

    def perform(self, form: SectionOutsideForm) -> int:
        given = form.cleaned_data
        return say_section_outside(
            actor=self.user, response=self.response, place=self.place, shown=given["shown"], remark=given["remark"]
        )

    def success_message_for(self, result: int) -> str:
        words = ngettext(
            "It is said of %(number)s question that it is not within your competence.",
            "It is said of %(number)s questions that they are not within your competence.",
            result,
        )
        return words % {"number": result}
