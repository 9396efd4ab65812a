"""Pages of the drawing of lots: those of the secretariat under a mechanism, those for everybody under ``draws/``."""

from django.urls import path

from lots import views

app_name = "lots"
_DRAWS = "<slug:mechanism>/draws/"
_DRAW = f"{_DRAWS}<str:code>/"
_SEED = f"{_DRAW}seed/<slug:source>/"
_PUBLIC = "draws/<slug:mechanism>/<str:code>/"
urlpatterns = [
    path("draws/", views.PublicDrawListView.as_view(), name="public-draw-list"),
    path("draws/home/", views.DrawHomeView.as_view(), name="draw-home"),
    path(_PUBLIC, views.PublicDrawView.as_view(), name="public-draw"),
    path(f"{_PUBLIC}files/<str:name>", views.PublicDrawFileView.as_view(), name="public-draw-file"),
    path(_DRAWS, views.DrawListView.as_view(), name="draw-list"),
    path(f"{_DRAWS}prepare/", views.DrawPrepareView.as_view(), name="draw-prepare"),
    path(_DRAW, views.DrawDetailView.as_view(), name="draw-detail"),
    path(f"{_DRAW}announce/", views.DrawAnnounceView.as_view(), name="draw-announce"),
    path(f"{_SEED}commit/", views.SeedCommitView.as_view(), name="seed-commit"),
    path(f"{_SEED}reveal/", views.SeedRevealView.as_view(), name="seed-reveal"),
    path(f"{_DRAW}run/", views.DrawRunView.as_view(), name="draw-run"),
    path(f"{_DRAW}ceremony/", views.DrawCeremonyView.as_view(), name="draw-ceremony"),
    path(f"{_DRAW}publish/", views.DrawPublishView.as_view(), name="draw-publish"),
    path(f"{_DRAW}void/", views.DrawVoidView.as_view(), name="draw-void"),
    path(f"{_DRAW}void/confirm/", views.DrawVoidConfirmView.as_view(), name="draw-void-confirm"),
    path(f"{_DRAW}protocol/", views.ProtocolStartView.as_view(), name="draw-protocol"),
    path(f"{_DRAW}files/<str:name>", views.DrawFileView.as_view(), name="draw-file"),
]
