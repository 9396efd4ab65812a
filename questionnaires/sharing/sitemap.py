"""What search engines read of answers that are open to everybody."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.selectors import public_shares


class SharedAnswersSitemap(Sitemap):
    """All of them, in each language of the pages, at the address by which the portal calls itself."""

    i18n = True
    alternates = True
    limit = 1000

    def items(self) -> QuerySet[AnswersShare, Any]:
        names = ("review__mechanism__slug", "review__code", "audience", "shared_at")
        return public_shares().order_by("shared_at").values_list(*names)

    def location(self, item: tuple[Any, ...]) -> str:
        return reverse("questionnaires:shared-answers", args=item[:3])

    def lastmod(self, item: tuple[Any, ...]) -> dt.datetime:
        at: dt.datetime = item[3]
        return at

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc
