"""Pages that combine several apps."""

from django.urls import path

from portal import views

app_name = "portal"
urlpatterns = [
    path("", views.DashboardView.as_view(), name="dashboard"),
    path("<slug:mechanism>/reviews/<str:code>/", views.ReviewDetailView.as_view(), name="review-detail"),
]
