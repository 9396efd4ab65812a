"""The follow-up of a review, for the people of its State; and what States share of theirs."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ConflictError, OutdatedError, ServiceError
from core.files.storage import attachment
from core.policy import can, explain
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ListPage, PolicyView, PublicPage, ServiceFormView
from observations.follow_up.enums import FollowUpAction
from observations.follow_up.exports import follow_up_as_csv, follow_up_as_json
from observations.follow_up.filters import FollowUpFilterSet, SharedFollowUpFilterSet
from observations.follow_up.forms import FollowUpForm, ShareForm
from observations.follow_up.models import FollowUp, FollowUpShare
from observations.follow_up.selectors import (
    agreed_observations,
    audiences_in,
    follow_up_of,
    get_agreed_for,
    history_of,
    shared_counts,
    shared_with,
    shares_of,
    standing_shares,
    with_words,
)
from observations.follow_up.services import record_follow_up, share_follow_up, stop_sharing
from observations.texts.models import Observation
from observations.versions import standing_version
from reviews.audiences.enums import SharingAudience
from reviews.capacities import capacity_of
from reviews.navigation import ReviewPage


class FollowUpListView(ReviewPage, ListPage):
    """The items with what is recorded for the State's own people; for others what it shares, or how much of it."""

    policy_action = FollowUpAction.LIST
    title = gettext_lazy("Follow-up")
    template_name = "observations/follow_up/list.html"
    page_size = 20
    filter_label = gettext_lazy("Filter the items")
    unmatched_title = gettext_lazy("No item matches the filter")
    empty_title = gettext_lazy("Nothing to follow up yet")
    empty_text = gettext_lazy("Each observation becomes an item here when the States have agreed on its list.")

    @cached_property
    def is_own(self) -> bool:
        return can(self.user, FollowUpAction.READ, self.review)

    def get_template_names(self) -> list[str]:
        return [self.template_name if self.is_own else "observations/follow_up/shared_in_review.html"]

    def get_filter(self) -> FollowUpFilterSet | None:
        return FollowUpFilterSet(self.request.GET, agreed_observations(self.review)) if self.is_own else None

    def get_rows(self) -> Any:
        return self.filter.qs if self.is_own else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.is_own:
            words = dict(SharingAudience.choices)
            audiences = {item: words[value] for item, value in audiences_in(self.review).items()}
            return super().get_context_data(audiences=audiences, **kwargs)
        is_of_team = capacity_of(self.user, self.review) is not None
        shares = with_words(standing_shares(self.review)) if is_of_team else []
        counts = [] if is_of_team else shared_counts(self.review)
        return super().get_context_data(is_of_team=is_of_team, shares=shares, counts=counts, **kwargs)


class FollowUpFileView(ReviewPage, PolicyView):
    """The items as the list is narrowed, as a file; refused where a filter is none, which a page says by its field."""

    policy_action = FollowUpAction.READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        narrowed = FollowUpFilterSet(request.GET, agreed_observations(self.review))
        if errors := narrowed.form.errors:
            words = "\n".join(f"{name}: {' '.join(messages)}" for name, messages in errors.items())
            return HttpResponse(words, status=HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8")
        items = narrowed.qs
        audiences, ending = audiences_in(self.review), self.kwargs["format"]
        name = f"{self.review.code}-follow-up.{ending}"
        if ending == "csv":
            labels = {value: str(label) for value, label in SharingAudience.choices}
            content = follow_up_as_csv(items, audiences, labels)
            return attachment(content, file_name=name, content_type="text/csv; charset=utf-8")
        if ending == "json":
            content = follow_up_as_json(self.review, items, audiences)
            return attachment(content, file_name=name, content_type="application/json")
        raise Http404


class FollowUpItemPage(ReviewPage):
    """A page of one item."""

    policy_target: Observation

    def get_policy_target(self) -> Observation:
        return get_agreed_for(self.user, self.find_review(), self.kwargs["observation"])

    @property
    def item(self) -> Observation:
        return self.policy_target

    @cached_property
    def row(self) -> FollowUp | None:
        return follow_up_of(self.item)

    def look_again(self) -> None:
        """A colleague may have recorded something since the row was read for this very form."""
        self.__dict__.pop("row", None)

    @property
    def item_url(self) -> str:
        return reverse("observations:follow-up-item", args=[*self.address, self.item.pk])

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Follow-up"), reverse("observations:follow-up", args=self.address))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(item=self.item, row=self.row, **kwargs)


class FollowUpItemView(FollowUpItemPage, TemplateView):
    """What was agreed, what is recorded, and all that was recorded and shared before."""

    policy_action = FollowUpAction.READ
    template_name = "observations/follow_up/item.html"

    def get_title(self) -> str:
        return str(self.item.heading)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shares = shares_of(self.item)
        return super().get_context_data(
            version=standing_version(self.item.agreed_text),
            entries=list(history_of(self.item)),
            standing=next((share for share in shares if share.ended_at is None), None),
            shares=shares,
            record=explain(self.user, FollowUpAction.RECORD, self.item),
            share=explain(self.user, FollowUpAction.SHARE, self.item),
            take_back=explain(self.user, FollowUpAction.TAKE_BACK, self.item),
            **kwargs,
        )


class BelowItem(FollowUpItemPage):
    """An act on one item."""

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(str(self.item.heading), self.item_url)]

    def back_url(self) -> str:
        return self.item_url


