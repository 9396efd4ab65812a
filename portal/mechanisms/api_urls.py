from django.urls import path

from portal.mechanisms.api import MechanismChoiceApiView, MechanismListApiView

urlpatterns = [
    path("setup/mechanism/", MechanismListApiView.as_view(), name="mechanism-list"),
    path("setup/mechanism/file/<uuid:choice>/", MechanismChoiceApiView.as_view(), name="mechanism-choice"),
]
