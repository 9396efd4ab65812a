"""The colours and the logo of the institution, which every page shows, also to people who are not signed in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from core.files.storage import SANDBOX
from core.files.uploads import content_type_of
from core.institution.colours import style_sheet
from core.institution.facts import institution, stored_logo

# The address says which one it is (core.institution.looks): what a browser keeps never becomes another.
_FOR_GOOD = "public, max-age=31536000, immutable"


@login_not_required
def institution_style(request: HttpRequest) -> HttpResponse:
    facts = institution()
    answer = HttpResponse(style_sheet(facts.colour, facts.accent), content_type="text/css")
    answer.headers["Cache-Control"] = _FOR_GOOD
    return answer


@login_not_required
def institution_logo(request: HttpRequest) -> HttpResponse:
    """The picture itself, a PNG or JPEG that was checked when it came in. Raises Http404 where there is none."""
    stored = stored_logo()
    if not stored:
        raise Http404
    try:
        with stored.open("rb") as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    answer = HttpResponse(content, content_type=content_type_of(str(stored.name)))
    answer.headers["Cache-Control"] = _FOR_GOOD
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer
