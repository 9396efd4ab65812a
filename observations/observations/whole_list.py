"""Pages of acts that change no words: several drafts laid on the table at once, the order, what was discussed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import OutdatedError, ServiceError
from core.web.pages import Crumb
from core.web.views import ConfirmedActView
from observations.observations.arranging import (
    Chosen,
    SeveralRefusedError,
    lay_several_on_table,
    mark_discussed,
    place_observation,
)
from observations.observations.places import in_groups, token_of
from observations.observations.selectors import observations_visible_to
from observations.observations.views import ObservationPage
from observations.texts import get_text_for, observations_on_table
from observations.texts.enums import TextAction, TextKind
from observations.texts.models import AgreedText, Observation, ObservationHeading
from observations.versions import shown_of_text
from reviews.capacities import require_capacity
from reviews.drafts import Shown, ShownForm, WritingForm, WritingView
from reviews.navigation import ReviewPage
from reviews.programme.models import Article


class WholeListPage(ReviewPage, WritingView):
    """A page of one list on which a focal point acts."""

    read_action = TextAction.VIEW
    policy_target: AgreedText

    def get_policy_target(self) -> AgreedText:
        return get_text_for(self.user, self.find_review(), self.kwargs["instrument"], TextKind.LIST_OF_OBSERVATIONS)

    @property
    def text(self) -> AgreedText:
        return self.policy_target

    def get_caption(self) -> str:
        return str(self.text.instrument)

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Observations"), self.list_url)]

    @property
    def list_url(self) -> str:
        return reverse("observations:observation-list", args=self.address)

    def shown_now(self) -> Shown:
        return shown_of_text(self.text)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{**kwargs, "text": self.text})


@dataclass(frozen=True, slots=True)
class OfferedDraft:
    """``value`` names the draft and the revision that the page shows."""

    observation: Observation
    value: str
    is_ticked: bool


class SeveralForm(ShownForm):
    """``chosen``: drafts with the revision that the page has shown of each."""

    chosen = forms.MultipleChoiceField(
        required=False, label=gettext_lazy("Drafts of your State"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, drafts: list[Observation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(row.pk): row for row in drafts}
        posted = self.data.getlist("chosen") if self.is_bound else []  # type: ignore[attr-defined]
        self.ticked = {value.partition(":")[0] for value in posted}
        self.fields["chosen"].choices = [(value, value) for value in posted]  # type: ignore[attr-defined]

    def clean_chosen(self) -> list[Chosen]:
        """What is not among the drafts any more was laid on the table, or withdrawn, by a colleague."""
        found: list[Chosen] = []
        for value in dict.fromkeys(self.cleaned_data["chosen"]):
            key, _colon, revision = value.partition(":")
            row = self.by_key.get(key)
            is_number = revision.isascii() and revision.isdigit() and len(revision) < 10
            if row is None or not is_number or any(each.observation == row for each in found):
                raise forms.ValidationError(_("One of these drafts is not in the room of your State any more."))
            found.append(Chosen(row, int(revision)))
        return found


class TableSeveralView(WholeListPage):
    """Tick drafts of one's State: all that are ticked are laid on the table, or none where one cannot be."""

    policy_action = TextAction.TABLE_SEVERAL
    title = gettext_lazy("Lay several on the shared table")
    template_name = "observations/observations/observation_table_several.html"
    form_class = SeveralForm
    success_message = gettext_lazy("The observations lie on the shared table now.")
    refusals: Any = ()

    @cached_property
    def drafts(self) -> list[Observation]:
        own = require_capacity(self.user, self.review).state_party_id
        return list(observations_visible_to(self.user, self.text).filter(room=own))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "drafts": self.drafts}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(refusals=self.refusals, **kwargs)
        refused = {str(row.pk) for row, _reason in self.refusals}
        ticked = context["form"].ticked - refused  # so that a second press lays the others
        offered = [OfferedDraft(row, f"{row.pk}:{row.revision}", str(row.pk) in ticked) for row in self.drafts]
        return {**context, "drafts": offered}

    def rest(self, form: SeveralForm, error: ServiceError) -> None:  # type: ignore[override]
        if isinstance(error, SeveralRefusedError):
            self.refusals = error.refusals
        self.__dict__.pop("drafts", None)  # the page shows them as they are by now

    def perform(self, form: SeveralForm) -> list[Observation]:
        given = form.cleaned_data
        return lay_several_on_table(actor=self.user, text=self.text, chosen=given["chosen"], shown=given["shown"])

    def success_url_for(self, result: object) -> str:
        return f"{self.list_url}#{self.text.instrument.slug}"


