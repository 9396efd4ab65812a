"""Files that pages hand out, and documents that pages have made, for programs: at the pages' own paths."""

import copy
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import URLPattern, path, resolve
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.idempotency import answered_once
from core.api.reads import PageTwin


class FileTwin(PageTwin):
    """A file, byte for byte as its page hands it out."""

    hands_out = "file"

    @extend_schema(responses={(200, "*/*"): OpenApiTypes.BINARY})
    def get(self, request: Request, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = self.shown.get(request._request, **kwargs)
        return answer


class StartedSerializer(serializers.Serializer[Any]):
    """``job`` is the key of the job, whose address says how far it is, and where the document lies then."""

    job = serializers.UUIDField()


class _Said:
    """In place of Django's messages: what a page would say on its next one, where it has no job to lead to."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def add(self, level: int, message: str, extra_tags: str = "") -> None:
        self.words.append(str(message))


class JobTwin(PageTwin):
    """A document that is made while its reader waits; a page leads on to its job (``core.web.views.to_job``)."""

    hands_out = "job"

    @extend_schema(request=None, responses={status.HTTP_202_ACCEPTED: StartedSerializer})
    def post(self, request: Request, **kwargs: Any) -> Response:
        return answered_once(request, lambda: self._start(request, **kwargs))

    def _start(self, request: Request, **kwargs: Any) -> Response:
        if request.data:
            raise ValidationError({"non_field_errors": [_("There is nothing to be said here.")]})
        if self.filterset_class is not None:
            self.narrowed(self.shown.filter)
        asked: Any = copy.copy(request._request)
        asked._messages = said = _Said()
        self.shown.request = asked
        page = resolve(urlsplit(self.shown.post(asked, **kwargs).url).path)
        if "job" not in page.kwargs:
            raise ValidationError({"non_field_errors": said.words})
        return Response({"job": page.kwargs["job"]}, status.HTTP_202_ACCEPTED)


def twins_of(
    base: type[PageTwin], app: str, pages: Iterable[URLPattern], names: Collection[str], *, scope_group: str
) -> list[URLPattern]:
    """The addresses of the twins of those of these ``pages`` that are called so, under the same paths and names.

    ``base`` says what they hand out; ``scope_group`` what they belong to among the scopes of access tokens. Raises
    LookupError for a name that is that of no page here.
    """
    pages = list(pages)
    if unknown := set(names) - {page.name for page in pages}:
        raise LookupError(f"no page of {app} is called so: {sorted(unknown)}")
    return [_twin(base, app, page, scope_group) for page in pages if page.name in names]


def _twin(base: type[PageTwin], app: str, page: Any, scope_group: str) -> URLPattern:
    view = page.callback.view_class
    facts = {
        "shows": view,
        "page_facts": page.callback.view_initkwargs,
        "twin_of": (f"{app}:{page.name}",),
        "scope_group": scope_group,
        "__module__": __name__,
    }
    twin: Any = type(f"{view.__name__}Twin", (base,), facts)
    return path(str(page.pattern), twin.as_view(), name=page.name)
