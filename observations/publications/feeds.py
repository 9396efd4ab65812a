"""What was made public last, as a feed, and all of it for search engines."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from core.language.i18n import in_own_order
from core.web.sitemaps import PublicSitemap
from core.web.views.public import PUBLIC_FOR
from observations.publications.models import PublishedTranslation
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


class PublicationSitemap(PublicSitemap):
    """Every public document."""

    url_name = "observations:publication-detail"

    def items(self) -> QuerySet[Publication, Any]:
        review = "agreed_text__review"
        names = (f"{review}__mechanism__slug", f"{review}__code", "agreed_text__instrument__slug", "agreed_text__kind")
        return publications().order_by("published_at").values_list(*names, "published_at")

    def get_latest_lastmod(self) -> dt.datetime | None:
        at: dt.datetime | None = publications().order_by().aggregate(at=Max("published_at"))["at"]
        return at


class TranslationSitemap(PublicationSitemap):
    """Every translation of a public document, at the address with its language.

    Which page speaks which language the pages themselves say.
    """

    url_name = "observations:publication-translation"
    alternates = False

    def items(self) -> QuerySet[Any, Any]:
        text = "publication__agreed_text"
        names = (f"{text}__review__mechanism__slug", f"{text}__review__code", f"{text}__instrument__slug")
        rows = PublishedTranslation.objects.filter(publication__in=publications().order_by())
        rows = rows.order_by("publication__published_at", "language")
        return rows.values_list(*names, f"{text}__kind", "language", "updated_at")

    def get_latest_lastmod(self) -> dt.datetime | None:
        at: dt.datetime | None = self.items().order_by().aggregate(at=Max("updated_at"))["at"]
        return at


def for_programs(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that programs read without signing in, kept no longer than public pages are, and free to be found."""

    @login_not_required
    def answered(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        http_response = view(request, **kwargs)
        for name in ("Last-Modified", "X-Robots-Tag"):
            http_response.headers.pop(name, None)
        patch_cache_control(http_response, public=True, max_age=PUBLIC_FOR)
        return http_response

    return answered
