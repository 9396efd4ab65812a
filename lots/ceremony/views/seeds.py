from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.web.forms import AccessibleForm
from core.web.views import ServiceFormView
from lots.ceremony.forms import CommitForm, RevealForm
from lots.ceremony.instructions import COMMITMENT_COMMANDS
from lots.ceremony.selectors import seed_so_far
from lots.ceremony.services.seeds import commit_seed_part, reveal_seed_part
from lots.draws import BelowDraw, get_seed_part, source_words
from lots.draws.enums import DrawAction, SeedKind
from lots.draws.models import SeedPart


class SeedPage(BelowDraw):
    """A page of one source of the seed."""

    policy_action = DrawAction.RECORD_SEED

    @cached_property
    def part(self) -> SeedPart:
        return get_seed_part(self.draw, self.kwargs["source"])

    @property
    def is_delegate(self) -> bool:
        return self.part.kind == SeedKind.DELEGATE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            part=self.part,
            is_delegate=self.is_delegate,
            seed=seed_so_far(self.draw),
            **kwargs,
        )


class SeedCommitView(SeedPage, ServiceFormView):
    form_class = CommitForm
    template_name = "lots/ceremony/seed_commit.html"

    def get_title(self) -> str:
        return _("Record the commitment: %(source)s") % {"source": source_words(self.part)}

    @cached_property
    def part(self) -> SeedPart:
        part = super().part
        if part.kind != SeedKind.DELEGATE:
            raise Http404  # nobody commits to what nobody can know
        return part

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(commitment_commands=COMMITMENT_COMMANDS, **kwargs)

    def perform(self, form: AccessibleForm) -> SeedPart:
        return commit_seed_part(
            actor=self.request.user,  # type: ignore[arg-type]
            part=self.part,
            commitment=form.cleaned_data["commitment"],
            delegate=form.cleaned_data["delegate"],
        )

    def success_message_for(self, result: SeedPart) -> str:
        return _("The commitment is recorded: %(source)s.") % {"source": source_words(result)}

    def success_url_for(self, result: SeedPart) -> str:
        return f"{self.draw_url}#seed"


class SeedRevealView(SeedPage, ServiceFormView):
    form_class = RevealForm
    template_name = "lots/ceremony/seed_reveal.html"

    def get_title(self) -> str:
        return _("Record the value: %(source)s") % {"source": source_words(self.part)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_delegate": self.is_delegate}

    def perform(self, form: AccessibleForm) -> SeedPart:
        return reveal_seed_part(
            actor=self.request.user,  # type: ignore[arg-type]
            part=self.part,
            value=form.cleaned_data["value"],
            secret=form.cleaned_data.get("secret", ""),
        )

    def success_message_for(self, result: SeedPart) -> str:
        seed = seed_so_far(self.draw)
        if seed.revealed == len(seed.sources):
            return _("The value is recorded. The seed is complete: another officer can run the draw now.")
        return _("The value is recorded: %(source)s.") % {"source": source_words(result)}

    def success_url_for(self, result: SeedPart) -> str:
        return f"{self.draw_url}#seed"
