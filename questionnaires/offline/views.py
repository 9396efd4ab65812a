"""Answers leave as Word or Excel, come back, are looked at one by one, and are taken."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views import View
from django.views.generic import FormView

from core.errors import ServiceError
from core.files.storage import XLSX, attachment
from core.files.uploads import ACCEPTED
from core.language.i18n import in_own_order, isolated
from core.policy import require
from core.templatetags.components import datetime_words
from core.web.numbers import posted_number
from core.web.views.once import OncePerForm
from core.web.views.services import UNPROCESSABLE
from questionnaires.answers import writing
from questionnaires.bringing import OFFLINE_COLUMNS, WORD, AnswerRow, answers_workbook
from questionnaires.definitions import instrument_names
from questionnaires.offline.comparing import ComparedAnswer, counted
from questionnaires.offline.enums import RowState
from questionnaires.offline.forms import DOCX_FILE, OFFICIAL, AnswersBackForm, AnswersOutForm, TakeForm
from questionnaires.offline.reading import compare, read_file
from questionnaires.offline.selectors import asked_on, ministries_with_parts, offline_part, sheet_for, words_for_reader
from questionnaires.offline.services import TakenAnswer, take_answers
from questionnaires.offline.word import AnswersHeading, answers_as_word
from questionnaires.responses import BelowResponse, Sheet, sheet_of
from questionnaires.wording import anchor, translation_for_reader
from reviews.cases.models import Participation

_SALT = "questionnaires.offline"
_PREVIEW_FOR = 12 * 60 * 60  # seconds for which what was read from a file can be taken
_MOST_SIGNED = 3_500_000  # characters of a form, of which the portal takes four megabytes


class OfflinePage(BelowResponse):
    """A page about files of answers; of a contributor about the own proposals alone."""

    title = gettext_lazy("Answers as Word or Excel")
    is_read = False  # a file, whose answers are shown to be chosen

    def get_title(self) -> str | Promise:
        return _("What the file would change") if self.is_read else super().get_title()

    @cached_property
    def own_sheet(self) -> Sheet:
        return sheet_of(self.user, self.response)

    @cached_property
    def ministries(self) -> list[Participation]:
        return ministries_with_parts(self.user, self.response)

    def out_form(self, data: Any = None) -> AnswersOutForm:
        return AnswersOutForm(data, parts=self.parts)

    @cached_property
    def parts(self) -> list[tuple[str, Any]]:
        """What a file can hold: all, one section, or the part of a ministry."""
        asked = asked_on(self.response, self.own_sheet)
        words, names = words_for_reader(asked), instrument_names(place.part.instrument for place in asked.places)
        sections: dict[str, list[tuple[str, str]]] = {}
        for place in asked.places:
            heading = place.section.heading
            listed = sections.setdefault(names[place.part.instrument], [])
            listed.append((f"section:{place.pk}", isolated(words.get(heading, heading))))
        parts: list[tuple[str, Any]] = [("", _("All questions")), *sections.items()]
        if self.ministries:
            parts.append((_("What was sent to a ministry"), ministry_choices(self.ministries, "ministry:")))
        return parts

    def packed(self, sheet: Sheet, rows: Sequence[AnswerRow]) -> str:
        """What was read, signed for this person, response and sheet. Raises ServiceError where it is too long."""
        whose = [str(self.user.pk), str(self.response.pk), str(sheet.participation_id or ""), self.index.number]
        signed = signing.dumps([whose, [asdict(row) for row in rows]], salt=_SALT, compress=True)
        if len(signed) > _MOST_SIGNED:
            message = _("This file holds more than can be looked at in one go. Divide it into several.")
            raise ServiceError(message, field="file")
        return signed

    def preview(
        self,
        sheet: Sheet,
        rows: Sequence[AnswerRow],
        *,
        chosen: Collection[str] | None = None,
        error: ServiceError | None = None,
    ) -> HttpResponse:
        """What the file would do, answer by answer. ``chosen``: what was ticked before; None for what is suggested."""
        self.is_read = True
        part = offline_part(self.response, sheet)
        answers = compare(self.response, part, rows)
        seen = {each.row.code: each.stored.revision for each in answers if each.can_be_taken}
        signed = self.packed(sheet, rows)
        context = self.get_context_data(
            form=TakeForm(initial={"sheet": signed}),
            error=error,
            groups=self._groups(answers, chosen),
            counts=[(state, state.label, number) for state, number in counted(answers).items() if number],
            seen=seen,
            takes=bool(seen),
            ministry=next((each for each in self.ministries if each.pk == sheet.participation_id), None),
            **translation_for_reader(self.index.definition),
        )
        template = ["questionnaires/offline/answers_preview.html"]
        status = UNPROCESSABLE if error else 200
        return self.response_class(request=self.request, template=template, context=context, status=status)  # type: ignore[attr-defined]

    def _groups(self, answers: Sequence[ComparedAnswer], chosen: Collection[str] | None) -> list[dict[str, Any]]:
        """The answers by what they are, without those that are as they are here."""
        listed = [state for state in RowState if state != RowState.SAME]
        groups = [(state, [each for each in answers if each.state == state]) for state in listed]
        return [
            {"state": state, "rows": [self._shown(each, chosen) for each in some]} for state, some in groups if some
        ]

    def _shown(self, answer: ComparedAnswer, chosen: Collection[str] | None) -> dict[str, Any]:
        is_ticked = answer.is_suggested if chosen is None else answer.row.code in chosen
        if answer.state == RowState.CONFLICT and self.seen(answer.row.code) != answer.stored.revision:
            is_ticked = False  # by nobody who has seen what stands here now
        return {
            "answer": answer,
            "differences": answer.differences() if answer.can_be_taken else None,
            "url": self._url_of(answer) if answer.item else "",
            "is_ticked": answer.can_be_taken and is_ticked,
            "problems": [(str(OFFLINE_COLUMNS[key]), words) for key, words in answer.row.problems.items()],
        }

    def _url_of(self, answer: ComparedAnswer) -> str:
        place = self.index.section_of[answer.row.code]
        page = reverse("questionnaires:section-detail", args=[*self.address, *place.address])
        return f"{page}#{anchor(answer.row.code)}"

    def seen(self, code: str) -> int:
        """The save that the page has shown beside an answer; -1, which is none, where it does not say."""
        return posted_number(self.request.POST.get(f"seen-{code}"))

    def own_url(self) -> str:
        return reverse("questionnaires:offline", args=self.address)


def ministry_choices(ministries: Sequence[Participation], prefix: str = "") -> list[tuple[str, str]]:
    """The people to whom something was sent, by ministry and name."""
    named = ((each, each.user.organization, each.user.full_name) for each in ministries)
    return [
        (f"{prefix}{each.pk}", f"{isolated(ministry)} ({isolated(person)})" if ministry else isolated(person))
        for each, ministry, person in named
    ]


class AnswersOutView(OfflinePage, View):
    """The file itself."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.out_form(request.GET)
        if not form.is_valid():
            raise Http404(_("There is no such page."))
        what, _colon, key = form.cleaned_data["of"].partition(":")
        sheet = sheet_for(self.user, self.response, UUID(key) if what == "ministry" else None)
        part = offline_part(self.response, sheet, UUID(key) if what == "section" else None)
        name = "-".join(filter(None, [self.review.code, "answers", what and key[:8]]))
        if form.cleaned_data["kind"] == DOCX_FILE:
            content = answers_as_word(part, self._heading())
            return attachment(content, file_name=f"{name}.docx", content_type=ACCEPTED[WORD])
        content = answers_workbook(
            part.asked, OFFLINE_COLUMNS, _notes_of_sheet(), part.stored, words_for_reader(part.asked)
        )
        return attachment(content, file_name=f"{name}.xlsx", content_type=XLSX)

    def _heading(self) -> AnswersHeading:
        made = _("Made on %(time)s. What is saved in the portal after that is not in this file.")
        lines = [
            f"{self.review.state_under_review} · {in_own_order(self.review.code)}",
            made % {"time": datetime_words(timezone.now())},
            _("Tick or write in the lines below each question, and leave codes and versions as they are."),
            _("Choose the file on the same page of the portal again: you see what would change before it is saved."),
        ]
        return AnswersHeading(_("Answers to the self-assessment"), lines)


