"""Forms of requests for access: on what a request rests, and what it asks for."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _, ngettext

from accounts.people import SECRETARIAT
from accounts.people.enums import SecretariatRole
from core.language.i18n import interface_languages
from core.web.forms import AccessibleForm
from reviews.access.services import LONGEST_REASON, Grounds
from reviews.scans import ScanField

_AUTO = {"dir": "auto", "autocomplete": "off"}
_LONGEST_ADDRESS = 254  # what an account has room for


class GroundsForm(AccessibleForm):
    """The note verbale with its scan, or, where the act has none, the reason. What is wrong the service says."""

    number = forms.CharField(
        label=_("Number of the note verbale"),
        help_text=_("As it stands on the note."),
        max_length=100,
        error_messages={"required": _("Enter the number of the note.")},
        widget=forms.TextInput(attrs={**_AUTO, "class": "govuk-input--width-20"}),
    )
    scan = ScanField(error_messages={"required": _("Add the scanned note: whoever approves the request looks at it.")})
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("The State concerned reads it."),
        error_messages={"required": _("Say why, and how you made sure who is asking.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, needs_note: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("number", "scan", "reason"):  # after what is asked for
            self.fields[name] = self.fields.pop(name)
        self.fields["reason"].required = not needs_note
        if not needs_note:
            del self.fields["number"], self.fields["scan"]
            return
        most = settings.UPLOAD_MAXIMUM_MEGABYTES
        hint = ngettext(
            "PDF, PNG or JPEG, at most %(most)d megabyte.", "PDF, PNG or JPEG, at most %(most)d megabytes.", most
        )
        self.fields["scan"].help_text = hint % {"most": most}

    @property
    def grounds(self) -> Grounds:
        """What the service takes (after validation)."""
        given = self.cleaned_data
        return Grounds(given.get("number", ""), given.get("scan"), given["reason"])

    @property
    def wanted(self) -> dict[str, str]:
        """What is asked for, without what it rests on."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"number", "scan", "reason"}}


class MissionForm(GroundsForm):
    """Somebody of a State's permanent mission."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=_LONGEST_ADDRESS,
        error_messages={"required": _("Enter the e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    full_name = forms.CharField(
        label=_("Name"),
        max_length=150,
        error_messages={"required": _("Enter the name.")},
        widget=forms.TextInput(attrs=_AUTO),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of the pages, and of the mails that the person receives."),
        choices=interface_languages,
        widget=forms.Select,
    )


class AddressForm(GroundsForm):
    email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=_LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


class RoleForm(GroundsForm):
    role = forms.ChoiceField(
        label=_("Role in the secretariat"),
        required=False,
        choices=[("", _("None")), *SecretariatRole.choices],
        widget=forms.RadioSelect(),
    )


class MemberForm(GroundsForm):
    """Somebody for the secretariat. ``is_alone``: in the first hour, in which nobody is asked, and no reason is."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=_LONGEST_ADDRESS,
        help_text=_("The person signs in with it. Nobody else may read what comes to it."),
        error_messages={"required": _("Enter the e-mail address.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    full_name = forms.CharField(
        label=_("Name"),
        max_length=150,
        error_messages={"required": _("Enter the name.")},
        widget=forms.TextInput(attrs=_AUTO),
    )
    role = forms.ChoiceField(
        label=_("Role in the secretariat"),
        help_text=_("Officers do the work, administrators also look after people and rules, auditors only read."),
        choices=SecretariatRole.choices,
        error_messages={"required": _("Choose the role in the secretariat.")},
        widget=forms.RadioSelect(),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of the pages, and of the mails that the person receives."),
        choices=interface_languages,
        widget=forms.Select,
    )
    replaces = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, is_alone: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, needs_note=False, **kwargs)
        reason, replaces = self.fields.pop("reason"), self.fields.pop("replaces")
        if is_alone:
            self.fields["role"].choices = [(role.value, role.label) for role in SecretariatRole if role in SECRETARIAT]  # type: ignore[attr-defined]
            self.fields["role"].help_text = _(
                "An auditor approves nothing: the second member is an officer or an administrator."
            )
            self.fields["replaces"] = replaces
        else:
            reason.help_text = _("The second member who approves it reads it.")
            self.fields["reason"] = reason


class AnswerForm(AccessibleForm):
    """Why a request is returned, refused or taken on alone."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        help_text=_("The State's people and the officers of the secretariat read it on the page of the request."),
        error_messages={"required": _("Say why.")},
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
