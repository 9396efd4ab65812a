from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse

from core import health
from core.web.away import RETRY_AFTER


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """Say whether this process is alive: it answers, and reads a table as pages do."""
    return _answer(health.liveness())


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether the portal does all of its work: it can write, the clock turns, the queue moves."""
    return _answer(health.readiness())


def _answer(checks: list[health.Check]) -> JsonResponse:
    is_well = all(check.is_good for check in checks)
    facts = {"status": "ok" if is_well else "unavailable", "checks": {check.name: check.facts for check in checks}}
    answer = JsonResponse(facts, status=200 if is_well else 503)
    answer.headers["Cache-Control"] = "no-store"
    if not is_well:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer
