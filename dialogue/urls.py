"""Pages of what the States exchange on the answers."""

from core.features import modules_of

app_name = "dialogue"
urlpatterns = [address for module in modules_of("dialogue", "urls") for address in module.urlpatterns]
