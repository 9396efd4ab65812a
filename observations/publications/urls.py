"""Addresses of this feature's pages."""

from django.urls import path

from observations.addresses import TEXT
from observations.publications.feeds import PublicationFeed, for_programs
from observations.publications.translation_views import (
    PublishedTranslationFileView,
    PublishedTranslationView,
    PublishTranslationsView,
)
from observations.publications.views import (
    PublicationDetailView,
    PublicationEndView,
    PublicationFileView,
    PublicationListView,
    PublicationPreviewView,
    PublishView,
)

_PUBLICATION = "published/<slug:mechanism>/<str:code>/<slug:instrument>/<slug:kind>/"
_INTO = f"{_PUBLICATION}in/<slug:language>/"

urlpatterns = [
    path(f"{TEXT}publication/", PublicationPreviewView.as_view(), name="publication-preview"),
    path(f"{TEXT}publication/publish/", PublishView.as_view(), name="publish"),
    path(f"{TEXT}publication/end/", PublicationEndView.as_view(), name="publication-end"),
    path(f"{TEXT}publication/translations/", PublishTranslationsView.as_view(), name="publication-translations"),
    path("published/", PublicationListView.as_view(), name="publication-list"),
    path("published/feed/", for_programs(PublicationFeed()), name="publication-feed"),
    path(_PUBLICATION, PublicationDetailView.as_view(), name="publication-detail"),
    path(f"{_PUBLICATION}v<int:number>/", PublicationDetailView.as_view(), name="publication-version"),
    path(_INTO, PublishedTranslationView.as_view(), name="publication-translation"),
    path(
        f"{_PUBLICATION}v<int:number>/in/<slug:language>/",
        PublishedTranslationView.as_view(),
        name="publication-translation-version",
    ),
    path(f"{_INTO}<slug:format>/", PublishedTranslationFileView.as_view(), name="publication-translation-file"),
    path(f"{_PUBLICATION}<slug:format>/", PublicationFileView.as_view(), name="publication-file"),
]
