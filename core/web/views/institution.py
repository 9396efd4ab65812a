"""The colours and the logo of the institution, which every page shows, also to people who are not signed in."""

from pathlib import PurePath

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from core.files.storage import SANDBOX
from core.files.uploads import content_type_of
from core.institution.facts import forget_institution, institution, stored_logo
from core.institution.looks import style_of

_FOR_GOOD = "public, max-age=31536000, immutable"


@login_not_required
def institution_style(request: HttpRequest) -> HttpResponse:
    """The style sheet that the address names; a process whose copy is some seconds old looks anew."""
    style = style_of(institution())
    if style.mark != request.GET.get("v"):
        forget_institution()
        style = style_of(institution())
    return _kept(request, HttpResponse(style.sheet, content_type="text/css"), style.mark)


@login_not_required
def institution_logo(request: HttpRequest) -> HttpResponse:
    """The picture itself, a PNG or JPEG that was checked when it came in. Raises Http404 where there is none.

    Only what lies among the pictures: no row, whoever has written it, makes another file of the portal public.
    """
    stored = stored_logo()
    if not stored or PurePath(stored.name).parent != PurePath(stored.field.upload_to):
        raise Http404
    try:
        with stored.open("rb") as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    answer = HttpResponse(content, content_type=content_type_of(str(stored.name)))
    answer.headers["Content-Security-Policy"] = SANDBOX
    return _kept(request, answer, stored.instance.sha256[:16])


def _kept(request: HttpRequest, answer: HttpResponse, mark: str) -> HttpResponse:
    """A browser keeps for good what the address names (``core.institution.looks``), and anything else not at all."""
    answer.headers["Cache-Control"] = _FOR_GOOD if request.GET.get("v") == mark else "no-store"
    return answer
