from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.language.differences import word_differences
from core.language.i18n import in_own_order, language
from core.policy import PolicyRefusedError
from core.templatetags.components import saved_words
from core.web.closed import Closed, closed
from core.web.pages import Crumb
from core.web.views.services import UNPROCESSABLE
from questionnaires.answers.forms import read_answer, read_version
from questionnaires.answers.history import steps_of
from questionnaires.answers.items import AnswerConflict, Content, ItemField
from questionnaires.answers.selectors import adopted_from, get_response_to_write
from questionnaires.answers.services import (
    AnswerInput,
    SaveResult,
    SaveStatus,
    changes_what_is_asked,
    require_version,
    save_answer,
    writing,
)
from questionnaires.definitions import AnswerValue, Item, PlacedSection
from questionnaires.definitions.enums import ResponseAction
from questionnaires.progress import ItemState, history_of, is_answered, progress_facts, section_progress
from questionnaires.responses import ItemPage, find_item, get_section_for
from questionnaires.responses.models import Response
from questionnaires.wording import anchor, full_number


class AnswerPage(ItemPage):
    """A page about the answer to one item."""

    @cached_property
    def place_seen(self) -> PlacedSection:
        """Of the section, what the reader sees of it."""
        if self.sheet.is_official:
            return self.place
        return get_section_for(self.user, self.response, *self.place.address)


class AnswerSaveView(AnswerPage):
    """Saves one answer for the page's script and answers in JSON, whatever happens (docs/autosave.md)."""

    http_method_names = ["post"]

    @property
    def policy_action(self) -> ResponseAction:  # type: ignore[override]
        return writing(self.sheet)

    def find_response(self) -> Response:
        return get_response_to_write(self.user, self.kwargs["mechanism"], self.kwargs["code"])

    def find_place(self) -> PlacedSection:
        require_version(self.response, read_version(self.request.POST))  # its question may be gone by a move
        return super().find_place()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.POST  # noqa: B018 - read before the transaction, which what is too large to be read would break
        # One transaction, so that the database is told once who saves. It has ended when the page hears "saved".
        with transaction.atomic(savepoint=False):
            return self._answer(request, *args, **kwargs)

    def _answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except PolicyRefusedError as refusal:
            return closed(JsonResponse({"reason": str(refusal.decision.reason)}, status=403), Closed.REFUSED)
        except Http404:
            return closed(JsonResponse({"reason": _("There is no such page.")}, status=404), Closed.ENDED)
        except ServiceError as error:
            return JsonResponse({"errors": {error.field or "item": str(error)}}, status=UNPROCESSABLE)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.headers.get("X-Person", str(self.user.pk)) != str(self.user.pk):
            # Somebody else has signed in in this browser since: what one wrote is not saved as the other's.
            facts = {"is_stale": True, "reason": _("This page is out of date.")}
            return closed(JsonResponse(facts, status=403), Closed.STALE)
        given = read_answer(request.POST, self.kwargs["question"])
        result = save_answer(actor=self.user, response=self.response, given=given)
        return JsonResponse(self._body(given, result))

    def _body(self, given: AnswerInput, result: SaveResult) -> dict[str, Any]:
        body: dict[str, Any] = {
            "status": result.status,
            "revision": result.revision,
            "saved_at": saved_words(result.saved_at) if result.saved_at else "",
        }
        if result.errors:
            body["errors"] = result.errors
        if result.status == SaveStatus.MERGED:
            body["merged"] = self._merged(result)
        if result.status == SaveStatus.CONFLICT:
            body["conflict"] = {"html": self._conflict_html(given, result)}
        elif self._moves_progress(given):
            progress, asked = section_progress(self.response, self.place_seen, self.sheet)
            body["progress"] = progress_facts(progress)
            if changes_what_is_asked(self.response, given.code):
                body["asked"] = {item.code: item.code in asked for item in self.place_seen.section.items}
        return body

    def _moves_progress(self, given: AnswerInput) -> bool:
        """Whether counts may be different now: the page tells (``was_empty``) when nothing was there before."""
        item = self.index.items[given.code]
        is_now = is_answered(item, AnswerValue(tuple(given.choices), given.text, given.is_outside_competence))
        is_new = given.base == 0 or "was_empty" in self.request.POST
        return is_new or not is_now or changes_what_is_asked(self.response, given.code)

    def _merged(self, result: SaveResult) -> dict[str, Any]:
        """How the fields of the page become what is stored, and the seam: what came in by whom."""
        assert result.current is not None  # noqa: S101 - a merged save has both
        assert result.yours is not None  # noqa: S101
        runs = word_differences(result.yours.text, result.current.text)
        context = {"colleague": result.colleague, "runs": runs, "answers_language": self.response.language}
        return {
            "runs": [[run.change, run.text] for run in runs],
            "citations": list(result.current.citations),
            "html": render_to_string("questionnaires/answers/_merged.html", context, self.request),
        }

    def _conflict_html(self, given: AnswerInput, result: SaveResult) -> str:
        assert result.current is not None  # noqa: S101 - a conflict always has one
        mine = Content.of_input(given)
        state = ItemState(self.index.items[given.code], result.current, None)
        field = ItemField(state=state, shown=mine, conflict=AnswerConflict(result.current, mine))
        context = {
            "field": field,
            "response": self.response,
            "official": language(self.index.definition.language),
            "answers_language": self.response.language,
        }
        return render_to_string("questionnaires/answers/_conflict.html", context, self.request)


class AnswerHistoryView(AnswerPage, TemplateView):
    """Every save of one answer: who, when, and what changed."""

    template_name = "questionnaires/answers/answer_history.html"

    @property
    def item(self) -> Item:
        return find_item(self.index, self.kwargs["question"])

    def get_title(self) -> str:
        return _("History of answer %(number)s") % {"number": in_own_order(full_number(self.item))}

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), self.section_crumb(f"#{anchor(self.item.code)}")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        adopted = adopted_from(self.response, self.item.code) if self.sheet.is_official else {}
        return super().get_context_data(
            item=self.item,
            adopted=adopted,
            steps=steps_of(history_of(self.response, self.item.code, self.sheet)),
            **kwargs,
        )
