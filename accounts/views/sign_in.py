from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.forms import SignInForm
from core.forms import AccessibleForm
from core.views.services import UNPROCESSABLE


class SignInView(LoginView):
    """Public. Leads on to ``next`` where that is an address of ours."""

    authentication_form = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True
    # Django would put the host's name here.
    extra_context = {"site_name": settings.SITE_NAME}

    def form_invalid(self, form: AccessibleForm) -> HttpResponse:  # type: ignore[override]
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class SignOutView(LogoutView):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        http_response = super().post(request, *args, **kwargs)
        messages.success(request, _("You have signed out."))
        return http_response
