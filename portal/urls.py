"""Pages that combine several apps."""

from core.features import modules_of

app_name = "portal"
urlpatterns = [address for module in modules_of("portal", "urls") for address in module.urlpatterns]
