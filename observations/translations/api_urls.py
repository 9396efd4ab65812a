from django.urls import path

from core.api.acts import acts_of
from observations.addresses import TEXT
from observations.translations.api import MachineActView, OwnTranslationListApiView, TranslationListApiView
from observations.translations.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "translation",
    "translation-hand-in",
    "translation-confirm",
    "translation-end",
    "translation-order",
)
urlpatterns = [
    path("translations/", OwnTranslationListApiView.as_view(), name="translation-own"),
    path(f"{TEXT}translations/", TranslationListApiView.as_view(), name="translation-list"),
    *acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView),
    *acts_of("observations", pages, ("translation-machine",), scope_group="texts", base=MachineActView),
]
