"""A person leaves a tour, or begins it again."""

from abc import ABC
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.people.enums import AccountAction
from accounts.profile import begin_tour_again, leave_tour
from core.web.views import ServiceActionView
from portal.tour.stops import Tour


class TourActView(ServiceActionView, ABC):
    """Leads back to the page (``next``) of the tour. Raises Http404 for a tour that there is not."""

    policy_action = AccountAction.VIEW_OWN_PROFILE

    @cached_property
    def tour(self) -> Tour:
        try:
            return Tour(self.kwargs["tour"])
        except ValueError as error:
            raise Http404(_("There is no such page.")) from error

    def next_url(self) -> str:
        page = self.request.POST.get("next", "")
        return page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else reverse("portal:dashboard")


class LeaveTourView(TourActView):
    def perform(self) -> str:
        user: Any = self.request.user
        leave_tour(actor=user, tour=self.tour)
        return ""


class TourAgainView(TourActView):
    def perform(self) -> str:
        user: Any = self.request.user
        begin_tour_again(actor=user, tour=self.tour)
        return ""
