"""The table of permissions on drafts of questionnaires: officers edit, and whoever has edited one does not publish it.

Printed whole in tests/permissions/editing_matrix.csv.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.people import Actor, RoleFacts, in_secretariat, officer, secretariat_role
from core.policy import Predicate, Rule, SystemActor, Table, may, unless
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.models import QuestionnaireDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class EditingFacts(RoleFacts):
    """``has_edited``: the asker has started, changed or brought in the draft in question."""

    has_edited: bool = False


edited_it: Predicate[EditingFacts] = Predicate(lambda facts: facts.has_edited)
_ONLY_OFFICERS = may(officer, else_=_("Only an officer of the secretariat does this."))

PERMISSIONS: Table[EditingFacts] = Table(
    EditingAction,
    sees=in_secretariat,
    rules={
        EditingAction.VIEW: Rule(),
        EditingAction.EDIT: Rule(_ONLY_OFFICERS),
        EditingAction.PUBLISH: Rule(
            _ONLY_OFFICERS,
            unless(edited_it, else_=_("Two different officers are needed: you have edited this draft.")),
            binds=True,
        ),
    },
)


def facts_of(actor: Actor, action: Any, target: Any) -> EditingFacts:
    """For EditingAction; ``target`` is a draft, or anything else where there is none."""
    if isinstance(actor, SystemActor):
        return EditingFacts()
    has_edited = isinstance(target, QuestionnaireDraft) and actor.pk in target.edited_by
    return EditingFacts(role=secretariat_role(actor), has_edited=has_edited)
