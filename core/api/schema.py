"""What the document of the API says beside the answers that go well."""

from typing import Any

PROBLEM = "Problem"
_PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "What went wrong, in the caller's language (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "errors": {"description": "By field, where the request itself is wrong."},
        "retry_after": {"type": "integer", "description": "Seconds."},
    },
    "required": ["type", "title", "status"],
}
_ANSWERS = {
    "400": "The request could not be understood.",
    "403": "Nobody is signed in, or the person has no right; the title says why.",
    "404": "There is nothing here, or nothing that the caller may know of.",
    "405": "This address does not take this method.",
    "406": "The API answers in JSON.",
    "429": "Too much was asked in too short a time; Retry-After says how long to wait.",
}


def document_problems(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Hook of drf-spectacular: every operation may refuse in these ways, and says so as a problem."""
    result["components"]["schemas"][PROBLEM] = _PROBLEM
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}}
    for path in result["paths"].values():
        for operation in path.values():
            for status, description in _ANSWERS.items():
                operation["responses"].setdefault(status, {"description": description, "content": content})
    return result
