"""Pages of the drawing of lots: those of the secretariat under a mechanism, those for everybody under ``draws/``."""

from core.features import addresses_of

app_name = "lots"
urlpatterns = addresses_of("lots")
