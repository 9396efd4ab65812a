"""An officer, and the draft that he or she has begun of what is published."""

from typing import Any

import pytest

from questionnaires.editing.models import QuestionnaireDraft
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.editing.drafting import make_draft


@pytest.fixture
def officer() -> Any:
    return OfficerFactory()


@pytest.fixture
def draft(officer: Any) -> QuestionnaireDraft:
    return make_draft(officer)
