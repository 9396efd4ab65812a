"""What the document of the API says beside the answers that go well."""

import re
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import spectacular_settings
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

PROBLEM = "Problem"
_WORDS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong, in the caller's language (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "errors": {"description": "By field, where the request itself is wrong."},
        "retry_after": {"type": "integer", "description": "Seconds."},
        "current": {"description": "With 412: what stands now."},
        "yours": {"description": "With 412: what was sent."},
        "revision": {
            "type": "string",
            "description": "With 412: on which the next save rests; missing where what has changed is to be read anew.",
        },
        "said": {**_WORDS, "description": "With 412 of an act: what the page says of it by now, and who reads it."},
        "checksums": {"type": "object", "description": "With 412 of an act: of what it is about by now."},
        "marks": {"type": "object", "description": "With 412 of an act: what else its form carries unseen by now."},
        "then": {**_WORDS, "description": "With 412 of an act: what held when the form was read."},
        "now": {**_WORDS, "description": "With 412 of an act: what holds instead."},
    },
    "required": ["type", "title", "status"],
}
_ANSWERS = {
    "400": "The request could not be understood.",
    "401": "Nobody is signed in, or the access token opens nothing; WWW-Authenticate says the way in.",
    "403": "The person has no right, or the access token does not reach so far; the title says why.",
    "404": "There is nothing here, or nothing that the caller may know of.",
    "405": "This address does not take this method.",
    "406": "The API answers in JSON.",
    "429": "Too much was asked in too short a time; Retry-After says how long to wait.",
}
_OF_WRITES = {"413": "The request holds more than a form may.", "415": "The API reads JSON."}
_OF_REVISIONS = {
    "412": "What was read has changed since; where that is a text, both stand in the problem. Read it anew.",
    "428": "If-Match is missing: nobody writes over what he or she has not read.",
}
_OF_KEYS = {"422": "The Idempotency-Key was used for another request."}
_IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True, description='The ETag that was read, such as `"1.3"`.'
)
_IF_READ = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, description="The ETag of the form; needed where the form `rests`."
)
_KEY = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER, description="Names the act, so that it is done once (24 hours)."
)
_FIELDS = OpenApiParameter("fields", str, description="Names of fields with commas between: no others come.")


class ApiSchema(AutoSchema):
    """Says of each operation which parameters its view reads (``core.api.views.StrictView``)."""

    def get_request_serializer(self) -> Any:
        if hasattr(self.view, "request_schema"):
            return {"application/json": self.view.request_schema()}
        return super().get_request_serializer()

    def get_operation_id(self) -> str:
        """Of an act or a file by its whole address: some differ in nothing but the place of a value."""
        made = getattr(self.view, "hands_out", "")
        if not (made or hasattr(self.view, "page")):
            return str(super().get_operation_id())
        place = self.path.removeprefix(spectacular_settings.SCHEMA_PATH_PREFIX).replace("/{mechanism}/", "/")
        words = re.sub(r"\W+", "_", place.replace("reviews/{code}", "review")).strip("_")
        return f"{words}_{made or ('form' if self.method == 'GET' else 'act')}"

    def get_description(self) -> str:  # type: ignore[override]
        """An act is described as the page that has it: by its title."""
        view: Any = self.view
        if not hasattr(view, "page"):
            return str(super().get_description())
        with translation.override("en"):
            title = view.page.title if isinstance(view.page.title, str | Promise) else ""
            words = str(title) or view.twin_of[0].partition(":")[2].replace("-", " ").capitalize()
        return f"{words}: the form as it stands." if self.method == "GET" else words

    def get_extensions(self) -> dict[str, Any]:
        """``x-act-of``: the page of which this is the act. ``x-rests``: what was read is said again by it."""
        view: Any = self.view
        if hasattr(view, "page"):
            return {"x-act-of": view.twin_of[0]}
        return {"x-rests": True} if view.rests and self.method == "POST" else {}

    def get_override_parameters(self) -> list[Any]:
        view: Any = self.view
        if self.method == "POST":
            return [
                *([_KEY] if getattr(view, "heeds_key", True) else []),
                *([_IF_READ] if hasattr(view, "page") else []),
            ]
        if self.method == "PUT":
            return [_IF_MATCH]
        filters = view.filterset_class.base_filters if view.filterset_class else {}
        named = [OpenApiParameter(name, OpenApiTypes.STR, description=_plain(each)) for name, each in filters.items()]
        has_fields = getattr(view, "serializer_class", None) is not None
        return [*named, *([_FIELDS] if has_fields else [])]


def _plain(filter_: Any) -> str:
    return str(filter_.label or "")


def document_problems(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Hook of drf-spectacular: every operation may refuse in these ways, and says so as a problem."""
    result["components"]["schemas"][PROBLEM] = _PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}}
    every = {**_ANSWERS, **_OF_WRITES, **_OF_REVISIONS, **_OF_KEYS}
    result["components"]["responses"] = {
        f"{PROBLEM}{status}": {"description": every[status], "content": content} for status in sorted(every)
    }
    for path in result["paths"].values():
        for method, operation in path.items():
            for status in _statuses(method, operation):
                refusal = {"$ref": f"#/components/responses/{PROBLEM}{status}"}
                operation["responses"].setdefault(status, refusal)
    return result


def _statuses(method: str, operation: dict[str, Any]) -> list[str]:
    writes = {} if method == "get" else _OF_WRITES
    more = {"put": _OF_REVISIONS, "post": _OF_KEYS}.get(method, {})
    acts = _OF_REVISIONS if method == "post" and "x-act-of" in operation else {}
    rests = {"412"} if "x-rests" in operation else set()
    return sorted({*_ANSWERS, *writes, *more, *acts, *rests})
