from typing import Any

from django.views.generic import TemplateView

from core.pagination import NumberedPaginator
from core.views import PolicyView
from reviews.enums import StateAction
from reviews.forms import DirectoryFilterForm, ExpertFilterForm
from reviews.selectors.directory import experts_of, focal_points_by_state, reviews_with_experts

STATES_A_PAGE, REVIEWS_A_PAGE = 25, 10


class DirectoryView(PolicyView, TemplateView):
    """The focal points of all States, without the reviews in which they serve. Who is missing is not shown here."""

    policy_action = StateAction.VIEW_DIRECTORY
    template_name = "reviews/directory.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = DirectoryFilterForm(self.request.GET)
        chosen = form.cleaned_data if form.is_valid() else {}
        entries = focal_points_by_state(chosen.get("q", ""), chosen.get("group", ""))
        page = NumberedPaginator(entries, STATES_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(form_filter=form, page=page, **kwargs)


class DirectoryExpertsView(PolicyView, TemplateView):
    """The experts of the reviews that the reader may know of."""

    policy_action = StateAction.VIEW_DIRECTORY
    template_name = "reviews/directory_experts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        form = ExpertFilterForm(self.request.GET)
        text = form.cleaned_data["q"] if form.is_valid() else ""
        reviews = reviews_with_experts(user, text)
        page = NumberedPaginator(reviews, REVIEWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            form_filter=form, page=page, reviews=experts_of(user, list(page.object_list)), **kwargs
        )
