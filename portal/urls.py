"""Pages that combine several apps."""

from core.features import addresses_of

app_name = "portal"
urlpatterns = addresses_of("portal")
