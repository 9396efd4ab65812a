from django.urls import path

from core.api.acts import acts_of
from dialogue.asides.api import AsideListApiView
from dialogue.asides.urls import urlpatterns as pages
from reviews.addresses import REVIEW
from reviews.navigation import ReviewActView

_ACTS = ("aside-matter", "aside", "aside-resolve")
urlpatterns = [
    path(f"{REVIEW}threads/internal/", AsideListApiView.as_view(), name="aside-list"),
    *acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView),
]
