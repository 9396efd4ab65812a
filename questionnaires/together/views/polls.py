from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.language.i18n import isolated
from core.templatetags.components import changed_words, saved_words
from core.web.presence import Present, note_leaving, note_presence
from core.web.views import PollView, presence_facts
from questionnaires.answers import get_response_to_write, read_version
from questionnaires.definitions import PlacedSection
from questionnaires.progress import progress_facts, section_progress
from questionnaires.responses import ResponseSection, SectionPage, Sheet, get_section_for, sheet_of
from questionnaires.responses.models import Response
from questionnaires.together.selectors import ArrivedAnswer, arrived, is_of, known_to, revisions_in
from questionnaires.wording import numbers_on_page


class SectionTogetherView(PollView, SectionPage):
    """What the script of a section asks every few seconds (docs/autosave.md): who is here, and what was saved."""

    def find_response(self) -> Response:
        return get_response_to_write(self.user, self.kwargs["mechanism"], self.kwargs["code"])

    def find_place(self) -> PlacedSection:
        """By its address alone: whether it was sent to a contributor, the policy is asked of the section."""
        address = (self.kwargs["instrument"], self.kwargs["section"])
        for place in self.index.applicable_sections(self.response.party_to):
            if place.address == address:
                return place
        raise Http404

    def get_policy_target(self) -> Response | ResponseSection:  # type: ignore[override]
        self.response = self.find_response()
        if self.has_moved:
            return self.response
        self.place = self.find_place()
        return ResponseSection(self.response, self.place.pk)

    @cached_property
    def has_moved(self) -> bool:
        """To another version than the page shows: the same code may be another question. A save says so in words."""
        return read_version(self.request.GET) != self.index.number

    @cached_property
    def sheet(self) -> Sheet:
        return sheet_of(self.user, self.response)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.has_moved:
            return JsonResponse({"is_moved": True})
        if "gone" in request.GET:
            note_leaving(self.room, self.user.pk)
            return JsonResponse({})
        return self.told(self._facts())

    @property
    def room(self) -> str:
        return f"{self.response.pk}:{self.place.pk}"

    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {
            "revisions": revisions_in(self.response, self.place, self.sheet),
            **self._presence(),
        }
        if wanted := self.request.GET.getlist("of"):
            facts |= self._arrived(wanted)
        return facts

    def _presence(self) -> dict[str, Any]:
        at = self.request.GET.get("in", "")
        here = Present(
            person=str(self.user.pk),
            name=self.user.full_name,
            at=at if is_of(self.place, at) else "",
            organization="" if self.sheet.is_official else self.user.organization,
        )
        people = known_to(self.sheet, note_presence(self.room, here))
        return presence_facts(people, numbers_on_page(self.place.section.items))

    def _arrived(self, wanted: list[str]) -> dict[str, Any]:
        place = self.place
        if not self.sheet.is_official:
            place = get_section_for(self.user, self.response, *self.place.address)  # what was sent of it
        answers = arrived(self.user, self.response, place, self.sheet, wanted)
        progress, _asked = section_progress(self.response, place, self.sheet)
        return {"answers": {each.code: _content(each) for each in answers}, "progress": progress_facts(progress)}


def _content(each: ArrivedAnswer) -> dict[str, Any]:
    answer = each.answer
    assert answer.saved_at is not None  # noqa: S101 - it is stored
    person = isolated(answer.saved_by)
    told = _("%(person)s has saved this answer meanwhile. With your save both are put together, or both are shown.")
    return {
        "revision": answer.revision,
        "choices": answer.choices,
        "text": answer.text,
        "citations": answer.citations,
        "outside": answer.is_outside_competence,
        "is_own": each.is_own,
        "words": saved_words(answer.saved_at) if each.is_own else changed_words(answer.saved_at, person),
        "told": told % {"person": person},
    }
