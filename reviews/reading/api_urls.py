from django.urls import path

from core.api.acts import acts_of
from reviews.reading.api import ReadingListApiView
from reviews.reading.urls import urlpatterns as pages

_ACTS = (
    "reading-add",
    "reading-change",
    "reading-withdraw",
    "reading-put-back",
)
urlpatterns = [
    path("<slug:mechanism>/publications-and-tools/", ReadingListApiView.as_view(), name="reading-list"),
    *acts_of("reviews", pages, _ACTS, scope_group="office"),
]
