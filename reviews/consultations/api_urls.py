from django.urls import path

from core.api.acts import acts_of
from reviews.addresses import REVIEW
from reviews.consultations.api import ConsultationApiView
from reviews.consultations.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "consultation-propose",
    "consultation-confirm",
    "consultation-go-ahead",
)
urlpatterns = [
    path(f"{REVIEW}consultations/", ConsultationApiView.as_view(), name="consultation"),
    *acts_of("reviews", pages, _ACTS, scope_group="reviews", base=ReviewActView),
]
