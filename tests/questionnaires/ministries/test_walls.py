"""What the database lets a ministry do with what was sent to it, whatever the statement."""

from typing import Any

import pytest
from django.db import Error, transaction

from core.database.identity import identified_as
from questionnaires.definitions.selectors import index_of
from questionnaires.ministries.services import answer_assignment, check_part
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import Answer, SectionAssignment
from tests.core.database.test_row_security import keys
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.questionnaires.ministries.ministries import FIRST, place, second_ministry, send
from tests.utils import Cast, save

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security"),
]

GUARD = "changes only what he or she says"


def test_a_contributor_changes_nothing_of_what_was_sent_but_what_is_said(cast: Cast) -> None:
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text="Official.")
    second_ministry(cast)
    part = send(cast)
    changes: list[dict[str, Any]] = [
        {"shows_official": True},
        {"section": place(cast, "untoc", "article-5").pk},
        {"question": index_of(cast.response.version_id).question_ids[FIRST]},
        {"participation": cast.participations["second"]},
        {"due_on": "2030-01-01"},
        {"remark": "No hurry."},
        {"sent_by": cast.contributor},
        {"checked_by": cast.contributor},
    ]
    for change in changes:
        with plain_role(), identified_as(cast.contributor), pytest.raises(Error, match=GUARD), transaction.atomic():
            SectionAssignment.objects.filter(pk=part.pk).update(**change)
    assert keys(Answer, cast.contributor) == set()


def test_a_contributor_takes_nothing_back_that_was_sent(cast: Cast) -> None:
    part = send(cast)
    with plain_role(), identified_as(cast.contributor):
        assert SectionAssignment.objects.filter(pk=part.pk).delete()[0] == 0
    assert SectionAssignment.objects.filter(pk=part.pk).exists()


def test_each_says_and_checks_with_the_rights_that_pages_have(cast: Cast) -> None:
    part = send(cast)
    with plain_role(), identified_as(cast.contributor):
        answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.DONE)
    with plain_role(), identified_as(cast.expert):
        assert check_part(actor=cast.expert, assignment=part)
    with plain_role(), identified_as(cast.contributor):
        answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.NOT_OURS, word="Ask Trade.")
    with plain_role(), identified_as(cast.focal_point):
        send(cast, shows_official=True, again=True)
    part.refresh_from_db()
    assert (part.said, part.checked_by, part.shows_official) == ("", None, True)
