"""Who reads the answers beyond the review, for the State's own people; and the pages on which those readers do."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView

from core.errors import OutdatedError, ServiceError
from core.files import storage
from core.files.uploads import content_type_of
from core.language.i18n import language
from core.language.rendering import render_all
from core.policy import can, explain
from core.templatetags.components import datetime_words
from core.web.forms import AccessibleForm
from core.web.pages import Crumb
from core.web.views import ConfirmedActView, ListPage, PublicPage, ServiceFormView, ToldWhenDone
from questionnaires.sharing.enums import FILES, SharingAction
from questionnaires.sharing.exports import address_in, as_data
from questionnaires.sharing.filters import SharedAnswersFilterSet
from questionnaires.sharing.forms import ShareAnswersForm, StandingShareForm
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.selectors import (
    SharedAnswers,
    ended_shares,
    excerpts_in,
    get_shared,
    open_to,
    shared_answers,
    shared_law_file,
    standing_shares,
)
from questionnaires.sharing.services import share_answers, stop_sharing_answers
from questionnaires.sharing.sieve import AnswersChoice, choice_of, hash_of_choice, shared_document
from questionnaires.submissions import BelowSubmission
from reviews.audiences.enums import BEYOND_THE_REVIEW, SharingAudience

JSON = "json"
_MOST_EXCERPTS = 20  # a page of answers with what stands around the words that were looked for
_LABELS = {
    "pdf": "PDF",
    "docx": pgettext_lazy("a file format", "Word"),
    "xml": gettext_lazy("XML (Akoma Ntoso)"),
    JSON: pgettext_lazy("a file format", "JSON"),
}


class AnswersAudienceView(BelowSubmission, TemplateView):
    """Who reads the answers, and what of them: by audience, with the ways to more and to less."""

    policy_action = SharingAction.LIST
    title = gettext_lazy("Who reads the answers")
    template_name = "questionnaires/sharing/audience.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = standing_shares(self.review)
        return super().get_context_data(
            audiences=[(each, standing.get(each), self.is_earlier(standing.get(each))) for each in BEYOND_THE_REVIEW],
            ended=ended_shares(self.review),
            share=explain(self.user, SharingAction.SHARE, self.policy_target),
            take_back=explain(self.user, SharingAction.TAKE_BACK, self.policy_target),
            **kwargs,
        )

    def is_earlier(self, share: AnswersShare | None) -> bool:
        """Whether the same choice of what stands says something else; a later version may have changed none of it."""
        return share is not None and hash_of_choice(self.policy_target, choice_of(share.document)) != share.sha256


class BelowAudience(BelowSubmission):
    """An act on what one audience reads."""

    @cached_property
    def audience(self) -> SharingAudience:
        if self.kwargs["audience"] not in BEYOND_THE_REVIEW:
            raise Http404
        return SharingAudience(self.kwargs["audience"])

    @property
    def standing(self) -> AnswersShare | None:
        return standing_shares(self.review).get(self.audience)

    @property
    def number(self) -> int:
        """Of what the audience reads now, 0 for nothing."""
        return self.standing.number if self.standing else 0

    @property
    def audience_url(self) -> str:
        return reverse("questionnaires:answers-audience", args=self.address)

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(_("Who reads the answers"), self.audience_url)]

    def back_url(self) -> str:
        return self.audience_url


class AnswersShareView(BelowAudience, ServiceFormView):
    """Chooses what an audience reads, and shows exactly that. POST with ``preview``: shows another choice."""

    policy_action = SharingAction.SHARE
    form_class = ShareAnswersForm
    template_name = "questionnaires/sharing/share.html"
    success_message = gettext_lazy("They read it now, as you have seen it. What your State sends later stays closed.")

    def get_title(self) -> str:
        return _("Open the answers to: %(readers)s") % {"readers": self.audience.label}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "submission": self.policy_target}

    def get_initial(self) -> dict[str, Any]:
        standing = self.standing
        choice = choice_of(standing.document) if standing else AnswersChoice(())
        shown = {"sections": choice.sections, "laws": choice.laws, "law_files": choice.files}
        return {**shown, "sha256": hash_of_choice(self.policy_target, choice), "number": self.number}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "preview" in request.POST:
            return self.show_choice()
        return super().post(request, *args, **kwargs)

    def show_choice(self) -> HttpResponse:
        """The page as it was posted, with what would be read; nothing is opened."""
        form: Any = self.get_form()
        if not form.is_valid():
            return self.form_invalid(form)
        form.carry_choice()
        return self.render_to_response(self.get_context_data(form=form))

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """The page shows what was chosen, as it is by now: that is what a second press is for."""
        chosen: Any = form
        chosen.carry_choice()
        if isinstance(error, OutdatedError):
            form.carry(number=self.number)

    def perform(self, form: ShareAnswersForm) -> AnswersShare:
        return share_answers(
            actor=self.user,
            review=self.review,
            audience=self.audience,
            choice=form.choice,
            sha256=form.cleaned_data["sha256"],
            replaces=form.cleaned_data["number"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(audience=self.audience, **kwargs)
        document = shared_document(self.policy_target, context["form"].choice)
        rendered = render_all(answer["text"] for answer in document["answers"])
        return context | _shown(shared_answers(document, self.policy_target.version_id, rendered))


class AnswersTakeBackView(ToldWhenDone, BelowAudience, ConfirmedActView):
    policy_action = SharingAction.TAKE_BACK
    form_class = StandingShareForm
    title = gettext_lazy("Open the answers to them no longer")
    is_warning = True
    success_message = gettext_lazy("They read the answers no longer.")
    consequences = (
        gettext_lazy("The page and its files go within a minute."),
        gettext_lazy("What others have read or copied before stays with them."),
    )

    def get_title(self) -> str:
        return _("Open the answers no longer to: %(readers)s") % {"readers": self.audience.label}

    def done_before(self) -> str:
        last = ended_shares(self.review).filter(audience=self.audience).first()
        if last is None or self.standing is not None or not can(self.user, SharingAction.SHARE, self.policy_target):
            return ""
        return _("They read nothing any more since %(time)s.") % {"time": datetime_words(last.ended_at)}

    def done_url(self) -> str:
        return self.audience_url

    def get_initial(self) -> dict[str, Any]:
        return {"number": self.number}

    def perform(self, form: StandingShareForm) -> None:
        number = form.cleaned_data["number"] or None
        stop_sharing_answers(actor=self.user, review=self.review, audience=self.audience, number=number)


class SharedAnswersListView(PublicPage, ListPage):
    """Of which reviews answers are open to everybody, or to all States parties for people of one."""

    title = gettext_lazy("Answers that States have opened")
    template_name = "questionnaires/sharing/shared_list.html"
    filter_label = gettext_lazy("Filter the answers")
    unmatched_title = gettext_lazy("No answers match the filter")
    empty_title = gettext_lazy("No State has opened any of its answers yet")
    empty_text = gettext_lazy("Answers stay with the States of a review, until the State that gave them opens them.")

    def get_filter(self) -> SharedAnswersFilterSet:
        rows = open_to(self.request.user).defer("document", "rendered")
        chosen = SharedAnswersFilterSet(self.request.GET, rows)
        if "words" in chosen.given:
            self.page_size = _MOST_EXCERPTS
        return chosen

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With ``excerpts``: what stands around the words that were looked for."""
        words = self.filter.given.get("words", "")
        return super().get_context_data(excerpts=excerpts_in(self.page, words) if words else {}, **kwargs)


