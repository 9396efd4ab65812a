"""Pages of reviews, of those who take part, and of States."""

from core.features import modules_of

app_name = "reviews"
urlpatterns = [address for module in modules_of("reviews", "urls") for address in module.urlpatterns]
