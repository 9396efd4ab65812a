"""Who only reads in a room takes nothing out of it and adds nothing to it, whatever the statement (docs/adr/0080)."""

from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from core.database.identity import identified_as
from dialogue.split.models import SectionKeeper
from observations.texts.models import PassageDraft
from questionnaires.ministries.enums import BodyKind
from questionnaires.ministries.models import ConsultedBody
from questionnaires.responses.models import AnswerRevision
from tests.permissions.pieces import Pieces, Planter
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import change_of, copy_of, refused, run
from tests.utils import Cast, answer_some

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
WRITTEN = "what lies in a room is written by focal point and experts of its State"
TAKEN_OUT = "what lies in a room is taken out by focal point and experts of its State"


def of_an_expert(cast: Cast, statement: tuple[Any, ...], words: str, *, side: str = "same_group_") -> None:
    """The observer of the State is refused, and its expert is not."""
    with identified_as(cast.people[f"{side}observer"]):
        refused(*statement, words=words)
    with identified_as(cast.people[f"{side}expert"]):
        assert run(*statement) == 1


def deletion_of(row: models.Model) -> tuple[Any, ...]:
    return f"DELETE FROM {row._meta.db_table} WHERE id = %s", row.pk  # noqa: S608 - a table of ours


@pytest.mark.stage("dialogue")
def test_an_observer_takes_no_draft_out_of_the_room(cast: Cast, pieces: Pieces) -> None:
    of_an_expert(cast, deletion_of(pieces.clarification_draft), TAKEN_OUT)
    of_an_expert(cast, deletion_of(pieces.notes_draft), TAKEN_OUT)
    of_an_expert(cast, deletion_of(pieces.supplement_draft), TAKEN_OUT, side="")
    of_an_expert(cast, deletion_of(pieces.legal_asked.answers.get()), TAKEN_OUT, side="")


@pytest.mark.stage("dialogue")
def test_nor_the_articles_and_needs_from_a_draft(cast: Cast, pieces: Pieces) -> None:
    draft = pieces.observation_draft
    of_articles = "DELETE FROM reviews_observation_articles WHERE observation_id = %s"
    of_an_expert(cast, (of_articles, draft.pk), WRITTEN)
    of_needs = "DELETE FROM observations_assistanceneed WHERE observation_id = %s"
    of_an_expert(cast, (of_needs, draft.pk), WRITTEN)


@pytest.mark.stage("dialogue")
def test_nobody_takes_the_articles_and_needs_of_what_is_tabled_into_a_draft(cast: Cast, pieces: Pieces) -> None:
    for table in ("reviews_observation_articles", "observations_assistanceneed"):
        taken = f"UPDATE {table} SET observation_id = %s WHERE observation_id = %s"  # noqa: S608 - tables of ours
        with identified_as(cast.same_group_expert):
            refused(taken, pieces.observation_draft.pk, pieces.observation_tabled.pk, words="Cannot update rows")


@pytest.mark.stage("summary")
def test_nor_what_would_take_the_place_of_a_passage(cast: Cast) -> None:
    Planter(cast, "Kept").plant("summary")
    of_an_expert(cast, deletion_of(PassageDraft.objects.get(state_party=cast.same_group_state)), TAKEN_OUT)


@pytest.mark.stage("self_assessment")
def test_nor_whom_the_state_has_consulted(cast: Cast) -> None:
    body = ConsultedBody.objects.create(
        review=cast.review, room=cast.state, language="en", response=cast.response, name="A university",
        kind=BodyKind.ACADEMIA, consulted_on=timezone.localdate(), added_by=cast.expert,
    )  # fmt: skip
    of_an_expert(cast, copy_of(body), WRITTEN, side="")
    of_an_expert(cast, change_of(body, name="Another one"), WRITTEN, side="")
    of_an_expert(cast, deletion_of(body), TAKEN_OUT, side="")


@pytest.mark.stage("self_assessment")
def test_nor_adds_an_observer_to_what_was_saved_of_an_answer(cast: Cast) -> None:
    answer_some(cast.response, cast.expert, 1)
    of_an_expert(cast, copy_of(AnswerRevision.objects.get(), number=7, text="Not so."), WRITTEN, side="")


@pytest.mark.stage("written_feedback")
def test_nor_who_is_on_a_section(cast: Cast) -> None:
    keeper = SectionKeeper.objects.create(
        review=cast.review, room=cast.same_group_state, language="en", section="untoc/article-5",
        participation=cast.participations["same_group_expert"], set_by=cast.same_group_expert,
    )  # fmt: skip
    of_an_expert(cast, copy_of(keeper, section="untoc/article-6"), WRITTEN)
    focal_point = cast.participations["same_group_focal_point"]
    of_an_expert(cast, change_of(keeper, participation_id=focal_point.pk), WRITTEN)
    of_an_expert(cast, deletion_of(keeper), TAKEN_OUT)
