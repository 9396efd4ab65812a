"""What missions have sent by their links: the list, one of them beside its scan, taken over or set aside."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.errors import ServiceError
from core.files.receiving import serve_received
from core.language.i18n import UN_LANGUAGES, isolated
from core.policy import require
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ListPage, PolicyView, ServiceFormView
from reviews.cases.enums import ParticipationRole
from reviews.nominations.enums import NominationAction
from reviews.nominations.models import NoteVerbale
from reviews.outreach.filters import ReceivedFilterSet
from reviews.outreach.forms import LetterPressForm, SetAsideForm
from reviews.outreach.models import ReceivedNomination
from reviews.outreach.selectors.received import get_received, seen_of
from reviews.outreach.services.received import set_aside, take_over
from reviews.outreach.views.board import OutreachPage


class ReceivedListView(OutreachPage, ListPage):
    policy_action = NominationAction.TAKE_OVER
    title = gettext_lazy("Received from missions")
    template_name = "reviews/outreach/received_list.html"
    filter_label = gettext_lazy("Filter what was received")
    unmatched_title = gettext_lazy("Nothing matches the filter")
    empty_title = gettext_lazy("Nothing has been received yet")
    empty_text = gettext_lazy("What a mission sends by its link stands here until an officer takes it over.")

    def get_trail(self) -> list[Crumb]:
        return [self.board_crumb()]

    def get_filter(self) -> ReceivedFilterSet:
        return ReceivedFilterSet(self.request.GET, mechanism=self.mechanism)


class ReceivedPage(OutreachPage):
    """A page of one of them. Whoever may not take over does not learn whether it is there."""

    policy_action = NominationAction.TAKE_OVER
    received: ReceivedNomination

    def get_policy_target(self) -> None:
        require(self.request.user, NominationAction.TAKE_OVER)
        self.received = get_received(self.mechanism, self.kwargs["received"])

    def list_url(self) -> str:
        return reverse("reviews:received-list", args=[self.kwargs["mechanism"]])

    def detail_url(self) -> str:
        return reverse("reviews:received-detail", args=[self.kwargs["mechanism"], self.received.pk])

    def get_caption(self) -> str:
        return str(self.received.state_party)

    def get_trail(self) -> list[Crumb]:
        return [self.board_crumb(), Crumb(_("Received from missions"), self.list_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = people_shown(self.received)
        return super().get_context_data(**kwargs | {"received": self.received, "people": people})


class ReceivedDetailView(ReceivedPage, TemplateView):
    template_name = "reviews/outreach/received_detail.html"

    def get_title(self) -> str:
        return _("Note verbale %(number)s") % {"number": isolated(self.received.number)}


class ReceivedScanView(ReceivedPage, PolicyView):
    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        return serve_received(request.user, self.policy_action, None, self.received.scan)


class BelowReceived(ReceivedPage):
    def get_trail(self) -> list[Crumb]:
        number = _("Note verbale %(number)s") % {"number": isolated(self.received.number)}
        return [*super().get_trail(), Crumb(number, self.detail_url())]

    def back_url(self) -> str:
        return self.detail_url()

    def get_initial(self) -> dict[str, Any]:
        return {"seen": seen_of(self.received)}

    def rest(self, form: Any, error: ServiceError) -> None:
        """The page shows what stands by now."""
        self.received = get_received(self.mechanism, self.received.pk)
        form.carry(seen=seen_of(self.received))


class TakeOverView(BelowReceived, ConfirmedActView):
    form_class = LetterPressForm
    title = gettext_lazy("Take it over")
    template_name = "reviews/outreach/received_act.html"
    consequences = (
        gettext_lazy("A note verbale is recorded in your name, with the scan and the people as the mission sent them."),
        gettext_lazy("You compare them, add who is missing, and submit it. Another officer checks it then."),
        gettext_lazy("Nobody whom it names has access before that."),
    )
    success_message = gettext_lazy("The note verbale is recorded. Compare it with the scan, and submit it.")

    def perform(self, form: LetterPressForm) -> NoteVerbale:
        return take_over(actor=self.user, received=self.received, seen=form.cleaned_data["seen"])

    def success_url_for(self, result: NoteVerbale) -> str:
        return reverse("reviews:note-detail", args=[self.mechanism.slug, self.received.state_party.iso3, result.pk])


class SetAsideView(BelowReceived, ServiceFormView):
    form_class = SetAsideForm
    title = gettext_lazy("Set it aside")
    template_name = "reviews/outreach/received_set_aside.html"
    submit_label = gettext_lazy("Set it aside")
    success_message = gettext_lazy("It is set aside.")

    def perform(self, form: SetAsideForm) -> ReceivedNomination:
        return set_aside(actor=self.user, received=self.received, **form.cleaned_data)

    def success_url_for(self, result: object) -> str:
        return self.list_url()


def people_shown(received: ReceivedNomination) -> list[dict[str, Any]]:
    """Those whom it names, with roles and languages in the reader's words."""
    roles, languages = dict(ParticipationRole.choices), dict(UN_LANGUAGES)
    return [
        {
            **person,
            "role": roles.get(person["role"], person["role"]),
            "language": languages.get(person["language"], person["language"]),
        }
        for person in received.people
    ]
