"""What this feature declares to the kernel: how its acts are called in the record."""

from django.utils.translation import gettext_lazy as _

from core import audit

VERBS = {
    "questionnaires.response.part_answered": _("said that what was sent to a ministry is done, or not its own"),
    "questionnaires.response.part_checked": _("checked what a ministry has done"),
    "questionnaires.response.handed_on": _("handed on what was sent to a ministry, and its proposals"),
    "questionnaires.response.proposal_returned": _("returned a ministry’s proposal"),
    "questionnaires.response.return_answered": _("answered a proposal that was returned"),
    "questionnaires.response.proposal_adopted": _("adopted a ministry’s proposal"),
    "questionnaires.response.ministry_reminded": _("reminded a ministry"),
    "questionnaires.response.body_added": _("noted a body that was consulted"),
    "questionnaires.response.body_removed": _("took a consulted body off the list"),
}


def declare() -> None:
    audit.register_verbs(VERBS)
