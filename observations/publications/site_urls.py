"""What search engines read: addresses without a language, for all that is public."""

from django.contrib.sitemaps.views import index, sitemap
from django.urls import path

from observations.publications.feeds import PublicationSitemap, TranslationSitemap, for_programs
from questionnaires.sharing import SharedAnswersSitemap

_SECTIONS = {
    "sitemaps": {
        "published": PublicationSitemap,
        "translations": TranslationSitemap,
        "answers": SharedAnswersSitemap,
    }
}

urlpatterns = [
    path("sitemap.xml", for_programs(index), {**_SECTIONS, "sitemap_url_name": "sitemap"}, name="sitemaps"),
    path("sitemap-<slug:section>.xml", for_programs(sitemap), _SECTIONS, name="sitemap"),
]
