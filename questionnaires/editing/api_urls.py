from django.urls import path

from questionnaires.editing.api import (
    DraftApiView,
    DraftDifferencesApiView,
    EditorHomeApiView,
    VersionApiView,
)

_HOME = "<slug:mechanism>/questionnaires/"
_CLUSTER = f"{_HOME}<int:number>/"

urlpatterns = [
    path(_HOME, EditorHomeApiView.as_view(), name="editor-home"),
    path(f"{_CLUSTER}draft/", DraftApiView.as_view(), name="draft-detail"),
    path(f"{_CLUSTER}draft/differences/", DraftDifferencesApiView.as_view(), name="draft-differences"),
    path(f"{_CLUSTER}versions/<int:version>/", VersionApiView.as_view(), name="version-file"),
]
