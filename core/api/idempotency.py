"""An act that a program names by a key is done once, however often it is sent (docs/adr/0101)."""

import hashlib
import json
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from core.idempotent import keep_answer, kept_answer, was_answered
from core.models import IdempotentAnswer

HEADER = "Idempotency-Key"
_LONGEST = 200
_HEADERS = ("ETag", "Location")


class KeyReusedError(APIException):
    """The same key with another request."""

    status_code = 422
    default_code = "key_reused"


def answered_once(request: Request, act: Callable[[], Response]) -> Response:
    """What ``act`` answers; where this person has used the request's key within a day, what it answered then.

    The answer is kept in the transaction of the act, so that there is none where the act was refused: what was mended
    may be sent under the same key. Nor is one kept that says by its status that nothing was done. Two at once wait for
    each other. Raises KeyReusedError where the key came with another request, ValidationError for a key that is none.
    """
    if (key := _key_of(request)) is None:
        return act()
    fingerprint = _fingerprint(request)
    with transaction.atomic():
        if (kept := kept_answer(request.user, key)) is not None:
            return _again(kept, fingerprint)
        answer = act()
        if answer.status_code >= status.HTTP_400_BAD_REQUEST:
            return answer
        keep_answer(
            request.user,
            key,
            fingerprint=fingerprint,
            status=answer.status_code,
            headers={name: answer.headers[name] for name in _HEADERS if name in answer.headers},
            body=json.loads(JSONRenderer().render(answer.data)) if answer.data is not None else None,
        )
    return answer


def is_repeated(request: Request) -> bool:
    """Whether ``answered_once`` has an answer to this very request: it does nothing anew, and what it does no more for
    the very reason that it was done is no refusal. Raises ValidationError for a key that is none.
    """
    key = _key_of(request) if request.method == "POST" else None
    return key is not None and was_answered(request.user, key, _fingerprint(request))


def _key_of(request: Request) -> str | None:
    key: str | None = request.headers.get(HEADER)
    if key is not None and not (0 < len(key) <= _LONGEST and key.isascii() and key.isprintable()):
        raise ValidationError({HEADER: [_("Give up to 200 printable characters.")]})
    return key


def _again(kept: IdempotentAnswer, fingerprint: str) -> Response:
    if kept.fingerprint != fingerprint:
        raise KeyReusedError(_("This key was used for another request. Take a new one for each act."))
    return Response(kept.body, kept.status, headers={**kept.headers, "Idempotent-Replayed": "true"})


def _fingerprint(request: Request) -> str:
    """Of what was read of the request: its bytes are gone where the check of a cookie's CSRF token has parsed them.

    With the State of its token, since an answer for one State is none for a token of another.
    """
    state = getattr(request.auth, "state_party_id", None)
    said = f"{request.method} {request.get_full_path()}\n{state}\n{json.dumps(request.data, sort_keys=True)}"
    return hashlib.sha256(said.encode()).hexdigest()
