"""Pages of questionnaires and of the answers of a review, and the addresses that queue documents of them."""

from core.features import addresses_of

app_name = "questionnaires"
urlpatterns = addresses_of("questionnaires")
