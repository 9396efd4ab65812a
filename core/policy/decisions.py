"""What the policy answers: yes, no with a reason, or that there is nothing of the kind."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Reason = str | Promise


@dataclass(frozen=True, slots=True)
class Decision:
    """``reason`` is a translatable sentence, empty when allowed; ``is_visible`` false means: answer with 404."""

    allowed: bool
    reason: Reason = ""
    is_visible: bool = True

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)
INVISIBLE = Decision(False, _("There is no such page."), is_visible=False)


def refused(reason: Reason) -> Decision:
    return Decision(False, reason)


class PolicyRefusedError(PermissionDenied):
    """The policy said no; ``decision.reason`` is what the person is told."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(decision.reason)
