"""The mails on requests for access. They name the State and the act in general, and nobody who is in the request."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import translation

from accounts.people import officers
from accounts.people.models import User
from core.language.i18n import interface_language
from core.mail import notifications
from core.policy import can
from reviews.access.enums import AccessAction, AccessKind, AccessNews
from reviews.access.models import AccessRequest
from reviews.access.selectors import focal_points_everywhere, people_told, watchers


def tell_of_request(user: User, request: AccessRequest, news: AccessNews) -> None:
    """Tell a person who may open the request how it stands, and by when it takes effect."""
    with translation.override(interface_language(user.language)):
        path = reverse("reviews:access-detail", args=[request.pk])
        context = _context(request, news, path)
        context["state"] = str(request.state_party.name) if request.state_party else ""
    notifications.queue(user, "reviews/access_news", context, key=_key(user, request, news))


def tell_state(request: AccessRequest, news: AccessNews) -> int:
    """Tell all of the State's people and its mission, and the person whose account it is; give how many."""
    people = people_told(request)
    for user in people:
        tell_of_request(user, request, news)
    return len(people)


def tell_officers(request: AccessRequest, news: AccessNews) -> None:
    """Those who can approve it while it waits for one of them, the two who stand behind it afterwards."""
    if news == AccessNews.WAITS:
        told: Iterable[User] = [each for each in officers() if can(each, AccessAction.APPROVE, request)]
    else:
        told = {user for user in (request.prepared_by, request.approved_by) if user is not None}
    for user in told:
        tell_of_request(user, request, news)


def tell_stop(request: AccessRequest) -> None:
    """Send the old address the link that stops a change of address; the secret is made when the mail leaves.

    It goes to that address however late it leaves.
    """
    user = request.person
    if user is None or request.effective_at is None:
        return
    context = {"request": str(request.pk), "until": request.effective_at.isoformat()}
    notifications.queue(user, "reviews/access_stop", context, key=f"access-stop:{request.pk}", other_address=user.email)


def tell_watchers(request: AccessRequest) -> None:
    """Tell every State's focal points, administrators and auditors that an officer acts alone; not for which State."""
    told = {user.pk for user in people_told(request)}
    for user in {*focal_points_everywhere(), *watchers()}:
        if user.pk not in told:
            with translation.override(interface_language(user.language)):
                context = _context(request, AccessNews.ALONE, reverse("portal:dashboard"))
            notifications.queue(user, "reviews/access_news", context, key=_key(user, request, AccessNews.ALONE))


def _context(request: AccessRequest, news: AccessNews, path: str) -> dict[str, str]:
    has_time = news in {AccessNews.TOLD, AccessNews.ALONE, AccessNews.DELAYED} and request.effective_at is not None
    until = request.effective_at.isoformat() if has_time and request.effective_at else ""
    if request.kind == AccessKind.MEMBER:
        sentence = news.of_member(request.role_wanted)
        return {"state": "", "sentence": sentence, "until": until, "path": path, "topic": "secretariat"}
    return {"state": "", "sentence": str(news.label), "until": until, "path": path}


def _key(user: User, request: AccessRequest, news: AccessNews) -> str:
    return f"access-{news}:{request.pk}:{user.pk}"
