"""Addresses of this feature's pages."""

from django.urls import path

from reviews.plans.views import (
    PlanChangeView,
    PlanCopyView,
    PlanDetailView,
    PlanDiscardView,
    PlanListView,
    PlanMoveView,
    PlanPublishView,
    PlanRowView,
)

_PLAN = "<slug:mechanism>/plans/<int:number>/"

urlpatterns = [
    path("<slug:mechanism>/plans/", PlanListView.as_view(), name="plan-list"),
    path(_PLAN, PlanDetailView.as_view(), name="plan-detail"),
    path(f"{_PLAN}copy/", PlanCopyView.as_view(), name="plan-copy"),
    path(f"{_PLAN}change/", PlanChangeView.as_view(), name="plan-change"),
    path(f"{_PLAN}milestones/<slug:slug>/", PlanRowView.as_view(), name="plan-row"),
    path(f"{_PLAN}discard/", PlanDiscardView.as_view(), name="plan-discard"),
    path(f"{_PLAN}publish/", PlanPublishView.as_view(), name="plan-publish"),
    path(f"{_PLAN}move/", PlanMoveView.as_view(), name="plan-move"),
]
