"""Acts that change a draw for good: each has a page that says what happens then."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _, gettext_lazy, ngettext

from core.enums import JobStatus
from core.language.i18n import list_of
from core.templatetags.components import date_words
from core.web.forms import AccessibleForm
from core.web.views import ConfirmedActView
from lots.ceremony import run_draw
from lots.course.forms import AnnounceForm, PublishForm, RunForm, VoidForm
from lots.course.services import confirm_void, request_void
from lots.draws import BelowDraw, opening_days, publication_of, regional_groups_in
from lots.draws.enums import DrawAction
from lots.draws.models import Draw
from lots.preparation import announce_draw, input_of, report_on
from lots.publication import IN_CHARGE, begin_publication, check_before_publication, sorted_out
from lots.results import drawn_states
from reviews.opening import OpeningCheck

Words = str | Promise
_VOIDING = gettext_lazy(
    "Voiding the draw afterwards takes two officers, and is possible only while no review has begun."
)


class DrawActPage(BelowDraw, ConfirmedActView):
    """An act on a draw; it leads back to the page of the draw."""

    template_name = "lots/course/draw_act.html"

    def success_url_for(self, result: Draw) -> str:
        return self.draw_url


class DrawAnnounceView(DrawActPage):
    policy_action = DrawAction.ANNOUNCE
    form_class = AnnounceForm
    template_name = "lots/course/draw_announce.html"
    title = gettext_lazy("Announce the draw")
    success_message = gettext_lazy("The draw is announced: input, commitment and sources of the seed are public.")

    def get_consequences(self) -> Sequence[Words]:
        return [
            _("The input table, its checksum, the commitment and the sources of the seed are public at once."),
            _("The sources cannot be changed afterwards; a correction is a new draw."),
            _("The delegates commit to their values next."),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = report_on(input_of(self.draw))
        return super().get_context_data(report=report, delegations=regional_groups_in(self.draw), **kwargs)

    def perform(self, form: AccessibleForm) -> Draw:
        values = form.cleaned_data["public_values"]
        return announce_draw(actor=self.request.user, draw=self.draw, public_values=values)  # type: ignore[arg-type]


class DrawRunView(DrawActPage):
    policy_action = DrawAction.RUN
    form_class = RunForm
    title = gettext_lazy("Run the draw")
    success_message = gettext_lazy("The lots are drawn. Only the secretariat sees the result until it is published.")

    def get_consequences(self) -> Sequence[Words]:
        return [
            _("Groups and reviewing States are drawn from the frozen input and the seed. This takes about a second."),
            _("There is one result for this input and this seed: it cannot be drawn again."),
            _("Only the secretariat sees it until it is published. The ceremony shows it step by step."),
        ]

    def perform(self, form: AccessibleForm) -> Draw:
        return run_draw(actor=self.request.user, draw=self.draw)  # type: ignore[arg-type]


class DrawPublishView(DrawActPage):
    policy_action = DrawAction.PUBLISH
    form_class = PublishForm
    template_name = "lots/course/draw_publish.html"
    title = gettext_lazy("Publish the draw")
    success_message = gettext_lazy("The reviews are being opened. All of it becomes public at once, when they are.")

    @property
    def check(self) -> OpeningCheck:
        """As it is now, and no longer as it was before the form was refused."""
        return check_before_publication(self.draw)

    def was_done_by_reader(self) -> bool:
        """Pressed twice, or once more on a page that is out of date."""
        job = publication_of(self.draw)
        has_failed = job is not None and job.status == JobStatus.FAILED
        return job is not None and not has_failed and job.requested_by_id == self.request.user.pk

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.check.seen}

    def get_form_kwargs(self) -> dict[str, Any]:
        check = self.check
        asks_who = any(finding.key == IN_CHARGE for finding in check.findings)
        return {**super().get_form_kwargs(), "asks_why": bool(check.warnings), "asks_who": asks_who}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(check=self.check, **kwargs)

    def get_consequences(self) -> Sequence[Words]:
        sorts = sorted_out(self.draw, drawn_states(self.draw))
        number, again, there = len(sorts.opened), len(sorts.again), len(sorts.there)
        opened = ngettext(
            "%(number)s review of phase %(phase)s is opened, with its reviewing States and its calendar.",
            "%(number)s reviews of phase %(phase)s are opened, with their reviewing States and their calendars.",
            number,
        )
        changed = ngettext(
            "%(number)d review that is open goes on with other reviewing States: see below. That is not voided.",
            "%(number)d reviews that are open go on with other reviewing States: see below. That is not voided.",
            again,
        )
        taken_on = ngettext(
            "%(number)d review that was opened by hand goes on as it was drawn: see below.",
            "%(number)d reviews that were opened by hand go on as they were drawn: see below.",
            there,
        )
        starting = [
            opened % {"number": number, "phase": self.draw.phase.number},
            _("They start with the period of their group: %(days)s.") % {"days": self._days()},
        ]
        return [
            *(starting if number else []),
            *([changed % {"number": again}] if again else []),
            *([taken_on % {"number": there}] if there else []),
            _("Groups, reviewing States and all files are public, with the verifier and the program that draws."),
            *([] if again else [_VOIDING]),
        ]

    def _days(self) -> str:
        days = opening_days(self.draw.phase)
        words = _("group %(number)s on %(day)s")
        return list_of([words % {"number": number, "day": date_words(day)} for number, day in days.items()])

    def perform(self, form: AccessibleForm) -> Draw:
        begin_publication(
            actor=self.request.user,  # type: ignore[arg-type]
            draw=self.draw,
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data.get("reason", ""),
            officer=form.cleaned_data.get("officer"),
            language=get_language() or "en",
        )
        return self.draw


class DrawVoidView(DrawActPage):
    policy_action = DrawAction.REQUEST_VOID
    form_class = VoidForm
    template_name = "lots/course/draw_void.html"
    title = gettext_lazy("Ask for the voiding")
    is_warning = True
    success_message = gettext_lazy("The voiding is asked for. Another officer confirms it.")

    def get_consequences(self) -> Sequence[Words]:
        return [
            _("Nothing changes until another officer confirms; you cannot do that yourself."),
            _("The draw, its files and the reason stay in the record."),
            *_when_published(self.draw),
        ]

    def perform(self, form: AccessibleForm) -> Draw:
        reason = form.cleaned_data["reason"]
        return request_void(actor=self.request.user, draw=self.draw, reason=reason)  # type: ignore[arg-type]


class DrawVoidConfirmView(DrawActPage):
    policy_action = DrawAction.CONFIRM_VOID
    title = gettext_lazy("Void the draw")
    is_warning = True
    success_message = gettext_lazy("The draw is voided. A new one can be prepared.")

    def get_consequences(self) -> Sequence[Words]:
        public = [_("The public page says that the draw is voided, when, and why.")] if self.draw.announced_at else []
        return [
            _("The draw is voided for good. Its files and the reason stay in the record."),
            *public,
            *_when_published(self.draw),
        ]

    def perform(self, form: AccessibleForm) -> Draw:
        return confirm_void(actor=self.request.user, draw=self.draw)  # type: ignore[arg-type]


def _when_published(draw: Draw) -> list[Words]:
    if not draw.published_at:
        return []
    withdrawn = _("The reviews that it opened are withdrawn, and those that it took on.")
    unless = _("Where one of them has begun, or somebody is registered in it, the voiding is refused.")
    return [withdrawn, unless]
