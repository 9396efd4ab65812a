"""Pages of accounts."""

from core.features import addresses_of

app_name = "accounts"
urlpatterns = addresses_of("accounts")
