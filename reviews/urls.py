"""Pages of reviews, of those who take part, and of States."""

from django.urls import path

from reviews import views

app_name = "reviews"
_REVIEW = "<slug:mechanism>/reviews/<str:code>/"
urlpatterns = [
    path("states/", views.StateListView.as_view(), name="state-list"),
    path("states/<str:iso3>/", views.StateDetailView.as_view(), name="state-detail"),
    path("reviews/", views.ReviewHomeView.as_view(), name="review-home"),
    path("<slug:mechanism>/reviews/", views.ReviewListView.as_view(), name="review-list"),
    path("<slug:mechanism>/reviews/open/", views.ReviewOpenView.as_view(), name="review-open"),
    path(f"{_REVIEW}participants/", views.ParticipantListView.as_view(), name="participant-list"),
    path(f"{_REVIEW}participants/register/", views.ParticipantRegisterView.as_view(), name="participant-register"),
    path(
        f"{_REVIEW}participants/<uuid:participation>/end/",
        views.ParticipationEndView.as_view(),
        name="participant-end",
    ),
    path(f"{_REVIEW}remind/", views.ReviewRemindView.as_view(), name="review-remind"),
]
