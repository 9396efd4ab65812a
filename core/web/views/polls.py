"""What the script of a page asks every few seconds: who else has it open, and what is new there."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from core.errors import ServiceError
from core.policy import PolicyRefusedError
from core.web.closed import Closed, closed
from core.web.presence import Present
from core.web.views.policy import PolicyView

NOT_FOUND, FORBIDDEN, UNPROCESSABLE = 404, 403, 422


class PollView(PolicyView):
    """An answer that is empty where nothing is new (``told``). Nothing is written but to Valkey.

    Whoever may not, or no longer, read the page gets the same empty answer, and the page of before learns by the
    header that it is closed.
    """

    http_method_names = ["get"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.headers.get("X-Person", str(self.user.pk)) != str(self.user.pk):
            return closed(JsonResponse({}, status=FORBIDDEN), Closed.STALE)
        try:
            return super().dispatch(request, *args, **kwargs)
        except (PolicyRefusedError, Http404):
            return closed(JsonResponse({}, status=NOT_FOUND), Closed.ENDED)
        except ServiceError:  # not an address of our script
            return JsonResponse({}, status=UNPROCESSABLE)

    def told(self, facts: Mapping[str, Any]) -> HttpResponse:
        """304 where the page has these facts."""
        content = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        if self.request.headers.get("If-None-Match", "").removeprefix("W/") == tag:
            return HttpResponseNotModified(headers={"ETag": tag})
        return HttpResponse(content, content_type="application/json", headers={"ETag": tag})


def presence_facts(people: Sequence[Present], places: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Who else is here, as the page shows it, and who is in which question.

    ``places``: of the questions the anchor on the page and the number, by code.
    """
    html = render_to_string("components/_here.html", {"people": people, "places": places}).strip()
    return {"here": html, "at": [[each.at, each.name] for each in people if each.at]}
