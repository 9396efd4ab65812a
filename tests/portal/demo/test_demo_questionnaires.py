"""The demo's draft of a questionnaire."""

import pytest

from accounts.people.models import User
from core.policy import can
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.models import QuestionnaireDraft
from tests.portal.demo.demos import demo

pytestmark = [pytest.mark.django_db, pytest.mark.kept.with_args(demo, "consultations")]


def test_there_is_one_draft_that_the_officer_of_the_demo_may_publish_however_often_it_is_built() -> None:
    demo("consultations")
    draft = QuestionnaireDraft.objects.get()
    officer = User.objects.get(email="mireille.okonjo@secretariat.example")
    assert can(officer, EditingAction.PUBLISH, draft)
    assert not can(draft.last_edited_by, EditingAction.PUBLISH, draft)
