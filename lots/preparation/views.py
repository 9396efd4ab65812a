from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _, gettext_lazy

from accounts.states import name_order
from core.errors import ServiceError
from core.web import drafts
from core.web.views import ServiceFormView
from lots.algorithm import DrawInput
from lots.chain import added_to, draws_named
from lots.draws import MechanismPage, frozen_twin, url_of
from lots.draws.enums import DrawAction, DrawBasis
from lots.draws.models import Draw
from lots.preparation.forms.preparation import PrepareForm
from lots.preparation.selectors.inputs import input_for, report_on
from lots.preparation.selectors.teams import outlook_on
from lots.preparation.services import prepare_draw
from lots.words import rules_set

FREEZE = "freeze"


class DrawPrepareView(MechanismPage, ServiceFormView):
    """Choose the input of a draw, look at the report on it, and freeze exactly what the report was about."""

    policy_action = DrawAction.PREPARE
    form_class = PrepareForm
    title = gettext_lazy("Prepare a draw")
    template_name = "lots/preparation/draw_prepare.html"

    def get_initial(self) -> dict[str, Any]:
        """Whoever comes from a published draw adds to it, perhaps for States that it names as late, as of a day."""
        given = self.request.GET
        if not (named := given.get("supplements")):
            return super().get_initial()
        more = {name: given[name] for name in ("late", "as_of") if name in given}
        return {**super().get_initial(), **more, "supplements": named, "basis": DrawBasis.SUPPLEMENTARY}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "mechanism": self.mechanism}

    def form_valid(self, form: Any) -> HttpResponse:
        """Freeze where that was asked for and the report was about just this; otherwise show the report."""
        try:
            given = input_for(
                form.phase_chosen,
                form.day,
                form.switches(),
                is_training=form.is_training,
                basis=form.basis_chosen,
                replaced=form.pairs_replaced,
            )
        except ServiceError as error:
            form.refuse(error)
            return self.form_invalid(form)
        commitment = given.commitment
        wants_to_freeze, was_shown = self.request.POST.get("act") == FREEZE, form.cleaned_data["shown"] == commitment
        if not wants_to_freeze or not was_shown or not report_on(given).is_possible:
            return self._show_report(form, given, has_changed=wants_to_freeze and not was_shown)
        if twin := frozen_twin(form.phase_chosen, commitment, is_training=form.is_training):
            messages.info(self.request, _("This input is frozen already: this is the draw."))
            frozen = HttpResponseRedirect(url_of(twin))
            drafts.confirm(self.request, frozen)
            return frozen
        return super().form_valid(form)

    def perform(self, form: PrepareForm) -> Draw:
        return prepare_draw(
            actor=self.request.user,  # type: ignore[arg-type]
            phase=form.phase_chosen,
            as_of=form.day,
            switches=form.switches(),
            is_training=form.is_training,
            basis=form.basis_chosen,
            replaced=form.pairs_replaced,
        )

    def success_message_for(self, result: Draw) -> str:
        return _("The input is frozen. Announce it before the seed is known.")

    def success_url_for(self, result: Draw) -> str:
        return url_of(result)

    def _show_report(self, form: PrepareForm, given: DrawInput, *, has_changed: bool) -> HttpResponse:
        """Who would take part, under which rules, how tight that is, and whether a trial draw keeps all rules."""
        codes = {*given.table.by_code}
        taking_part = sorted((state for state in form.states if state.iso3 in codes), key=name_order)
        rules = rules_set(self.mechanism, form.switches().to_json(), taking_part)
        teams = outlook_on(form.phase_chosen, given)
        previous = given.terms.previous if given.terms else ()
        before = draws_named(previous, self.mechanism.pk, is_training=form.is_training)
        context = self.get_context_data(
            form=form,
            commitment=given.commitment,
            has_changed=has_changed,
            report=report_on(given),
            before=before,
            added_to=added_to(form.basis_chosen.kind, form.phase_chosen, before),
            teams=teams,
            are_drawn_again=not all(team.is_there for team in teams),
            changed=[row for row in rules if row.is_changed],
            states_count=len(given.table.parties),
            assigned=[state for state in taking_part if state.regional_group_id is None],
        )
        return self.render_to_response(context)
