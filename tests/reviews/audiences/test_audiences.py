"""What is open to all States parties is read by people of those of its mechanism, whatever it is."""

import datetime as dt

import pytest

from accounts.affiliations import affiliate_mission
from accounts.people.models import User
from accounts.states.models import StateParty
from core.database.identity import identified_as
from observations.follow_up.models import FollowUpShare
from observations.follow_up.selectors import agreed_observations, get_agreed_for, shared_with
from observations.follow_up.services import FollowUpInput, record_follow_up, share_follow_up
from observations.publications.selectors import open_to as publications_open_to
from observations.texts.enums import TextKind
from observations.texts.models import AgreedText, Publication
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.selectors import open_to as answers_open_to
from questionnaires.sharing.sieve import AnswersChoice
from reviews.programme.enums import AdherenceKind
from reviews.programme.models import Adherence, Instrument, Mechanism
from tests.factories.accounts import UserFactory
from tests.observations.publications.publishing import make_public
from tests.permissions.pieces_answers import OTHER, share
from tests.plain_role import plain_role
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("closed")]


def open_all_to_states_parties(cast: Cast) -> None:
    """A list, an item that is followed up, and a section of the answers."""
    lists = AgreedText.objects.filter(review=cast.review, kind=TextKind.LIST_OF_OBSERVATIONS)
    make_public(cast, lists.get(instrument__slug="untoc"), audience="states_parties")
    item = get_agreed_for(cast.focal_point, cast.review, agreed_observations(cast.review)[0].pk)
    record_follow_up(actor=cast.expert, observation=item, given=FollowUpInput("planned", "A bill."), base=0)
    share_follow_up(actor=cast.focal_point, observation=item, audience="states_parties", base=1)
    share(cast, "states_parties", AnswersChoice((OTHER,)))


def of_another_mechanism() -> StateParty:
    """A State, fictional as those of the review, that is bound by an instrument of a second mechanism alone."""
    second = Mechanism.objects.create(slug="second", name="The second mechanism", short_name="Second")
    treaty = Instrument.objects.create(mechanism=second, slug="treaty", name="A treaty", short_name="Treaty", order=99)
    state = StateParty.objects.create(iso3="XQQ", name="Elsewhere", is_fictional=True)
    acceded = {"kind": AdherenceKind.ACCESSION, "deposited_on": dt.date(2020, 1, 2)}
    Adherence.objects.create(state_party=state, instrument=treaty, **acceded)
    return state


def read_by(person: User) -> tuple[list[int], list[int]]:
    """How many texts, items and answers the pages find, and how many rows the database shows by itself."""
    found = [rows(person).count() for rows in (publications_open_to, shared_with, answers_open_to)]
    with plain_role(), identified_as(person):
        return found, [model.objects.count() for model in (Publication, FollowUpShare, AnswersShare)]


def test_states_parties_are_those_of_the_mechanism_and_fictional_ones_are_among_themselves(cast: Cast) -> None:
    open_all_to_states_parties(cast)
    real = StateParty.objects.filter(is_fictional=False, adherences__instrument__slug="untoc").first()
    assert real is not None
    states = {"a party": cast.bystander_state, "of another mechanism": of_another_mechanism(), "real": real}
    got = {}
    for name, state in states.items():
        affiliate_mission(mission := UserFactory.create(), state)
        got[name] = read_by(mission)
    all_of_it, nothing = ([1, 1, 1], [1, 1, 1]), ([0, 0, 0], [0, 0, 0])
    assert got == {"a party": all_of_it, "of another mechanism": nothing, "real": nothing}
