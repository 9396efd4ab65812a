"""Requests for access: the list for officers, the page of one, and what officers and the State do with it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView, View

from accounts.invitations import place_of_invitation
from accounts.lifecycle import member_of_request
from accounts.people.enums import AccountStatus
from core.files.receiving import serve_received
from core.language.i18n import UN_LANGUAGES
from core.web.forms import AccessibleForm
from core.web.pages import Crumb, Page
from core.web.views import ConfirmedActView, ListPage, PolicyView
from reviews.access.enums import AccessAction, AccessKind, AccessStatus
from reviews.access.filters import AccessFilterSet
from reviews.access.forms import AnswerForm
from reviews.access.links import read_stop_token
from reviews.access.models import AccessRequest
from reviews.access.policy import is_leaving
from reviews.access.selectors import fingerprint_of_request, get_request, requests_for_access, row_of
from reviews.access.services import (
    approve_request,
    confirm_request,
    refuse_request,
    return_request,
    stop_by_old_address,
    take_on_alone,
    withdraw_request,
)
from reviews.nominations import ApproveForm
from reviews.nominations.enums import NominationAction

_STOP = "access-stop"


class AccessListView(PolicyView, ListPage):
    """The requests of all States for officers, the latest first; by default those that wait for a second officer."""

    policy_action = AccessAction.LIST
    title = gettext_lazy("Requests for access")
    template_name = "reviews/access/access_list.html"
    filter_label = gettext_lazy("Filter the requests for access")
    empty_title = gettext_lazy("No request for access matches the filter")
    empty_text = gettext_lazy(
        "Requests begin on the page of a review's participants, of a State's nominations, of a person, or of the "
        "secretariat."
    )

    def get_filter(self) -> AccessFilterSet:
        return AccessFilterSet(self.request.GET, requests_for_access())


class AccessPage(PolicyView):
    """A page of one request."""

    policy_target: AccessRequest

    def get_policy_target(self) -> AccessRequest:
        return get_request(self.kwargs["access"])

    def address(self) -> str:
        return reverse("reviews:access-detail", args=[self.policy_target.pk])

    def captioned(self, words: str) -> str:
        """The words, with the State where it is about one."""
        state = self.policy_target.state_party
        return f"{words} · {state}" if state else words

    def get_about(self) -> str:
        return str(self.policy_target.state_party or "")

    def get_trail(self) -> list[Crumb]:
        """Only officers have the list."""
        listed = Crumb(_("Requests for access"), reverse("reviews:access-list"))
        return [listed] if self.user.is_secretariat else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "asked": self.policy_target,
            "nominations": row_of(self.policy_target).nominations,
            "acts": AccessAction,
            "note_action": NominationAction.VIEW,
            "language_wanted": dict(UN_LANGUAGES).get(self.policy_target.wanted.get("language", ""), ""),
            "request_url": self.address(),
        }
        return super().get_context_data(**kwargs | context)  # type: ignore[misc]


class AccessDetailView(AccessPage, TemplateView):
    """What it gives to whom, who asked, the scan, until when it can be refused; with the acts of the reader."""

    policy_action = AccessAction.VIEW
    template_name = "reviews/access/access_detail.html"

    def get_title(self) -> str:
        return str(self.policy_target)

    def get_caption(self) -> str:
        return self.captioned(_("Request for access"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        added = member_of_request(str(self.policy_target.pk)) if self.policy_target.kind == AccessKind.MEMBER else None
        is_waiting = added is not None and added.status == AccountStatus.INVITED
        place = place_of_invitation(added) if added and is_waiting else ""
        return super().get_context_data(added=added, invitation=place, **kwargs)


class AccessScanView(AccessPage):
    policy_action = AccessAction.READ_SCAN

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        target = self.policy_target
        return serve_received(request.user, self.policy_action, target, target.stored_scan)


class AccessActView(AccessPage, ConfirmedActView):
    """An act on a request. The second press of an impatient finger leads on as well."""

    template_name = "reviews/access/access_act.html"
    outcomes: tuple[AccessStatus, ...] = ()

    def get_caption(self) -> str:
        return self.captioned(str(self.policy_target))

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(str(self.policy_target), self.address())]

    def was_done_by_reader(self) -> bool:
        found = self.policy_target
        people = {found.prepared_by_id, found.approved_by_id, found.answered_by_id}
        return found.status in self.outcomes and self.user.pk in people

    def success_url_for(self, result: object) -> str:
        return self.address()


class AccessApproveView(AccessActView):
    policy_action = AccessAction.APPROVE
    outcomes = (AccessStatus.TOLD, AccessStatus.DUE, AccessStatus.DONE)
    form_class = ApproveForm
    title = gettext_lazy("Approve the request")
    consequences = (
        gettext_lazy("You have compared what is asked for with the scanned note."),
        gettext_lazy("All of the State's people and its permanent mission are told at once by mail."),
        gettext_lazy("It takes effect when one of them confirms, or after the waiting time without a refusal."),
        gettext_lazy("Where nobody represents the State yet, it takes effect at once."),
    )
    without_state = (
        gettext_lazy("You have made sure of what is asked for, and why."),
        gettext_lazy("No State is concerned. The person is told, and it takes effect at once."),
        gettext_lazy("A change of the address of an account that is in use waits, so that the person can stop it."),
    )
    success_message = gettext_lazy("The request is approved.")

    def get_consequences(self) -> tuple[Any, ...]:
        found = self.policy_target
        if found.kind == AccessKind.MEMBER:
            return (
                gettext_lazy("You have made sure who this is, and that nobody else reads what comes to the address."),
                gettext_lazy("The account is made at once, with this role, and the person is invited."),
                gettext_lazy("Who has begun as an officer or administrator approves requests as you do."),
            )
        return self.consequences if found.state_party else self.without_state

    def get_initial(self) -> dict[str, Any]:
        return {"seen": fingerprint_of_request(self.policy_target)}

    def perform(self, form: ApproveForm) -> AccessRequest:
        return approve_request(actor=self.user, request=self.policy_target, seen=form.cleaned_data["seen"])


class AccessReturnView(AccessActView):
    policy_action = AccessAction.RETURN
    outcomes = (AccessStatus.RETURNED,)
    form_class = AnswerForm
    title = gettext_lazy("Return the request")
    consequences = (gettext_lazy("Nothing happens. Whoever prepared it is told, and can prepare another one."),)
    success_message = gettext_lazy("The request is returned. Whoever prepared it has been told by mail.")

    def perform(self, form: AnswerForm) -> AccessRequest:
        return return_request(actor=self.user, request=self.policy_target, reason=form.cleaned_data["reason"])


class AccessAloneView(AccessActView):
    policy_action = AccessAction.ALONE
    outcomes = (AccessStatus.TOLD,)
    form_class = AnswerForm
    title = gettext_lazy("Take it on alone")
    consequences = (
        gettext_lazy("This is for when no other officer is left who could approve the request."),
        gettext_lazy("All of the State's people are told, and every State's focal points and the administrators."),
        gettext_lazy("It takes effect after seven days, unless the State refuses it. Nobody makes that shorter."),
    )
    is_warning = True
    success_message = gettext_lazy("The State has been told, and so have all focal points and administrators.")

    def perform(self, form: AnswerForm) -> AccessRequest:
        return take_on_alone(actor=self.user, request=self.policy_target, reason=form.cleaned_data["reason"])


class AccessWithdrawView(AccessActView):
    policy_action = AccessAction.WITHDRAW
    outcomes = (AccessStatus.WITHDRAWN,)
    title = gettext_lazy("Withdraw the request")
    consequences = (gettext_lazy("Nothing happens. Those who were told of it are told that it is withdrawn."),)
    success_message = gettext_lazy("The request is withdrawn.")

    def perform(self, form: AccessibleForm) -> AccessRequest:
        return withdraw_request(actor=self.user, request=self.policy_target)


class AccessConfirmView(AccessActView):
    policy_action = AccessAction.CONFIRM
    outcomes = (AccessStatus.DUE, AccessStatus.DONE)
    title = gettext_lazy("Confirm the request")
    consequences = (
        gettext_lazy("You say for your State that this is right. It takes effect at once."),
        gettext_lazy("All of your State's people and the officers are told."),
    )
    success_message = gettext_lazy("The request is confirmed. It takes effect in a moment.")

    def perform(self, form: AccessibleForm) -> AccessRequest:
        return confirm_request(actor=self.user, request=self.policy_target)


class AccessRefuseView(AccessActView):
    policy_action = AccessAction.REFUSE
    outcomes = (AccessStatus.REFUSED,)
    form_class = AnswerForm
    title = gettext_lazy("Refuse the request")
    is_warning = True

    def get_consequences(self) -> tuple[Any, ...]:
        if is_leaving(self.user, self.policy_target):
            return (
                gettext_lazy("It is about your own access: the waiting time begins anew, once."),
                gettext_lazy("Others of your State and its permanent mission can still refuse it, or confirm it."),
            )
        return (
            gettext_lazy("Nothing happens to anybody's access."),
            gettext_lazy("Your State's people, its permanent mission and the officers are told, with your reason."),
        )

    def success_message_for(self, result: AccessRequest) -> str:
        if result.status == AccessStatus.REFUSED:
            return str(gettext_lazy("The request is refused."))
        return str(gettext_lazy("The waiting time has begun anew. Everybody has been told."))

    def perform(self, form: AnswerForm) -> AccessRequest:
        return refuse_request(actor=self.user, request=self.policy_target, reason=form.cleaned_data["reason"])


@method_decorator(login_not_required, name="dispatch")
class AccessStopLinkView(View):
    """Public. Reads the secret of the link, notes in the browser's session what it proves, and leads on without it."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        key = read_stop_token(token)
        if key is None:
            return render(request, "accounts/invitations/link_damaged.html", status=404)
        request.session[_STOP] = str(key)
        http_response = HttpResponseRedirect(reverse("reviews:access-stop"))
        http_response["Referrer-Policy"] = "no-referrer"
        http_response["Cache-Control"] = "no-store"
        return http_response


@method_decorator(login_not_required, name="dispatch")
class AccessStopView(Page, TemplateView):
    """Public. Whoever came by the link in the mail to the old address stops the change of address with one button."""

    http_method_names = ["get", "post"]
    template_name = "reviews/access/access_stop.html"
    is_stopped: bool | None = None
    """None before the button was pressed."""

    def get_title(self) -> str:
        if self.is_stopped is None:
            return _("Stop a change of e-mail address")
        return _("The change is stopped") if self.is_stopped else _("There is nothing to stop")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _STOP not in request.session:
            return render(request, "accounts/invitations/link_damaged.html", status=404)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.session.pop(_STOP, None)
        if key is None:
            return render(request, "accounts/invitations/link_damaged.html", status=404)
        self.is_stopped = stop_by_old_address(key) is not None
        return self.render_to_response(self.get_context_data())
