from core.api.files import FileTwin, twins_of
from lots.bringing.urls import urlpatterns as pages

urlpatterns = twins_of(FileTwin, "lots", pages, ("draw-sheet",), scope_group="office")
