from core.api.files import twins_of
from portal.dossier.urls import urlpatterns as pages
from reviews.navigation import ReviewJobTwin

_DOCUMENTS = ("dossier", "exchange-document")
urlpatterns = twins_of(ReviewJobTwin, "portal", pages, _DOCUMENTS, scope_group="reviews")
