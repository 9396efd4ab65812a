"""The portal with a page that the practice portal has never heard of."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import urls


def tomorrow(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Everything that everybody has written")


urlpatterns = [path("tomorrow/", tomorrow, name="tomorrow"), *urls.urlpatterns]
