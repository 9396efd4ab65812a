"""Words of answers that were opened are found by those who read them, and by nobody else."""

from collections.abc import Callable, Iterable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.affiliations import affiliate_mission
from accounts.people.models import User
from core.database.identity import identified_as
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.selectors import holding_words, open_to
from questionnaires.sharing.services import stop_sharing_answers, store_shared_files
from questionnaires.sharing.sieve import AnswersChoice
from reviews.audiences.models import OpenedWords
from tests.factories.accounts import UserFactory
from tests.permissions.pieces_answers import OTHER, WITH_LAW, everything_of, sent, share
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.questionnaires.sharing.opening import opened
from tests.reviews.audiences.test_audiences import of_another_mechanism
from tests.security.statements import refused, run
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage.with_args(opened)]
LoginAs = Callable[[User], Client]
LIST, FIND = "/en/answers/", "/en/search/"
FOR_PARTIES, FOR_ALL = "Criminal Code", "wording of today"
# Whoever acts for a State party, in this review or in another, but for contributors.
ACT_FOR_A_PARTY = {
    "focal_point", "expert", "second_expert", "observer", "same_group_focal_point", "same_group_expert",
    "same_group_observer", "other_group_focal_point", "other_group_expert", "other_group_observer", "bystander",
}  # fmt: skip


@pytest.fixture(autouse=True)
def shares(cast: Cast) -> list[AnswersShare]:
    """One section for all States parties, with its law, and another one for everybody."""
    rows = [
        share(cast, "states_parties", everything_of(sent(cast), WITH_LAW)),
        share(cast, "public", AnswersChoice((OTHER,))),
    ]
    for row in rows:
        store_shared_files(str(row.pk), lambda row, ending: b"made")
    return rows


def finders(people: Iterable[tuple[str, User]], words: str) -> set[str]:
    """Who finds answers by these words, through the selector of the lists and of *Find*."""
    return {name for name, user in people if holding_words(open_to(user), words).exists()}


def test_words_for_states_parties_are_found_by_their_people_and_public_ones_by_all(cast: Cast) -> None:
    people = dict(cast.people)
    for name, state in {"mission": cast.bystander_state, "elsewhere": of_another_mechanism()}.items():
        affiliate_mission(mission := UserFactory.create(), state)
        people[name] = mission
    assert finders(people.items(), FOR_PARTIES) == ACT_FOR_A_PARTY | {"mission"}
    assert finders(people.items(), FOR_ALL) == {*people}
    nobody = AnonymousUser()
    assert [holding_words(open_to(nobody), words).count() for words in (FOR_PARTIES, FOR_ALL)] == [0, 1]


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")
def test_the_database_shows_words_to_those_who_read_them(cast: Cast) -> None:
    shown = {}
    with plain_role():
        assert [row.audience for row in OpenedWords.objects.all()] == ["public"]
        for name, user in cast.people.items():
            with identified_as(user):
                shown[name] = OpenedWords.objects.count()
    assert {name for name, number in shown.items() if number == 2} == ACT_FOR_A_PARTY
    assert set(shown.values()) == {1, 2}
    with identified_as(cast.officer):
        assert run("DELETE FROM reviews_openedwords") == 0
        refused("UPDATE reviews_openedwords SET letters = 'other'")
    with identified_as(cast.same_group_focal_point):
        assert run("DELETE FROM reviews_openedwords") == 0


def test_the_list_and_find_show_where_the_words_stand(cast: Cast, login_as: LoginAs, client: Client) -> None:
    reader = login_as(cast.bystander)
    page = reader.get(LIST, {"words": "criminal codes"})
    assert [row.audience for row in page.context["page"].object_list] == ["states_parties"]
    assert '<mark class="app-found__mark">Criminal</mark>' in page.content.decode()
    address = "/en/answers/untoc/1-XVE/states_parties/"
    assert address in reader.get(FIND, {"q": FOR_PARTIES}).content.decode()
    assert address not in login_as(cast.stranger).get(FIND, {"q": FOR_PARTIES}).content.decode()
    client.logout()
    assert list(client.get(LIST, {"words": FOR_PARTIES}).context["page"].object_list) == []


def test_answers_are_narrowed_by_article_language_and_state(cast: Cast, login_as: LoginAs, client: Client) -> None:
    reader = login_as(cast.bystander)
    found = {
        query: [row.audience for row in reader.get(f"{LIST}?{query}").context["page"].object_list]
        for query in ("article=15", "article=2", "language=en", "state=XVE")
    }
    both = found["state=XVE"]
    assert sorted(both) == ["public", "states_parties"]
    assert found == {"article=15": ["states_parties"], "article=2": ["public"], "language=en": both, "state=XVE": both}
    client.logout()
    labels = [label for _value, label in client.get(LIST).context["form_filter"].fields["article"].choices[1:]]
    assert labels == [2], "nobody learns of which articles others read"


def test_what_is_open_no_more_is_found_no_more(cast: Cast, shares: list[AnswersShare]) -> None:
    for audience in ("states_parties", "public"):
        stop_sharing_answers(actor=cast.focal_point, review=cast.review, audience=audience)
    for row in shares:
        store_shared_files(str(row.pk), lambda row, ending: b"made")
    assert OpenedWords.objects.count() == 0, "nor by a worker that comes late"
    assert finders(cast.people.items(), FOR_ALL) == set()
