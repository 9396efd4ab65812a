from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import ServiceError
from core.web.numbers import posted_number
from core.web.pages import Crumb
from core.web.views import ServiceActionView
from dialogue.desk import BoxPage, CommentBox, Desk, QuestionPlace, anchor_of, desk_context
from dialogue.slips.enums import SlipMark
from dialogue.slips.forms import SlipForm
from dialogue.slips.models import DeskSlip
from dialogue.slips.selectors import SlipAt, slip_at
from dialogue.slips.services import mark_place, save_note
from questionnaires.submissions import get_submission
from reviews.capacities import require_capacity
from reviews.cases import language_of
from reviews.cases.enums import ReviewAction
from reviews.drafts import Shown, shown_to_own_state
from reviews.navigation import ReviewPage
from reviews.programme.models import Article


class SlipPage(ReviewPage):
    """A page of what the reader's State keeps for itself at one place of the desk."""

    policy_action = ReviewAction.KEEP_SLIPS
    shows = True

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.user, self.review, get_submission(self.review), look_up=self.find_place, shows=self.shows)

    @cached_property
    def place(self) -> QuestionPlace:
        return self.find_place(self.desk)

    def find_place(self, desk: Desk) -> QuestionPlace:
        """Raises Http404 for a place that is none, or on an instrument that the State does not review."""
        place = QuestionPlace(self.kwargs.get("instrument", ""), article=self.kwargs.get("article"))
        if code := self.kwargs.get("question", ""):
            place = QuestionPlace(desk.section_of(code).place.part.instrument, code)
        elif desk.article_at(place) is None:
            raise Http404
        if place.instrument not in desk.covered:
            raise Http404
        return place

    @property
    def about(self) -> dict[str, Any]:
        """What a service is told of the place."""
        article: Article | None = self.desk.article_at(self.place)
        instrument = self.desk.covered[self.place.instrument]
        return {"instrument": instrument, "question_code": self.place.question, "article": article}

    def place_url(self) -> str:
        return self.next_page or self.desk.url_at(self.place) or reverse("portal:desk", args=self.address)


class SlipNotePage(SlipPage, BoxPage):
    """The note of a State at one place: a page by itself, and where the box on the desk saves to."""

    read_action = ReviewAction.READ_TABLE
    form_class = SlipForm
    title = gettext_lazy("Private note")
    template_name = "dialogue/slips/note.html"

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Review desk"), self.place_url())]

    def shown_now(self) -> Shown:
        return shown_to_own_state(require_capacity(self.user, self.review).state_party_id)

    def stored_box(self) -> CommentBox | None:
        slip = slip_at(self.user, self.review, self.place)
        return note_box(self.place, slip, self.address, self.shown_now().token)

    def perform(self, form: SlipForm) -> DeskSlip:
        given = {name: form.cleaned_data[name] for name in ("text", "base", "shown")}
        lost = self.request.POST.getlist("lost")
        return save_note(actor=self.user, review=self.review, lost=lost, **given, **self.about)

    def success_url_for(self, result: object) -> str:
        return self.place_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        states = self.desk.states_to(self.place) if self.place.question else []
        return super().get_context_data(
            states=states,
            article=self.desk.article_at(self.place),
            language=language_of(self.review),
            back=self.place_url(),
            **desk_context(self.desk),
            **kwargs,
        )


class QuestionNoteView(SlipNotePage):
    """On one question, below the question and its answer."""


class ArticleNoteView(SlipNotePage):
    """On an article as a whole."""


class MarkPage(SlipPage, ServiceActionView):
    """A mark is set or taken away; a script gets back whether it is set, and stays on its page."""

    shows = False
    takes = {"press": forms.CharField(max_length=20), "seen": forms.IntegerField(min_value=0)}

    def perform(self) -> str:
        mark, is_set = self.pressed
        seen = posted_number(self.request.POST.get("seen"))
        mark_place(actor=self.user, review=self.review, mark=mark, is_set=is_set, seen=seen, **self.about)
        return ""

    @property
    def pressed(self) -> tuple[SlipMark, bool]:
        """By the button: ``ask:1`` sets a mark, ``ask:0`` takes it away."""
        mark, _colon, wanted = self.request.POST.get("press", "").partition(":")
        if mark not in SlipMark.values or wanted not in {"0", "1"}:
            raise ServiceError(_("This page is out of date. Reload it."))
        return SlipMark(mark), wanted == "1"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.htmx:  # type: ignore[attr-defined]
            return super().post(request, *args, **kwargs)
        try:
            self.perform()
        except ServiceError as error:
            return JsonResponse({"error": str(error)}, status=422)
        return JsonResponse({"is_set": self.pressed[1]})

    def next_url(self) -> str:
        return self.place_url()


class QuestionMarkView(MarkPage):
    """At a question."""


class ArticleMarkView(MarkPage):
    """At an article as a whole."""


def note_box(place: QuestionPlace, slip: SlipAt, address: Sequence[str], shown: str) -> CommentBox:
    """That of the note at a place, for those who may write it."""
    row = slip.row
    return CommentBox(
        url=slip_url("note", place, address),
        anchor=f"note-{anchor_of(place)}",
        text=row.text if row else "",
        base=row.revision if row else 0,
        shown=shown,
        saved_at=row.saved_at if row else None,
        saved_by=row.saved_by.full_name if row and row.saved_by else "",
    )


def slip_url(act: str, place: QuestionPlace, address: Sequence[str]) -> str:
    """The address of the ``note`` or of a ``mark`` at a place."""
    if place.question:
        return reverse(f"dialogue:question-{act}", args=[*address, place.question])
    return reverse(f"dialogue:article-{act}", args=[*address, place.instrument, place.article])
