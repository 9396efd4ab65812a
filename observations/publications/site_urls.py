"""What search engines read: addresses without a language, for all that is public."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import index, sitemap
from django.urls import path

from observations.publications.feeds import PublicationSitemap

_SECTIONS = {"sitemaps": {"published": PublicationSitemap}}

urlpatterns = [
    path("sitemap.xml", login_not_required(index), {**_SECTIONS, "sitemap_url_name": "sitemap"}, name="sitemaps"),
    path("sitemap-<slug:section>.xml", login_not_required(sitemap), _SECTIONS, name="sitemap"),
]