def _notes_of_sheet() -> list[str]:
    return [
        _("One row for each question. What you leave empty stays as it is in the portal."),
        _("The answer: an option by its words or its number; several with %(bar)s between them.") % {"bar": "|"},
        _("The text of the answer may have several paragraphs, and marks as in Markdown."),
        _("A further legal reference to the same question: a row below with the code, law, provision and link alone."),
        _("Leave codes and versions as they are: by them the portal sees what was changed here and there."),
        _("Choose the file on the same page of the portal again: you see what would change before it is saved."),
    ]


class AnswersBackView(OfflinePage, FormView):
    """Where files are made, and where one that came back is chosen."""

    form_class = AnswersBackForm
    template_name = "questionnaires/offline/answers_offline.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "ministries": ministry_choices(self.ministries), "read": self.read}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        write = self.decision(writing(self.own_sheet))
        return super().get_context_data(out_form=self.out_form(), write=write, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(self.user, writing(self.own_sheet), self.response)
        return super().post(request, *args, **kwargs)

    def _sheet(self, into: str) -> Sheet:
        return self.own_sheet if into == OFFICIAL else sheet_for(self.user, self.response, UUID(into))

    def read(self, name: str, content: bytes, into: str) -> list[AnswerRow]:
        return read_file(name, content, self.response, offline_part(self.response, self._sheet(into)))

    def form_valid(self, form: AnswersBackForm) -> HttpResponse:
        try:
            return self.preview(self._sheet(form.cleaned_data.get("into", OFFICIAL)), form.rows)
        except ServiceError as error:  # it holds too much
            form.add_error(error.field, str(error))
            self.is_read = False
            return self.form_invalid(form)

    def form_invalid(self, form: AnswersBackForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class AnswersTakeView(OncePerForm, OfflinePage, FormView):
    """Saves what was chosen, if it still stands beside what was shown."""

    form_class = TakeForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.own_url())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(self.user, writing(self.own_sheet), self.response)
        opened = self.unpacked(request.POST.get("sheet", ""))
        if opened is None:
            messages.error(
                request,
                _("Choose the file again: too much time has passed, or what it was compared with is there no longer."),
            )
            return HttpResponseRedirect(self.own_url())
        sheet, version, rows = opened
        chosen = request.POST.getlist("take")
        try:
            self.require_an_end()
            number = take_answers(
                actor=self.user,
                response=self.response,
                sheet=sheet,
                version=version,
                taken=[
                    TakenAnswer(row, self.seen(row.code)) for row in rows if row.code in chosen and not row.problems
                ],
            )
        except ServiceError as error:
            return self.preview(sheet, rows, chosen=chosen, error=error)
        words = ngettext("%(number)d answer was taken.", "%(number)d answers were taken.", number)
        return self.carried_out(
            reverse("questionnaires:response-detail", args=self.address), words % {"number": number}
        )

    def unpacked(self, packed: str) -> tuple[Sheet, int, list[AnswerRow]] | None:
        """None where it is not what this person was shown here, or too long ago."""
        try:
            whose, rows = signing.loads(packed, salt=_SALT, max_age=_PREVIEW_FOR)
        except (signing.BadSignature, ValueError):
            return None
        user, response, participation, version = whose
        if [user, response, version] != [str(self.user.pk), str(self.response.pk), self.index.number]:
            return None  # by its codes, a file is of one version of the questionnaire
        sheet = Sheet(UUID(participation) if participation else None)
        theirs = {each.pk for each in self.ministries}
        if sheet != self.own_sheet and sheet.participation_id not in theirs:
            return None
        return sheet, version, [AnswerRow(**row) for row in rows]
