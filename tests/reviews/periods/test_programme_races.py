"""Two writers of a programme at the same moment, and a review that is opened meanwhile."""

from collections.abc import Callable

import pytest

from accounts.people.models import User
from core.models import AuditEntry
from reviews.periods.grid import PeriodGrid
from reviews.programme.models import Mechanism, PhasePeriod
from tests.races import at_once
from tests.reviews.periods.programmes import grid_now, in_session, store, with_cell
from tests.utils import MECHANISM

pytestmark = pytest.mark.django_db(transaction=True)


def writing(user: User, shown: PeriodGrid, wanted: PeriodGrid) -> Callable[[], object]:
    mechanism = Mechanism.objects.get(slug=MECHANISM)
    return lambda: store(user, mechanism, wanted, shown=shown)


def test_of_two_writers_at_once_one_is_told_of_the_other() -> None:
    mechanism = Mechanism.objects.get(slug=MECHANISM)
    rows, people = list(PhasePeriod.objects.all()), [in_session(), in_session()]
    try:
        for turn in range(3):
            now = grid_now(mechanism)
            wanted = [
                with_cell(now, 4, 2, "2027-11-01", f"203{turn + 1}-10-31"),
                with_cell(now, 4, 3, "2028-11-01", f"203{turn + 2}-10-31"),
            ]
            done = at_once(*(writing(user, now, each) for user, each in zip(people, wanted, strict=True)))
            assert sorted(done) == ["ProgrammeChangedError", "done"]
            assert grid_now(mechanism) == wanted[done.index("done")]
        assert AuditEntry.objects.filter(verb="reviews.programme.changed").count() == 3
    finally:
        # The reference data outlives the test.
        PhasePeriod.objects.bulk_update(rows, ["period", "evidence_mark", "evidence_note"])
