"""The base of every page on which somebody writes, or acts, for a State in the exchange between the States.

The page says who reads what is saved and which version that cancels; its form carries this unseen, and the service
compares it with what holds by then. Where it has changed nothing is written: the page comes back with all that was
typed, tells both situations, and offers the ways on (docs/adr/0020-a-save-knows-its-audience.md).
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.errors import ConflictError
from core.policy import Decision, PolicyRefusedError, Reason, can
from core.web.views import ServiceFormView
from reviews.cases.models import Review
from reviews.drafts.shown import NOTHING_SHOWN, Audience, Shown
from reviews.drafts.situations import audience_now, shown_on_table, version_words, what_changed

FORBIDDEN = 403


@dataclass(frozen=True, slots=True)
class CopyWay:
    """Where what was typed can be kept as a draft in the room of the writer's State, and what its form carries."""

    url: str
    token: str


@dataclass(frozen=True, slots=True)
class Saving:
    """What ``reviews/meetings/_save.html`` says beside the button. ``token`` is of what holds now.

    ``is_asked_anew``: the form came back because something else was shown before; its button says what it does now.
    ``refusal``: why the writer may not save here any more; ``copy`` is there for those who may go on in their own room.
    """

    audience: str
    cancels: str
    token: str
    knowingly: str
    is_asked_anew: bool = False
    refusal: Reason = ""
    copy: CopyWay | None = None


class WritingView(ServiceFormView):
    """``read_action``: what those may do who get their words back on the page when they may not save any more."""

    read_action: ClassVar[TextChoices]
    refusal: Reason = ""

    @property
    def read_target(self) -> Any:
        """What the policy is asked about ``read_action``; a page overrides it whose action has another target."""
        return self.policy_target

    @abstractmethod
    def shown_now(self) -> Shown:
        """Who reads what is saved here, and which version it cancels."""

    def copy_way(self) -> CopyWay | None:
        """Into the own room; None where there is no such way."""
        return None

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "shown": self.shown_now().token}

    def said_before(self) -> Sequence[str | Promise]:
        saving = self._saving()
        return [each for each in (saving.audience, saving.cancels) if each]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except PolicyRefusedError as refusal:
            if not self.is_answered_here() or not can(request.user, self.read_action, self.read_target):
                raise
            return self._refused(refusal.decision)

    def is_answered_here(self) -> bool:
        """Whether this is a form of ours that comes back, and not a script's save, which keeps what was typed."""
        is_form = self.request.method == "POST" and not self.request.htmx  # type: ignore[attr-defined]
        return is_form and Shown.from_token(self.request.POST.get("shown", "")) != NOTHING_SHOWN

    def _refused(self, decision: Decision) -> HttpResponse:
        """Sent, laid on the table or agreed meanwhile: what was typed stays on the page, which says what came about."""
        self.refusal = decision.reason
        form = self.get_form()
        shown = Shown.from_token(self.request.POST["shown"])
        then, now = what_changed(shown, self.shown_now())
        self.conflict = ConflictError(
            decision.reason, current="", revision=0, then=then, now=now, is_text_changed=False
        )
        form.add_error(None, str(decision.reason))
        return self.render_to_response(self.get_context_data(form=form, conflict=self.conflict), status=FORBIDDEN)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"saving": self._saving(), **kwargs})

    def _saving(self) -> Saving:
        now, conflict = self.shown_now(), self.conflict
        is_changed = conflict is not None and bool(conflict.then)
        return Saving(
            audience=audience_now(now),
            cancels=version_words(now.version) if now.version else "",
            token=now.token,
            knowingly=_knowingly(now),
            is_asked_anew=is_changed,
            refusal=self.refusal,
            copy=self.copy_way() if is_changed or self.refusal else None,
        )


def _knowingly(now: Shown) -> str:
    """What the button says that saves all the same."""
    if now.version is not None:
        return _("Save, and cancel version %(number)d") % {"number": now.version.number}
    return {
        Audience.TABLE: _("Save for all States of the review"),
        Audience.COMMON_ROOM: _("Save for the reviewing States"),
    }.get(now.audience, _("Save for my State alone"))


class SendsToTable:
    """Before an act with a page of its own (``ConfirmedActView``) that lays a draft on the shared table.

    The page names the States that read it there, and its form, a ``WritingForm``, carries which it named.
    """

    review: Review

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "shown": shown_on_table(self.review).token}  # type: ignore[misc]

    def get_consequences(self) -> Sequence[str | Promise]:
        return [audience_now(shown_on_table(self.review)), *super().get_consequences()]  # type: ignore[misc]
