"""The step “Mechanism” of setting up: what is there, what comes with the portal, a file, or an empty one."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.people import is_sole_officer
from core.errors import found
from core.files.storage import attachment
from core.jobs import is_abandoned, is_late
from core.language.i18n import isolated
from core.models import Job
from core.policy import explain, require
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, PolicyView, ServiceActionView, ServiceFormView
from portal.mechanisms.checking import MOST_FAULTS
from portal.mechanisms.contents import contents_of, parts_for
from portal.mechanisms.enums import ChoiceStatus, MechanismAction
from portal.mechanisms.forms import EmptyMechanismForm, MechanismFileForm
from portal.mechanisms.models import MechanismChoice
from portal.mechanisms.selectors import (
    failed_loads,
    figures_of_choice,
    files_of_choice,
    get_choice,
    load_of,
    open_choices,
    running_load,
    shipped_ones,
    standing_mechanisms,
)
from portal.mechanisms.services.choosing import (
    FaultyFileError,
    begin_empty,
    bring_file,
    choose_shipped,
    confirm_choice,
    load_again,
    withdraw_choice,
)
from portal.mechanisms.shown import brought_contents
from portal.mechanisms.written import archive_of, zipped_folder
from portal.reference import STAGES
from reviews.programme import get_mechanism
from reviews.programme.models import Mechanism


def language() -> str:
    return get_language() or "en"


class BelowMechanisms(PolicyView):
    policy_action: ClassVar[Any] = MechanismAction.CHOOSE

    def get_trail(self) -> list[Crumb]:
        setup = Crumb(_("Setting up the portal"), reverse("portal:setup"))
        return [setup, Crumb(_("Mechanism"), reverse("portal:mechanism-list"))]

    def back_url(self) -> str:
        return reverse("portal:mechanism-list")

    def next_url(self) -> str:
        return reverse("portal:mechanism-list")


class MechanismListView(BelowMechanisms, TemplateView):
    """While a worker loads one, the piece about that asks by itself how far it is."""

    policy_action = MechanismAction.VIEW
    title = gettext_lazy("Mechanism")
    template_name = "portal/mechanisms/mechanism_list.html"

    def get_trail(self) -> list[Crumb]:
        return super().get_trail()[:1]

    @property
    def is_piece(self) -> bool:
        return self.request.GET.get("piece") == "running"

    def get_template_names(self) -> list[str]:
        return ["portal/mechanisms/_running.html" if self.is_piece and self.load else str(self.template_name)]

    @cached_property
    def load(self) -> tuple[MechanismChoice, Job] | None:
        return running_load()

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        answer = super().render_to_response(context, **kwargs)
        if self.is_piece and not self.load:
            answer["HX-Refresh"] = "true"  # the whole page is another one now
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.load:
            choice, job = self.load
            about = {"is_late": is_late(job), "is_abandoned": is_abandoned(job), "total": STAGES}
            kwargs |= {"running": job, "loading": choice, **about}
            if self.is_piece:
                return super().get_context_data(**kwargs)
        return super().get_context_data(
            standing=standing_mechanisms(),
            shipped=shipped_ones(language()),
            waiting=open_choices(),
            failed=failed_loads(),
            choose_decision=explain(self.user, MechanismAction.CHOOSE),
            **kwargs,
        )


class MechanismLoadView(BelowMechanisms, ConfirmedActView):
    title = gettext_lazy("Load this mechanism")
    consequences = (
        gettext_lazy("Its instruments, articles, clusters, phases, steps, rules and questionnaires come in."),
        gettext_lazy("Its questionnaires are published, and what is published stays: it cannot be taken out again."),
        gettext_lazy("All of it can be changed on pages; a later release proposes what it would have otherwise."),
    )

    def get_consequences(self) -> Sequence[Any]:
        if is_sole_officer(self.user):
            return self.consequences
        return (_("Another member of the secretariat confirms it before it is loaded."), *self.consequences)

    def get_caption(self) -> str:
        shown = {each.slug: each.name for each in shipped_ones(language())}
        return shown.get(self.kwargs["mechanism"], self.kwargs["mechanism"])

    def perform(self, form: Any) -> MechanismChoice:
        return choose_shipped(actor=self.user, slug=self.kwargs["mechanism"], language=language())

    def success_message_for(self, result: MechanismChoice) -> str:
        if result.status == ChoiceStatus.WAITING:
            return _("Nothing is loaded before another member of the secretariat has confirmed it.")
        return _("The mechanism is being loaded.")


class MechanismFileView(BelowMechanisms, ServiceFormView):
    """Checked whole: every fault stands on the page, by file, key and row."""

    form_class = MechanismFileForm
    title = gettext_lazy("Bring in a mechanism out of a file")
    template_name = "portal/mechanisms/mechanism_file.html"
    success_message = gettext_lazy("The file is in order. Nothing is loaded before another member has confirmed it.")
    faults: Any = ()

    def perform(self, form: MechanismFileForm) -> MechanismChoice:
        try:
            return bring_file(actor=self.user, file_name=form.cleaned_data["file"].name, content=form.content)
        except FaultyFileError as error:
            self.faults = error.faults
            raise

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_be_more = len(self.faults) == MOST_FAULTS
        more = {"faults": self.faults, "may_be_more": may_be_more, "standing": standing_mechanisms()}
        return super().get_context_data(**more, **kwargs)

    def success_url_for(self, result: Any) -> str:
        return reverse("portal:mechanism-choice", args=[result.pk])


class MechanismEmptyView(BelowMechanisms, ServiceFormView):
    form_class = EmptyMechanismForm
    title = gettext_lazy("Begin an empty mechanism")
    template_name = "components/form_page.html"
    lead = gettext_lazy("It has no instrument yet. Its page says what is missing until the first review, in order.")
    submit_label = gettext_lazy("Begin it")
    success_message = gettext_lazy("The mechanism is being made.")
    keeps = True

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = [*standing_mechanisms(), *shipped_ones(language())]
        return {**super().get_form_kwargs(), "likes": [(row.slug, row.name) for row in rows]}

    def perform(self, form: EmptyMechanismForm) -> MechanismChoice:
        return begin_empty(
            actor=self.user,
            slug=form.cleaned_data["slug"].strip(),
            name=form.texts("name"),
            short_name=form.texts("short_name"),
            like=form.cleaned_data["like"],
            language=language(),
        )


class _ChoicePage(BelowMechanisms):
    policy_target: MechanismChoice

    def get_policy_target(self) -> MechanismChoice:
        require(self.request.user, MechanismAction.VIEW)
        return get_choice(self.kwargs["choice"])


class MechanismChoiceView(_ChoicePage, TemplateView):
    """A mechanism that was chosen or brought in, as another member looks at it."""

    policy_action = MechanismAction.VIEW
    template_name = "portal/mechanisms/mechanism_choice.html"
    title = gettext_lazy("A mechanism that was chosen")

    def get_caption(self) -> str:
        return isolated(str(self.policy_target))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choice = self.policy_target
        files = files_of_choice(choice)
        return super().get_context_data(
            **kwargs
            | {
                "choice": choice,
                "figures": figures_of_choice(choice) if files else None,
                "brought": brought_contents(files, language()) if files else None,
                "load": load_of(choice),
                "again_decision": explain(self.user, MechanismAction.LOAD_AGAIN, choice),
                "confirm_decision": explain(self.user, MechanismAction.CONFIRM, choice),
                "withdraw_decision": explain(self.user, MechanismAction.WITHDRAW, choice),
            }
        )


class MechanismChoiceDownloadView(_ChoicePage):
    """The files that a worker would load; of what was brought in they are all that the portal has kept."""

    policy_action = MechanismAction.VIEW

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        choice = self.policy_target
        content = zipped_folder(choice.slug, found(files_of_choice(choice) or None))
        return attachment(content, file_name=f"{choice.slug}.zip", content_type="application/zip")


class MechanismConfirmView(_ChoicePage, ServiceActionView):
    policy_action = MechanismAction.CONFIRM
    takes = {"shown": forms.CharField(max_length=64)}

    def perform(self) -> str:
        shown = self.request.POST.get("shown", "")
        confirm_choice(actor=self.user, choice=self.policy_target, shown=shown, language=language())
        return _("The mechanism is being loaded.")


class MechanismLoadAgainView(_ChoicePage, ServiceActionView):
    policy_action = MechanismAction.LOAD_AGAIN

    def perform(self) -> str:
        load_again(actor=self.user, choice=self.policy_target, language=language())
        return _("The mechanism is being loaded.")


class MechanismWithdrawView(_ChoicePage, ServiceActionView):
    policy_action = MechanismAction.WITHDRAW

    def perform(self) -> str:
        withdraw_choice(actor=self.user, choice=self.policy_target)
        return _("It is withdrawn. Nothing was loaded.")


class OfMechanism(BelowMechanisms):
    """A page of a mechanism that is in the portal."""

    policy_action = MechanismAction.VIEW

    @property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def get_caption(self) -> str:
        return str(self.mechanism)


class MechanismContentsView(OfMechanism, TemplateView):
    title = gettext_lazy("What the mechanism holds, and what is missing")
    template_name = "portal/mechanisms/mechanism_contents.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mechanism = self.mechanism
        shown = parts_for(self.user, contents_of(mechanism))
        missing = next((each for each in shown if not each.part.standing.is_done), None)
        return super().get_context_data(**kwargs | {"mechanism": mechanism, "shown": shown, "next": missing})


class MechanismDownloadView(OfMechanism):
    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        mechanism = self.mechanism
        return attachment(archive_of(mechanism), file_name=f"{mechanism.slug}.zip", content_type="application/zip")
