from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView, View

from core.database.identity import identified_as
from core.hashes import text_hash
from core.language.i18n import in_own_order, interface_language, isolated
from core.web.pages import Crumb
from core.web.views import PolicyView, ServiceActionView
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.dates.exports import calendar_of
from reviews.dates.feeds import dates_of, feed_of, feeds_of, find_feed, get_feed_for, note_use
from reviews.dates.models import CalendarFeed
from reviews.dates.services import MadeFeed, end_feed, make_feed
from reviews.meetings import CONTENT_TYPE
from reviews.navigation import ReviewPage


class FeedPage(PolicyView, TemplateView):
    """A page that makes an address by POST, and shows it in the answer: nowhere else and never again."""

    title = gettext_lazy("Your calendar address")

    def get_caption(self) -> str:
        review = self.review_of_feed()
        if review is None:
            return _("All my reviews")
        words = {"state": review.state_under_review, "code": isolated(str(review))}
        return _("Review of %(state)s, %(code)s") % words

    def get_trail(self) -> list[Crumb]:
        return [_profile(), Crumb(_("Your calendar"), reverse("reviews:calendar-feed-list"))]

    def review_of_feed(self) -> Review | None:
        return None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        made = make_feed(actor=self.user, review=self.review_of_feed())
        context = self.get_context_data(made=made, feed_address=address_of(made), **kwargs)
        answer = self.response_class(
            request, ["reviews/dates/calendar_feed_made.html"], context, using=self.template_engine
        )
        patch_cache_control(answer, private=True, no_store=True)
        return answer


class CalendarFeedsView(PolicyView, TemplateView):
    """One's own private addresses."""

    policy_action = ReviewAction.LIST
    title = gettext_lazy("Your calendar")
    template_name = "reviews/dates/calendar_feeds.html"

    def get_trail(self) -> list[Crumb]:
        return [_profile()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        feeds = list(feeds_of(self.user))
        has_all = any(feed.review_id is None for feed in feeds)
        return super().get_context_data(feeds=feeds, has_all=has_all, **kwargs)


class CalendarFeedMakeView(FeedPage):
    """Make the address for all of one's reviews."""

    http_method_names = ["post"]
    policy_action = ReviewAction.MAKE_FEED


class CalendarFeedRenewView(FeedPage):
    """Another address in the place of one that somebody else may know."""

    http_method_names = ["post"]
    policy_action = ReviewAction.MAKE_FEED
    feed: CalendarFeed

    def get_policy_target(self) -> Review | None:
        self.feed = get_feed_for(self.user, self.kwargs["feed"])
        return self.feed.review

    def review_of_feed(self) -> Review | None:
        return self.feed.review


class CalendarFeedEndView(ServiceActionView):
    policy_action = ReviewAction.LIST
    feed: CalendarFeed

    def get_policy_target(self) -> None:
        self.feed = get_feed_for(self.user, self.kwargs["feed"])

    def perform(self) -> str:
        end_feed(actor=self.user, feed=self.feed)
        return _("The address is ended. Calendars that read it get nothing any more.")

    def next_url(self) -> str:
        return reverse("reviews:calendar-feed-list")


class ReviewCalendarView(ReviewPage, FeedPage):
    """What the calendar of one review holds; POST makes the reader's own address for it."""

    policy_action = ReviewAction.MAKE_FEED
    template_name = "reviews/dates/calendar_review.html"

    def get_title(self) -> str | Promise:
        return self.title if self.request.method == "POST" else _("Calendar of the review")

    def get_caption(self) -> str:
        return ""

    def review_of_feed(self) -> Review:
        return self.review

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(feed=feed_of(self.user, self.review), **kwargs)


@method_decorator(login_not_required, name="dispatch")
class CalendarFeedView(View):
    """What a calendar program reads. The secret in the address is the right; the content is its person's.

    Policy and database answer as to the person at that moment, so that an ended participation shows nothing. No
    session is begun, and no shared cache keeps it.
    """

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        patch_cache_control(answer, private=True, no_cache=True)
        return answer

    def get(self, request: HttpRequest, secret: str) -> HttpResponseBase:
        feed = find_feed(secret)
        with identified_as(feed.user), translation.override(interface_language(feed.user.language)):
            content = calendar_of(dates_of(feed), _name_of(feed))
        note_use(feed)
        answer = HttpResponse(content, content_type=CONTENT_TYPE)
        answer.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
        etag = f'"{text_hash(content.decode())}"'
        answer.headers["ETag"] = etag
        return get_conditional_response(request, etag=etag, response=answer) or answer


def address_of(made: MadeFeed) -> str:
    """The address for the program: it bears no language, which is that of the person's profile."""
    return settings.SITE_URL.rstrip("/") + reverse("calendar-feed", args=[made.secret])


def _profile() -> Crumb:
    return Crumb(_("Your profile"), reverse("accounts:profile"))


def _name_of(feed: CalendarFeed) -> str:
    if feed.review is None:
        return _("My country reviews")
    words = {"state": feed.review.state_under_review, "code": in_own_order(feed.review.code)}
    return _("Review of %(state)s, %(code)s") % words
