from django.urls import path

from reviews.participants.api import ParticipantListApiView

urlpatterns = [
    path("<slug:mechanism>/reviews/<str:code>/participants/", ParticipantListApiView.as_view(), name="participant-list")
]
