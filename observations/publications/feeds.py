"""What was made public last, as a feed, and all of it for search engines."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from core.language.i18n import in_own_order
from observations.publications.selectors import publications
from observations.texts.models import Publication

_MOST = 50


def _path(publication: Publication) -> str:
    text = publication.agreed_text
    address = [text.review.mechanism.slug, text.review.code, text.instrument.slug, text.kind]
    return reverse("observations:publication-detail", args=address)


class PublicationFeed(Feed):
    """The latest public documents (Atom, RFC 4287)."""

    feed_type = Atom1Feed
    title = _("Published documents")
    subtitle = _("Lists of observations and summaries of country reviews.")

    def link(self) -> str:
        return reverse("observations:publication-list")

    def items(self) -> Iterable[Publication]:
        return publications().defer("version__document", "version__rendered")[:_MOST]

    def item_title(self, item: Publication) -> str:
        text = item.agreed_text
        return f"{text.get_kind_display()}, {text.instrument}: {text.review.state_under_review}"

    def item_description(self, item: Publication) -> str:
        review = item.agreed_text.review
        return f"{review.mechanism} · {in_own_order(review.code)} · {item.agreed_text.get_language_display()}"

    def item_link(self, item: Publication) -> str:
        return _path(item)

    def item_guid(self, item: Publication) -> str:
        return f"urn:uuid:{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Publication) -> dt.datetime:
        return item.published_at

    def item_updateddate(self, item: Publication) -> dt.datetime:
        return item.published_at


class PublicationSitemap(Sitemap):
    """Every public document, in each language of the pages."""

    i18n = True
    alternates = True
    x_default = True
    limit = 5000

    def items(self) -> QuerySet[Publication]:
        return publications().defer("version__document", "version__rendered")

    def location(self, item: Publication) -> str:
        return _path(item)

    def lastmod(self, item: Publication) -> dt.datetime:
        return item.published_at
