from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, pgettext

from core.errors import OutdatedError, ServiceError
from core.language.i18n import isolated
from core.web.forms import AccessibleForm
from core.web.views import ServiceActionView, ServiceFormView
from questionnaires.assignments.forms import AssignForm, MinistryAssignForm, MinistryJoinForm, PlaceForm, questions_name
from questionnaires.assignments.joining import join_with
from questionnaires.assignments.selectors import get_contributor, sent_alone, sent_to
from questionnaires.assignments.services import SentAnew, as_shown, assign_sections, end_reading_all, let_read_all
from questionnaires.definitions import PlacedSection, instrument_names
from questionnaires.definitions.enums import ResponseAction
from questionnaires.responses import BelowResponse, ResponsePage, sections_visible_to
from questionnaires.responses.models import SectionAssignment
from reviews.cases.models import Participation
from reviews.ministries import get_ministry, ministries_of, people_of, place_contributor
from reviews.ministries.models import Ministry


class SectionAssignView(BelowResponse, ServiceFormView):
    """The focal point ticks the sections and questions that a contributor sees and answers, and says until when."""

    policy_action = ResponseAction.ASSIGN
    form_class = AssignForm
    title = gettext_lazy("Send sections or questions")
    template_name = "questionnaires/assignments/section_assign.html"

    def get_caption(self) -> str:
        person = self.participation.user
        return isolated(", ".join(filter(None, [person.full_name, person.organization])))

    @cached_property
    def participation(self) -> Participation:
        return get_contributor(self.user, self.response.review, self.kwargs["participation"])

    @cached_property
    def places(self) -> tuple[PlacedSection, ...]:
        return sections_visible_to(self.user, self.response)

    def get_form_kwargs(self) -> dict[str, Any]:
        parts = [(slug, list(places)) for slug, places in groupby(self.places, key=lambda place: place.part.instrument)]
        names = instrument_names(slug for slug, _places in parts)
        return {
            **super().get_form_kwargs(),
            "sections": [(names[slug], places) for slug, places in parts],
            "articles": [(key, label) for key, (label, _codes) in self.articles(names).items()],
            "tags": [(key, label) for key, (label, _codes) in self.tags().items()],
        }

    def tags(self) -> dict[str, tuple[str, list[str]]]:
        """By key, how questions are marked, where any are: the words, and the codes of these questions."""
        questions = [item for place in self.places for item in place.section.items if item.is_question]
        found = {
            "voluntary": (pgettext("question", "Voluntary"), [item.code for item in questions if item.voluntary]),
            "if-it-applies": (
                pgettext("question", "Only if it applies"),
                [item.code for item in questions if item.self_assessed and not item.voluntary],
            ),
        }
        return {key: (label, codes) for key, (label, codes) in found.items() if codes}

    def articles(self, names: Mapping[str, str]) -> dict[str, tuple[str, list[str]]]:
        """By key, the articles on which there are questions: their name, and the codes of the questions."""
        found: dict[str, tuple[str, list[str]]] = {}
        for place in self.places:
            for item in place.section.items:
                for cited in item.articles if item.is_question else ():
                    instrument = names.get(cited.instrument, cited.instrument)
                    words = {"instrument": instrument, "number": cited.article}
                    label = _("%(instrument)s, article %(number)s") % words
                    codes = found.setdefault(f"{cited.instrument}-{cited.article}", (label, []))[1]
                    if item.code not in codes:
                        codes.append(item.code)
        return dict(sorted(found.items(), key=lambda pair: _in_order(pair[0])))

    @property
    def recipient(self) -> dict[str, Any]:
        return {"participation": self.participation}

    @property
    def name(self) -> str:
        return isolated(self.participation.user.full_name)

    @cached_property
    def rows(self) -> list[SectionAssignment]:
        """What was sent to the contributor before, and not to his or her ministry."""
        return list(sent_alone(self.response, self.participation))

    def get_initial(self) -> dict[str, Any]:
        sent = {(row.section_id, row.question_id) for row in self.rows}
        keys, ticked = self.index.question_ids, dict[str, Any]()
        for place in self.places:
            if (place.pk, None) in sent:
                ticked.setdefault(place.part.instrument, []).append(place.section.slug)
            codes = [item.code for item in place.section.items if (place.pk, keys[item.code]) in sent]
            ticked[questions_name(place)] = codes
        with_box = {place.pk for place in self.places}
        ticked["shown"] = as_shown(row for row in self.rows if row.section_id in with_box)
        return ticked

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """Above the ticks stands what was sent as it is by now; of what came meanwhile only what is ticked counts."""
        if isinstance(error, OutdatedError):
            self.__dict__.pop("rows", None)
            form.carry(shown=error.now)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(sent=self.rows, **kwargs)

    def perform(self, form: AssignForm) -> SentAnew:
        articles, tags = self.articles({}), self.tags()
        at_once = [code for key in form.cleaned_data["articles"] for code in articles[key][1]]
        at_once += [code for key in form.cleaned_data["tags"] for code in tags[key][1]]
        return assign_sections(
            self.user,
            self.response,
            **self.recipient,
            places=[place for place in self.places if place.address in form.addresses],
            questions=[*form.questions, *at_once],
            due_on=form.cleaned_data["due_on"],
            remark=form.cleaned_data["remark"],
            shows_official=form.cleaned_data["shows_official"],
            again=form.cleaned_data["again"],
            shown=form.cleaned_data["shown"],
        )

    def success_message_for(self, result: SentAnew) -> str:
        person = self.name
        if not result.parts:
            return _("%(person)s sees no section any more.") % {"person": person}
        if not result.sent and not result.taken_back:
            return _("Nothing has changed for %(person)s.") % {"person": person}
        return _("%(person)s has %(count)s parts now: %(sent)s sent by this, %(back)s taken back.") % {
            "person": person,
            "count": result.parts,
            "sent": result.sent,
            "back": result.taken_back,
        }

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:response-detail", args=self.address)


