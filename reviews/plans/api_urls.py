from django.urls import path

from reviews.plans.api import PlanDetailApiView, PlanListApiView

urlpatterns = [
    path("<slug:mechanism>/plans/", PlanListApiView.as_view(), name="plan-list"),
    path("<slug:mechanism>/plans/<int:number>/", PlanDetailApiView.as_view(), name="plan-detail"),
]
