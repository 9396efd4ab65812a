"""Pages of reviews, of those who take part, and of States."""

from core.features import addresses_of

app_name = "reviews"
urlpatterns = addresses_of("reviews")
