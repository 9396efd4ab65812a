"""Pages of the texts on which the States agree."""

from core.features import modules_of

app_name = "observations"
urlpatterns = [address for module in modules_of("observations", "urls") for address in module.urlpatterns]
