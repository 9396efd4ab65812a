"""What the database lets a person do to drafts and versions, whatever the statement."""

from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from core.database.identity import identified_as
from questionnaires.definitions.models import Questionnaire, QuestionnaireVersion
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import definition_of, published_version, seen_of_draft, seen_of_item
from questionnaires.editing.services import edits
from questionnaires.editing.services.drafts import publish_draft, start_draft
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.plain_role import plain_role
from tests.questionnaires.editing.drafting import as_given, cluster, item_of, make_draft, official

pytestmark = pytest.mark.django_db


def test_an_officer_edits_and_another_publishes_with_the_rights_that_pages_have() -> None:
    editor: Any = OfficerFactory()
    publisher: Any = OfficerFactory()
    item = item_of(official(), "I.untoc.1")
    given = as_given(item, text="Other words")
    with plain_role(), identified_as(editor):
        draft = start_draft(actor=editor, cluster=cluster())
        edits.change_item(actor=editor, draft=draft, code=item.code, given=given, seen=seen_of_item(item))
    draft.refresh_from_db()
    seen = seen_of_draft(definition_of(draft), published_version(cluster()))
    with plain_role(), identified_as(publisher):
        assert publish_draft(actor=publisher, draft=draft, seen=seen).number == 2


@pytest.mark.parametrize(("factory", "number"), [(OfficerFactory, 1), (AuditorFactory, 1), (UserFactory, 0)])
def test_the_secretariat_alone_reads_drafts(factory: Any, number: int) -> None:
    make_draft()
    person = factory()
    with plain_role(), identified_as(person):
        assert QuestionnaireDraft.objects.count() == number


@pytest.mark.parametrize("factory", [AuditorFactory, UserFactory])
def test_nobody_but_an_officer_writes_a_version(factory: Any) -> None:
    version = published_version(cluster())
    assert version is not None
    person = factory()
    with plain_role(), identified_as(person):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            QuestionnaireVersion.objects.create(questionnaire=version.questionnaire, number=2, language="en")
        assert QuestionnaireVersion.objects.filter(pk=version.pk).update(status="retired") == 0
        assert Questionnaire.objects.filter(pk=version.questionnaire_id).update(slug="elsewhere") == 0
