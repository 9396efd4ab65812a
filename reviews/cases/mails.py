"""News of a review by mail. It names the review by its code and leads to a page of it; it holds no content."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

from accounts.people import Actor
from accounts.people.models import User
from core.language.i18n import interface_language
from core.language.terminology import named, speaking
from core.mail import notifications
from reviews.cases.enums import News
from reviews.cases.models import Review


def review_path(review: Review, user: User) -> str:
    """The address of a review's page, in the language of whom the mail goes to."""
    with translation.override(interface_language(user.language)):
        return reverse("portal:review-detail", args=[review.mechanism.slug, review.code])


def tell(
    people: Iterable[User | None],
    review: Review,
    news: News,
    *,
    page: str,
    args: tuple[str, ...] = (),
    key: str,
    but: Actor | None = None,
    is_private: bool = False,
    more: str | Promise = "",
) -> None:
    """Tell people what has happened in a review, ``but`` who did it; None is an officer whom the review has not.

    ``page`` is the name of the address that the mail leads to. Of news with one ``key`` everybody is told once. Of news
    that ``is_private`` no list of mails tells. ``more``: a sentence after the news, with
    no content either.
    """
    for user in people:
        if user is None or user == but:
            continue
        with translation.override(interface_language(user.language)), speaking(named(review.mechanism.slug)):
            path = reverse(page, args=[review.mechanism.slug, review.code, *args])
            context = {"code": review.code, "sentence": f"{news.label} {more}".strip(), "path": path}
            notifications.queue(user, "reviews/news", context, key=f"{news}:{key}:{user.pk}", is_private=is_private)
