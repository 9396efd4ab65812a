"""Drafts of questionnaires, made when the first address asks for one."""

from functools import cached_property
from typing import Any

from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import definition_of, published_version, seen_of_draft, seen_of_item
from questionnaires.editing.services import edits
from questionnaires.editing.services.drafts import start_draft
from reviews.programme.models import Cluster
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.editing.drafting import as_given, item_of


class Drafts:
    """Edited by nobody of the cast, so that the cast's own officer may publish."""

    @cached_property
    def draft(self) -> QuestionnaireDraft:
        """With another wording of one question, an item less, and a translation."""
        officer: Any = OfficerFactory.create()
        cluster = Cluster.objects.select_related("mechanism").get(mechanism__slug="untoc", number=1)
        draft = start_draft(actor=officer, cluster=cluster)
        item = item_of(definition_of(draft), "I.untoc.3")
        given = as_given(item, text="Is participation in an organized criminal group an offence?")
        edits.change_item(actor=officer, draft=draft, code=item.code, given=given, seen=seen_of_item(item))
        draft.refresh_from_db()
        return draft

    @property
    def seen(self) -> str:
        return seen_of_draft(definition_of(self.draft), published_version(self.draft.cluster))
