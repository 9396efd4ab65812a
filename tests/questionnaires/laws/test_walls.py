"""What the database lets a person read and write of a State's library, whatever the statement."""

from typing import Any

import pytest
from django.db import Error, ProgrammingError, transaction

from core.database.identity import identified_as
from questionnaires.laws.models import Law, LawName, LawVersion
from questionnaires.laws.services import add_law
from questionnaires.laws.validators import LawInput
from tests.plain_role import plain_role
from tests.questionnaires.laws.library import PENAL_CODE, enter
from tests.utils import Cast

pytestmark = pytest.mark.django_db
OWN = {"focal_point", "expert", "second_expert", "contributor", "observer"}


def test_the_people_of_the_state_alone_read_its_library(cast: Cast) -> None:
    enter(cast)
    seen: dict[str, Any] = {}
    for name, user in cast.people.items():
        with plain_role(), identified_as(user):
            seen[name] = (Law.objects.count(), LawName.objects.count(), LawVersion.objects.count())
    assert {name for name, counts in seen.items() if counts == (1, 1, 1)} == OWN
    assert {counts for name, counts in seen.items() if name not in OWN} == {(0, 0, 0)}


def test_whoever_reviews_another_state_does_not_write_into_its_library(cast: Cast) -> None:
    with plain_role(), identified_as(cast.same_group_focal_point):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Law.objects.create(state_party=cast.state, title=PENAL_CODE, saved_by=cast.same_group_focal_point)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Law.objects.create(
                state_party=cast.same_group_state, title=PENAL_CODE, saved_by=cast.same_group_focal_point
            )


def test_a_person_whose_part_has_ended_reads_no_more(cast: Cast) -> None:
    enter(cast)
    part = cast.participations["expert"]
    type(part).objects.filter(pk=part.pk).update(
        ended_at=part.started_at if hasattr(part, "started_at") else part.created_at
    )
    with plain_role(), identified_as(cast.expert):
        assert Law.objects.count() == 0


def test_the_people_of_the_state_write_with_the_rights_that_pages_have(cast: Cast) -> None:
    with plain_role(), identified_as(cast.expert):
        law = add_law(actor=cast.expert, review=cast.review, given=LawInput(PENAL_CODE))
        assert Law.objects.get() == law


def test_nothing_of_a_law_goes(cast: Cast) -> None:
    law = enter(cast)
    for statement in (
        lambda: Law.objects.filter(pk=law.pk).delete(),
        lambda: LawVersion.objects.filter(law=law).delete(),
        lambda: LawVersion.objects.filter(law=law).update(content={}),
        lambda: Law.objects.filter(pk=law.pk).update(state_party=cast.same_group_state),
    ):
        with pytest.raises(Error), transaction.atomic(), plain_role(), identified_as(cast.expert):
            statement()
    assert Law.objects.get().state_party == cast.state
