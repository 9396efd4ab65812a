from django.urls import path

from core.api.acts import acts_of
from questionnaires.editing.api import (
    DraftApiView,
    DraftDifferencesApiView,
    EditorHomeApiView,
    VersionApiView,
)
from questionnaires.editing.urls import urlpatterns as pages

_HOME = "<slug:mechanism>/questionnaires/"
_CLUSTER = f"{_HOME}<int:number>/"

_ACTS = (
    "draft-start",
    "draft-start-empty",
    "version-map-item",
    "draft-head",
    "draft-item-back",
    "draft-discard",
    "draft-publish",
    "draft-translation-head",
    "draft-translation-section",
    "draft-part-add",
    "draft-part-change",
    "draft-part-remove",
    "draft-section-remove",
    "draft-item-move",
    "draft-item-remove",
    "draft-condition",
)

urlpatterns = [
    path(_HOME, EditorHomeApiView.as_view(), name="editor-home"),
    path(f"{_CLUSTER}draft/", DraftApiView.as_view(), name="draft-detail"),
    path(f"{_CLUSTER}draft/differences/", DraftDifferencesApiView.as_view(), name="draft-differences"),
    path(f"{_CLUSTER}versions/<int:version>/", VersionApiView.as_view(), name="version-file"),
    *acts_of("questionnaires", pages, _ACTS, scope_group="office"),
]
