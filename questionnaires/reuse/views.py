"""Answers from before: listed, looked at and taken; and one answer given to several questions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.language.i18n import in_own_order
from core.web.numbers import posted_number
from core.web.pages import Crumb
from core.web.views.once import OncePerForm
from core.web.views.services import UNPROCESSABLE
from questionnaires.definitions import Item, instrument_names
from questionnaires.definitions.enums import QuestionKind, ResponseAction
from questionnaires.responses import BelowResponse, find_item
from questionnaires.reuse.enums import Reuse
from questionnaires.reuse.forms import chosen_in
from questionnaires.reuse.selectors import Offering, SectionOffers, all_offers, effects_of, is_empty, linked_effects
from questionnaires.reuse.services import ChosenAnswer, LinkedTargets, fill_linked, set_aside, take_earlier
from questionnaires.wording import anchor, full_number, translation_for_reader


class ReusePage(BelowResponse):
    """A page of who writes the official answers."""

    policy_action = ResponseAction.ANSWER

    def url_of(self, item: Item) -> str:
        place = self.index.section_of[item.code]
        page = reverse("questionnaires:section-detail", args=[*self.address, *place.address])
        return f"{page}#{anchor(item.code)}"

    @property
    def list_url(self) -> str:
        return reverse("questionnaires:earlier-answers", args=self.address)

    @property
    def version(self) -> int:
        """The number of the version of the questionnaire that the page has shown."""
        return posted_number(self.request.POST.get("version"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        definition = self.index.definition
        return super().get_context_data(
            instruments=instrument_names(part.instrument for part in definition.parts),
            version=self.index.number,
            **translation_for_reader(definition),
            **kwargs,
        )


class EarlierListPage(ReusePage, TemplateView):
    """All earlier answers that are offered; those that were chosen are looked at once more before they are taken."""

    title = gettext_lazy("Answers from before")
    template_name = "questionnaires/reuse/earlier_answers.html"
    is_preview = False

    @cached_property
    def sections(self) -> list[SectionOffers]:
        return all_offers(self.response)

    def listed(self, error: ServiceError | None = None) -> HttpResponse:
        context = self.get_context_data(error=error)
        return self.render_to_response(context, status=UNPROCESSABLE if error else 200)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = [] if self.is_preview else self.sections
        ticked = {name: self.request.POST.getlist(name) for name in ("section", "take")}
        return super().get_context_data(
            sections=sections,
            ticked=ticked,
            opened=[each.place.pk for each in sections if len(sections) < 3 or each.has_any_of(ticked["take"])],
            sources=Offering(self.response).sources,
            **kwargs,
        )


class EarlierAnswersView(EarlierListPage):
    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What keeping the chosen ones would do, answer by answer."""
        chosen = self._chosen(request)
        if not chosen:
            return self.listed(ServiceError(_("Choose at least one answer.")))
        effects = effects_of(self.response, self.sections, {each.code: each.key for each in chosen})
        if len(effects) < len(chosen):
            words = _("One of the earlier answers is no longer offered. Look again; nothing was taken.")
            return self.listed(ServiceError(words))
        self.is_preview = True
        context = self.get_context_data(effects=effects, takes=any(effect.is_taken for effect in effects))
        return self.response_class(
            request=request,
            template=["questionnaires/reuse/earlier_preview.html"],
            context=context,
            using=self.template_engine,
        )

    def get_title(self) -> Any:
        return _("What keeping these answers would do") if self.is_preview else super().get_title()

    def _chosen(self, request: HttpRequest) -> list[ChosenAnswer]:
        whole = set(request.POST.getlist("section"))
        of_sections = [
            offer.choice
            for section in self.sections
            if str(section.place.pk) in whole
            for offer in section.kept_together
        ]
        return chosen_in(request.POST, [*of_sections, *request.POST.getlist("take")])


class EarlierTakeView(OncePerForm, EarlierListPage):
    """Takes what was looked at, if it is all as it was shown."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.list_url)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        edited = request.POST.getlist("edit")
        chosen = chosen_in(request.POST, [*request.POST.getlist("take"), *edited])
        try:
            self.require_an_end()
            taken = take_earlier(
                actor=self.user,
                response=self.response,
                version=self.version,
                how=Reuse.EDITED if edited else Reuse.KEPT,
                chosen=chosen,
            )
        except ServiceError as error:
            return self.listed(error)
        if edited:
            words = _("The earlier answer is in the box: change what has changed.")
            return self.carried_out(self.url_of(taken[0]), words)
        words = ngettext(
            "%(number)d earlier answer is kept as still correct.",
            "%(number)d earlier answers are kept as still correct.",
            len(taken),
        )
        location = self.url_of(taken[0]) if len(taken) == 1 else self.list_url
        return self.carried_out(location, words % {"number": len(taken)})


class EarlierSetAsideView(ReusePage, TemplateView):
    """An earlier answer is offered beside its box no longer."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.list_url)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        chosen = chosen_in(request.POST, request.POST.getlist("aside"))
        location = self.list_url
        try:
            for each in chosen[:1]:
                set_aside(actor=self.user, response=self.response, version=self.version, chosen=each)
                location = self.url_of(self.index.items[each.code])
                words = _("The earlier answer is set aside. It stays among the answers from before.")
                messages.success(request, words)
        except ServiceError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(location)


class LinkedAnswersView(OncePerForm, ReusePage, TemplateView):
    """The answer to one question, and what giving it to the linked ones too would do."""

    title = gettext_lazy("Give the same answer to linked questions")
    template_name = "questionnaires/reuse/linked_answers.html"

    def get_policy_target(self) -> Any:
        target = super().get_policy_target()
        if find_item(self.index, self.kwargs["question"]).kind == QuestionKind.GROUP:
            raise Http404
        return target

    @property
    def item(self) -> Item:
        return self.index.items[self.kwargs["question"]]

    def get_trail(self) -> list[Crumb]:
        number = _("Question %(number)s") % {"number": in_own_order(full_number(self.item))}
        return [*super().get_trail(), Crumb(number, self.url_of(self.item))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        answer, effects = linked_effects(self.response, self.item.code)
        return super().get_context_data(
            item=self.item,
            item_url=self.url_of(self.item),
            answer=answer,
            is_answered=not is_empty(answer),
            effects=[(effect, self.url_of(effect.item)) for effect in effects],
            fills=not is_empty(answer) and any(effect.can_be_filled for effect in effects),
            **kwargs,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        targets = {code: posted_number(request.POST.get(f"seen-{code}")) for code in request.POST.getlist("fill")}
        given = LinkedTargets(self.item.code, posted_number(request.POST.get("seen")), targets)
        try:
            self.require_an_end()
            filled = fill_linked(actor=self.user, response=self.response, version=self.version, given=given)
        except ServiceError as error:
            return self.render_to_response(self.get_context_data(error=error), status=UNPROCESSABLE)
        words = ngettext(
            "The answer is given to %(number)d question more.",
            "The answer is given to %(number)d questions more.",
            len(filled),
        )
        return self.carried_out(self.url_of(self.item), words % {"number": len(filled)})
