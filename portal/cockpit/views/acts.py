"""Acts on many reviews: chosen in the cockpit, previewed, confirmed, and what came of them."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, ngettext
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.policy import explain
from core.web.views.once import OncePerForm
from core.web.views.services import UNPROCESSABLE, ServiceActionView
from portal.cockpit.drawing import with_query
from portal.cockpit.enums import BulkKind, BulkStatus, CockpitAction, LineStatus
from portal.cockpit.filters import CockpitFilterSet
from portal.cockpit.forms import BulkActForm, BulkExtensionForm, BulkOfficerForm
from portal.cockpit.models import BulkAct
from portal.cockpit.selectors.bulk import is_stalled, lines_of, tells_officer
from portal.cockpit.selectors.cockpit import get_bulk_act
from portal.cockpit.services import carry_on_bulk_act, confirm_bulk_act, prepare_bulk_act
from portal.cockpit.views.cockpit import CockpitPage


class ActPrepareView(OncePerForm, CockpitPage, TemplateView):
    """From the chosen reviews to the preview; ``everything`` means all that the filter leaves.

    What an act needs besides is asked for on the way, and again where it is wrong, with what was typed.
    """

    policy_action = CockpitAction.PREPARE_ACT
    http_method_names = ["post"]
    template_name = "portal/cockpit/cockpit_act_form.html"
    forms: ClassVar[Mapping[str, type[Any]]] = {
        BulkKind.EXTEND: BulkExtensionForm,
        BulkKind.ASSIGN_OFFICER: BulkOfficerForm,
    }
    # What an act needs besides; a form that has not offered it is followed by one that does.
    asked_for: ClassVar[Mapping[str, str]] = {BulkKind.EXTEND: "reason", BulkKind.ASSIGN_OFFICER: "officer"}

    def get_title(self) -> str:
        return str(BulkKind(self.request.POST["kind"]).label)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.given.form.errors:  # what no longer narrows would widen what the act is done to
            return self.back(_("What narrowed the list does not exist any more. Look at the list as it is now."))
        kind, reviews = request.POST.get("kind", ""), self.chosen()
        if kind not in BulkKind.values:
            return self.back(_("Choose an act."))
        if not reviews.exists():
            return self.back(_("Choose at least one review."))
        form_class = self.forms.get(kind, BulkActForm)
        asked_for = self.asked_for.get(kind)
        if asked_for and asked_for not in request.POST:
            return self.ask(form_class(initial={"kind": kind}), BulkKind(kind))
        form = form_class(request.POST)
        if form.is_valid():
            try:
                self.require_an_end()
                act = prepare_bulk_act(
                    actor=self.user,
                    mechanism=self.mechanism,
                    kind=BulkKind(kind),
                    reviews=reviews,
                    terms=form.terms,
                )
            except ServiceError as error:
                form.refuse(error)
            else:
                return self.carried_out(reverse("portal:cockpit-act", args=[self.mechanism.slug, act.pk]), "")
        return self.ask(form, BulkKind(kind), status=UNPROCESSABLE)

    @cached_property
    def given(self) -> CockpitFilterSet:
        """The filter of the page on which the reviews were chosen."""
        return self.filter_of(QueryDict(self.request.POST.get("query", "")))

    def chosen(self) -> Any:
        reviews = self.given.qs
        if self.request.POST.get("everything"):
            return reviews
        return reviews.filter(code__in=self.request.POST.getlist("review")[:1000])

    def back(self, message: str) -> HttpResponse:
        messages.error(self.request, message)
        address = reverse("portal:cockpit", args=[self.mechanism.slug])
        return HttpResponseRedirect(with_query(address, self.given.query, all="1"))

    def ask(self, form: Any, kind: BulkKind, *, status: int = 200) -> HttpResponse:
        codes = [*self.chosen().order_by("code").values_list("code", flat=True)]
        everything = bool(self.request.POST.get("everything"))
        context = self.get_context_data(
            form=form, kind=kind, given=self.given, codes=codes, number=len(codes), everything=everything
        )
        return self.render_to_response(context, status=status)


class BulkActPage(CockpitPage):
    policy_target: BulkAct  # type: ignore[assignment]

    def get_policy_target(self) -> BulkAct:
        return get_bulk_act(self.kwargs["mechanism"], self.kwargs["act"])

    @property
    def act(self) -> BulkAct:
        return self.policy_target

    @property
    def address(self) -> str:
        return reverse("portal:cockpit-act", args=[self.mechanism.slug, self.act.pk])


class ActDetailView(BulkActPage, TemplateView):
    """The preview until the act is confirmed, then how far it is, then its result."""

    policy_action = CockpitAction.VIEW_ACT

    def get_title(self) -> str:
        return str(self.act.get_kind_display())

    def get_template_names(self) -> list[str]:
        is_part = self.request.htmx and self.act.status == BulkStatus.RUNNING  # type: ignore[attr-defined]
        return ["portal/cockpit/_cockpit_act_progress.html" if is_part else "portal/cockpit/cockpit_act.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["act"] = self.act  # in place of its key, which the address gave
        lines = lines_of(self.act)
        number = {status: sum(each.line.status == status for each in lines) for status in LineStatus}
        tells = tells_officer(self.act) and bool(number[LineStatus.FORESEEN] + number[LineStatus.DONE])
        names_people = self.act.kind != BulkKind.ASSIGN_OFFICER
        return super().get_context_data(
            lines=lines,
            foreseen=number[LineStatus.FORESEEN],
            skipped=number[LineStatus.SKIPPED],
            done=number[LineStatus.DONE],
            failed=number[LineStatus.FAILED],
            finished=number[LineStatus.DONE] + number[LineStatus.FAILED],
            total=len(lines) - number[LineStatus.SKIPPED],
            people=len({user.pk for each in lines for user in each.people}) + tells,
            mails=sum(each.line.mails for each in lines) + tells,
            tells_officer=tells,
            names_people=names_people,
            writes=names_people or tells,
            is_extension=self.act.kind == BulkKind.EXTEND,
            is_stalled=is_stalled(self.act, timezone.now()),
            confirm_decision=explain(self.user, CockpitAction.CONFIRM_ACT, self.act),
            carry_on_decision=explain(self.user, CockpitAction.CARRY_ON, self.act),
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        answer = super().render_to_response(context, **kwargs)
        if self.request.htmx and self.act.status == BulkStatus.DONE:  # type: ignore[attr-defined]
            answer["HX-Refresh"] = "true"  # the whole page is another one now
        return answer


class ActConfirmView(OncePerForm, BulkActPage):
    policy_action = CockpitAction.CONFIRM_ACT
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if earlier := self.take_up(request):  # what was kept while the person signed in comes here as a GET
            return earlier
        changed = confirm_bulk_act(actor=self.user, act=self.act)
        if changed:
            message = ngettext(
                "Nothing has been done yet: %(number)d review has changed since the preview. It is marked below; "
                "please look again and confirm.",
                "Nothing has been done yet: %(number)d reviews have changed since the preview. They are marked below; "
                "please look again and confirm.",
                changed,
            )
            messages.warning(request, message % {"number": changed})
            return HttpResponseRedirect(self.address)
        return self.carried_out(self.address, "")


class ActCarryOnView(BulkActPage, ServiceActionView):
    """Does what is left of an act whose worker was lost; once more does no harm."""

    policy_action = CockpitAction.CARRY_ON

    def perform(self) -> str:
        carry_on_bulk_act(actor=self.user, act=self.act)
        return _("The act is carried on.")

    def next_url(self) -> str:
        return self.address
