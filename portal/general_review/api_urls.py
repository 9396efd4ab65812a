from django.urls import path

from portal.general_review.api import GeneralReviewApiView

urlpatterns = [path("<slug:mechanism>/general-review/", GeneralReviewApiView.as_view(), name="general-review")]
