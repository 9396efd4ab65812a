"""Addresses of this feature's pages."""

from django.urls import path

from lots.ceremony.views.ceremony import DrawCeremonyView
from lots.ceremony.views.seeds import SeedCommitView, SeedRevealView

_DRAWS = "<slug:mechanism>/draws/"
_DRAW = f"{_DRAWS}<str:code>/"
_SEED = f"{_DRAW}seed/<slug:source>/"

urlpatterns = [
    path(f"{_SEED}commit/", SeedCommitView.as_view(), name="seed-commit"),
    path(f"{_SEED}reveal/", SeedRevealView.as_view(), name="seed-reveal"),
    path(f"{_DRAW}ceremony/", DrawCeremonyView.as_view(), name="draw-ceremony"),
]
