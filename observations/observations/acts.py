"""The pages of the acts on one observation: laying it on the shared table, and withdrawing it."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from core.errors import ServiceError
from core.language.differences import word_differences
from core.policy import explain
from observations.observations.forms import WithdrawForm
from observations.observations.selectors import source_of
from observations.observations.services import lay_on_table, withdraw_observation
from observations.observations.shown import shown_of_observation
from observations.observations.views import ObservationPage, list_url
from observations.texts import LayForm
from observations.texts.enums import TextAction
from observations.texts.models import Observation
from observations.versions import shown_of_text
from reviews.drafts import Shown, WritingView


class ObservationActPage(ObservationPage, WritingView):
    """Shows the observation and asks first; POST does it."""

    read_action = TextAction.VIEW
    form_class = LayForm

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "base": self.observation.revision}

    def rest(self, form: LayForm, error: ServiceError) -> None:  # type: ignore[override]
        """The page shows the observation as it is by now: that is what a second press is for."""
        form.rest_on(self.observation.revision)

    def success_url_for(self, result: object) -> str:
        return list_url(self)


class ObservationTableView(ObservationActPage):
    """Where the observation is a copy of one that lies on the table still, that is shown beside it."""

    policy_action = TextAction.TABLE_OBSERVATION
    title = gettext_lazy("Lay this observation on the shared table?")
    template_name = "observations/observations/observation_table.html"
    success_message = gettext_lazy("The observation lies on the shared table now.")

    def shown_now(self) -> Shown:
        return shown_of_text(self.text)

    @cached_property
    def source(self) -> Observation | None:
        return source_of(self.observation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            source=self.source,
            may_replace=explain(self.user, TextAction.WITHDRAW_OBSERVATION, self.source) if self.source else None,
            changes=word_differences(self.source.text, self.observation.text) if self.source else [],
            **kwargs,
        )

    def perform(self, form: LayForm) -> Observation:
        carried = {name: form.cleaned_data[name] for name in ("base", "shown", "replaces")}
        return lay_on_table(actor=self.user, observation=self.observation, **carried)

    def success_url_for(self, result: object) -> str:
        return f"{list_url(self)}#observation-{self.observation.pk}"


class ObservationWithdrawView(ObservationActPage):
    policy_action = TextAction.WITHDRAW_OBSERVATION
    title = gettext_lazy("Withdraw this observation?")
    template_name = "observations/observations/observation_withdraw.html"
    success_message = gettext_lazy("The observation is withdrawn.")

    form_class = WithdrawForm

    def shown_now(self) -> Shown:
        return shown_of_observation(self.observation)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_draft": self.observation.room_id is not None}

    def perform(self, form: WithdrawForm) -> None:
        carried = {name: form.cleaned_data[name] for name in ("base", "shown", "reason") if name in form.fields}
        withdraw_observation(actor=self.user, observation=self.observation, **carried)
