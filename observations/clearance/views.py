import datetime as dt
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from accounts.states.models import StateParty
from core import jobs
from core.errors import ServiceError
from core.hashes import document_hash
from core.language.differences import near_changes
from core.language.i18n import isolated
from core.language.text import as_kept
from core.language.word_counts import count_words
from core.policy import explain
from core.templatetags.components import datetime_words, names
from core.web.forms import AccessibleForm
from core.web.views import ConfirmedActView, ServiceActionView, ToldWhenDone
from observations.clearance.forms import ObjectionForm, ResolvingForm
from observations.clearance.selectors import (
    changes_since,
    clearance_by,
    kinds_of_texts,
    last_change_of,
    objection_by,
    reasons_beside,
    taken_back_by,
    version_seen_last,
    versions_of,
    versions_seen,
)
from observations.clearance.services import (
    clear_version,
    note_reading,
    object_to_version,
    propose_version,
    take_back_clearance,
)
from observations.documents import FORMATS
from observations.hints import hints_of_text
from observations.objections import Thread, keys_of, threads_on
from observations.publications import publication_of
from observations.summaries import passage_drafts_visible_to, passages_with_sources
from observations.texts import BelowText
from observations.texts.enums import TextAction, TextKind, TextStatus
from observations.texts.models import AgreedText, Objection, PassageDraft, TextVersion
from observations.translations import in_languages
from observations.versions import (
    StandingVersionPage,
    agreement_on_text,
    agreements_on_texts,
    clearances_taken_back,
    shown_of_text,
    standing_version,
)
from observations.wording import (
    Document,
    current_document,
    document_from,
    document_of,
    hash_of_table,
    paragraphs_of,
    parts_of,
    word_count_of,
)
from reviews.capacities import capacity_of, own_state_of
from reviews.cases.enums import Grant, ReviewAction
from reviews.cases.models import Clearance
from reviews.drafts import Shown, WritingView
from reviews.navigation import ReviewPage
from reviews.visibility import states_taking_part


class TextListView(ReviewPage, TemplateView):
    """The documents of a review: where each stands, who has cleared it, whose clearance is missing."""

    policy_action = ReviewAction.READ_TABLE
    title = gettext_lazy("Documents")
    template_name = "observations/clearance/text_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        states = list(states_taking_part(self.review))
        rows = agreements_on_texts([self.review], {self.review.pk: states})[self.review.pk]
        of_kind = {kind: [row for row in rows if row.text.kind == kind] for kind in TextKind}
        return super().get_context_data(
            own_state_id=own_state_of(self.user, self.review),
            lists=of_kind[TextKind.LIST_OF_OBSERVATIONS],
            summaries=of_kind[TextKind.SUMMARY],
            seen=versions_seen(self.user, self.review),
            has_summaries=TextKind.SUMMARY in kinds_of_texts(self.review),
            **kwargs,
        )


class TextDetailView(StandingVersionPage, TemplateView):
    """A text to read, where it stands, what has changed since the reader saw it last, and what he or she may do."""

    policy_action = TextAction.VIEW
    template_name = "observations/clearance/text_detail.html"

    def get_title(self) -> str:
        return f"{self.text.get_kind_display()}: {self.text.instrument}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        del kwargs["kind"], kwargs["instrument"]  # given by the address; the components have a "kind" of their own
        text, version = self.text, self.version
        document = document_from(version.document, version.rendered) if version else document_of(text)
        versions = list(versions_of(text).defer("document", "rendered"))
        return super().get_context_data(
            document=document,
            word_count=version.words if version else word_count_of(document),
            draft_sha256="" if version else document_hash(document.as_json()),
            versions=[row for row in versions if row.cancelled_at],
            taken_back=clearances_taken_back(text, version) if version else (),
            threads=threads_on(self.user, text, document, version, self.own_state),
            job=jobs.latest_for(text, self.user.pk, FORMATS.values()),
            publication=publication_of(text),
            last_change=last_change_of(text),
            preview=explain(self.user, TextAction.PREVIEW, text),
            in_languages=in_languages(text, version),
            hints=hints_of_text(text, document, self._list_url),
            **self._acts(),
            **self._changes(document),
            **self._passages(document),
            **kwargs,
        )

    @property
    def _list_url(self) -> str:
        return reverse("observations:observation-list", args=self.address)

    def _changes(self, document: Document) -> dict[str, Any]:
        """What came and went since the version that the reader saw before; nothing where there was none.

        While none stands, that is the last one seen: what is drafted is told beside the words that were proposed.
        """
        if self.version is None:
            seen = version_seen_last(self.user, self.text)
        else:
            seen = note_reading(self.user, self.text, self.version).compared_with
        return {"seen": seen, "changes": near_changes(changes_since(seen, document))} if seen else {}

    def _acts(self) -> dict[str, Any]:
        """Decisions on what can be done at present, for those who draft or clear; mere readers are shown none."""
        capacity = capacity_of(self.user, self.review)
        if capacity is None or not capacity.has(Grant.DRAFT) or self.text.status == TextStatus.AGREED:
            return {}
        actions = {"clear": TextAction.CLEAR, "object": TextAction.OBJECT, "take_back": TextAction.TAKE_BACK}
        if self.version is None:
            actions = {"propose": TextAction.PROPOSE}
        decisions = {f"{name}_decision": explain(self.user, action, self.text) for name, action in actions.items()}
        return {"has_part": True, **decisions}

    def _passages(self, document: Document) -> dict[str, Any]:
        """``drawn_on``: the agreed observations behind the paragraphs, by their numbers."""
        if self.text.kind != TextKind.SUMMARY:
            return {}
        passages = list(passages_with_sources(self.text))
        behind = {passage.pk: passage.observations.all() for passage in passages}
        drafts: dict[Any, list[PassageDraft]] = {}
        for draft in passage_drafts_visible_to(self.user, self.text):
            drafts.setdefault(draft.passage_id, []).append(draft)
        return {
            "passages": [(passage, count_words(passage.text), drafts.get(passage.pk, ())) for passage in passages],
            "drawn_on": {number: behind[key] for number, key in parts_of(self.text, document, passages).items()},
            "edit": explain(self.user, TextAction.EDIT_SUMMARY, self.text),
            "may_draft": explain(self.user, TextAction.DRAFT_PASSAGE, self.text),
        }


class OncePerState(ToldWhenDone, StandingVersionPage):
    """An act that a State does once on a version, by its focal point."""

    def done_before(self) -> str:
        capacity = capacity_of(self.user, self.review)
        does_it = capacity is not None and capacity.has(Grant.CLEAR)
        return self.done_for(self.own_state) if does_it and self.own_state else ""

    def done_url(self) -> str:
        return self.text_url

    @abstractmethod
    def done_for(self, state: StateParty) -> str:
        """When and by whom the State did this to the version that the page showed; empty where it has not."""


class TextActionView(StandingVersionPage, ServiceActionView):
    """An act on what the page of the text has shown: its checksum comes with it."""

    takes = {"sha256": forms.CharField(max_length=64)}

    @property
    def sha256(self) -> str:
        return self.request.POST.get("sha256", "")

    def next_url(self) -> str:
        return self.text_url

    def where_it_stands_now(self) -> str:
        """In words, after an act."""
        agreement = agreement_on_text(self.text, standing_version(self.text))
        if self.text.status == TextStatus.AGREED:
            return _("All States have cleared the same version: the text is agreed.")
        return _("The clearance is still missing of: %(states)s.") % {"states": names(agreement.missing)}


class TextProposeView(TextActionView):
    policy_action = TextAction.PROPOSE

    def perform(self) -> str:
        version = propose_version(actor=self.user, text=self.text, sha256=self.sha256)
        message = _("Version %(number)s is proposed and cleared for %(state)s.")
        done = message % {"number": version.number, "state": self.own_state}
        return f"{done} {self.where_it_stands_now()}"


class TextClearView(OncePerState, TextActionView):
    policy_action = TextAction.CLEAR

    def done_for(self, state: StateParty) -> str:
        return cleared_before(self.text, state, self.sha256)

    def perform(self) -> str:
        version = clear_version(actor=self.user, text=self.text, sha256=self.sha256)
        message = _("Version %(number)s is cleared for %(state)s.")
        done = message % {"number": version.number, "state": self.own_state}
        return f"{done} {self.where_it_stands_now()}"


class ResolvingView(BelowText, StandingVersionPage, ConfirmedActView):
    """A clearance by which objections of the own State are resolved: the page names them, and asks once more."""

    form_class = ResolvingForm
    template_name = "observations/clearance/text_resolving.html"

    @cached_property
    def own(self) -> Sequence[Thread]:
        return threads_on(self.user, self.text, current_document(self.text), self.version, self.own_state).own

    def get_initial(self) -> dict[str, Any]:
        shown = self.version.sha256 if self.version else hash_of_table(self.text)
        return {"sha256": shown, "resolving": keys_of(thread.objection for thread in self.own)}

    def get_consequences(self) -> list[str]:
        return [
            _("The objections of %(state)s that stand here are recorded as resolved by it.")
            % {"state": self.own_state},
            _("They stay readable. If your State takes the clearance back, they do not open again: it objects anew."),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(own=self.own, **kwargs)

    def shown(self, form: ResolvingForm) -> dict[str, Any]:
        return {"sha256": form.cleaned_data["sha256"], "resolving": form.cleaned_data["resolving"].split()}

    def success_url_for(self, result: object) -> str:
        return self.text_url


class TextClearResolvingView(OncePerState, ResolvingView):
    policy_action = TextAction.CLEAR
    title = gettext_lazy("Clear, and resolve our objections")
    success_message = gettext_lazy("The version is cleared, and the objections of your State are resolved by it.")

    def done_for(self, state: StateParty) -> str:
        return cleared_before(self.text, state, self.request.POST.get("sha256", ""))

    def get_consequences(self) -> list[str]:
        certified = _("You certify, as the focal point, that %(state)s agrees to version %(number)s.")
        facts = {"state": self.own_state, "number": self.version.number if self.version else ""}
        return [certified % facts, *super().get_consequences()]

    def perform(self, form: ResolvingForm) -> TextVersion:
        return clear_version(actor=self.user, text=self.text, **self.shown(form))


class TextProposeResolvingView(ResolvingView):
    policy_action = TextAction.PROPOSE
    title = gettext_lazy("Propose, and resolve our objections")
    success_message = gettext_lazy("The version is proposed, and the objections of your State are resolved by it.")

    def get_consequences(self) -> list[str]:
        frozen = _("The draft on the shared table is frozen, proposed, and cleared for %(state)s.")
        return [frozen % {"state": self.own_state}, *super().get_consequences()]

    def perform(self, form: ResolvingForm) -> TextVersion:
        return propose_version(actor=self.user, text=self.text, **self.shown(form))


class TextTakeBackView(OncePerState, TextActionView):
    policy_action = TextAction.TAKE_BACK

    def done_for(self, state: StateParty) -> str:
        taken, is_cleared_again = (of(self.text, state, self.sha256) for of in (taken_back_by, clearance_by))
        if is_cleared_again or taken is None or taken.taken_back_at is None or taken.taken_back_by is None:
            return ""
        message = _(
            "This was done at %(time)s: %(person)s took back the clearance of version %(number)s for %(state)s."
        )
        facts = {"time": datetime_words(taken.taken_back_at), "person": isolated(taken.taken_back_by.full_name)}
        return message % {**facts, "number": taken.version, "state": taken.state_party}

    def perform(self) -> str:
        clearance = take_back_clearance(actor=self.user, text=self.text, sha256=self.sha256)
        message = _("The clearance of version %(number)s for %(state)s is taken back. The version still stands.")
        done = message % {"number": clearance.version, "state": self.own_state}
        return f"{done} {self.where_it_stands_now()}"


class TextObjectView(BelowText, OncePerState, WritingView):
    """The reasons are about the paragraphs of the version that the form has shown, also where another one stands."""

    policy_action = TextAction.OBJECT
    read_action = TextAction.VIEW
    form_class = ObjectionForm
    title = gettext_lazy("Object to a version")
    template_name = "observations/clearance/text_object.html"
    success_message = gettext_lazy("The objection is recorded. The version is cancelled, and drafting goes on.")

    def done_for(self, state: StateParty) -> str:
        """Nothing where other reasons were typed than stand there: the refusal then gives them back."""
        objection = objection_by(self.text, state, self.request.POST.get("sha256", ""))
        typed = {
            as_kept(str(words)) for name, words in self.request.POST.items() if name.rpartition("-")[2] == "reason"
        }
        if objection is not None and not typed - {""} <= reasons_beside(objection):
            return ""
        message = _("This was done at %(time)s: %(person)s objected to version %(number)s for %(state)s.")
        return message % _facts(objection.created_at, objection, objection.version.number) if objection else ""

    def is_answered_here(self) -> bool:
        return super().is_answered_here() and not self.done_before()

    def shown_now(self) -> Shown:
        return shown_of_text(self.text)

    @cached_property
    def version_shown(self) -> TextVersion | None:
        named = self.text.versions.filter(sha256=self.request.POST.get("sha256", ""))
        return named.order_by("-number").first() or self.version

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "sha256": self.version.sha256 if self.version else ""}

    def get_form_kwargs(self) -> dict[str, Any]:
        version = self.version_shown
        document = document_from(version.document, version.rendered) if version else None
        return {**super().get_form_kwargs(), "paragraphs": paragraphs_of(document) if document else {}}

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        """What was said of a version that does not stand any more is there to be copied, and objects to no other."""
        self.__dict__.pop("version", None)
        if self.version_shown != self.version:
            self.refusal = str(error)
        elif self.version is not None:
            form.carry(sha256=self.version.sha256)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = threads_on(self.user, self.text, current_document(self.text), self.version, self.own_state).own
        return {**super().get_context_data(own=own, **kwargs), "version": self.version_shown}

    def perform(self, form: ObjectionForm) -> list[Objection]:
        return object_to_version(actor=self.user, text=self.text, **form.cleaned_data)

    def success_url_for(self, result: object) -> str:
        return self.text_url


def cleared_before(text: AgreedText, state: StateParty, sha256: str) -> str:
    cleared = clearance_by(text, state, sha256)
    message = _("This was done at %(time)s: %(person)s cleared version %(number)s for %(state)s.")
    return message % _facts(cleared.cleared_at, cleared, cleared.version) if cleared else ""


def _facts(at: dt.datetime, act: Clearance | Objection, number: int) -> dict[str, Any]:
    person = act.focal_point.full_name
    return {"time": datetime_words(at), "person": person, "number": number, "state": act.state_party}
