"""What is done with a library at the same moment. (These tests commit, and so build their own reviews.)"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from accounts.people.models import User
from questionnaires.laws.models import Law, LawName, LawVersion
from questionnaires.laws.selectors import fingerprint_of, known_articles, laws_of
from questionnaires.laws.services import add_law, bring_laws, change_law, end_law, given_of
from questionnaires.laws.sheet import read_sheet
from questionnaires.laws.validators import LawInput
from reviews.cases.models import Review
from tests.questionnaires.laws.library import PENAL_CODE, enter
from tests.races import at_once
from tests.utils import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def on_a_page_of(cast: Cast, name: str) -> tuple[User, Review]:
    return User.objects.get(pk=cast.people[name].pk), Review.objects.get(pk=cast.review.pk)


def entering(cast: Cast, name: str, title: str = PENAL_CODE) -> Callable[[], object]:
    actor, review = on_a_page_of(cast, name)
    return lambda: add_law(actor=actor, review=review, given=LawInput(title))


def test_two_enter_one_law_and_it_is_there_once() -> None:
    cast = make_cast()
    assert sorted(at_once(entering(cast, "expert"), entering(cast, "focal_point", "penal code 1999"))) == [
        "ServiceError",
        "done",
    ]
    assert (Law.objects.count(), LawName.objects.count(), LawVersion.objects.count()) == (1, 1, 1)


def test_of_two_changes_on_one_revision_one_is_made() -> None:
    cast = make_cast()
    law = enter(cast)

    def changing(name: str, number: str) -> Callable[[], object]:
        actor, review = on_a_page_of(cast, name)
        given = replace(given_of(law, ""), number=number)
        return lambda: change_law(actor=actor, review=review, law=law.pk, given=given, seen=1)

    actor, review = on_a_page_of(cast, "second_expert")
    ending = lambda: end_law(actor=actor, review=review, law=law.pk, seen=1)  # noqa: E731
    outcomes = at_once(changing("expert", "1"), changing("focal_point", "2"), ending)
    assert sorted(outcomes) == ["ServiceError", "ServiceError", "done"]
    assert [version.number for version in LawVersion.objects.order_by("number")] == [1, 2]


def test_two_lists_at_once_are_one_list() -> None:
    cast = make_cast()
    enter(cast)
    seen = fingerprint_of(laws_of(cast.review))
    rows = read_sheet("laws.csv", b"Title,Number\nCustoms Act,1\nPenal Code 1999,7\n", known_articles())

    def bringing(name: str) -> Callable[[], object]:
        actor, review = on_a_page_of(cast, name)
        return lambda: bring_laws(actor=actor, review=review, rows=rows, seen=seen)

    assert sorted(at_once(bringing("expert"), bringing("focal_point"))) == ["ServiceError", "done"]
    assert sorted((law.title, law.number, law.revision) for law in Law.objects.all()) == [
        ("Customs Act", "1", 1),
        ("Penal Code 1999", "7", 2),
    ]
