from django.urls import path

from reviews.addresses import REVIEW
from reviews.concerns.api import ConcernDetailApiView, ConcernListApiView

urlpatterns = [
    path(f"{REVIEW}concerns/", ConcernListApiView.as_view(), name="concern-list"),
    path(f"{REVIEW}concerns/<uuid:concern>/", ConcernDetailApiView.as_view(), name="concern-detail"),
]
