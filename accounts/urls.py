"""Pages of accounts."""

from core.features import modules_of

app_name = "accounts"
urlpatterns = [address for module in modules_of("accounts", "urls") for address in module.urlpatterns]
