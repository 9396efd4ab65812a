"""Sign-in and security: the overview, apps, passkeys and recovery codes. Changes need a recent sign-in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.factors import recovery_codes_of, second_factors_of
from accounts.people.enums import AccountAction
from accounts.sessions import circumstances, note_factors, note_proof_of_factor, open_sessions
from accounts.sign_in.adapters import FactorAdapter
from accounts.sign_in.forms.factors import (
    ActivateAppForm,
    AddPasskeyForm,
    DeactivateAppForm,
    MakeCodesForm,
    RenamePasskeyForm,
)
from accounts.sign_in.services import factors
from accounts.single_sign_on import connections_of
from accounts.tokens import tokens_of
from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import PolicyView
from core.web.views.services import UNPROCESSABLE


class SecurityPage(PolicyView):
    """A page on one's own sign-in; a form with errors comes back with status 422."""

    policy_action = AccountAction.VIEW_OWN_PROFILE

    @property
    def owner(self) -> Any:
        return self.request.user

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:
        context = self.get_context_data(form=form) | {"form": form}  # type: ignore[attr-defined]
        return self.render_to_response(context, status=UNPROCESSABLE)  # type: ignore[attr-defined]


class FactorPage(SecurityPage):
    """A page under the overview."""

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Sign-in and security"), reverse("mfa_index"))]


class PasskeyPage(FactorPage):
    """A page of one passkey."""

    object: Authenticator

    def get_caption(self) -> str:
        return isolated(str(self.object))


class SecurityView(SecurityPage, TemplateView):
    """The overview: passphrase, second factors, recovery codes, sessions."""

    title = gettext_lazy("Sign-in and security")
    template_name = "mfa/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = list(second_factors_of(self.owner))
        codes = recovery_codes_of(self.owner)
        return super().get_context_data(
            app=next((each for each in found if each.type == Authenticator.Type.TOTP), None),
            passkeys=[each for each in found if each.type == Authenticator.Type.WEBAUTHN],
            is_last=len(found) == 1,
            has_codes=codes is not None,
            codes_left=len(codes.wrap().get_unused_codes()) if codes else 0,
            session_count=len(open_sessions(self.request)),
            token_count=tokens_of(self.owner).count(),
            connections=connections_of(self.owner),
            **kwargs,
        )


class AddAppView(FactorPage, ActivateTOTPView):
    form_class = ActivateAppForm
    title = gettext_lazy("Set up an app")
    template_name = "mfa/totp/activate_form.html"
    shows_secret = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The second press of an impatient finger leads to the overview, where the app stands by then."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except IntegrityError:
            return HttpResponseRedirect(reverse("mfa_index"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        secret = context["form"].secret
        grouped = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        return context | {"secret": secret, "grouped_secret": grouped}

    @transaction.atomic
    def form_valid(self, form: ActivateAppForm) -> HttpResponse:
        http_response: HttpResponse = super().form_valid(form)
        factors.note_factor_added(
            actor=self.owner, kind=Authenticator.Type.TOTP, circumstances=circumstances(self.request)
        )
        note_proof_of_factor(self.request, Authenticator.Type.TOTP)
        note_factors(self.request)
        messages.success(self.request, _("The app is set up. You need it whenever you sign in."))
        return http_response


class RemoveAppView(FactorPage, DeactivateTOTPView):
    form_class = DeactivateAppForm
    title = gettext_lazy("Remove the app")
    template_name = "mfa/totp/deactivate_form.html"

    @transaction.atomic
    def form_valid(self, form: DeactivateAppForm) -> HttpResponse:
        http_response: HttpResponse = super().form_valid(form)
        factors.note_factor_removed(
            actor=self.owner, kind=Authenticator.Type.TOTP, circumstances=circumstances(self.request)
        )
        note_factors(self.request)
        messages.success(self.request, _("The app is removed."))
        return http_response


class AddPasskeyView(FactorPage, AddWebAuthnView):
    form_class = AddPasskeyForm
    title = gettext_lazy("Add a passkey")
    template_name = "mfa/webauthn/add_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | kwargs
        context.setdefault("form", self.get_form())
        return context | {"js_data": {"creation_options": webauthn.begin_registration(self.owner, True)}}

    @transaction.atomic
    def form_valid(self, form: AddPasskeyForm) -> HttpResponse:
        http_response: HttpResponse = super().form_valid(form)
        factors.note_factor_added(
            actor=self.owner, kind=Authenticator.Type.WEBAUTHN, circumstances=circumstances(self.request)
        )
        note_proof_of_factor(self.request, Authenticator.Type.WEBAUTHN)
        note_factors(self.request)
        messages.success(self.request, _("The passkey is set up. You can sign in with it alone."))
        return http_response


class RenamePasskeyView(PasskeyPage, EditWebAuthnView):
    form_class = RenamePasskeyForm
    title = gettext_lazy("Rename a passkey")
    template_name = "mfa/webauthn/edit_form.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: RenamePasskeyForm) -> HttpResponse:
        factors.rename_passkey(actor=self.owner, passkey=self.object, name=form.cleaned_data["name"])
        messages.success(self.request, _("The passkey has its new name."))
        return HttpResponseRedirect(self.get_success_url())


class RemovePasskeyView(PasskeyPage, RemoveWebAuthnView):
    """Asks first. The last second factor stays."""

    form_class = AccessibleForm
    title = gettext_lazy("Remove a passkey")
    template_name = "mfa/webauthn/authenticator_confirm_delete.html"
    success_url = reverse_lazy("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_last=not FactorAdapter().can_delete_authenticator(self.object), **kwargs)

    @transaction.atomic
    def form_valid(self, form: AccessibleForm) -> HttpResponse:
        if not FactorAdapter().can_delete_authenticator(self.object):
            form.add_error(None, FactorAdapter.error_messages["cannot_delete_authenticator"])
            return self.form_invalid(form)
        http_response: HttpResponse = super().form_valid(form)
        factors.note_factor_removed(
            actor=self.owner, kind=Authenticator.Type.WEBAUTHN, circumstances=circumstances(self.request)
        )
        note_factors(self.request)
        messages.success(self.request, _("The passkey is removed."))
        return http_response


class RecoveryCodesView(FactorPage, ViewRecoveryCodesView):
    """Shows new codes once, to print or to keep as a file; afterwards only how many are left."""

    title = gettext_lazy("Recovery codes")
    template_name = "mfa/recovery_codes/index.html"
    shows_secret = True


class MakeRecoveryCodesView(FactorPage, GenerateRecoveryCodesView):
    form_class = MakeCodesForm
    title = gettext_lazy("Make new recovery codes")
    template_name = "mfa/recovery_codes/generate.html"

    @transaction.atomic
    def form_valid(self, form: MakeCodesForm) -> HttpResponse:
        super().form_valid(form)
        factors.note_codes_made(actor=self.owner, circumstances=circumstances(self.request))
        return HttpResponseRedirect(reverse("mfa_view_recovery_codes"))
