"""The library: its list, one law to read, to add, to change, and to take out of use."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.files.storage import attachment
from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from core.web.numbers import NO_NUMBER, posted_number
from core.web.views import ConfirmedActView, ListPage, ServiceFormView
from questionnaires.laws.enums import LawAction
from questionnaires.laws.exports import laws_as_csv
from questionnaires.laws.filters import LawFilterSet
from questionnaires.laws.forms import LawForm, LawSeenForm
from questionnaires.laws.history import LawSave, step_since, steps_of
from questionnaires.laws.labels import articles_words
from questionnaires.laws.models import Law
from questionnaires.laws.selectors import (
    CitingAnswer,
    answer_on_sheet,
    citing,
    citing_answers,
    example_of_article,
    files_of,
    get_law,
    instrument_words,
    laws_of,
    library_of,
    reads_all_answers,
    times_cited,
    versions_of,
)
from questionnaires.laws.services import KEPT, add_law, change_law, end_law, use_law_again
from questionnaires.laws.views.base import BelowLaw, BelowLibrary, LawPage, LibraryPage


class LawListView(LibraryPage, ListPage):
    title = gettext_lazy("Legal library")
    template_name = "questionnaires/laws/law_list.html"
    filter_label = gettext_lazy("Filter the laws")
    unmatched_title = gettext_lazy("No law matches the filter")
    empty_title = gettext_lazy("The library is empty")
    empty_text = gettext_lazy("Enter a law once, and cite it from any answer. Or bring a list.")

    def get_filter(self) -> LawFilterSet:
        return LawFilterSet(self.request.GET, laws_of(self.review))

    def get_rows(self) -> Any:
        return self.filter.qs.defer("text")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = instrument_words()
        counts = reads_all_answers(self.user, self.review)
        times = times_cited(citing_answers(self.user, self.review), library_of(self.review)) if counts else {}
        rows = [(law, articles_words(law.articles, names), times.get(law.pk, 0)) for law in self.page.object_list]
        return super().get_context_data(
            rows=rows,
            counts=counts,
            write=self.decision(LawAction.WRITE),
            bring=self.decision(LawAction.BRING),
            take_over=self.decision(LawAction.TAKE_OVER),
            **kwargs,
        )


class LawExportView(LibraryPage):
    """The list as it is narrowed, as a table."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        laws = LawFilterSet(request.GET, laws_of(self.review)).qs
        return attachment(laws_as_csv(laws), file_name="laws.csv", content_type="text/csv; charset=utf-8")


class LawDetailView(LawPage, TemplateView):
    template_name = "questionnaires/laws/law_detail.html"

    def get_title(self) -> str:
        return format_html("<bdi>{}</bdi>", self.law.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answers = citing(self.law, citing_answers(self.user, self.review), library_of(self.review))
        return super().get_context_data(
            articles=articles_words(self.law.articles, instrument_words()),
            answers=answers,
            reads_all=reads_all_answers(self.user, self.review),
            files=files_of(self.law),
            steps=steps_of(versions_of(self.law), instrument_words()),
            write=self.decision(LawAction.WRITE),
            **kwargs,
        )


class LawFormPage(ServiceFormView):
    form_class = LawForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "example": example_of_article()}


class LawAddView(BelowLibrary, LawFormPage):
    """A law is entered, or kept from an answer that names it (``answer``, and the ``place`` among its references)."""

    policy_action = LawAction.WRITE
    template_name = "components/form_page.html"
    title = gettext_lazy("Enter a law")
    submit_label = gettext_lazy("Enter it")
    success_message = gettext_lazy("The law is in the library. Every answer that names it cites it.")

    @cached_property
    def cited_by(self) -> CitingAnswer | None:
        """What somebody wrote and came from; the words stay out of the address."""
        code = self.request.GET.get("answer", "")
        return answer_on_sheet(self.user, self.review, code) if code else None

    def get_initial(self) -> dict[str, Any]:
        place = posted_number(self.request.GET.get("place", "0"))
        citations = self.cited_by.citations if self.cited_by else []
        known = {"status": "in_force", "kind": "law"}
        if place == NO_NUMBER or place >= len(citations):
            return known
        citation = citations[place]
        return {**known, "title": citation["law"], "link": "" if citation["provision"] else citation["link"]}

    def perform(self, form: LawForm) -> Law:
        return add_law(actor=self.user, review=self.review, given=form.given)

    def success_url_for(self, result: Law) -> str:
        if self.cited_by is not None:
            return self.cited_by.address
        return reverse("questionnaires:law-detail", args=[*self.address, result.pk])