class MinistryAssignView(SectionAssignView):
    """The same for a ministry: all of its people have it together."""

    form_class = MinistryAssignForm
    title = gettext_lazy("Send to the ministry")

    @cached_property
    def ministry(self) -> Ministry:
        return get_ministry(self.response.review, self.kwargs["ministry"])

    def get_caption(self) -> str:
        return self.name

    @property
    def recipient(self) -> dict[str, Any]:
        return {"ministry": self.ministry}

    @property
    def name(self) -> str:
        return isolated(self.ministry.name)

    @cached_property
    def rows(self) -> list[SectionAssignment]:
        return sent_to(self.response, self.ministry)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = [each.user.full_name for each in people_of(self.ministry)]
        return super().get_context_data(ministry=self.ministry, people=people, **kwargs)


class ContributorPlaceView(BelowResponse, ServiceFormView):
    """The focal point says of which ministry a contributor is, who has what that was sent from then on."""

    policy_action = ResponseAction.ASSIGN
    form_class = PlaceForm
    title = gettext_lazy("Of which ministry?")
    template_name = "questionnaires/assignments/contributor_place.html"
    submit_label = gettext_lazy("Save")

    @cached_property
    def participation(self) -> Participation:
        return get_contributor(self.user, self.response.review, self.kwargs["participation"])

    def get_caption(self) -> str:
        return isolated(self.participation.user.full_name)

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.participation.user.organization}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(ministries=ministries_of(self.response.review), **kwargs)

    def perform(self, form: PlaceForm) -> Ministry:
        name = form.cleaned_data["name"]
        return place_contributor(actor=self.user, participation=self.participation, name=name)

    def success_message_for(self, result: Ministry) -> str:
        words = _("%(person)s is of %(ministry)s now, and has what was sent to it.")
        return words % {"person": self.get_caption(), "ministry": isolated(result.name)}

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:ministries", args=self.address)


class MinistryJoinView(BelowResponse, ServiceFormView):
    """Two spellings of a ministry become one."""

    policy_action = ResponseAction.ASSIGN
    form_class = MinistryJoinForm
    title = gettext_lazy("The same as another ministry")
    template_name = "components/form_page.html"
    lead = gettext_lazy(
        "Its people become people of the other one, and have what was sent to that; what was sent to this one goes to "
        "the other as well. Where both have the same, the date and remark of the other hold. It cannot be undone."
    )
    submit_label = gettext_lazy("Join the two")

    @cached_property
    def ministry(self) -> Ministry:
        return get_ministry(self.response.review, self.kwargs["ministry"])

    def get_caption(self) -> str:
        return isolated(self.ministry.name)

    def get_form_kwargs(self) -> dict[str, Any]:
        others = [each for each in ministries_of(self.response.review) if each != self.ministry]
        return {**super().get_form_kwargs(), "others": others}

    def perform(self, form: MinistryJoinForm) -> Ministry:
        into = get_ministry(self.response.review, form.cleaned_data["into"])
        join_with(actor=self.user, response=self.response, ministry=self.ministry, into=into)
        return into

    def success_message_for(self, result: Ministry) -> str:
        return _("It is one with %(ministry)s now.") % {"ministry": isolated(result.name)}

    def success_url_for(self, result: object) -> str:
        return reverse("questionnaires:ministries", args=self.address)


class ReadingAllowView(ResponsePage, ServiceActionView):
    """A contributor may read all official answers from now on."""

    policy_action = ResponseAction.LET_READ

    def perform(self) -> str:
        participation = get_contributor(self.user, self.response.review, self.kwargs["participation"])
        let_read_all(actor=self.user, response=self.response, participation=participation)
        words = _("%(person)s may read all official answers now, and no proposal of others.")
        return words % {"person": isolated(participation.user.full_name)}

    def next_url(self) -> str:
        return reverse("questionnaires:ministries", args=self.address)


class ReadingEndView(ReadingAllowView):
    """The contributor reads again only what was sent."""

    def perform(self) -> str:
        participation = get_contributor(self.user, self.response.review, self.kwargs["participation"])
        end_reading_all(actor=self.user, response=self.response, participation=participation)
        words = _("From now on %(person)s reads only what was sent to him or her.")
        return words % {"person": isolated(participation.user.full_name)}


def _in_order(key: str) -> tuple[str, int, str]:
    instrument, _hyphen, article = key.rpartition("-")
    digits = "".join(sign for sign in article if sign.isdigit())
    return instrument, int(digits or 0), article
