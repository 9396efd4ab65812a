"""Where each app is mounted; pages stand under a language prefix, to which ``/`` leads."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.permission_denied"
handler404 = "portal.views.errors.page_not_found"
handler500 = "portal.views.errors.server_error"

urlpatterns = [path("", include("core.urls"))]
urlpatterns += i18n_patterns(
    path("", include("accounts.urls")),
    path("", include("questionnaires.urls")),
    # Before portal's, where "open" would be taken for the code of a review.
    path("", include("reviews.urls")),
    path("", include("portal.urls")),
    path("reference-data/", admin.site.urls),
)
