from django.urls import path

from core.api.acts import acts_of
from reviews.plans.api import PlanDetailApiView, PlanListApiView
from reviews.plans.urls import urlpatterns as pages

_ACTS = (
    "plan-copy",
    "plan-change",
    "plan-row",
    "plan-discard",
    "plan-publish",
    "plan-move",
)
urlpatterns = [
    path("<slug:mechanism>/plans/", PlanListApiView.as_view(), name="plan-list"),
    path("<slug:mechanism>/plans/<int:number>/", PlanDetailApiView.as_view(), name="plan-detail"),
    *acts_of("reviews", pages, _ACTS, scope_group="office"),
]
