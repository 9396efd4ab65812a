"""Where a page leads: the parts of the portal and, on a page of a review, the pages of that review."""

from dataclasses import dataclass, replace
from typing import Any

from django import template
from django.conf import settings
from django.utils.functional import Promise

from core.policy import can
from core.web.navigation import parts_for
from reviews.cases.enums import ReviewAction
from reviews.cases.models import Review
from reviews.navigation import ReviewPart, tabs_for

register = template.Library()
_PARTS_OF_PRACTICE = {"work", "reviews", "questionnaires", "practice"}


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """``current``: as ``aria-current`` has it, "page" for the page itself, "true" for what it lies under.

    ``waiting``: how much waits for the reader there.
    """

    label: str | Promise
    icon: str
    url: str
    current: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Navigation:
    """``tabs``: the pages of the part of a review in which the reader is, where there are several."""

    parts: list[NavigationLink]
    review: Review | None
    of_review: list[NavigationLink]
    tabs: list[NavigationLink]


def _is_here(part: str) -> bool:
    """In the practice portal there is no more than an exercise needs (portal.practice.middleware)."""
    return not settings.PRACTICE or part in _PARTS_OF_PRACTICE


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> Navigation:
    """The trail of a page says where it is: the link is marked that leads to it, or to what lies nearest above it."""
    request = context["request"]
    head, match = getattr(context.get("view"), "heading", None), request.resolver_match
    chain = [*(crumb.url for crumb in (head.trail if head else ())), request.path]
    mechanism = match.kwargs.get("mechanism", "") if match else ""
    shown = [(part, url) for part, url in parts_for(request.user, mechanism) if _is_here(part.icon)]
    parts = [NavigationLink(part.label, part.icon, url) for part, url in shown]
    review = _review_of(context)
    return Navigation(_marked(parts, chain), review, *_in_review(request.user, review, chain))


def _marked(links: list[NavigationLink], chain: list[str]) -> list[NavigationLink]:
    """``chain``: the pages above this one, from the outermost, and this one."""
    nearest = max((chain.index(link.url) for link in links if link.url in chain), default=None)
    if nearest is None:
        return links
    current = "page" if nearest == len(chain) - 1 else "true"
    return [replace(link, current=current) if link.url == chain[nearest] else link for link in links]


def _review_of(context: dict[str, Any]) -> Review | None:
    """The review under whose address the page lies, where the reader may see it; public pages are about others too."""
    match, review = context["request"].resolver_match, context.get("review")
    if match is None or not isinstance(review, Review) or match.kwargs.get("code") != review.code:
        return None
    return review if can(context["request"].user, ReviewAction.VIEW, review) else None


def _in_review(user: Any, review: Review | None, chain: list[str]) -> tuple[list[NavigationLink], list[NavigationLink]]:
    """The parts of the review, and the pages of the one in which the page lies."""
    if review is None:
        return [], []
    tabs = [(part, tab, url) for part, tabs in tabs_for(user, review).items() for tab, url in tabs]
    pages = _marked(
        [NavigationLink(tab.label, part.value, url, "", tab.waiting(user, review)) for part, tab, url in tabs], chain
    )
    links: list[NavigationLink] = []
    here: list[NavigationLink] = []
    for part in ReviewPart:
        own = [page for page in pages if page.icon == part]
        if own:
            current = own[0].current or next(("true" for page in own if page.current), "")
            links.append(NavigationLink(part.label, part.value, own[0].url, current, sum(page.waiting for page in own)))
            here = own if current and len(own) > 1 else here
    return links, here