@dataclass(frozen=True, slots=True)
class OrderedGroup:
    """Observations that change places with each other."""

    heading: ObservationHeading
    articles: list[Article]
    rows: list[Observation]
    token: str


class ObservationPlaceForm(ShownForm):
    """``order``: that of the group as the page has shown it."""

    observation = forms.UUIDField(widget=forms.HiddenInput)
    order = forms.CharField(max_length=64, widget=forms.HiddenInput)
    place = forms.IntegerField(
        label=gettext_lazy("Place"),
        error_messages=dict.fromkeys(("invalid", "required"), gettext_lazy("Type the place as a number.")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:  # each observation of the page has a box of its own
            self.fields["place"].widget.attrs["id"] = f"place-{self.data.get('observation', '')}"

    @property
    def refused_at(self) -> str:
        """The key of the observation whose box keeps what was typed, with the error; empty where there is none."""
        return str(self.data.get("observation", "")) if "place" in self.errors else ""


class ObservationOrderView(WholeListPage):
    """The order of a list, by hand: up, down, or to a place; each move is one act."""

    policy_action = TextAction.ARRANGE
    title = gettext_lazy("Order of the observations")
    template_name = "observations/observations/observation_order.html"
    form_class = ObservationPlaceForm
    success_message = gettext_lazy("The order is changed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = [
            OrderedGroup(
                rows[0].heading, sorted(rows[0].articles.all(), key=lambda each: each.number), rows, token_of(rows)
            )
            for rows in in_groups(observations_on_table(self.text))
            if len(rows) > 1
        ]
        return super().get_context_data(groups=groups, **kwargs)

    def rest(self, form: ObservationPlaceForm, error: ServiceError) -> None:  # type: ignore[override]
        """The page shows the order of now."""

    def perform(self, form: ObservationPlaceForm) -> UUID:
        given = form.cleaned_data
        rows = {row.pk: row for row in observations_on_table(self.text)}
        row = rows.get(given["observation"])
        if row is None:
            raise OutdatedError(_("This observation does not lie on the shared table any more."))
        row.agreed_text, row.review = self.text, self.review
        place_observation(
            actor=self.user, observation=row, place=given["place"], seen=given["order"], shown=given["shown"]
        )
        return row.pk

    def success_url_for(self, result: UUID) -> str:
        return f"{self.request.path}#observation-{result}"


class ObservationDiscussView(ObservationPage, ConfirmedActView):
    """The States have discussed it as it stands."""

    policy_action = TextAction.DISCUSS_OBSERVATION
    title = gettext_lazy("Mark this observation as discussed")
    form_class = WritingForm
    success_message = gettext_lazy("It is marked as discussed.")
    consequences = (
        gettext_lazy("All States of the review see that it was discussed as it stands."),
        gettext_lazy("As soon as its words change, it is to be discussed anew."),
        gettext_lazy("No version is cancelled by it."),
    )

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "base": self.observation.revision}

    def back_url(self) -> str:
        return self.success_url_for(None)

    def rest(self, form: WritingForm, error: ServiceError) -> None:  # type: ignore[override]
        form.rest_on(self.observation.revision)

    def perform(self, form: WritingForm) -> Observation:
        return mark_discussed(actor=self.user, observation=self.observation, base=form.cleaned_data["base"])

    def success_url_for(self, result: object) -> str:
        url = reverse("observations:observation-list", args=self.address)
        return f"{url}#observation-{self.observation.pk}"
