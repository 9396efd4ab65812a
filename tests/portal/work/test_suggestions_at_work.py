"""What *My work* says of suggestions: what can be decided on, and what can be laid."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.people.models import User
from observations.suggestions.selectors import deciding_states
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, SummaryPassage
from portal.work.kinds import tasks_of
from portal.work.tasks import Workload
from tests import journey
from tests.at_once import edit_passage
from tests.observations.clearance.texts import change, table
from tests.observations.suggestions.wording import STANDS, suggest_now
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
SOFTER = STANDS.replace("should consider making", "is encouraged to make")


def work_of(user: User) -> list[str]:
    return [task.what for task in tasks_of(Workload(User.objects.get(pk=user.pk), timezone.now())) if task.is_own]


def test_nobody_is_asked_to_lay_what_the_text_has_overtaken(cast: Cast, cast_at: Callable[[str], Cast]) -> None:
    cast_at("observations")
    place = table(cast, journey.list_of(cast.review), STANDS)
    row = suggest_now(cast.expert, place, SOFTER)
    assert any("drafted suggestion" in what for what in work_of(cast.focal_point))
    assert deciding_states(row, [cast.same_group_state.pk]) == {cast.same_group_state.pk}
    others = [cast.state.pk, cast.other_group_state.pk]
    assert deciding_states(row, others) == {cast.other_group_state.pk}, "its State agrees on the list no more"
    change(cast, STANDS.replace("should consider making", "must make"))
    assert not any("drafted suggestion" in what for what in work_of(cast.focal_point))


@pytest.mark.stage("summary")
def test_a_further_suggestion_takes_no_further_query(cast: Cast, cast_at: Callable[[str], Cast]) -> None:
    cast_at("summary")
    text = AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind=TextKind.SUMMARY)
    passage = SummaryPassage.objects.filter(agreed_text=text)[0]
    edit_passage(actor=cast.same_group_focal_point, passage=passage, text=STANDS, base=passage.revision)
    taken = []
    for _number in range(3):
        suggest_now(cast.focal_point, passage, SOFTER)
        with CaptureQueriesContext(connection) as queries:
            assert any("suggested wordings" in what for what in work_of(cast.other_group_focal_point))
        taken.append(len(queries))
    assert len(set(taken)) == 1, taken
