"""The pages on which an institution makes the portal its own; each can be left and come back to."""

from typing import Any, ClassVar

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.people.enums import AccountAction
from core.errors import ServiceError
from core.institution.facts import home_zone
from core.institution.looks import OWN_ACCENT, OWN_COLOUR
from core.mail.reports import reason
from core.policy import explain
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import PolicyView, ServiceActionView, ServiceFormView
from portal.setup.decided_here import decided_here
from portal.setup.enums import SetupAction
from portal.setup.environment import standing_settings
from portal.setup.forms import LanguagesForm, LooksForm, NamesForm
from portal.setup.selectors import last_test_mail, mail_settings, seen_of, setup_row
from portal.setup.services import change_looks, choose_languages, end_setup, name_portal, send_test_mail
from portal.setup.steps import setup_of
from reviews.programme import mechanisms


class SetupView(PolicyView, TemplateView):
    """All steps, how each stands, and the button of the next one."""

    policy_action = SetupAction.VIEW
    title = gettext_lazy("Setting up the portal")
    template_name = "portal/setup/setup.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            setup=setup_of(self.user),
            change_decision=explain(self.user, SetupAction.CHANGE),
            settings_decision=explain(self.user, SetupAction.VIEW_SETTINGS),
            is_set_up=setup_row().is_set_up,
            **kwargs,
        )


class SetupSettingsView(PolicyView, TemplateView):
    """What is decided in the portal, with the way to it, and what the environment decides, as it stands."""

    policy_action = SetupAction.VIEW_SETTINGS
    title = gettext_lazy("All settings")
    template_name = "portal/setup/setup_settings.html"

    def get_trail(self) -> list[Crumb]:
        return [Crumb(gettext_lazy("Setting up the portal"), reverse("portal:setup"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = list(mechanisms())
        return super().get_context_data(
            decided=decided_here(every),
            several=len(every) > 1,
            has_session=bool(explain(self.user, AccountAction.MAINTAIN_REFERENCE_DATA)),
            groups=standing_settings(),
            **kwargs,
        )


class BelowSetup(PolicyView):
    """A page of one step."""

    policy_action = SetupAction.CHANGE

    def get_trail(self) -> list[Crumb]:
        return [Crumb(gettext_lazy("Setting up the portal"), reverse("portal:setup"))]


class SetupFormView(BelowSetup, ServiceFormView):
    """A step with a form; saved, it leads to the list. ``fixed_by``: a setting of the environment that comes first."""

    template_name = "portal/setup/setup_form.html"
    success_message = gettext_lazy("Saved.")
    keeps = True
    fixed_by: ClassVar[str] = ""

    def get_initial(self) -> dict[str, Any]:
        row = setup_row()
        return {"seen": seen_of(row), **self.values_of(row)}

    def values_of(self, row: Any) -> dict[str, Any]:
        return {}

    def back_url(self) -> str:
        return reverse("portal:setup")

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """What stands now is on the page of the set-up; the form, sent again, replaces it knowingly."""
        form.carry(seen=seen_of(setup_row()))


class SetupNamesView(SetupFormView):
    form_class = NamesForm
    title = gettext_lazy("Name the portal")
    lead = gettext_lazy(
        "As it stands on every page and in every mail. Where a language has none, the English one is used."
    )
    fixed_by = "SITE_NAME"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(fixed=settings.SITE_NAME, **kwargs)

    def values_of(self, row: Any) -> dict[str, Any]:
        pairs = [(column, code) for column in ("name", "short_name") for code, _name in settings.LANGUAGES]
        return {f"{column}_{code}": getattr(row, f"{column}_{code.replace('-', '_')}") for column, code in pairs}

    def perform(self, form: NamesForm) -> object:
        names, short_names = form.by_language("name"), form.by_language("short_name")
        return name_portal(actor=self.user, names=names, short_names=short_names, seen=form.cleaned_data["seen"])


class SetupLooksView(SetupFormView):
    form_class = LooksForm
    title = gettext_lazy("Logo and colours")
    lead = gettext_lazy("Every page and every mail wears them.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "has_logo": bool(setup_row().logo)}

    def values_of(self, row: Any) -> dict[str, Any]:
        return {"colour": row.colour or OWN_COLOUR, "accent": row.accent or OWN_ACCENT}

    def perform(self, form: LooksForm) -> object:
        return change_looks(actor=self.user, **form.cleaned_data)


class SetupLanguagesView(SetupFormView):
    form_class = LanguagesForm
    title = gettext_lazy("Languages and time zone")
    fixed_by = "TIME_ZONE"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(fixed=settings.OWN_TIME_ZONE, **kwargs)

    def values_of(self, row: Any) -> dict[str, Any]:
        spoken = [code for code, _name in settings.LANGUAGES]
        return {"languages": row.languages or spoken, "time_zone": row.time_zone or home_zone().key}

    def perform(self, form: LanguagesForm) -> object:
        return choose_languages(actor=self.user, **form.cleaned_data)


class SetupMailView(BelowSetup, TemplateView):
    """Where mails go, as the environment says, and whether one arrives."""

    title = gettext_lazy("See that mails arrive")
    template_name = "portal/setup/setup_mail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mail = last_test_mail()
        return super().get_context_data(
            by=mail_settings(), mail=mail, reason=reason(mail) if mail else "", address=self.user.email, **kwargs
        )


class SetupMailTestView(BelowSetup, ServiceActionView):
    def perform(self) -> str:
        send_test_mail(actor=self.user)
        return _("A test mail is on its way to you.")

    def next_url(self) -> str:
        return reverse("portal:setup-mail")


class SetupEndView(BelowSetup, ServiceActionView):
    def perform(self) -> str:
        end_setup(actor=self.user)
        return _("The list of steps has left the first page. It stays here.")

    def next_url(self) -> str:
        return reverse("portal:setup")
