"""The API, version 1. Its document is served to those who are signed in and kept in docs/api/openapi.yaml."""

from django.urls import include, path, re_path

from core.api.root import RootView
from core.api.views import DocumentView, NothingView
from core.features import addresses_of

app_name = "api"
urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("schema/", DocumentView.as_view(), name="schema"),
    path("", include("portal.work.api_urls")),
    path("", include("questionnaires.published.api_urls")),
    path("", include("reviews.lists.api_urls")),
    path("", include("reviews.participants.api_urls")),
    path("", include("questionnaires.laws.api_urls")),
    path("", include("core.api.urls")),
    path("", include("accounts.lifecycle.api_urls")),
    path("", include("accounts.contacts.api_urls")),
    path("", include("reviews.states.api_urls")),
    path("", include("reviews.reading.api_urls")),
    path("", include("reviews.plans.api_urls")),
    path("", include("reviews.periods.api_urls")),
    path("", include("reviews.dates.api_urls")),
    path("", include("reviews.meetings.api_urls")),
    path("", include("reviews.polls.api_urls")),
    path("", include("reviews.minutes.api_urls")),
    path("", include("reviews.consultations.api_urls")),
    path("", include("reviews.concerns.api_urls")),
    path("", include("reviews.symbols.api_urls")),
    path("", include("reviews.record.api_urls")),
    path("", include("reviews.nominations.api_urls")),
    path("", include("reviews.access.api_urls")),
    path("", include("reviews.outreach.api_urls")),
    path("", include("reviews.bringing.api_urls")),
    path("", include("lots.publication.api_urls")),
    path("", include("lots.course.api_urls")),
    path("", include("portal.cockpit.api_urls")),
    path("", include("portal.general_review.api_urls")),
    path("", include("portal.search.api_urls")),
    path("", include("portal.desk.api_urls")),
    path("", include("portal.reminders.api_urls")),
    path("", include("portal.mechanisms.api_urls")),
    path("", include("portal.reference.api_urls")),
    path("", include("questionnaires.clearance.api_urls")),
    path("", include("questionnaires.answers.api_urls")),
    path("", include(addresses_of("dialogue", "api_urls"))),
    path("", include(addresses_of("observations", "api_urls"))),
    # Last. What lacks its slash at the end is led on to the address with one, as everywhere.
    re_path(r"^(?:[^/]*/)+$", NothingView.as_view(), name="nothing"),
]
