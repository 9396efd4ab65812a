"""What programs ask for and people never see."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines out of everything but what is published, in every language of the pages."""
    places = ("published", "answers", "draws", "status", "roots")
    public = [f"Allow: /{code}/{place}/" for place in places for code, _name in settings.LANGUAGES]
    site_map = f"Sitemap: {settings.SITE_URL.rstrip('/')}/sitemap.xml"
    lines = ["User-agent: *", *public, "Allow: /sitemap", "Allow: /data/", "Disallow: /", "", site_map, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """For what asks at the root and does not read the page's own link."""
    return HttpResponseRedirect(static("img/favicon.svg"))
