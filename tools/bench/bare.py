"""The ceiling: a view that does nothing but the one INSERT or UPDATE of a save on the same database."""

import json
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

TABLE = """
    CREATE TABLE IF NOT EXISTS bench_answer (
        id uuid PRIMARY KEY, updated_at timestamptz NOT NULL, code text NOT NULL UNIQUE, text text NOT NULL,
        revision integer NOT NULL
    )
"""
_SAVE = """
    INSERT INTO bench_answer (id, updated_at, code, text, revision) VALUES (%s, now(), %s, %s, 1)
    ON CONFLICT (code) DO UPDATE SET updated_at = now(), text = EXCLUDED.text, revision = bench_answer.revision + 1
    RETURNING revision
"""


@csrf_exempt
@login_not_required
def bare_save(request: HttpRequest) -> HttpResponse:
    """Open to everybody."""
    return _save(request)


def bare_save_signed_in(request: HttpRequest) -> HttpResponse:
    """Behind the sign-in and the token against forged requests, as any view of a real site."""
    return _save(request)


def bare_page(request: HttpRequest) -> HttpResponse:
    """Nothing but the sign-in and the middlewares: the floor of every page."""
    return HttpResponse(f"<!doctype html><title>{request.user}</title>")


def _save(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [uuid4(), request.POST["code"], request.POST["text"]])
        (revision,) = cursor.fetchone()
    return HttpResponse(json.dumps({"revision": revision}), content_type="application/json")
