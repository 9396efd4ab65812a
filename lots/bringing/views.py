"""A draw that was made elsewhere is looked at row by row and rule by rule, and then stored as it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.files.spreadsheet_columns import wrong_rows
from core.files.storage import attachment
from core.web.views import ServiceFormView
from core.web.views.services import UNPROCESSABLE
from lots.algorithm import ChainedDraw
from lots.bringing.exports import as_csv
from lots.bringing.forms import BringInForm
from lots.bringing.selectors import breaches, fingerprint_of, made_elsewhere, missing_parties
from lots.bringing.services import bring_in_draw
from lots.bringing.sheet import COLUMNS
from lots.draws import MechanismPage, url_of
from lots.draws.enums import DrawAction
from lots.draws.models import Draw
from lots.preparation import names_of
from lots.words import first_of, rule_words

STORE = "store"


class DrawSheetView(MechanismPage):
    """The empty table, with its columns."""

    policy_action = DrawAction.BRING_IN

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content = as_csv([]).encode()
        return attachment(content, file_name="draw.csv", content_type="text/csv; charset=utf-8")


class DrawBringInView(MechanismPage, ServiceFormView):
    policy_action = DrawAction.BRING_IN
    form_class = BringInForm
    title = gettext_lazy("Bring in a draw")
    template_name = "lots/bringing/draw_bring_in.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "mechanism": self.mechanism}

    def form_valid(self, form: Any) -> HttpResponse:
        """Store what was looked at and still is so; otherwise show what would be stored."""
        form.carry(table=as_csv(form.pairs) if not form.wrong else "", seen="")
        if form.wrong:
            context = self.get_context_data(form=form, wrong=wrong_rows(form.wrong, COLUMNS))
            return self.render_to_response(context, status=UNPROCESSABLE)
        try:
            made = self.made(form)
        except ServiceError as error:
            form.refuse(error)
            return self.form_invalid(form)
        if self.request.POST.get("act") != STORE or form.cleaned_data["seen"] != fingerprint_of(
            made, form.phase_chosen
        ):
            return self._show(form, made)
        return super().form_valid(form)

    def made(self, form: BringInForm) -> ChainedDraw:
        source, is_training = form.cleaned_data["source"], form.is_training
        return made_elsewhere(form.phase_chosen, form.day, form.pairs, source=source, is_training=is_training)

    def _show(self, form: BringInForm, made: ChainedDraw) -> HttpResponse:
        form.carry(seen=fingerprint_of(made, form.phase_chosen))
        missing = missing_parties(made, form.phase_chosen, form.day, is_training=form.is_training)
        broken = breaches(made, names_of(made.table))
        context = self.get_context_data(
            form=form,
            made=made,
            pairs_count=len(made.pairings),
            sizes=_sizes(made),
            missing=first_of(missing) if missing else "",
            broken=[(rule_words(rule, made.terms.roles), first_of(whom)) for rule, whom in broken],
            kept=[rule_words(finding.rule, made.terms.roles) for finding in made.findings if finding.holds],
        )
        return self.render_to_response(context)

    def perform(self, form: BringInForm) -> Draw:
        return bring_in_draw(
            actor=self.user,
            phase=form.phase_chosen,
            as_of=form.day,
            source=form.cleaned_data["source"],
            pairs=form.pairs,
            is_training=form.is_training,
            seen=form.cleaned_data["seen"],
        )

    def success_message_for(self, result: Draw) -> str:
        return _("The draw is brought in. Publishing it opens its reviews.")

    def success_url_for(self, result: Draw) -> str:
        return url_of(result)


def _sizes(made: ChainedDraw) -> list[tuple[int, int]]:
    numbers = [*made.groups.values()]
    return [(number, numbers.count(number)) for number in sorted(set(numbers))]
