"""Files that are brought in: the list of them, and what is done with one of whatever kind."""

from abc import abstractmethod
from collections import Counter
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext as _, gettext_lazy
from django.views.generic import TemplateView

from core.jobs import is_abandoned, is_late
from core.language.i18n import list_of
from core.models import Job
from core.policy import explain, require
from core.web.pages import Crumb
from core.web.views import ListPage, PolicyView, ServiceActionView, ServiceFormView
from reviews.bringing.enums import BringingAction, BroughtKind, FileStatus, StateWord
from reviews.bringing.forms import FileAsideForm
from reviews.bringing.kinds import way_of
from reviews.bringing.models import BroughtFile
from reviews.bringing.selectors import carrying_out, files_of, get_file, get_file_of_any_kind
from reviews.bringing.services import confirm_file, lay_before, set_file_aside, withdraw_file
from reviews.programme import get_mechanism, steps_of
from reviews.programme.models import Mechanism


class BringingPage(PolicyView):
    """A page for officers on what is brought in for a mechanism; nobody else learns of it."""

    policy_action: ClassVar[Any] = BringingAction.LIST

    @cached_property
    def mechanism(self) -> Mechanism:
        return get_mechanism(self.kwargs["mechanism"])

    def list_url(self) -> str:
        return reverse("reviews:bringing-list", args=[self.kwargs["mechanism"]])

    def back_url(self) -> str:
        return self.list_url()

    def get_caption(self) -> str:
        return str(self.mechanism)

    def get_trail(self) -> list[Crumb]:
        reviews = Crumb(_("Reviews"), reverse("reviews:review-list", args=[self.kwargs["mechanism"]]))
        return [reviews, Crumb(_("Taking over a programme"), self.list_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs | {"mechanism": self.mechanism})  # type: ignore[misc]


class BringingListView(BringingPage, ListPage):
    """What can be brought in, and every file with how it stands and what the States say."""

    title = gettext_lazy("Taking over a programme that runs")
    template_name = "reviews/bringing/file_list.html"

    def get_trail(self) -> list[Crumb]:
        return super().get_trail()[:-1]

    def get_rows(self) -> Any:
        return files_of(self.mechanism)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = [(file, way_of(file).address_of(file), _words_of(file)) for file in self.page.object_list]
        return super().get_context_data(shown=shown, step_names=_step_names(self.mechanism), **kwargs)


def _step_names(mechanism: Mechanism) -> dict[str, str]:
    """What the mechanism calls its steps, by their kind; all of a kind in one line."""
    names: dict[str, list[str]] = {}
    for step in steps_of(mechanism):
        names.setdefault(step.kind, []).append(str(step))
    return {kind: list_of(found) for kind, found in names.items()}


def _words_of(file: BroughtFile) -> list[tuple[str, int]]:
    """What States say of its pieces that are their own, and how many say so."""
    said = Counter(piece.word for piece in file.pieces.all() if piece.state_party_id)
    return [(str(word.label), said[word]) for word in StateWord if said[word]]


class FilePage(BringingPage, TemplateView):
    """What a file would do, and what may be done with it. Subclasses give the kind and what is shown in ``preview``.

    ``preview`` gives the context and the fingerprint of it, which is empty where something is wrong by now.
    """

    policy_action = BringingAction.VIEW_FILE
    policy_target: BroughtFile
    kind: ClassVar[BroughtKind]

    def get_policy_target(self) -> BroughtFile:
        require(self.request.user, BringingAction.LIST)
        return get_file(self.kwargs["mechanism"], self.kwargs["file"], self.kind)

    @property
    def file(self) -> BroughtFile:
        return self.policy_target

    @abstractmethod
    def preview(self) -> tuple[dict[str, Any], str]: ...

    @cached_property
    def job(self) -> Job | None:
        return carrying_out(self.file) if self.file.status == FileStatus.WAITING else None

    @property
    def running(self) -> Job | None:
        return self.job if self.job and not self.job.is_finished else None

    @property
    def is_piece(self) -> bool:
        """Whether the page asks how far the work is."""
        return self.request.GET.get("piece") == "running"

    def get_template_names(self) -> list[str]:
        name = "reviews/bringing/_running.html" if self.is_piece and self.running else self.template_name
        return [name or ""]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        answer = super().render_to_response(context, **kwargs)
        if self.is_piece and not self.running:
            answer["HX-Refresh"] = "true"  # the whole page is another one now
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs |= {"file": self.file, "total": self.total()}  # the file in place of its key, which the address gave
        if running := self.running:
            kwargs |= {"running": running, "is_late": is_late(running), "is_abandoned": is_abandoned(running)}
        if self.is_piece and self.running:
            return super().get_context_data(**kwargs)
        shown, seen = self.preview() if self.file.status in {FileStatus.PREPARED, FileStatus.WAITING} else ({}, "")
        return super().get_context_data(
            seen=seen,
            failed=self.job if self.job and not self.running else None,
            pieces=self.file.pieces.select_related("review", "state_party").order_by("review__code"),
            **{f"{act}_decision": self._decision(act) for act in ("lay_before", "confirm", "set_aside", "withdraw")},
            **shown,
            **kwargs,
        )

    def total(self) -> int:
        """How many parts the work has, of which a worker tells how many are done."""
        return 1

    def _decision(self, act: str) -> Any:
        return explain(self.user, BringingAction(f"bringing.{act}"), self.file)


class _FileAct(BringingPage):
    """An act on a file of whatever kind."""

    policy_target: BroughtFile

    def get_policy_target(self) -> BroughtFile:
        require(self.request.user, BringingAction.LIST)
        return get_file_of_any_kind(self.kwargs["mechanism"], self.kwargs["file"])

    @property
    def file_url(self) -> str:
        return way_of(self.policy_target).address_of(self.policy_target)

    def next_url(self) -> str:
        return self.file_url


class LayBeforeView(_FileAct, ServiceActionView):
    policy_action = BringingAction.LAY_BEFORE

    def perform(self) -> str:
        lay_before(actor=self.user, file=self.policy_target, seen=self.request.POST.get("seen", ""))
        return _("Another officer can look at it and confirm it now.")


class ConfirmView(_FileAct, ServiceActionView):
    policy_action = BringingAction.CONFIRM

    def perform(self) -> str:
        seen, language = self.request.POST.get("seen", ""), get_language() or "en"
        confirm_file(actor=self.user, file=self.policy_target, seen=seen, language=language)
        return _("It is being brought in.")


class WithdrawView(_FileAct, ServiceActionView):
    policy_action = BringingAction.WITHDRAW

    def perform(self) -> str:
        withdraw_file(actor=self.user, file=self.policy_target)
        return _("The file is withdrawn. Nothing was brought in.")


class FileAsideView(_FileAct, ServiceFormView):
    policy_action = BringingAction.SET_ASIDE
    form_class = FileAsideForm
    title = gettext_lazy("Set the file aside")
    template_name = "components/form_page.html"
    submit_label = gettext_lazy("Set it aside")
    success_message = gettext_lazy("The file is set aside. Nothing was brought in.")

    def perform(self, form: FileAsideForm) -> BroughtFile:
        return set_file_aside(actor=self.user, file=self.policy_target, reason=form.cleaned_data["reason"])

    def back_url(self) -> str:
        return self.file_url
