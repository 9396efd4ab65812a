from django.urls import path

from reviews.reading.api import ReadingListApiView

urlpatterns = [path("<slug:mechanism>/publications-and-tools/", ReadingListApiView.as_view(), name="reading-list")]
