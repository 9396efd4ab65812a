"""A file of the portal's own format is brought in: looked at as a whole, and stored as the draft or not at all."""

from django.db import transaction

from accounts.people.models import User
from core.errors import ServiceError
from core.policy import require
from questionnaires.definitions import QuestionnaireDefinition
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.files import problems_of
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import definition_of, reused_numbers, revision_of, unknown_references
from questionnaires.editing.services.drafts import StaleError, begin, keep, open_draft, slug_for
from reviews.programme.models import Cluster


def obstacles_of(definition: QuestionnaireDefinition, cluster: Cluster, draft: QuestionnaireDraft | None) -> list[str]:
    """What keeps a file from being the draft, in sentences."""
    return [
        *problems_of(definition, cluster, slug_for(cluster)),
        *unknown_references(definition),
        *reused_numbers(cluster, definition, definition_of(draft) if draft else None),
    ]


@transaction.atomic
def bring_in(
    *, actor: User, cluster: Cluster, definition: QuestionnaireDefinition, revision: str
) -> QuestionnaireDraft:
    """Make what a file holds the draft, in the place of what is in it. ``revision``: the draft's as it was
    shown (``selectors.revision_of``), empty where there was none.

    Raises ServiceError where a rule does not hold, and StaleError where the draft is another by now.
    """
    require(actor, EditingAction.EDIT)
    present = QuestionnaireDraft.objects.filter(cluster=cluster).first()
    if problems := obstacles_of(definition, cluster, present):
        raise ServiceError(problems[0], field="file")
    if present is None:
        if revision:
            raise StaleError
        return begin(actor, cluster, definition, {"from": "a file"})
    draft, _content = open_draft(actor, present)
    if revision_of(draft) != revision:
        raise StaleError
    return keep(actor, draft, definition, {}, verb="questionnaires.draft.brought_in")
