from django.urls import path

from reviews.addresses import REVIEW
from reviews.consultations.api import ConsultationApiView

urlpatterns = [path(f"{REVIEW}consultations/", ConsultationApiView.as_view(), name="consultation")]
