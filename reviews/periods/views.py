"""The programme of a mechanism: for the secretariat to read, and for administrators to give other dates."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.people import open_staff_session
from accounts.people.enums import AccountAction, SecretariatRole
from core.errors import ServiceError
from core.policy import explain, require
from core.web.pages import Crumb
from core.web.views import PolicyView, ServiceFormView
from core.web.views.services import UNPROCESSABLE
from reviews.cases.enums import ReviewAction
from reviews.periods.drawing import chart_of
from reviews.periods.forms import AND_LATER, NewDatesForm, PeriodsForm, ShiftForm
from reviews.periods.grid import CellChange, CellKey, PeriodGrid, changes_between, rebased, shifted
from reviews.periods.selectors import ProgrammeEffects, effects_of, grid_of, programme_of
from reviews.periods.services import ProgrammeChangedError, change_periods
from reviews.periods.validators import FIRST, LAST, field_name
from reviews.programme import get_mechanism, periods_of
from reviews.programme.models import Mechanism


class ProgrammePage(PolicyView):
    """A page of the programme; whoever may not see that learns of none."""

    def get_policy_target(self) -> None:
        require(self.request.user, ReviewAction.VIEW_PROGRAMME)

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    @property
    def today(self) -> dt.date:
        return timezone.localdate()

    def programme_url(self) -> str:
        return reverse("reviews:programme", args=[self.mechanism.slug])

    def get_caption(self) -> str:
        return str(self.mechanism)

    def get_about(self) -> str:
        return str(self.mechanism)

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Reviews"), reverse("reviews:review-list", args=[self.mechanism.slug]))]


class ProgrammeView(ProgrammePage, TemplateView):
    policy_action = ReviewAction.VIEW_PROGRAMME
    title = gettext_lazy("Programme")
    template_name = "reviews/periods/programme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = programme_of(self.mechanism, self.today)
        cells = {CellKey(row.phase.number, cell.group.number): cell for row in rows for cell in row.cells}
        grid = {key: cell.span for key, cell in cells.items() if cell.span}
        offer = ShiftForm(self.request.GET, grid=grid) if "shift-phase" in self.request.GET else None
        is_administrator = self.user.secretariat_role == SecretariatRole.ADMINISTRATOR
        kwargs["mechanism"] = self.mechanism  # in place of its name, which the address gave
        return super().get_context_data(
            rows=rows,
            groups=[cell.group for cell in rows[0].cells] if rows else [],
            chart=chart_of(cells, grid, self.today),
            change_decision=explain(self.user, AccountAction.MAINTAIN_REFERENCE_DATA),
            offer=offer.cleaned_data if offer and offer.is_valid() else None,
            query=f"?{self.request.GET.urlencode()}#shift" if offer and offer.is_valid() else "",
            may_begin_session=is_administrator and open_staff_session(self.user) is None,
            **kwargs,
        )


class ProgrammeChangeView(ProgrammePage, ServiceFormView):
    """All dates in one form, or a shift of them; then what would come of it; then it is stored.

    One address for all three, told apart by the button that was pressed: nothing is kept between them but what the
    form carries.
    """

    policy_action = AccountAction.MAINTAIN_REFERENCE_DATA
    title = gettext_lazy("Change the dates of the programme")
    template_name = "reviews/periods/programme_change.html"
    effects: ProgrammeEffects | None = None
    of_colleague: list[CellChange] | None = None

    def get_title(self) -> str:
        return _("What would change") if self.effects else str(self.title)

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Programme"), self.programme_url())]

    def back_url(self) -> str:
        return self.programme_url()

    @cached_property
    def cells(self) -> list[CellKey]:
        groups = [group.number for group in self.mechanism.review_groups.all()]
        return [CellKey(phase.number, group) for phase in self.mechanism.phases.all() for group in groups]

    @property
    def grid(self) -> PeriodGrid:
        """As it is now: after a refusal it is another one."""
        return grid_of(periods_of(self.mechanism))

    # --- which form

    def get_form(self, form_class: Any = None) -> PeriodsForm | ShiftForm:
        posted = self.request.POST if self.request.method == "POST" else None
        if posted is None:
            grid = self.grid
            initial = PeriodsForm.values_of(grid, base=grid) | self._proposed()
            return PeriodsForm(initial=initial, cells=self.cells)
        if "shift" in posted:
            return ShiftForm(posted, grid=self.grid)
        return (NewDatesForm if "store" in posted else PeriodsForm)(posted, cells=self.cells)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "edit" in request.POST:  # back from the effects, with what was typed
            return self.show_form(self.get_form())
        return super().post(request, *args, **kwargs)

    def _proposed(self) -> dict[str, str]:
        """Dates that the address proposes (what was tried out in the cockpit); nobody is held to them."""
        names = {field_name(edge, key) for key in self.cells for edge in (FIRST, LAST)}
        return {name: str(day) for name, day in self.request.GET.items() if name in names}

    # --- what comes of it

    def form_valid(self, form: Any) -> HttpResponse:
        now = self.grid
        if isinstance(form, ShiftForm):
            return self.shift(form, now)
        if form.shown != now:
            return self.ask_again(form)
        if not changes_between(now, form.grid):
            form.add_error(None, _("No date is changed."))
            return self.form_invalid(form)
        return super().form_valid(form) if isinstance(form, NewDatesForm) else self.show_effects(form, now)

    def perform(self, form: NewDatesForm) -> list[CellChange]:
        given = form.cleaned_data
        names = ("evidence_mark", "evidence_note", "reason")
        return change_periods(
            actor=self.user,
            mechanism=self.mechanism,
            shown=form.shown,
            wanted=form.grid,
            **{name: given[name] for name in names},
        )

    def rest(self, form: Any, error: ServiceError) -> None:
        if isinstance(error, ProgrammeChangedError):
            self.of_colleague = changes_between(form.shown, self.grid)

    def form_invalid(self, form: Any) -> HttpResponse:
        if self.of_colleague is not None:
            return self.ask_again(form)
        if isinstance(form, NewDatesForm) and not form.is_about_dates:
            return self.show_effects(form, form.shown, status=UNPROCESSABLE)
        return self.show_form(form, status=UNPROCESSABLE)

    def shift(self, form: ShiftForm, now: PeriodGrid) -> HttpResponse:
        """Go on as if the dates that come of the shift had been typed."""
        given = form.cleaned_data
        if form.shown != now:
            self.of_colleague = changes_between(form.shown, now)
            form.add_error(None, str(ProgrammeChangedError()))
            return self.show_form(form, status=UNPROCESSABLE)
        wanted = shifted(now, given["phase"], given["first_day"], and_later=given["scope"] == AND_LATER)
        typed = PeriodsForm(PeriodsForm.values_of(wanted, base=now), cells=self.cells)
        return self.form_valid(typed) if typed.is_valid() else self.form_invalid(typed)

    def ask_again(self, form: PeriodsForm) -> HttpResponse:
        """Somebody has changed the dates meanwhile: what was typed stays, and rests on what holds now."""
        now = self.grid
        self.of_colleague = changes_between(form.shown, now)
        wanted = rebased(form.shown, now, form.grid)
        again = PeriodsForm({**PeriodsForm.values_of(wanted, base=now), **form.about}, cells=self.cells)
        again.full_clean()
        again.add_error(None, str(ProgrammeChangedError()))
        return self.show_form(again, status=UNPROCESSABLE)

    # --- pages

    def show_form(self, form: PeriodsForm | ShiftForm, *, status: int = 200) -> HttpResponse:
        if isinstance(form, NewDatesForm):  # there the dates are unseen
            told, form = form.non_field_errors(), PeriodsForm(self.request.POST, cells=self.cells)
            form.full_clean()
            for message in told:
                form.add_error(None, message)
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def show_effects(self, form: PeriodsForm, now: PeriodGrid, *, status: int = 200) -> HttpResponse:
        self.effects = effects_of(self.mechanism, now, form.grid, self.today)
        self.template_name = "reviews/periods/programme_effects.html"
        chart = chart_of(self.cells, form.grid, self.today, before=now)
        if not isinstance(form, NewDatesForm):
            form = NewDatesForm(initial={**PeriodsForm.values_of(form.grid, base=now), **form.about}, cells=self.cells)
        context = self.get_context_data(form=form, effects=self.effects, chart=chart)
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["mechanism"] = self.mechanism  # in place of its name, which the address gave
        if self.effects is None:
            kwargs |= self._forms(kwargs.get("form") or self.get_form())
        return super().get_context_data(**kwargs)

    def _forms(self, form: PeriodsForm | ShiftForm) -> dict[str, Any]:
        """Both forms of the page, one of which may have been sent; ``form`` is the one whose errors are told."""
        grid = self.grid
        periods = shift = form
        if isinstance(form, ShiftForm):
            periods = PeriodsForm(initial=PeriodsForm.values_of(grid, base=grid), cells=self.cells)
        else:
            offered = {name: self.request.GET.get(f"shift-{name}", "") for name in ("phase", "first_day", "scope")}
            given = {
                name: value for name, value in offered.items() if value
            }  # what was offered before: ``shift_offer``
            shift = ShiftForm(grid=grid, initial={**PeriodsForm.values_of({}, base=grid), **given})
        return {
            "form": form,
            "periods": periods,
            "rows": [(phase, self._fields(periods, phase.number)) for phase in self.mechanism.phases.all()],
            "groups": self.mechanism.review_groups.all(),
            "shift": shift,
            "of_colleague": self.of_colleague,
        }

    def _fields(self, form: Any, phase: int) -> list[tuple[CellKey, Any, Any]]:
        keys = [key for key in self.cells if key.phase == phase]
        return [(key, form[field_name(FIRST, key)], form[field_name(LAST, key)]) for key in keys]

    def success_message_for(self, result: list[CellChange]) -> str:
        message = ngettext("%(number)d period is changed.", "%(number)d periods are changed.", len(result))
        return message % {"number": len(result)}