class FollowUpRecordView(BelowItem, ServiceFormView):
    policy_action = FollowUpAction.RECORD
    form_class = FollowUpForm
    template_name = "observations/follow_up/record.html"
    title = gettext_lazy("Record what is done")
    success_message = gettext_lazy("It is recorded. Only your State reads it.")
    keeps = True
    is_outdated = False

    def get_initial(self) -> dict[str, Any]:
        row = self.row
        if row is None:
            return {"base": 0}
        return {
            "base": row.revision,
            "status": row.status,
            "action": row.action,
            "body": row.body,
            "due_on": row.due_on,
            "reason": row.reason,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(meanwhile=self.row if self.is_outdated else None, **kwargs)

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        self.look_again()
        super().rest(form, error)
        self.is_outdated = isinstance(error, ConflictError)

    def perform(self, form: FollowUpForm) -> FollowUp:
        base = form.cleaned_data["base"]
        return record_follow_up(actor=self.user, observation=self.item, given=form.given, base=base)


class FollowUpShareView(BelowItem, ServiceFormView):
    """Chooses who reads the item, and shows what they will read."""

    policy_action = FollowUpAction.SHARE
    form_class = ShareForm
    template_name = "observations/follow_up/share.html"
    title = gettext_lazy("Share this item")
    submit_label = gettext_lazy("Share it")
    success_message = gettext_lazy("It is shared as you have seen it. What is recorded later stays with your State.")
    says = (
        gettext_lazy(
            "They read the observation as it was agreed and what is recorded about it now, without the "
            "names of those who recorded it. What is recorded later stays with your State until you share "
            "it again; you can end the sharing for the future."
        ),
    )

    def said_before(self) -> Sequence[str | Promise]:
        return self.says

    def get_initial(self) -> dict[str, Any]:
        return {"base": self.row.revision if self.row else 0}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """The page shows the record of now: that is what a second press is for."""
        self.look_again()
        if isinstance(error, OutdatedError) and self.row is not None:
            form.rest_on(self.row.revision)

    def perform(self, form: ShareForm) -> FollowUpShare:
        return share_follow_up(actor=self.user, observation=self.item, **form.cleaned_data)


class FollowUpTakeBackView(BelowItem, ConfirmedActView):
    policy_action = FollowUpAction.TAKE_BACK
    title = gettext_lazy("Share it no longer")
    is_warning = True
    success_message = gettext_lazy("It is shared with nobody any more.")
    consequences = (
        gettext_lazy("From now on only your State reads this item."),
        gettext_lazy("What others have read or copied before stays with them."),
    )

    def perform(self, form: AccessibleForm) -> None:
        stop_sharing(actor=self.user, observation=self.item)


class SharedFollowUpListView(PublicPage, ListPage):
    """What States share of their follow-up: with everybody, and for people of a State with all States parties."""

    title = gettext_lazy("Follow-up that States share")
    template_name = "observations/follow_up/shared_list.html"
    filter_label = gettext_lazy("Filter the items")
    unmatched_title = gettext_lazy("No item matches the filter")
    empty_title = gettext_lazy("No State shares any of its follow-up yet")
    empty_text = gettext_lazy("What a State does about what was agreed in its review is its own, until it shares it.")

    def get_filter(self) -> SharedFollowUpFilterSet:
        return SharedFollowUpFilterSet(self.request.GET, shared_with(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(shares=with_words(self.page.object_list), **kwargs)
