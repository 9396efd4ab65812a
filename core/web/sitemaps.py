"""What search engines read of the public pages."""

import datetime as dt
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse


class PublicSitemap(Sitemap):
    """Pages called ``url_name``, in each language, at the address by which the portal calls itself.

    An item is a row of what the address of its page needs, and since when that is public.
    """

    url_name: ClassVar[str]
    i18n = True
    alternates = True
    limit = 1000

    def location(self, item: tuple[Any, ...]) -> str:
        return reverse(self.url_name, args=item[:-1])

    def lastmod(self, item: tuple[Any, ...]) -> dt.datetime:
        at: dt.datetime = item[-1]
        return at

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc
