"""The acts on an objection, each on a page that shows its thread."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy

from core.errors import OutdatedError, ServiceError
from core.templatetags.components import datetime_words
from core.web.forms import AccessibleForm
from core.web.views import ConfirmedActView, ToldWhenDone
from observations.objections.forms import ObjectionReplyForm, ResolvedForm
from observations.objections.models import ObjectionReply
from observations.objections.selectors import Thread, get_objection, thread_of
from observations.objections.services import reply_to_objection, resolve_objection, withdraw_objection
from observations.texts import BelowText
from observations.texts.enums import TextAction
from observations.texts.models import AgreedText, Objection
from observations.versions import StandingVersionPage
from observations.wording import current_document
from reviews.cases.models import Review
from reviews.drafts import Shown, WritingView, shown_on_table


class ObjectionPage(BelowText, StandingVersionPage):
    """A page of one objection; the policy is asked about that."""

    policy_target: Any

    def get_policy_target(self) -> Any:
        return get_objection(super().get_policy_target(), self.kwargs["objection"])

    @property
    def text(self) -> AgreedText:
        text: AgreedText = self.policy_target.version.agreed_text
        return text

    @property
    def review(self) -> Review:  # type: ignore[override]
        review: Review = self.text.review
        return review

    @cached_property
    def thread(self) -> Thread:
        objection = get_objection(self.text, self.policy_target.pk)  # with the replies that have come by now
        return thread_of(self.user, self.text, objection, current_document(self.text))

    @property
    def thread_url(self) -> str:
        return f"{self.text_url}#objection-{self.policy_target.pk}"

    def back_url(self) -> str:
        return self.thread_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(thread=self.thread, **kwargs)


class ObjectionReplyView(ObjectionPage, WritingView):
    policy_action = TextAction.REPLY_TO_OBJECTION
    read_action = TextAction.VIEW
    form_class = ObjectionReplyForm
    title = gettext_lazy("Reply to an objection")
    template_name = "observations/objections/objection_reply.html"
    submit_label = gettext_lazy("Reply")
    success_message = gettext_lazy("Your reply stands below the objection.")

    @property
    def read_target(self) -> AgreedText:
        return self.text

    def shown_now(self) -> Shown:
        return shown_on_table(self.review)

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "seen": len(self.thread.objection.replies.all())}

    def perform(self, form: ObjectionReplyForm) -> ObjectionReply:
        return reply_to_objection(actor=self.user, objection=self.policy_target, **form.cleaned_data)

    def rest(self, form: AccessibleForm, error: ServiceError) -> None:
        self.__dict__.pop("thread", None)
        if isinstance(error, OutdatedError):
            form.carry(seen=error.now)


class ObjectionEndView(ToldWhenDone, ObjectionPage, ConfirmedActView):
    policy_action = TextAction.END_OBJECTION
    template_name = "observations/objections/objection_act.html"

    def done_before(self) -> str:
        row: Objection = self.policy_target
        if row.ended_at is None or self.own_state is None or row.state_party_id != self.own_state.pk:
            return ""
        facts = {"how": row.get_ending_display(), "time": datetime_words(row.ended_at)}
        return _("This objection has ended already. %(how)s, %(time)s.") % facts

    def done_url(self) -> str:
        return self.text_url


class ObjectionWithdrawView(ObjectionEndView):
    title = gettext_lazy("Withdraw the objection")
    consequences = (
        gettext_lazy("The objection stays readable, with who withdrew it and when. It is carried over no more."),
        gettext_lazy("Nothing is cleared by that. The focal points of the other States are told."),
    )
    success_message = gettext_lazy("The objection is withdrawn.")

    def perform(self, form: AccessibleForm) -> Objection:
        return withdraw_objection(actor=self.user, objection=self.policy_target)


class ObjectionResolveView(ObjectionEndView):
    form_class = ResolvedForm
    title = gettext_lazy("The wording resolves it")
    success_message = gettext_lazy("The objection is resolved by this wording.")

    def get_initial(self) -> dict[str, Any]:
        return {"sha256": self.version.sha256 if self.version else ""}

    def get_consequences(self) -> list[str]:
        number = self.version.number if self.version else ""
        return [
            _("Version %(number)s is recorded as what resolves this objection of your State.") % {"number": number},
            _("The version is not cleared by that. The focal points of the other States are told."),
        ]

    def perform(self, form: ResolvedForm) -> Objection:
        return resolve_objection(actor=self.user, objection=self.policy_target, **form.cleaned_data)
