from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView

from accounts.affiliations import affiliations_of
from accounts.invitations.forms import ActivationForm
from accounts.invitations.links import LinkKind, LinkStatus
from accounts.invitations.services.invitations import activate, renew_invitation
from accounts.invitations.views.links import FollowedLink, LinkView, damaged
from accounts.people import PATH
from accounts.people.models import User
from accounts.profile import ProfileInput, remember_language
from accounts.terms import newest_terms
from core.errors import ServiceError
from core.language.i18n import interface_language
from core.time.time_zones import zone_of_territory
from core.web.pages import Page
from core.web.views.services import UNPROCESSABLE


class ActivationLinkView(LinkView):
    """Where the mail of an invitation leads."""

    kind = LinkKind.ACTIVATION
    page = "accounts:activation"


@method_decorator(login_not_required, name="dispatch")
class ActivationView(Page, FormView):
    """Public, for whoever has followed an activation link: password, profile and terms on one page, then signed in."""

    form_class = ActivationForm
    template_name = "accounts/invitations/activation.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.link = FollowedLink(request, LinkKind.ACTIVATION)
        match self.link.status:
            case LinkStatus.GOOD:
                self.person, self.terms = self.link.user, newest_terms()
                return super().dispatch(request, *args, **kwargs)
            case LinkStatus.EXPIRED:
                return render(request, "accounts/invitations/link_expired.html")
            case LinkStatus.USED:
                if str(request.user.pk) == self.link.user_id:  # the button was pressed twice
                    return HttpResponseRedirect(reverse("portal:dashboard"))
                return render(request, "accounts/invitations/link_used.html")
        return damaged(request)

    def get_title(self) -> str:
        return format_html(_("Welcome, <bdi>%(name)s</bdi>") % {"name": "{}"}, self.person.full_name)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.person}

    def get_initial(self) -> dict[str, Any]:
        names = ("full_name", "job_title", "organization", "phone", "working_languages", "office_hours", "office_place")
        return {
            **{name: getattr(self.person, name) for name in names},
            "language": interface_language(self.person.language),
            "time_zone": self.person.time_zone or _zone_of_state(self.person),
            "terms_number": self.terms.number if self.terms else 0,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, terms=self.terms, **kwargs)

    def form_valid(self, form: ActivationForm) -> HttpResponse:
        values = dict(form.cleaned_data)
        values.pop("password_again")
        values.pop("accept")
        number, password = values.pop("terms_number"), values.pop("password")
        link = {"user_id": self.link.user_id, "state": self.link.state}
        try:
            user = activate(**link, password=password, terms_number=number, given=ProfileInput(**values))
        except ServiceError as error:
            form.refuse(error)
            return self.form_invalid(form)
        self.link.forget()
        login(self.request, user, backend=PATH)
        self.request.session["terms_accepted"] = number
        with translation.override(user.language):
            messages.success(self.request, _("Your account is ready. You are signed in."))
            http_response = HttpResponseRedirect(reverse("portal:dashboard"))
        return remember_language(http_response, user.language)

    def form_invalid(self, form: ActivationForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


@method_decorator(login_not_required, name="dispatch")
class InvitationRenewView(View):
    """Public. Sends another link to the registered address; says the same whatever comes of it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        link = FollowedLink(request, LinkKind.ACTIVATION)
        if link.user_id:
            renew_invitation(link.user_id)
        message = _(
            "If the account still waits for you, a new link is on its way to the registered address. Within ten "
            "minutes one mail is sent."
        )
        messages.success(request, message)
        return HttpResponseRedirect(reverse("accounts:activation"))


def _zone_of_state(person: User) -> str:
    """The time zone of the State to which a person belongs, where it has a single one."""
    affiliation = affiliations_of(person).first()
    return zone_of_territory(affiliation.state_party.iso2) if affiliation else ""
