"""Where each app is mounted; pages stand under a language prefix, to which ``/`` leads."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path

from core.api.views import NothingView
from core.reference_site import reference_site

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.permission_denied"
handler404 = "portal.errors.page_not_found"
handler500 = "portal.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("core.urls")),
    path("", include("accounts.single_sign_on.site_urls")),
    path("", include("reviews.dates.feed_urls")),
    path("", include("observations.publications.site_urls")),
    path("", include("portal.open_data.feed_urls")),
    path("api/v1/", include("config.api_urls")),
    # Whatever stands behind it, line breaks among them.
    re_path(r"^api/(?:[^/]*/)*$", NothingView.as_view(), name="no-api"),
]
urlpatterns += i18n_patterns(
    # Before the addresses that begin with a mechanism.
    path("reference-data/", reference_site.urls),
    path("", include("core.page_urls")),
    path("", include("accounts.urls")),
    path("", include("accounts.sign_in_urls")),
    path("", include("questionnaires.urls")),
    path("", include("lots.urls")),
    # Before portal's, where "open" would be taken for the code of a review.
    path("", include("reviews.urls")),
    path("", include("dialogue.urls")),
    path("", include("observations.urls")),
    path("", include("portal.urls")),
)