class LawChangeView(BelowLaw, LawFormPage):
    policy_action = LawAction.WRITE
    template_name = "questionnaires/laws/law_form.html"
    title = gettext_lazy("Change the law")
    success_message = gettext_lazy("The law is saved.")
    meanwhile: LawSave | None = None
    """What colleagues have made of it since its writer began."""

    def get_initial(self) -> dict[str, Any]:
        law = self.law
        articles = articles_words(law.articles, instrument_words())
        return {**{name: getattr(law, name) for name in KEPT}, "articles": articles, "seen": law.revision}

    def perform(self, form: LawForm) -> Law:
        seen = form.cleaned_data["shown"] or form.cleaned_data["seen"] or 0
        return change_law(actor=self.user, review=self.review, law=self.law_key, given=form.given, seen=seen)

    @property
    def law_key(self) -> UUID:
        return self.kwargs["law"]

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:
        """Sent again, the form replaces what stands now knowingly: all that has changed since its writer began is on
        the page, however often it comes back."""
        versions, seen = versions_of(get_law(self.review, self.law_key)), form.cleaned_data.get("seen") or 0
        if seen != versions[0].number:
            self.meanwhile = step_since(versions, seen, instrument_words())
            form.carry(shown=versions[0].number)
        return super().form_invalid(form)

    def success_url_for(self, result: Law) -> str:
        return self.law_url()


class LawEndView(BelowLaw, ConfirmedActView):
    policy_action = LawAction.WRITE
    form_class = LawSeenForm
    title = gettext_lazy("Take the law out of use")
    success_message = gettext_lazy("The law is not offered any more.")

    def get_consequences(self) -> list[str]:
        answers = citing(self.law, citing_answers(self.user, self.review), library_of(self.review))
        facts = {"title": isolated(self.law.title)}
        cited = _("No answer cites it.") if reads_all_answers(self.user, self.review) else ""
        if answers:
            places = "; ".join(f"{answer.review.code} {answer.item.code}" for answer, _provisions in answers[:10])
            cited = _("Answers cite it, and say so to whoever writes them: %(places)s.") % {"places": isolated(places)}
        told = [
            _("%(title)s is not offered any more where somebody cites a law.") % facts,
            cited,
            _("Nothing is deleted, and it can be taken into use again."),
        ]
        return [words for words in told if words]

    def get_initial(self) -> dict[str, Any]:
        return {"seen": get_law(self.review, self.law.pk).revision}

    def perform(self, form: LawSeenForm) -> Law:
        return end_law(actor=self.user, review=self.review, law=self.law.pk, seen=form.cleaned_data["seen"])

    def success_url_for(self, result: Law) -> str:
        return self.law_url()


class LawUseAgainView(BelowLaw, ConfirmedActView):
    policy_action = LawAction.WRITE
    form_class = LawSeenForm
    title = gettext_lazy("Take the law into use again")
    consequences = (gettext_lazy("It is offered again where somebody cites a law."),)
    success_message = gettext_lazy("The law is in use again.")

    def get_initial(self) -> dict[str, Any]:
        return {"seen": get_law(self.review, self.law.pk).revision}

    def perform(self, form: LawSeenForm) -> Law:
        return use_law_again(actor=self.user, review=self.review, law=self.law.pk, seen=form.cleaned_data["seen"])

    def success_url_for(self, result: Law) -> str:
        return self.law_url()
