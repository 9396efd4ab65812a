"""What this feature declares to the kernel: its acts in the record, who may, the act that takes long, its pages."""

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor
from core import audit, jobs, policy as table
from core.audit import AuditPlace
from core.jobs import ActKind
from reviews.bringing import policy
from reviews.bringing.courses import address_of_courses, carry_out_courses, place_of_course, seen_of_courses
from reviews.bringing.enums import BroughtKind
from reviews.bringing.kinds import BringingWay, register_way
from reviews.bringing.models import BroughtFile, BroughtPiece
from reviews.bringing.navigation import address_of_pieces
from reviews.bringing.policy import CARRY_OUT
from reviews.bringing.selectors import waits_for_word
from reviews.bringing.tasks import bring_in_task
from reviews.capacities import place_in_review
from reviews.navigation import ReviewPart, ReviewTab, register_tab
from reviews.programme import place_in_mechanism

VERBS = {
    "reviews.broughtfile.prepared": _("read a file to be brought in"),
    "reviews.broughtfile.laid_before": _("laid a file before another officer"),
    "reviews.broughtfile.confirmed": _("confirmed a file of another officer"),
    "reviews.broughtfile.brought_in": _("brought in what a file says"),
    "reviews.broughtfile.set_aside": _("set aside a file of another officer"),
    "reviews.broughtfile.withdrawn": _("withdrew a file"),
    "reviews.broughtpiece.brought_in": _("brought in what was made elsewhere"),
    "reviews.broughtpiece.confirmed": _("confirmed for the State what was brought in"),
    "reviews.broughtpiece.objected": _("objected for the State to what was brought in"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
    table.register(policy.PERMISSIONS, policy.facts_of)
    audit.register(BroughtFile, _of_file)
    audit.register(BroughtPiece, lambda actor, verb, piece: place_in_review(actor, piece.review))
    jobs.register_act(ActKind(CARRY_OUT, bring_in_task))
    register_way(
        BringingWay(BroughtKind.COURSE, seen_of_courses, carry_out_courses, address_of_courses, place_of_course)
    )
    register_tab(ReviewTab(ReviewPart.RECORD, 50, _("Brought in"), address_of_pieces, waits_for_word))


def _of_file(actor: Actor, verb: str, file: BroughtFile) -> AuditPlace:
    return place_in_mechanism(actor, file.mechanism)
