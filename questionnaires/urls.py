"""Pages of questionnaires and of the answers of a review, and the addresses that queue documents of them."""

from core.features import modules_of

app_name = "questionnaires"
urlpatterns = [address for module in modules_of("questionnaires", "urls") for address in module.urlpatterns]
