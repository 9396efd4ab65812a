from django.urls import path

from questionnaires.reuse.api import EarlierAnswersApiView, EarlierSetAsideApiView, LinkedAnswersApiView

_RESPONSE = "<slug:mechanism>/reviews/<str:code>/self-assessment/"

urlpatterns = [
    path(f"{_RESPONSE}earlier/", EarlierAnswersApiView.as_view(), name="earlier-answers"),
    path(f"{_RESPONSE}earlier/set-aside/", EarlierSetAsideApiView.as_view(), name="earlier-set-aside"),
    path(f"{_RESPONSE}linked/<str:question>/", LinkedAnswersApiView.as_view(), name="linked-answers"),
]
