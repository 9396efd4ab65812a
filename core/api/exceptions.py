"""Errors of the API as problem details (RFC 9457), in the caller's language."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response as ApiResponse
from rest_framework.views import exception_handler as drf_exception_handler

from core.api.parsers import TooLargeError
from core.api.revisions import RevisionMovedError
from core.errors import ConflictError, OutdatedError, ServiceError
from core.policy import PolicyRefusedError


def exception_handler(error: Exception, context: dict[str, Any]) -> ApiResponse | None:
    if isinstance(error, ConflictError | OutdatedError):
        error = RevisionMovedError(str(error))
    elif isinstance(error, ServiceError):
        error = exceptions.ValidationError({error.field or "non_field_errors": [str(error)]})
    elif isinstance(error, PolicyRefusedError):
        error = exceptions.PermissionDenied(str(error.decision.reason))
    elif isinstance(error, RequestDataTooBig):
        error = TooLargeError()
    elif isinstance(error, Http404):
        error = exceptions.NotFound()
    http_response = drf_exception_handler(error, context)
    if http_response is None:
        return None
    problem: dict[str, Any] = {"status": http_response.status_code, "type": "about:blank"}
    if isinstance(error, exceptions.ValidationError):
        problem |= {"title": str(error.default_detail), "errors": http_response.data}
    else:
        problem |= {"title": str(getattr(error, "detail", error)), **getattr(error, "more", {})}
    http_response.data = problem
    http_response.content_type = "application/problem+json"
    # Also where the address answers in YAML, as that of the API's own document does.
    # Both, for where nothing was agreed on (406) the library has set neither.
    context["request"].accepted_renderer = JSONRenderer()
    context["request"].accepted_media_type = JSONRenderer.media_type
    return http_response
