"""A contributor reads all official answers where the focal point lets him or her, and nothing of other ministries."""

from collections.abc import Callable

import pytest
from django.db import Error, transaction
from django.test import Client

from accounts.people.models import User
from core.database.identity import identified_as
from core.models import Notification
from core.policy import PolicyRefusedError
from questionnaires.assignments.services import end_reading_all, let_read_all
from questionnaires.responses.models import Answer, AnswerRevision, Proposal, ReadingLeave
from reviews.registration.services.participation import end_participation
from reviews.registration.services.replacement import replace_participant
from tests.core.database.test_row_security import keys
from tests.factories.accounts import UserFactory
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.questionnaires.ministries.ministries import FIRST, RESPONSE, second_ministry, send
from tests.utils import SYSTEM, Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
READ, MINISTRIES = f"{RESPONSE}read/official/", f"{RESPONSE}ministries/"
ELSEWHERE = "I.untoc.1.a"


@pytest.fixture
def written(cast: Cast) -> Cast:
    """The first ministry has a part; official answers stand there and elsewhere, and another ministry proposes."""
    second = second_ministry(cast)
    send(cast)
    send(cast, "second")
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text="Official here.")
    save(cast.response, cast.expert, ELSEWHERE, text="Official elsewhere.")
    save(cast.response, second, FIRST, choices=("Yes",), text="Of Trade alone.")
    return cast


def act(cast: Cast, login_as: LoginAs, what: str) -> None:
    page = f"{RESPONSE}assignments/{cast.participations['contributor'].pk}/{what}"
    assert login_as(cast.focal_point).post(page)["Location"] == MINISTRIES


def test_the_focal_point_lets_a_contributor_read_and_takes_it_back(written: Cast, login_as: LoginAs) -> None:
    assert login_as(written.contributor).get(READ).status_code == 403
    act(written, login_as, "let-read/")
    act(written, login_as, "let-read/")
    told = Notification.objects.get(key__startswith="may_read_all")
    assert (told.recipient, told.context["path"]) == (written.contributor, READ)
    assert "Reads all official answers" in login_as(written.focal_point).get(MINISTRIES).content.decode()
    assert READ in login_as(written.contributor).get(RESPONSE).content.decode()
    page = login_as(written.contributor).get(READ).content.decode()
    assert "Official here." in page
    assert "Official elsewhere." in page
    for words in ("Of Trade alone.", "Ines Second", "Ministry of Trade", written.expert.full_name):
        assert words not in page
    act(written, login_as, "let-read/end/")
    assert login_as(written.contributor).get(READ).status_code == 403
    assert READ not in login_as(written.contributor).get(RESPONSE).content.decode()


def test_whoever_has_leave_and_no_part_finds_the_page_and_no_way_to_nothing(cast: Cast, login_as: LoginAs) -> None:
    review = "/en/untoc/reviews/1-XVE/"
    save(cast.response, cast.expert, FIRST, choices=("Yes",), text="Official here.")
    assert READ not in login_as(cast.contributor).get(review).content.decode()
    own = cast.participations["contributor"]
    let_read_all(actor=cast.focal_point, response=cast.response, participation=own)
    assert f'href="{READ}"' in login_as(cast.contributor).get(review).content.decode()
    page = login_as(cast.contributor).get(READ).content.decode()
    assert "Official here." in page
    assert f'href="{RESPONSE}"' not in page
    send(cast)
    assert f'href="{RESPONSE}"' in login_as(cast.contributor).get(READ).content.decode()


def test_nobody_else_lets_anybody_read(written: Cast) -> None:
    for name in ("expert", "observer", "contributor", "same_group_expert", "officer"):
        with pytest.raises(PolicyRefusedError):
            let_read_all(
                actor=written.people[name], response=written.response, participation=written.participations["second"]
            )
    assert not ReadingLeave.objects.exists()


def test_the_leave_ends_with_the_access_and_goes_to_no_successor(written: Cast) -> None:
    own = written.participations["contributor"]
    let_read_all(actor=written.focal_point, response=written.response, participation=own)
    new = replace_participant(actor=SYSTEM, participation=own, user=UserFactory())
    for person in (written.contributor, new.user):
        assert keys(Answer, person) == set()
    assert not end_reading_all(actor=written.focal_point, response=written.response, participation=new)


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_the_database_says_the_same(written: Cast) -> None:
    own = written.participations["contributor"]
    with plain_role(), identified_as(written.focal_point):
        let_read_all(actor=written.focal_point, response=written.response, participation=own)
    assert keys(Answer, written.contributor) == {row.pk for row in Answer.objects.all()}
    assert keys(AnswerRevision, written.contributor) == keys(Proposal, written.contributor) == set()
    assert keys(ReadingLeave, written.contributor) == keys(ReadingLeave, written.expert)
    for person in (written.participations["second"].user, written.same_group_expert, written.officer):
        assert keys(Answer, person) == keys(ReadingLeave, person) == set()
    end_participation(actor=SYSTEM, participation=own)
    assert keys(Answer, written.contributor) == set()


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
@pytest.mark.parametrize(
    ("who", "to"), [("expert", "contributor"), ("contributor", "contributor"), ("focal_point", "same_group_expert")]
)
def test_the_database_takes_no_leave_from_others_and_for_no_others(written: Cast, who: str, to: str) -> None:
    actor = written.people[who]
    given = {"response": written.response, "participation": written.participations[to], "given_by": actor}
    refused = pytest.raises(Error, match=r"lets contributors|row-level")
    with plain_role(), identified_as(actor), refused, transaction.atomic():
        ReadingLeave.objects.create(**given)
    assert not ReadingLeave.objects.exists()
