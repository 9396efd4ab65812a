"""Pages of the texts on which the States agree."""

from core.features import addresses_of

app_name = "observations"
urlpatterns = addresses_of("observations")
