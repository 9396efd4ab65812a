"""The kinds of document that are made of a draw, and what a job of one is about."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.jobs import LabelledLink, PageOfOrigin
from core.language.i18n import in_own_order
from core.models import Job
from lots.draws import with_people
from lots.draws.models import Draw

PROTOCOL_PDF, PROTOCOL_HTML = "lots.protocol_pdf", "lots.protocol_html"
FORMATS = {"pdf": PROTOCOL_PDF, "html": PROTOCOL_HTML}


def find_draw(job: Job) -> Draw | None:
    """The draw whose protocol a job prints, with the people who acted; None when it is gone."""
    return with_people(Draw.objects.filter(pk=job.target_id)).first()


def page_of_draw(draw: Draw) -> PageOfOrigin:
    address = [draw.mechanism.slug, draw.code]
    above = (LabelledLink(reverse("lots:draw-list", args=[draw.mechanism.slug]), _("Draws")),)
    return PageOfOrigin(reverse("lots:draw-detail", args=address), in_own_order(draw.code), above, code=draw.code)
