"""What everybody may see of a draw: from its announcement on the input, from its publication on the result."""

import json
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.language.i18n import isolated
from core.policy import can
from core.web.pages import Crumb
from core.web.views import ListPage, PublicPage
from lots.ceremony import (
    CHECKED_FILES,
    COMMITMENT_COMMANDS,
    EXAMPLE_SEED,
    commands_for,
    find_turn,
    groups_of,
    seed_so_far,
    turns_of,
)
from lots.chain import added_to, draws_before
from lots.draws import file_of, get_public_draw, is_result_public, public_draws
from lots.draws.enums import DrawAction
from lots.draws.models import Draw
from lots.files import file_response
from lots.preparation import content_of, downloads_of
from lots.publication.forms import ResultFilterForm
from lots.publication.services.protocols import ask_for_public_protocols
from lots.results import diagram_of, drawn_states, entries_of, pictured
from lots.words import checks_of, findings_of, rules_set
from reviews.programme.enums import EVIDENCE_WORDS


class PublicDrawListView(PublicPage, ListPage):
    title = gettext_lazy("Drawing of lots")
    template_name = "lots/publication/public_draw_list.html"
    frame = "lots/publication/public_base.html"
    empty_title = gettext_lazy("No draw is announced yet")
    empty_text = gettext_lazy("A draw stands here as soon as its input is frozen and announced.")

    def get_rows(self) -> Any:
        return public_draws()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_list=can(self.request.user, DrawAction.LIST), **kwargs)


class PublicDrawPage(PublicPage):
    @cached_property
    def draw(self) -> Draw:
        return get_public_draw(self.kwargs["mechanism"], self.kwargs["code"])

    @property
    def has_result(self) -> bool:
        return is_result_public(self.draw)

    def get_title(self) -> str:
        return _("Draw %(code)s") % {"code": isolated(self.draw.code)}

    def get_caption(self) -> str:
        return str(self.draw.mechanism.name)

    def get_trail(self) -> list[Crumb]:
        return [Crumb(_("Drawing of lots"), reverse("lots:public-draw-list"))]


class PublicDrawView(PublicDrawPage, TemplateView):
    """All that a delegation needs to trust a draw without trusting us."""

    template_name = "lots/publication/public_draw.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries, before = entries_of(self.draw), draws_before(self.draw)
        verify_command, replay_command = commands_for([draw.code for draw in (*before, self.draw)])
        downloads = downloads_of(self.draw, with_result=self.has_result)
        if self.has_result and not any(each.is_protocol for each in downloads):
            ask_for_public_protocols(self.draw)
        return super().get_context_data(
            draw=self.draw,
            has_result=self.has_result,
            states_count=len(entries),
            assigned=[entry for entry in entries if entry.is_group_assigned],
            seed=seed_so_far(self.draw),
            rules=rules_set(self.draw.mechanism, self.draw.switches, [entry.state_party for entry in entries]),
            marks=list(EVIDENCE_WORDS.items()),
            commitment_commands=COMMITMENT_COMMANDS,
            example_seed=EXAMPLE_SEED,
            checked_files=CHECKED_FILES,
            before=before,
            added_to=added_to(self.draw.kind, self.draw.phase, before),
            verify_command=verify_command,
            replay_command=replay_command,
            downloads=downloads,
            **(self._result() if self.has_result else {}),
            **kwargs,
        )

    def _result(self) -> dict[str, Any]:
        drawn = drawn_states(self.draw)
        turns = turns_of(drawn)
        form = ResultFilterForm(self.request.GET, turns=turns)
        form.is_valid()
        shown = form.narrow(turns)
        found = find_turn(shown, form.words) if form.words else None
        certificate = json.loads(file_of(self.draw, "certificate.json") or b"{}")
        return {
            "form_filter": form,
            "groups": groups_of(shown),
            "sizes": [
                (number, len(list(rows))) for number, rows in groupby(turns, lambda turn: turn.drawn.group_number)
            ],
            "shown_count": len(shown),
            "found": found,
            "diagram": diagram_of(pictured(self.draw, drawn), selected=found.drawn.state.iso3 if found else ""),
            "checks": checks_of(certificate, self.draw.roles),
            "findings": list(findings_of(certificate)),
        }


class PublicDrawFileView(PublicDrawPage):
    """A public file, byte for byte."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        content = content_of(self.draw, self.kwargs["name"], with_result=self.has_result)
        if content is None:
            raise Http404
        return file_response(content, self.kwargs["name"])
