"""Pages of what the States exchange on the answers."""

from core.features import addresses_of

app_name = "dialogue"
urlpatterns = addresses_of("dialogue")
