from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.language.i18n import isolated
from core.web.pages import Crumb
from core.web.views import PolicyView
from lots.draws.models import Draw, SeedPart
from lots.draws.selectors import get_draw_for
from reviews.programme import get_mechanism
from reviews.programme.models import Mechanism


class MechanismPage(PolicyView):
    """A page of the draws of a mechanism; only the secretariat knows of it."""

    policy_target: Mechanism

    def get_policy_target(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    @property
    def mechanism(self) -> Mechanism:
        return self.policy_target

    def get_caption(self) -> str:
        return str(self.mechanism)

    def get_trail(self) -> list[Crumb]:
        return [_crumb_of_draws(self.mechanism)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"mechanism": self.mechanism})  # type: ignore[misc]


class DrawPage(PolicyView):
    """A page of one draw; a stranger finds none."""

    policy_target: Draw

    def get_policy_target(self) -> Draw:
        return get_draw_for(self.request.user, self.kwargs["mechanism"], self.kwargs["code"])  # type: ignore[arg-type]

    @property
    def draw(self) -> Draw:
        return self.policy_target

    @property
    def draw_url(self) -> str:
        return url_of(self.draw)

    @property
    def place(self) -> str:
        """Mechanism, phase and code of the draw in one line."""
        phase = _("Phase %(number)s") % {"number": self.draw.phase.number}
        return f"{self.draw.mechanism} · {phase} · {isolated(self.draw.code)}"

    def get_caption(self) -> str:
        return f"{self.place} · {_('Training, with fictional States')}" if self.draw.is_training else self.place

    def get_about(self) -> str:
        return self.draw.code

    def get_trail(self) -> list[Crumb]:
        return [_crumb_of_draws(self.draw.mechanism)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(draw=self.draw, draw_url=self.draw_url, **kwargs)  # type: ignore[misc]


class BelowDraw(DrawPage):
    """A page below the one of the draw."""

    def get_trail(self) -> list[Crumb]:
        return [*super().get_trail(), Crumb(self.draw.code, self.draw_url)]


def _crumb_of_draws(mechanism: Mechanism) -> Crumb:
    return Crumb(_("Draws"), reverse("lots:draw-list", args=[mechanism.slug]))


def url_of(draw: Draw) -> str:
    return reverse("lots:draw-detail", args=[draw.mechanism.slug, draw.code])


def source_words(part: SeedPart) -> str:
    """A source of the seed in a word or two."""
    if part.regional_group:
        return str(part.regional_group)
    return _("public value %(number)s") % {"number": part.source.rpartition("-")[2]}
