"""What everybody may take away as data, from any place: the same for who is signed in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.errors import found
from core.hashes import text_hash
from portal.open_data.exports import MEDIA_TYPES, PACKAGE, TableFile, catalogue, data_package, in_json
from portal.open_data.tables import tables_of
from reviews.programme import get_mechanism

# Scripts of other places may read it: nothing here depends on who asks, and cookies are not looked at.
_FOR_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    # A State may end what it agreed to: a copy is shown again only after asking whether it still holds.
    "Cache-Control": "public, no-cache",
}


@login_not_required
@require_safe
def table_file(request: HttpRequest, mechanism: str, table: str, ending: str) -> HttpResponseBase:
    """A table in one of its forms. Raises Http404 where the mechanism has no such table."""
    row = get_mechanism(mechanism)
    asked = found(next((each for each in tables_of(row) if each.name == table), None))
    if ending not in MEDIA_TYPES:
        raise Http404
    return _answer(request, TableFile(row, asked).content(ending), MEDIA_TYPES[ending])


@login_not_required
@require_safe
def description(request: HttpRequest, mechanism: str, name: str) -> HttpResponseBase:
    """The data package or the catalogue of a mechanism."""
    row = get_mechanism(mechanism)
    if name == PACKAGE:
        return _answer(request, in_json(data_package(row)), MEDIA_TYPES["json"])
    return _answer(request, in_json(catalogue(row)), MEDIA_TYPES["jsonld"])


def _answer(request: HttpRequest, content: str, media_type: str) -> HttpResponseBase:
    etag = f'"{text_hash(content)}"'
    headers = {**_FOR_ALL, "ETag": etag}
    answer = HttpResponse(content, content_type=f"{media_type}; charset=utf-8", headers=headers)
    kept = get_conditional_response(request, etag=etag, response=answer)
    if kept is None:
        return answer
    for name, value in headers.items():
        kept.headers[name] = value
    return kept
