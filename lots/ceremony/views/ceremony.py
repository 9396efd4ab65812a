from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRefresh

from core.language.i18n import isolated
from lots.ceremony.selectors import SeedSoFar, count_states, find_turn, fingerprint, groups_of, seed_so_far, turns_of
from lots.draws import BelowDraw
from lots.draws.enums import DrawAction, DrawStatus
from lots.draws.models import Draw
from lots.results import DrawnState, diagram_of, drawn_states, pictured

_PIECE = 8  # digits of a checksum that are read aloud together
_WAITING = frozenset({DrawStatus.PREPARED, DrawStatus.ANNOUNCED, DrawStatus.SEEDED})


class DrawCeremonyView(BelowDraw, TemplateView):
    """The screen of the meeting room: the seed as it comes in, then the result step by step.

    While the seed comes in, the page asks every few seconds whether something is new, and is loaded anew after the run.
    """

    policy_action = DrawAction.VIEW
    title = gettext_lazy("Drawing of lots")

    def get_caption(self) -> str:
        """Whether it is for training, a tag beside the title says."""
        return self.place

    def get_about(self) -> str:
        return _("Ceremony of draw %(code)s") % {"code": isolated(self.draw.code)}

    @cached_property
    def is_waiting(self) -> bool:
        return self.draw.status in _WAITING

    @cached_property
    def seed(self) -> SeedSoFar:
        return seed_so_far(self.draw)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.htmx:  # type: ignore[attr-defined]
            return super().get(request, *args, **kwargs)
        if not self.is_waiting:
            return HttpResponseClientRefresh()
        if request.GET.get("seen") == fingerprint(self.draw, self.seed):
            return HttpResponse(status=204)
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return ["lots/ceremony/_ceremony_seed.html" if self.request.htmx else "lots/ceremony/ceremony.html"]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        drawn = drawn_states(self.draw)
        facts = self._result(drawn) if drawn else self._before()
        return super().get_context_data(**facts, **kwargs)

    def _before(self) -> dict[str, Any]:
        return {
            "is_waiting": self.is_waiting,
            "is_seeded": self.draw.status == DrawStatus.SEEDED,
            "run_action": DrawAction.RUN,
            "seed": self.seed,
            "seen": fingerprint(self.draw, self.seed),
            "status_words": _status_words(self.draw, self.seed),
            "states_count": count_states(self.draw),
            "input_parts": _pieces(self.draw.input_sha256),
            "commitment_parts": _pieces(self.draw.commitment_sha256),
        }

    def _result(self, drawn: Sequence[DrawnState]) -> dict[str, Any]:
        turns = turns_of(drawn)
        asked = self.request.GET.get("state", "").strip()
        found = find_turn(turns, asked)
        return {
            "turns": turns,
            "groups": groups_of(turns),
            "states_count": len(turns),
            "steps_count": 2 * len(turns) + 1,
            "diagram": diagram_of(pictured(self.draw, drawn), selected=found.drawn.state.iso3 if found else ""),
            "asked": asked,
            "found": found,
            "is_as_tables": self.request.GET.get("view") == "tables",
        }


def _status_words(draw: Draw, seed: SeedSoFar) -> str:
    """Where the ceremony stands, for everybody in the room."""
    if draw.status == DrawStatus.PREPARED:
        return _("The input is frozen. It has not been announced yet.")
    if draw.status == DrawStatus.SEEDED:
        return _("The seed is complete. Another officer than those who have recorded it runs the draw.")
    if draw.status == DrawStatus.VOIDED:
        return _("This draw was voided before it was run.")
    if not seed.have_all_committed:
        message = _(
            "Commitments recorded: %(done)s of %(all)s. Values are read aloud once all delegates have committed."
        )
        return message % {"done": seed.committed, "all": seed.delegates}
    message = _("All delegates have committed. Values recorded: %(done)s of %(all)s.")
    return message % {"done": seed.revealed, "all": len(seed.sources)}


def _pieces(checksum: str) -> list[str]:
    return [checksum[start : start + _PIECE] for start in range(0, len(checksum), _PIECE)]
