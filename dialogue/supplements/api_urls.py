from django.urls import path

from core.api.acts import acts_of
from dialogue.supplements.api import SupplementListApiView
from dialogue.supplements.urls import urlpatterns as pages
from reviews.addresses import REVIEW
from reviews.navigation import ReviewActView

_ACTS = (
    "supplement-add",
    "supplement-offer",
    "supplement-volunteer",
    "supplement-edit",
    "supplement-send",
    "supplement-discard",
    "supplement-of-answer",
)
urlpatterns = [
    path(f"{REVIEW}dialogue/", SupplementListApiView.as_view(), name="dialogue"),
    *acts_of("dialogue", pages, _ACTS, scope_group="dialogue", base=ReviewActView),
]
