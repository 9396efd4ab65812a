from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.language.text import MAXIMUM_TEXT_LENGTH
from core.policy import PolicyRefusedError
from core.web.forms.mending import mended
from core.web.views.services import UNPROCESSABLE
from questionnaires.answers.above import above_section
from questionnaires.answers.contents import UNNAMED, SectionContents, contents_of
from questionnaires.answers.earlier import unsaved_of_earlier
from questionnaires.answers.forms import read_section, read_version
from questionnaires.answers.items import AnswerConflict, Content, fields_of
from questionnaires.answers.reused import reuse_beside
from questionnaires.answers.selectors import competence_declared, proposals_beside
from questionnaires.answers.services import AnswerInput, MovedOnError, SectionResult, save_section, writing
from questionnaires.definitions import PlacedSection, instrument_names
from questionnaires.laws import Library, cited_in, library_of
from questionnaires.margin import open_notes
from questionnaires.progress import ResponseOverview, answers_in, overview_for, progress_facts, section_items
from questionnaires.responses import SectionPage, answers_by_competence, sections_visible_to, sheet_of
from questionnaires.wording import full_number, official, translation_for_reader, words_above

CONFLICT, FORBIDDEN = 409, 403


class SectionDetailView(SectionPage, TemplateView):
    """One section: read and answered in one form. Scripts save each answer; without them POST saves the whole."""

    template_name = "questionnaires/answers/section_detail.html"

    @cached_property
    def instruments(self) -> dict[str, str]:
        return instrument_names({*self.response.party_to, *(part.instrument for part in self.index.definition.parts)})

    def get_title(self) -> str:
        return official(self.place.section.heading, self.index.definition.language)

    def get_caption(self) -> str:
        instrument = self.instruments[self.place.part.instrument]
        return words_above(self.place.section, self.index.definition.language, instrument)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        overview = overview_for(self.user, self.response, self.place)
        left_over = kwargs.pop("left_over", [])
        shown = {name: kwargs.pop(name, None) for name in ("kept", "errors", "conflicts")}
        by_competence = answers_by_competence(self.response)
        items = section_items(overview, self.place)
        answer = self.decision(writing(overview.sheet), self.policy_target)
        library = library_of(self.review) if answer else Library()
        fields = fields_of(items, asks_competence=by_competence, library=library, **shown)
        progress = overview.section_at(self.place)
        places = [section.place for section in overview.sections]
        here = places.index(self.place)
        return super().get_context_data(
            overview=overview,
            progress=progress,
            progress_words=progress_facts(progress)["words"],
            place=self.place,
            fields=fields,
            problems=[field for field in fields if field.error],
            conflicts=[field for field in fields if field.conflict],
            unsaved=left_over if answer else [field for field in fields if field.is_unsaved],
            answer=answer,
            previous=places[here - 1] if here else None,
            next=places[here + 1] if here + 1 < len(places) else None,
            instruments=self.instruments,
            contents=self._contents(overview),
            protocols=self._protocols(),
            by_competence=by_competence,
            competence=competence_declared(self.response, self.place.part.instrument) if by_competence else [],
            laws=_laws_offered(overview, library) if answer else [],
            cited_here=cited_in(library, [(state.item, state.answer.citations) for state in items]) if answer else [],
            beside=proposals_beside(self.response, self.place, overview.sheet),
            reuse=reuse_beside(self.user, overview, self.place, items) if answer else {},
            above=above_section(self.user, overview, self.place),
            proposes=not overview.sheet.is_official,
            answers_url=reverse("questionnaires:answer-save", args=[*self.address, "_"]).removesuffix("_/"),
            proposals_at=reverse("questionnaires:proposals", args=[*self.address, "_"]),
            notes_open=open_notes(self.response, overview.sheet),
            notes_at=reverse("questionnaires:margin-notes", args=[*self.address, "_"]),
            history_at=reverse("questionnaires:answer-history", args=[*self.address, "_"]),
            maximum=MAXIMUM_TEXT_LENGTH,
            **translation_for_reader(self.index.definition),
            **kwargs,
        )

    def _contents(self, overview: ResponseOverview) -> SectionContents:
        pages = ("response-detail", "response-search")
        overview_url, search_url = (reverse(f"questionnaires:{page}", args=self.address) for page in pages)
        section_url = reverse("questionnaires:section-detail", args=[*self.address, *UNNAMED])
        return contents_of(overview, self.place, self.instruments, (overview_url, search_url, section_url))

    def _protocols(self) -> list[str]:
        """Under the first part, that of a convention, the protocols on whose matter it bears too (P&R, para 19)."""
        if self.place.part is not self.index.definition.parts[0]:
            return []
        others = {*self.response.party_to} - {self.place.part.instrument}
        return [name for slug, name in self.instruments.items() if slug in others]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            given = read_section(mended(request.POST), self.place.section.items)
            version = read_version(request.POST)
        except ServiceError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(), status=UNPROCESSABLE)
        posted = {answer.code: answer for answer in given}
        undecided = self._undecided(request, posted)
        left_out = {*undecided, *request.POST.getlist("keep")}
        try:
            result = save_section(
                actor=self.user,
                response=self.response,
                place=self.place,
                given=[answer for answer in given if answer.code not in left_out],
                version=version,
            )
        except MovedOnError as error:
            messages.error(request, str(error))
            left_over = unsaved_of_earlier(self.user, self.response, mended(request.POST), self.place)
            return self.render_to_response(self.get_context_data(left_over=left_over), status=CONFLICT)
        except PolicyRefusedError:
            if self.place not in sections_visible_to(self.user, self.response):
                raise  # taken back meanwhile: the page of the refusal hands out what was typed
            # Sent or submitted meanwhile: what was typed stays on the page, to be copied.
            return self.render_to_response(self.get_context_data(kept=posted), status=FORBIDDEN)
        return self._after(result, posted, undecided)

    def _undecided(self, request: HttpRequest, posted: Mapping[str, AnswerInput]) -> set[str]:
        """Answers shown beside a colleague's for which no button was pressed."""
        pressed = {*request.POST.getlist("keep"), *request.POST.getlist("use")}
        return {code for code in posted if f"{code}-conflict" in request.POST and code not in pressed}

    def _after(self, result: SectionResult, posted: Mapping[str, AnswerInput], undecided: set[str]) -> HttpResponse:
        stopped = {*result.errors, *result.conflicts, *undecided}
        self._tell_of_merged(result)
        if not stopped:
            messages.success(self.request, _("Your answers have been saved."))
            return HttpResponseRedirect(self._next_url())
        items = [self.index.items[code] for code in {*result.conflicts, *undecided}]
        stored = answers_in(self.response, items, sheet_of(self.user, self.response))
        conflicts = {code: AnswerConflict(theirs, Content.of_input(posted[code])) for code, theirs in stored.items()}
        context = self.get_context_data(
            kept={code: posted[code] for code in stopped}, errors=result.errors, conflicts=conflicts
        )
        return self.render_to_response(context, status=UNPROCESSABLE if result.errors else CONFLICT)

    def _tell_of_merged(self, result: SectionResult) -> None:
        for code, merged in result.merged.items():
            words = _("Question %(number)s: your text and what %(person)s wrote meanwhile were put together.")
            facts = {"number": full_number(self.index.items[code]), "person": merged.colleague}
            messages.info(self.request, words % facts)

    def _next_url(self) -> str:
        """The same section again, or the next one where that button was pressed."""
        sections = [progress.place for progress in overview_for(self.user, self.response).sections]
        following = sections.index(self.place) + 1
        if "continue" not in self.request.POST:
            return self._url_of(self.place)
        if following == len(sections):
            return reverse("questionnaires:response-detail", args=self.address)
        return self._url_of(sections[following])

    def _url_of(self, place: PlacedSection) -> str:
        return reverse("questionnaires:section-detail", args=[*self.address, *place.address])


def _laws_offered(overview: ResponseOverview, library: Library) -> list[tuple[str, str]]:
    """Titles to choose from, each with what tells it from others: the library's, then those of answers alone."""
    listed = [(law.title, ", ".join(filter(None, (law.number, law.translation)))) for law in library.laws]
    cited = overview.written.laws if overview.written else ()
    return [*listed, *((words, "") for words in cited if library.named(words) is None)]
