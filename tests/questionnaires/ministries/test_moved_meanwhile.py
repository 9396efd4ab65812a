"""What a State and its ministries do at the moment at which the answers move to a later version."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection, transaction

from core.errors import OutdatedError
from questionnaires.definitions.definition import QuestionnaireDefinition
from questionnaires.definitions.services import import_version
from questionnaires.ministries.services import (
    adopt_proposal,
    answer_assignment,
    answer_return,
    check_part,
    remind_ministry,
    return_proposal,
)
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import Adoption, Proposal, SectionAssignment
from tests import utils
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.definitions.test_mapping import with_item
from tests.questionnaires.editing.drafting import official
from tests.questionnaires.ministries.ministries import FIRST, proposed, send
from tests.questionnaires.moving.moving import moved, now
from tests.utils import Cast

Act = Callable[[Cast, Proposal], object]


def adopting(cast: Cast, proposal: Proposal) -> object:
    return adopt_proposal(actor=cast.expert, proposal=proposal, number=1, base=0)


def returning(cast: Cast, proposal: Proposal) -> object:
    return return_proposal(actor=cast.expert, proposal=proposal, number=1, reason="Once more.")


def answering(cast: Cast, proposal: Proposal) -> object:
    return answer_return(actor=cast.contributor, proposal=proposal, returned_at="")


@pytest.mark.django_db
@pytest.mark.parametrize("act", [adopting, returning, answering])
def test_a_proposal_that_has_moved_is_refused_in_words(cast: Cast, act: Act) -> None:
    proposal = proposed(cast)
    import_version(OfficerFactory(), replace(official(), title="Another title"))
    moved(cast)
    with pytest.raises(OutdatedError, match="moved to another version"):
        act(cast, proposal)
    assert not Adoption.objects.exists()
    assert not Proposal.objects.exclude(returned_at=None).exists()


@pytest.mark.django_db
def test_done_is_not_said_of_another_section_than_was_shown(cast: Cast) -> None:
    part = send(cast)
    shown = part.as_shown
    import_version(OfficerFactory(), replace(official(), title="Another title"))
    moved(cast)
    with pytest.raises(OutdatedError):
        answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.DONE, shown=shown)
    assert SectionAssignment.objects.get().said == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("version", "is_checked"),
    [(replace(official(), title="Another title"), True), (with_item(official(), FIRST, text="Is it a crime?"), False)],
)
def test_a_part_stays_checked_where_the_move_changes_nothing_of_it(
    cast: Cast, version: QuestionnaireDefinition, is_checked: bool
) -> None:
    proposed(cast)
    part = SectionAssignment.objects.get()
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.DONE)
    check_part(actor=cast.expert, assignment=part)
    import_version(OfficerFactory(), version)
    moved(cast)
    assert (SectionAssignment.objects.get().checked_by == cast.expert) is is_checked


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_for_a_move_goes_on_after_it() -> None:
    cast = utils.make_cast()
    proposed(cast)
    import_version(OfficerFactory(), replace(official(), title="Another title"))
    started, outcome = threading.Event(), {}

    def remind() -> None:
        response, person = now(cast), cast.participations["contributor"]
        started.set()
        try:
            outcome["parts"] = remind_ministry(actor=cast.focal_point, response=response, participation=person.pk)
        except Exception as error:
            outcome["error"] = repr(error)
        finally:
            connection.close()

    thread = threading.Thread(target=remind)
    with transaction.atomic():
        moved(cast)
        thread.start()
        started.wait(5)
        thread.join(0.5)
        assert thread.is_alive(), "it waits for the lock"
    thread.join(10)
    assert outcome == {"parts": 1}
