"""Addresses of this feature's pages."""

from django.urls import path

from portal.mechanisms.views import choosing, filling

_CHOICE, _OF = "setup/mechanism/file/<uuid:choice>/", "setup/mechanism/of/<slug:mechanism>/"

urlpatterns = [
    path("setup/mechanism/", choosing.MechanismListView.as_view(), name="mechanism-list"),
    path("setup/mechanism/file/", choosing.MechanismFileView.as_view(), name="mechanism-file"),
    path("setup/mechanism/empty/", choosing.MechanismEmptyView.as_view(), name="mechanism-empty"),
    path(_CHOICE, choosing.MechanismChoiceView.as_view(), name="mechanism-choice"),
    path(f"{_CHOICE}download/", choosing.MechanismChoiceDownloadView.as_view(), name="mechanism-choice-download"),
    path(f"{_CHOICE}confirm/", choosing.MechanismConfirmView.as_view(), name="mechanism-confirm"),
    path(f"{_CHOICE}again/", choosing.MechanismLoadAgainView.as_view(), name="mechanism-again"),
    path(f"{_CHOICE}withdraw/", choosing.MechanismWithdrawView.as_view(), name="mechanism-withdraw"),
    path(_OF, choosing.MechanismContentsView.as_view(), name="mechanism-contents"),
    path(f"{_OF}load/", choosing.MechanismLoadView.as_view(), name="mechanism-load"),
    path(f"{_OF}download/", choosing.MechanismDownloadView.as_view(), name="mechanism-download"),
    path(f"{_OF}articles/", filling.MechanismArticlesView.as_view(), name="mechanism-articles"),
    path(f"{_OF}parties/", filling.MechanismPartiesView.as_view(), name="mechanism-parties"),
]
