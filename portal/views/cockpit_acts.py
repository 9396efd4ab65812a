"""Acts on many reviews: chosen in the cockpit, previewed, confirmed, and what came of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.policy import explain
from portal.cockpit import with_query
from portal.forms.cockpit import BulkActForm
from portal.views.cockpit import CockpitPage
from reviews.enums import BulkKind, BulkStatus, CockpitAction, LineStatus
from reviews.models import BulkAct
from reviews.selectors.bulk import lines_of
from reviews.selectors.cockpit import get_bulk_act
from reviews.services.bulk import confirm_bulk_act, prepare_bulk_act


class ActPrepareView(CockpitPage):
    """From the chosen reviews to the preview; ``everything`` means all that the filter leaves."""

    policy_action = CockpitAction.PREPARE_ACT
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        given = self.filter_of(QueryDict(request.POST.get("query", "")[:1000]))
        reviews = self.reviews_of(given)
        if not request.POST.get("everything"):
            reviews = reviews.filter(code__in=request.POST.getlist("review")[:1000])
        form = BulkActForm(request.POST)
        try:
            if not form.is_valid():
                raise ServiceError(_("Choose an act."))
            act = prepare_bulk_act(
                actor=self.user,
                mechanism=self.mechanism,
                kind=BulkKind(form.cleaned_data["kind"]),
                reviews=reviews,
                officer=form.chosen_officer,
            )
        except ServiceError as error:
            messages.error(request, str(error))
            address = reverse("portal:cockpit", args=[self.mechanism.slug])
            return HttpResponseRedirect(with_query(address, given.query, all="1"))
        return HttpResponseRedirect(reverse("portal:cockpit-act", args=[self.mechanism.slug, act.pk]))


class ActPage(CockpitPage):
    policy_target: BulkAct  # type: ignore[assignment]

    def get_policy_target(self) -> BulkAct:
        return get_bulk_act(self.kwargs["mechanism"], self.kwargs["act"])

    @property
    def act(self) -> BulkAct:
        return self.policy_target

    @property
    def address(self) -> str:
        return reverse("portal:cockpit-act", args=[self.mechanism.slug, self.act.pk])


class ActDetailView(ActPage, TemplateView):
    """The preview until the act is confirmed, then how far it is, then its result."""

    policy_action = CockpitAction.VIEW_ACT

    def get_template_names(self) -> list[str]:
        is_part = self.request.htmx and self.act.status == BulkStatus.RUNNING  # type: ignore[attr-defined]
        return ["portal/_cockpit_act_progress.html" if is_part else "portal/cockpit_act.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["act"] = self.act  # in place of its key, which the address gave
        lines = lines_of(self.act)
        number = {status: sum(each.line.status == status for each in lines) for status in LineStatus}
        return super().get_context_data(
            lines=lines,
            foreseen=number[LineStatus.FORESEEN],
            skipped=number[LineStatus.SKIPPED],
            done=number[LineStatus.DONE],
            failed=number[LineStatus.FAILED],
            finished=number[LineStatus.DONE] + number[LineStatus.FAILED],
            total=len(lines) - number[LineStatus.SKIPPED],
            people=len({user.pk for each in lines for user in each.people}),
            mails=sum(each.line.mails for each in lines),
            writes=self.act.kind != BulkKind.ASSIGN_OFFICER,
            confirm_decision=explain(self.user, CockpitAction.CONFIRM_ACT, self.act),
            **kwargs,
        )

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        answer = super().render_to_response(context, **kwargs)
        if self.request.htmx and self.act.status == BulkStatus.DONE:  # type: ignore[attr-defined]
            answer["HX-Refresh"] = "true"  # the whole page is another one now
        return answer


class ActConfirmView(ActPage):
    policy_action = CockpitAction.CONFIRM_ACT
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
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
