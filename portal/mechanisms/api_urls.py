from django.urls import path

from core.api.acts import acts_of
from core.api.files import FileTwin, twins_of
from portal.mechanisms.api import MechanismChoiceApiView, MechanismChoiceListApiView, MechanismListApiView
from portal.mechanisms.urls import urlpatterns as pages

_ACTS = (
    "mechanism-again",
    "mechanism-confirm",
    "mechanism-withdraw",
    "mechanism-empty",
    "mechanism-load",
    "mechanism-articles",
    "mechanism-parties",
)
_FILES = (
    "mechanism-choice-download",
    "mechanism-download",
)
urlpatterns = [
    path("setup/mechanism/", MechanismListApiView.as_view(), name="mechanism-list"),
    path("setup/mechanism/choices/", MechanismChoiceListApiView.as_view(), name="mechanism-choices"),
    path("setup/mechanism/file/<uuid:choice>/", MechanismChoiceApiView.as_view(), name="mechanism-choice"),
    *acts_of("portal", pages, _ACTS, scope_group="office"),
    *twins_of(FileTwin, "portal", pages, _FILES, scope_group="office"),
]
