from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.web.numbers import NO_NUMBER, posted_number
from core.web.pages import Crumb
from core.web.views import ServiceActionView
from questionnaires.answers import AnswerHistoryView, AnswerPage, read_version, writing
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import SectionPage, sheet_of
from questionnaires.together.looking_back import SENT, VISIT, LookBack, look_back
from questionnaires.together.services import restore_answer


class AnswerLookBackView(AnswerHistoryView):
    """Every save of one answer, each of which can be restored, and what has changed since two moments."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        stored = [step.revision for step in context["steps"] if not step.revision.is_conflict]
        looks = [
            look_back(self.user, self.response, [self.item], self.sheet, since)
            for since in ((VISIT, SENT) if stored else ())
        ]
        return {
            **context,
            "looks": [look for look in looks if look],
            "restore": self.decision(writing(self.sheet), self.policy_target),
            "base": stored[0].number if stored else 0,
            "version": self.index.number,
        }


class AnswerRestoreView(AnswerPage, ServiceActionView):
    """An earlier save becomes the answer again."""

    takes = {name: forms.CharField() for name in ("save", "base", "version")}

    @property
    def policy_action(self) -> ResponseAction:  # type: ignore[override]
        return writing(self.sheet)

    def perform(self) -> str:
        posted = self.request.POST
        base = posted_number(posted.get("base"))
        if base == NO_NUMBER:
            raise ServiceError(_("This page is out of date. Reload it."))
        is_new = restore_answer(
            actor=self.user,
            response=self.response,
            code=self.kwargs["question"],
            save=_key(posted.get("save", "")),
            base=base,
            version=read_version(posted),
        )
        return _("The earlier answer is the answer again.") if is_new else _("The answer is so already.")

    def next_url(self) -> str:
        return reverse("questionnaires:answer-history", args=[*self.address, self.kwargs["question"]])


def _key(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        return UUID(int=0)


class SectionChangesView(SectionPage, TemplateView):
    """What of a section has changed since the reader was here before, or since it was last sent (``?since=sent``)."""

    title = gettext_lazy("What has changed")
    template_name = "questionnaires/together/section_changes.html"

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), self.section_crumb()]

    @cached_property
    def looks(self) -> dict[str, LookBack | None]:
        sheet, items = sheet_of(self.user, self.response), self.place.section.items
        return {since: look_back(self.user, self.response, items, sheet, since) for since in (VISIT, SENT)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        there = [since for since, look in self.looks.items() if look]
        wanted = self.request.GET.get("since", "")
        shown = wanted if wanted in there else next(iter(there), "")
        return super().get_context_data(
            place=self.place,
            look=self.looks.get(shown),
            looks=[look for look in self.looks.values() if look],
            section_url=self.section_url,
            **kwargs,
        )
