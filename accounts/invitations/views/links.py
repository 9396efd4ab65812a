"""What the pages behind links by mail share: the secret leaves the address before a page is shown."""

from typing import Any, ClassVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View

from accounts.invitations.links import LinkKind, LinkStatus, read_link_token, status_of_link
from accounts.people import get_account
from accounts.people.models import User

# As long as the page may stand open after the link was followed (seconds).
_PAGE_STANDS = 2 * 60 * 60


@method_decorator(login_not_required, name="dispatch")
class LinkView(View):
    """Public. Reads the secret of a link, notes in the browser's session what it proves, and leads on without it.

    So no page, no page's Referer and no history after it holds the secret. The session holds whose the link is and how
    the account stood, never the secret. A damaged link leaves no trace.
    """

    http_method_names = ["get"]
    kind: ClassVar[LinkKind]
    page: ClassVar[str]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        reading = read_link_token(self.kind, token)
        if reading.status == LinkStatus.DAMAGED:
            return damaged(request)
        request.session[_key(self.kind)] = {
            "user": reading.user_id,
            "state": reading.state,
            "is_late": reading.status == LinkStatus.EXPIRED,
            "until": timezone.now().timestamp() + _PAGE_STANDS,
        }
        http_response = HttpResponseRedirect(reverse(self.page))
        http_response["Referrer-Policy"] = "no-referrer"
        http_response["Cache-Control"] = "no-store"
        return http_response


class FollowedLink:
    """The link that this browser has followed, as it is worth now."""

    def __init__(self, request: HttpRequest, kind: LinkKind) -> None:
        self.kind, self.session = kind, request.session
        kept: dict[str, Any] = request.session.get(_key(kind), {})
        self.user_id: str = kept.get("user", "")
        self.state: str = kept.get("state", "")
        self.is_over = timezone.now().timestamp() > kept.get("until", 0)
        self.is_late: bool = kept.get("is_late", False)

    @property
    def status(self) -> LinkStatus:
        if not self.user_id:
            return LinkStatus.DAMAGED
        status = status_of_link(self.kind, self.user_id, self.state)
        if status == LinkStatus.GOOD and (self.is_late or self.is_over):
            return LinkStatus.EXPIRED
        return status

    @property
    def user(self) -> User:
        return get_account(self.user_id)

    def forget(self) -> None:
        self.session.pop(_key(self.kind), None)


def damaged(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/invitations/link_damaged.html", status=404)


def _key(kind: LinkKind) -> str:
    return f"link:{kind}"
