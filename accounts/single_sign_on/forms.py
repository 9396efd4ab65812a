"""The form of a provider, and the one that finds the provider of an address."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.single_sign_on.models import IdentityProvider
from accounts.single_sign_on.protocol import is_safe_endpoint
from accounts.single_sign_on.selectors import domain_of
from accounts.single_sign_on.services import ProviderInput
from accounts.states import all_states, offered_states, sorted_by_name
from core.language.i18n import isolated
from core.web.forms import AccessibleForm

_DOMAIN = re.compile(r"^(?=.{3,200}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}$")
_MOST_DOMAINS = 20
SECRETARIAT = "secretariat"  # in place of a State


def _line(label: Any, help_text: Any = "", *, longest: int = 60, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, help_text=help_text, max_length=longest, **{"widget": widget, **more})


class ProviderForm(AccessibleForm):
    """``former``: the provider that is replaced, whose secret stays where none is typed."""

    name = _line(
        _("Name"), _("As its people know it: it stands on its button."), widget=forms.TextInput(attrs={"dir": "auto"})
    )
    issuer = _line(
        _("Issuer"),
        _("The address by which the provider names itself, beginning with https://."),
        longest=300,
        widget=forms.URLInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    client_id = _line(_("Client ID"), _("By which the provider knows this portal."), longest=190)
    secret = _line(
        _("Client secret"),
        longest=500,
        strip=False,
        error_messages={"required": _("Enter the secret of this client.")},
        widget=forms.PasswordInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(
        label=_("Whose people it is for"),
        help_text=_("Of anybody else it can say nothing here, whatever address it names."),
    )
    domains = forms.CharField(
        label=_("Domains of their addresses"),
        help_text=_("One on each line, such as ministry.example."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "spellcheck": "false"}),
    )
    address_claim = _line(_("Claim with the e-mail address"), _("Usually email."), initial="email")
    name_claim = _line(_("Claim with the name"), _("Usually name."), initial="name")
    trusts_factor = forms.BooleanField(
        label=_("Trust its second factor"),
        required=False,
        help_text=_("Where it says that it has asked for one, the portal does not ask for another."),
    )
    is_forced = forms.BooleanField(
        label=_("Its people sign in by it alone"),
        required=False,
        help_text=_("Their passphrases and passkeys no longer let them in. The last administrator is never shut out."),
    )

    def __init__(self, *args: Any, former: IdentityProvider | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.former = former
        named = former.state_party.iso3 if former and former.state_party else ""
        states = sorted_by_name(offered_states() | all_states().filter(iso3=named))
        self.states = {state.iso3: state for state in states}
        options = [(iso3, isolated(state.name)) for iso3, state in self.states.items()]
        first = [("", _("Choose…")), (SECRETARIAT, _("The secretariat"))]
        self.fields["state"].choices = [*first, *options]  # type: ignore[attr-defined]
        if former is not None:
            self.fields["secret"].required = False
            self.fields["secret"].help_text = _("Left empty, it stays as it is.")

    def clean_issuer(self) -> str:
        issuer = str(self.cleaned_data["issuer"])
        if not is_safe_endpoint(issuer, issuer=issuer) or "?" in issuer or "#" in issuer:
            raise forms.ValidationError(_("Enter an address that begins with https://."))
        return issuer

    def clean_domains(self) -> list[str]:
        domains = list(dict.fromkeys(line.strip().lstrip("@").lower() for line in self.data_lines() if line.strip()))
        wrong = next((domain for domain in domains if not _DOMAIN.match(domain)), None)
        if wrong is not None:
            raise forms.ValidationError(_("“%(domain)s” is no domain.") % {"domain": isolated(wrong)})
        if len(domains) > _MOST_DOMAINS:
            raise forms.ValidationError(_("These are too many."))
        return domains

    def data_lines(self) -> list[str]:
        return str(self.cleaned_data["domains"]).splitlines()

    @property
    def given(self) -> ProviderInput:
        values = self.cleaned_data
        return ProviderInput(
            name=values["name"],
            issuer=values["issuer"],
            client_id=values["client_id"],
            secret=values["secret"] or None,
            state_party=self.states.get(values["state"]),
            domains=values["domains"],
            address_claim=values["address_claim"],
            name_claim=values["name_claim"],
            trusts_factor=values["trusts_factor"],
            is_forced=values["is_forced"],
        )


class FindProviderForm(AccessibleForm):
    """By the address, of which the domain alone is looked at."""

    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"required": _("Enter your e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}),
    )

    @property
    def domain(self) -> str:
        return domain_of(self.cleaned_data["email"])
