"""The page that opens a review."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people import is_sole_officer
from core.errors import ServiceError
from core.web.pages import Crumb
from core.web.views import ServiceFormView
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.opening.findings import OpeningCheck, check_before_opening
from reviews.opening.forms import ReviewOpenForm
from reviews.opening.services.reviews import open_review
from reviews.programme import get_mechanism
from reviews.programme.models import Mechanism


class ReviewOpenView(ServiceFormView):
    policy_action = ReviewAction.OPEN
    form_class = ReviewOpenForm
    title = gettext_lazy("Open a review")
    template_name = "reviews/opening/review_open.html"

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Reviews"), reverse("reviews:review-list", args=[self.mechanism.slug]))]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "mechanism": self.mechanism}

    def get_initial(self) -> dict[str, Any]:
        return {"officer": self.request.user.pk}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form")
        check = self._check(form) if form is not None and form.is_bound else None
        if form is not None and check and check.warnings:
            form.fields["reason"].required = True  # as the page shows it; the service asks for it
        alone = is_sole_officer(self.user)
        return super().get_context_data(mechanism=self.mechanism, check=check, is_alone=alone, **kwargs)

    def _check(self, form: ReviewOpenForm) -> OpeningCheck | None:
        """What stands out, as soon as the form says what would be opened."""
        given = form.cleaned_data
        if not {"period", "starts_on", "state_under_review"} <= given.keys():
            return None
        return check_before_opening(given["period"].phase, given["state_under_review"], form.starting_day)

    def rest(self, form: Any, error: ServiceError) -> None:
        """It was refused, and the page shows what stands out: sent again it rests on that."""
        if check := self._check(form):
            form.carry(seen=check.seen)

    def perform(self, form: ReviewOpenForm) -> Review:
        period = form.cleaned_data["period"]
        return open_review(
            actor=self.user,
            phase=period.phase,
            state_under_review=form.cleaned_data["state_under_review"],
            reviewers=form.reviewers(),
            starts_on=form.starting_day,
            review_group=period.review_group,
            officer=form.cleaned_data["officer"],
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
        )

    def success_message_for(self, result: Review) -> str:
        message = _("The review of %(state)s is open. Its focal points are registered under “People” of this page.")
        return message % {"state": result.state_under_review}

    def success_url_for(self, result: Review) -> str:
        return reverse("portal:review-detail", args=[self.mechanism.slug, result.code])
