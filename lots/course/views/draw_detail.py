from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.jobs import is_abandoned, is_late
from core.language.i18n import isolated, list_of
from core.models import Job
from core.policy import Decision, explain
from lots.ceremony import SeedSoFar, seed_so_far
from lots.chain import added_to, draws_before, phases_missed_too
from lots.draws import DrawPage, publication_of, source_words
from lots.draws.enums import DrawAction, DrawKind, DrawStatus
from lots.draws.models import Draw
from lots.files import file_response
from lots.preparation import content_of, downloads_of, input_of, report_on
from lots.results import drawn_states, entries_of
from lots.words import acts_of, rules_set

_BEFORE_THE_RUN = (DrawStatus.PREPARED, DrawStatus.ANNOUNCED, DrawStatus.SEEDED)
_PATH = (*_BEFORE_THE_RUN, DrawStatus.DRAWN, DrawStatus.PUBLISHED)


@dataclass(frozen=True, slots=True)
class NextDrawAct:
    """What is to be done next, and the button that leads there; no button where there is no ``decision``."""

    title: str
    text: str
    label: str = ""
    url: str = ""
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    what: str
    when: Any
    who: object = None


class DrawDetailView(DrawPage, TemplateView):
    """Where a draw stands, what is to be done next, all that is fixed of it, and who did what."""

    policy_action = DrawAction.VIEW
    template_name = "lots/course/draw_detail.html"

    def get_template_names(self) -> list[str]:
        return ["lots/course/_publishing.html" if self.is_piece and self.publishing else self.template_name]

    def get_title(self) -> str:
        return _("Draw %(code)s") % {"code": isolated(self.draw.code)}

    @property
    def is_piece(self) -> bool:
        """Whether the page asks how far the publication is."""
        return self.request.GET.get("piece") == "publishing"

    @cached_property
    def publication(self) -> Job | None:
        """The last one that was begun, as long as the draw is not published."""
        return publication_of(self.draw) if self.draw.status == DrawStatus.DRAWN else None

    @property
    def publishing(self) -> Job | None:
        """The one that is under way."""
        return self.publication if self.publication and not self.publication.is_finished else None

    def get_about(self) -> str:
        return ""

    @cached_property
    def seed(self) -> SeedSoFar:
        return seed_so_far(self.draw)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.is_piece and self.publishing:
            return super().get_context_data(**self._progress(self.publishing), **kwargs)
        entries = entries_of(self.draw)
        states, before = [entry.state_party for entry in entries], draws_before(self.draw)
        return super().get_context_data(
            path=_path(self.draw),
            act=self._next_act(),
            seed=self.seed,
            record_decision=self._explain(DrawAction.RECORD_SEED),
            void_decision=self._explain(DrawAction.REQUEST_VOID),
            addition=self._addition(),
            missed_too=self._missed_too(),
            confirm_decision=self._explain(DrawAction.CONFIRM_VOID) if self._is_void_asked_for else None,
            rules=rules_set(self.draw.mechanism, self.draw.switches, states),
            report=self._report(),
            states_count=len(entries),
            before=before,
            added_to=added_to(self.draw.kind, self.draw.phase, before),
            assigned=[entry for entry in entries if entry.is_group_assigned],
            downloads=downloads_of(self.draw, with_result=True),
            happened=[Happened(*act) for act in acts_of(self.draw)],
            failed=self.publication if self.publication and not self.publishing else None,
            **(self._progress(self.publishing) if self.publishing else {}),
            **kwargs,
        )

    def _progress(self, job: Job) -> dict[str, Any]:
        """All are told to be open a moment before they are: the transaction has to come to its end."""
        return {
            "publishing": job,
            "opened": job.progress,
            "total": len(drawn_states(self.draw)),
            "is_late": is_late(job),
            "is_abandoned": is_abandoned(job),
        }

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        answer = super().render_to_response(context, **kwargs)
        if self.is_piece and not self.publishing:
            answer["HX-Refresh"] = "true"  # the whole page is another one now
        return answer

    @property
    def _is_void_asked_for(self) -> bool:
        return self.draw.void_requested_at is not None and self.draw.status != DrawStatus.VOIDED

    def _explain(self, action: DrawAction) -> Decision:
        return explain(self.request.user, action, self.draw)

    def _addition(self) -> Decision | None:
        """Whether reviewing States may be drawn in addition to this draw; None where nothing is added to it."""
        if self.draw.status != DrawStatus.PUBLISHED or self.draw.kind == DrawKind.SUPPLEMENTARY:
            return None
        return explain(self.request.user, DrawAction.PREPARE, self.draw.mechanism)

    def _missed_too(self) -> list[tuple[Draw, str, str, Decision]]:
        """Other phases in which States that this draw took as late have no team: draw, States, form, permission."""
        if not (missed := phases_missed_too(self.draw)):
            return []
        rows, form = [], reverse("lots:draw-prepare", args=[self.draw.mechanism.slug])
        names = {state.iso3: str(state) for state in (entry.state_party for entry in entries_of(self.draw))}
        for began, codes in missed:
            given = {"supplements": began.code, "late": " ".join(codes), "as_of": self.draw.as_of.isoformat()}
            states = list_of([isolated(names.get(code, code)) for code in codes])
            may = explain(self.request.user, DrawAction.PREPARE, self.draw.mechanism)
            rows.append((began, states, f"{form}?{urlencode(given)}", may))
        return rows

    def _report(self) -> Any:
        """How tight the input is, as long as nothing has been drawn of it."""
        if self.draw.status not in _BEFORE_THE_RUN:
            return None
        return report_on(input_of(self.draw))

    def _url(self, name: str, *more: str) -> str:
        return reverse(f"lots:{name}", args=[self.draw.mechanism.slug, self.draw.code, *more])

    def _next_act(self) -> NextDrawAct:
        match self.draw.status:
            case DrawStatus.ANNOUNCED:
                return self._seed_act()
            case DrawStatus.VOIDED:
                return NextDrawAct(_("Nothing is left to do"), _("This draw is voided; a new one can be prepared."))
            case DrawStatus.DRAWN if self.publishing:
                text = _("Nothing is public, and nobody sees any of the reviews, before all of them are open.")
                return NextDrawAct(_("The draw is being published"), text)
            case DrawStatus.PUBLISHED:
                text = _(
                    "The result is public, and the reviews are open. The delegations can check the draw themselves."
                )
                return NextDrawAct(_("Nothing is left to do"), text)
        name, action, title, why = _ACTS[DrawStatus(self.draw.status)]
        return NextDrawAct(str(title), str(why), str(title), self._url(name), self._explain(action))

    def _seed_act(self) -> NextDrawAct:
        """The first source that owes something: first all commitments, then the values."""
        parts = [source.part for source in self.seed.sources]
        decision = self._explain(DrawAction.RECORD_SEED)
        if not self.seed.have_all_committed:
            part = next(part for part in parts if part.regional_group and not part.commitment)
            text = _(
                "Each delegate hands in the SHA-256 of a value and secret words. %(done)s of %(all)s have done so."
            )
            return NextDrawAct(
                _("Record the commitments"),
                text % {"done": self.seed.committed, "all": self.seed.delegates},
                _("Record the commitment: %(source)s") % {"source": source_words(part)},
                self._url("seed-commit", part.source),
                decision,
            )
        part = next(part for part in parts if not part.value)
        text = _("All delegates have committed; the values are read aloud now. %(done)s of %(all)s are recorded.")
        return NextDrawAct(
            _("Record the values"),
            text % {"done": self.seed.revealed, "all": len(parts)},
            _("Record the value: %(source)s") % {"source": source_words(part)},
            self._url("seed-reveal", part.source),
            decision,
        )


class DrawFileView(DrawPage):
    """A file of a draw, for the secretariat also before it is published."""

    policy_action = DrawAction.VIEW

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content = content_of(self.draw, self.kwargs["name"], with_result=True)
        if content is None:
            raise Http404
        return file_response(content, self.kwargs["name"])


_ACTS: dict[DrawStatus, tuple[str, DrawAction, str | Promise, str | Promise]] = {
    DrawStatus.PREPARED: (
        "draw-announce",
        DrawAction.ANNOUNCE,
        gettext_lazy("Announce the draw"),
        gettext_lazy("Input, commitment and the sources of the seed become public, before anybody can know the seed."),
    ),
    DrawStatus.SEEDED: (
        "draw-run",
        DrawAction.RUN,
        gettext_lazy("Run the draw"),
        gettext_lazy("Another officer than those who have recorded the seed does this. It takes a second."),
    ),
    DrawStatus.DRAWN: (
        "draw-publish",
        DrawAction.PUBLISH,
        gettext_lazy("Publish the draw"),
        gettext_lazy(
            "Show the result in the ceremony first; publishing opens the reviews and makes the result public."
        ),
    ),
}


def _path(draw: Draw) -> list[tuple[str, str]]:
    """The stations of a draw, each ``done``, ``current`` or ``later``; a voided one got no further than it did."""
    reached = [True, draw.announced_at, draw.seeded_at, draw.run_at, draw.published_at]
    stations = [str(DrawStatus(status).label) for status in _PATH]
    if draw.kind == DrawKind.BROUGHT_IN:
        reached, stations = reached[3:], [draw.get_kind_display(), stations[-1]]
    last = max(place for place, value in enumerate(reached) if value)
    is_over = draw.status in {DrawStatus.VOIDED, DrawStatus.PUBLISHED}
    return [
        (
            label,
            "done" if place < last or (is_over and place == last) else "current" if place == last else "later",
        )
        for place, label in enumerate(stations)
    ]