class SharedAnswersPage(PublicPage):
    """A page of what an audience reads: all others find none, whether there is such or not."""

    @cached_property
    def share(self) -> AnswersShare:
        address = (self.kwargs[name] for name in ("mechanism", "code", "audience"))
        return get_shared(self.request.user, *address, number=self.kwargs.get("number"))


class SharedAnswersView(SharedAnswersPage, TemplateView):
    template_name = "questionnaires/sharing/shared_detail.html"

    def get_title(self) -> str:
        return _("Self-assessment of %(state)s") % {"state": self.share.review.state_under_review}

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Answers that States have opened"), reverse("questionnaires:shared-answers-list"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        share = self.share
        shown = _shown(shared_answers(share.document, share.version_id, share.rendered))
        is_public = share.audience == SharingAudience.PUBLIC
        context = {"share": share, "review": share.review, "is_public": is_public, "permanent": address_in(share)}
        context["canonical"] = address_in(share, version=False)
        context["files"] = self._files()
        return super().get_context_data(is_version="number" in self.kwargs, **context, **shown, **kwargs)

    def _files(self) -> list[tuple[Any, str]]:
        """Those that are made, with their addresses: of this very content, where the page is at such a one."""
        share, own = self.share, self.kwargs.get("number")
        address = [share.review.mechanism.slug, share.review.code, share.audience, *([own] if own else [])]
        name = f"questionnaires:shared-answers-{'version-file' if own else 'file'}"
        there = [ending for ending in _LABELS if ending == JSON or getattr(share, ending)]
        return [(_LABELS[ending], reverse(name, args=[*address, ending])) for ending in there]


class SharedAnswersFileView(SharedAnswersPage):
    """A file, or the data: all of it is in the language of the answers, whatever that of the pages is."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse | JsonResponse:
        share, ending = self.share, kwargs["format"]
        reply: FileResponse | JsonResponse
        if ending == JSON:
            reply = JsonResponse(as_data(share), json_dumps_params={"ensure_ascii": False})
        elif ending in FILES:
            name = f"{share.review.code}-answers-{share.audience.replace('_', '-')}-{share.number}.{ending}"
            kind = storage.CONTENT_TYPES[f".{ending}"]
            reply = storage.serve_public(getattr(share, ending), file_name=name, content_type=kind)
        else:
            raise Http404
        reply.headers["Content-Language"] = share.language
        return reply


class SharedLawFileView(SharedAnswersPage):
    """A file of a law that was chosen together with the answers that cite it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> FileResponse:
        file, name = shared_law_file(self.share, kwargs["file"])
        return storage.serve_public(file.file, file_name=name, content_type=content_type_of(file.file.name or ""))


def _shown(answers: SharedAnswers) -> dict[str, Any]:
    """What the templates need to show it, on the page and before."""
    official = language(answers.definition.language)
    return {"answers": answers, "official": official, "answers_language": answers.language}
