"""Pages on which States agree in which languages a version is agreed; how far they are is on that of translations."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.language.i18n import isolated, list_of
from core.templatetags.components import datetime_words
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ServiceFormView, ToldWhenDone
from observations.language_sets.enums import LanguageSetAction
from observations.language_sets.forms import AgreeLanguagesForm, ProposeLanguagesForm
from observations.language_sets.models import LanguageSet
from observations.language_sets.selectors import LanguagesOfVersion, agreed_to_before, languages_for, languages_of
from observations.language_sets.services import agree_to_languages, propose_languages
from observations.texts import BelowText
from observations.versions import StandingVersionPage
from reviews.capacities import capacity_of
from reviews.cases.enums import Grant


class BelowLanguages(BelowText, StandingVersionPage):
    """A page below that of the language versions."""

    @cached_property
    def languages(self) -> LanguagesOfVersion:
        return languages_of(self.text, self.version)

    def back_url(self) -> str:
        return reverse(
            "observations:translation-list", args=[*self.address, self.kwargs["instrument"], self.kwargs["kind"]]
        )

    def success_url_for(self, result: object) -> str:
        return self.back_url()

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Language versions"), self.back_url())]

    def look_again(self) -> None:
        for name in ("version", "languages"):
            self.__dict__.pop(name, None)


class ProposeLanguagesView(BelowLanguages, ServiceFormView):
    policy_action = LanguageSetAction.PROPOSE
    form_class = ProposeLanguagesForm
    title = gettext_lazy("Propose the languages of the agreement")
    template_name = "observations/language_sets/propose.html"
    submit_label = gettext_lazy("Propose these languages")
    success_message = gettext_lazy("The languages are proposed, and agreed to by your State.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "choices": languages_for(self.text)}

    def get_initial(self) -> dict[str, Any]:
        latest = self.languages.latest
        chosen = latest or self.languages.before
        return {"languages": chosen.languages if chosen else [], **self._shown(latest)}

    def _shown(self, latest: LanguageSet | None) -> dict[str, str]:
        return {"sha256": self.version.sha256 if self.version else "", "base": latest.sha256 if latest else ""}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        super().rest(form, error)
        self.look_again()
        form.carry(**self._shown(self.languages.latest))

    def perform(self, form: ProposeLanguagesForm) -> LanguageSet:
        return propose_languages(actor=self.user, text=self.text, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(of_version=self.languages, **kwargs)


class AgreeLanguagesView(ToldWhenDone, BelowLanguages, ConfirmedActView):
    policy_action = LanguageSetAction.AGREE
    form_class = AgreeLanguagesForm
    title = gettext_lazy("Agree to the languages")
    success_message = gettext_lazy("Your State has agreed to the languages.")

    def done_before(self) -> str:
        capacity = capacity_of(self.user, self.review)
        if capacity is None or not capacity.has(Grant.CLEAR):
            return ""
        row = agreed_to_before(self.text, capacity.state_party_id, self.request.POST.get("sha256", ""))
        if row is None:
            return ""
        facts = {"person": isolated(row.focal_point.full_name), "time": datetime_words(row.cleared_at)}
        return _("This was done at %(time)s: %(person)s agreed to these languages for your State.") % facts

    def done_url(self) -> str:
        return self.back_url()

    def get_consequences(self) -> Sequence[str | Promise]:
        row = self.languages.proposed
        if row is None:
            return ()
        if not row.languages:
            return (_("The text is agreed in its own language alone; translations of it are a courtesy again."),)
        languages = list_of(row.names)
        return (
            _("Your State agrees that version %(number)s is agreed in these languages too: %(languages)s.")
            % {"number": row.version.number, "languages": languages},
            _("It is agreed in all of them once each State has cleared the text and confirmed each of the others."),
            _("What States have confirmed of them already counts. A later version has languages of its own."),
        )

    def get_initial(self) -> dict[str, Any]:
        row = self.languages.proposed
        return {"sha256": row.sha256 if row else ""}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        self.look_again()
        super().rest(form, error)

    def perform(self, form: AgreeLanguagesForm) -> LanguageSet:
        return agree_to_languages(actor=self.user, text=self.text, sha256=form.cleaned_data["sha256"])
