from core.api.acts import acts_of
from observations.translations.urls import urlpatterns as pages
from reviews.navigation import ReviewActView

_ACTS = (
    "translation",
    "translation-hand-in",
    "translation-confirm",
    "translation-end",
    "translation-machine",
    "translation-order",
)
urlpatterns = acts_of("observations", pages, _ACTS, scope_group="texts", base=ReviewActView)
