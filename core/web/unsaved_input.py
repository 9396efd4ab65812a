"""What a person typed into a form that was not accepted, so that the page that says so can give it back."""

import re
from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Fields in which people write, and no others: neither passphrases and codes nor what a form carries unseen is shown.
WRITTEN_IN: dict[str, str | Promise] = {
    "text": _("Text"),
    "reason": _("Reason"),
    "why": _("Why"),
    "note": _("Note"),
    "how": _("How the States agreed"),
    "evidence_note": _("note on the evidence"),
    "title": _("Title"),
    "subject": _("What was talked about"),
    "others": _("Others who took part"),
    "place": _("Place"),
    "agenda": _("Agenda"),
    "law": _("Law"),
    "provision": _("Provision"),
    "link": _("Link"),
    "heading": _("Heading"),
    "guidance": _("Guidance"),
    "options": _("Options"),
    "source": _("Source"),
    "answers_to": _("What does it respond to?"),
    "information": _("Information"),
    "parent_heading": _("Heading above"),
    "cluster_title": _("Title of the cluster"),
    "deviation": _("Difference from the print"),
    "lines": _("One a line"),
    "replaced": _("Reviewing States that are replaced"),
    "remark": _("Remark"),
    "word": _("Whom to ask"),
    "domains": _("Domains of their addresses"),
    "about": _("On what"),
    "also_cited_as": _("Also cited as"),
    "action": _("Action"),
    "received_from": _("From whom"),
    "description": _("What is needed"),
}
# The key of a segment of a text says nothing to people; its words do.
_SEGMENT = re.compile(r"s[0-9a-f]{16}-\d+")


@dataclass(frozen=True, slots=True)
class UnsavedInput:
    """The words of one field; ``place`` is the question that it belongs to, if any."""

    place: str
    label: str | Promise
    text: str


def unsaved_input_of(request: HttpRequest) -> list[UnsavedInput]:
    """The words of the posted form in the order of its fields; none where it came from another site.

    A field is called ``text``, or after its question: ``I.water.5-text``.
    """
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return []
    try:
        posted = list(request.POST.lists())
    except (BadRequest, SuspiciousOperation, UnreadablePostError, MultiPartParserError, ValueError):
        return []  # what cannot be read cannot be given back
    found = []
    for name, values in posted:
        place, _dash, field = name.rpartition("-")
        words = "\n\n".join(value for value in values if value.strip())
        if field in WRITTEN_IN and words:
            found.append(UnsavedInput("" if _SEGMENT.fullmatch(place) else place, WRITTEN_IN[field], words))
    return found
