"""The page on which a file of whatever kind is chosen; of one in which something is wrong nothing is kept."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise, cached_property

from core.errors import ServiceError
from core.files.spreadsheet_columns import wrong_rows
from core.web.views import ServiceFormView
from core.web.views.services import UNPROCESSABLE
from reviews.bringing.enums import BringingAction, BroughtKind
from reviews.bringing.kinds import way_of
from reviews.bringing.models import BroughtFile
from reviews.bringing.services import prepare_file
from reviews.bringing.views.files import BringingPage


class FileUploadView(BringingPage, ServiceFormView):
    """Subclasses give the kind, its columns, and what is kept of a file in which nothing is wrong.

    ``obstacle_now``: why no file can come, which is asked again as one does.
    """

    policy_action: ClassVar[Any] = BringingAction.PREPARE
    kind: ClassVar[BroughtKind]
    review: Any = None  # of which the file speaks alone, if it does
    instrument: Any = None  # on which alone it is a text
    columns: Mapping[str, str | Promise]

    @abstractmethod
    def content_of(self, form: Any) -> dict[str, Any]: ...

    def obstacle_now(self) -> str:
        return ""

    @cached_property
    def obstacle(self) -> str:
        return self.obstacle_now()

    def wrong_context(self, form: Any) -> dict[str, Any]:
        return {"wrong": wrong_rows(form.wrong, self.columns)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"review": self.review, "obstacle": self.obstacle, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.obstacle:
            form = self.get_form_class()(**{**self.get_form_kwargs(), "data": None, "files": None})
            return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        if form.wrong:
            context = self.get_context_data(form=form, **self.wrong_context(form))
            return self.render_to_response(context, status=UNPROCESSABLE)
        return super().form_valid(form)

    def perform(self, form: Any) -> BroughtFile:
        if obstacle := self.obstacle_now():
            raise ServiceError(obstacle)
        return prepare_file(
            actor=self.user,
            mechanism=self.mechanism,
            kind=self.kind,
            file_name=form.cleaned_data["file"].name or "",
            uploaded=form.uploaded,
            content=self.content_of(form),
            review=self.review,
            instrument=self.instrument,
        )

    def success_url_for(self, result: BroughtFile) -> str:
        return way_of(result).address_of(result)
