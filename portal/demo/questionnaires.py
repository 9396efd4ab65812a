"""A draft of a questionnaire by a colleague of the officer who shows the demo: something to look at and to publish."""

from accounts.people.enums import SecretariatRole
from accounts.people.models import User
from portal.demo.plan import Person
from questionnaires.editing import HeadInput, change_head, definition_of, drafts, seen_of_head, start_draft
from reviews.programme.models import Mechanism

_BRIEF = "Where a law has been sent before, it is enough to name it and its provision."


def draft_a_questionnaire(mechanism: Mechanism, users: dict[Person, User]) -> None:
    """On the last cluster, of which no review of the demo answers; nothing where there is a draft of any."""
    if drafts().filter(cluster__mechanism=mechanism).exists():
        return
    colleague = next(user for person, user in users.items() if person.role == SecretariatRole.ADMINISTRATOR)
    cluster = mechanism.clusters.select_related("mechanism").order_by("-number")[0]
    draft = start_draft(actor=colleague, cluster=cluster)
    definition = definition_of(draft)
    given = HeadInput(definition.title, definition.source, (*definition.guidance, _BRIEF))
    change_head(actor=colleague, draft=draft, given=given, seen=seen_of_head(definition))
