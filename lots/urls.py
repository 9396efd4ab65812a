"""Pages of the drawing of lots: those of the secretariat under a mechanism, those for everybody under ``draws/``."""

from core.features import modules_of

app_name = "lots"
urlpatterns = [address for module in modules_of("lots", "urls") for address in module.urlpatterns]
