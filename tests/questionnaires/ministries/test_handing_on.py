"""Who wrote a proposal stays its author, whoever goes on with it; and nobody else reads how it came to be."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from questionnaires import urls
from questionnaires.assignments.selectors import assignments_of
from questionnaires.ministries.enums import PartState
from questionnaires.ministries.left import left_behind
from questionnaires.ministries.selectors import matrix_of
from questionnaires.ministries.services import adopt_proposal, answer_assignment, check_part, hand_on
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import Proposal, SectionAssignment
from reviews.access.kinds import door_opened_by
from reviews.cases.enums import ParticipationRole
from reviews.registration.services.participation import end_participation
from reviews.registration.services.replacement import replace_participant
from tests import utils
from tests.core.database.test_row_security import keys
from tests.factories.accounts import UserFactory
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.questionnaires.ministries.ministries import (
    FIRST,
    RESPONSE,
    SECTION,
    codes,
    place,
    proposed,
    second_ministry,
    send,
)
from tests.utils import SYSTEM, Cast, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
HAND_ON = f"{RESPONSE}ministries/hand-on/"


# --- whose words


def successor(cast: Cast) -> User:
    """Of the contributor, who is of the Ministry of Justice."""
    User.objects.filter(pk=cast.contributor.pk).update(organization="Ministry of Justice")
    person = UserFactory(full_name="Sara Successor", organization="Ministry of the Sea")
    replace_participant(actor=SYSTEM, participation=cast.participations["contributor"], user=person)
    utils.fresh(cast)
    return person


def test_the_author_of_a_proposal_is_who_saved_it(cast: Cast, login_as: LoginAs) -> None:
    proposed(cast)
    person = successor(cast)
    client = login_as(cast.expert)
    page = client.get(f"{RESPONSE}proposals/{FIRST}/").content.decode()
    title, line = page.partition('id="proposal-')[2].split("</p>", 1)[0].split("</h2>")
    assert "Ministry of Justice" in title
    assert str(cast.contributor) in line
    assert "now with <bdi>Sara Successor</bdi>" in line
    assert "1 proposal: Ministry of Justice" in client.get(SECTION).content.decode()
    save(cast.response, person, FIRST, text="Carried on.", base=1)
    page = client.get(f"{RESPONSE}proposals/{FIRST}/").content.decode()
    assert "Ministry of the Sea" in page
    assert "now with" not in page


def test_what_was_adopted_is_from_who_had_written_it(cast: Cast, login_as: LoginAs) -> None:
    proposal = proposed(cast)
    adopt_proposal(actor=cast.expert, proposal=proposal, number=1, base=0)
    person = successor(cast)
    save(cast.response, person, FIRST, text="Carried on.", base=1)
    proposal.refresh_from_db()
    adopt_proposal(actor=cast.expert, proposal=proposal, number=2, base=1)
    page = login_as(cast.expert).get(f"{RESPONSE}answers/{FIRST}/history/").content.decode()
    assert page.count("Adopted from what Ministry of Justice proposed") == 1
    assert page.count("Adopted from what Ministry of the Sea proposed") == 1


# --- how it came to be


def addresses(**values: Any) -> list[str]:
    """Every address of the questionnaires that is made of these."""
    found = []
    for pattern in urls.urlpatterns:
        wanted = pattern.pattern.converters.keys()
        if {"mechanism", "code"} <= wanted <= values.keys():
            try:
                found.append(reverse(f"questionnaires:{pattern.name}", kwargs={key: values[key] for key in wanted}))
            except NoReverseMatch:  # one word means something else there
                continue
    return found


def test_no_other_ministry_reads_how_a_proposal_came_to_be(cast: Cast, login_as: LoginAs) -> None:
    proposal = proposed(cast, text="Zinnober first.")
    save(cast.response, cast.contributor, FIRST, text="Zinnober second.", base=1)
    save(cast.response, cast.contributor, FIRST, text="Zinnober beside.", base=1)
    other = second_ministry(cast)
    send(cast, "second", shows_official=True)
    save(cast.response, other, FIRST, text="Own words.")
    there = addresses(
        mechanism="untoc",
        code=cast.review.code,
        question=FIRST,
        proposal=proposal.pk,
        part=SectionAssignment.objects.get(participation=proposal.participation).pk,
        participation=proposal.participation_id,
        instrument="firearms",
        section="article-3",
        answer=proposal.pk,
    )
    assert len(there) > 20

    def read_by(user: User) -> set[str]:
        client = login_as(user)
        pages = {url: client.get(url).content.decode(errors="replace") for url in there}
        return {url for url, page in pages.items() if "Zinnober" in page}

    history = f"{RESPONSE}answers/{FIRST}/history/"
    assert history in read_by(cast.contributor)
    assert f"{RESPONSE}proposals/{FIRST}/" in read_by(cast.expert)
    assert read_by(other) == set()
    saving = f"{RESPONSE}answers/{FIRST}/"
    save(cast.response, other, FIRST, text="Own words, again.", base=1)
    for base in ("0", "1", "2", "3"):
        reply = login_as(other).post(saving, {"text": f"On {base}.", "base": base, "version": "1"})
        assert "Zinnober" not in reply.content.decode()


# --- who takes part no longer


def let_go(cast: Cast, name: str = "contributor") -> UUID:
    participation = cast.participations[name]
    end_participation(actor=SYSTEM, participation=participation)
    utils.fresh(cast)
    return participation.pk


def test_the_focal_point_hands_on_what_somebody_had(cast: Cast, login_as: LoginAs) -> None:
    proposed(cast)
    SectionAssignment.objects.update(remark="Till May.")
    other = second_ministry(cast)
    client = login_as(cast.focal_point)
    assert HAND_ON not in client.get(f"{RESPONSE}ministries/").content.decode()
    gone = let_go(cast)
    assert list(assignments_of(cast.response)) == [], "it is with nobody until then"
    assert HAND_ON in client.get(f"{RESPONSE}ministries/").content.decode()
    assert HAND_ON not in login_as(cast.expert).get(f"{RESPONSE}ministries/").content.decode()
    new = cast.participations["second"]
    given = {"left_by": str(gone), "to": str(new.pk)}
    client = login_as(cast.focal_point)
    page = client.post(HAND_ON, given, follow=True).content.decode()
    assert "Handed on to Ines Second. Parts: 1. Proposals: 1." in page
    assert SectionAssignment.objects.values_list("participation", "remark").get() == (new.pk, "Till May.")
    assert save(cast.response, other, FIRST, text="Carried on.", base=1).status == "saved"
    assert [mail.recipient for mail in Notification.objects.filter(key__startswith="sent_to_ministry")][-1] == other
    entry = AuditEntry.objects.get(verb="questionnaires.response.handed_on")
    assert (entry.before, entry.after["participation"]) == ({"participation": str(gone)}, str(new.pk))
    assert "Till May" not in str(entry.after)
    assert left_behind(cast.response) == []
    stale = client.post(HAND_ON, given)
    assert stale.status_code == 422, "it went already"


def test_an_own_proposal_and_what_is_there_already_stay(cast: Cast) -> None:
    proposed(cast)
    save(cast.response, cast.contributor, "I.firearms.69.a", choices=("Yes",))
    send(cast, places=[place(cast, "untoc", "article-5")], questions=[FIRST, "I.firearms.69"])
    other = second_ministry(cast)
    send(cast, "second")
    save(cast.response, other, FIRST, text="An own one.")
    gone, new = let_go(cast), cast.participations["second"]
    result = hand_on(actor=cast.focal_point, response=cast.response, left_by=gone, to=new.pk)
    assert (result.parts, result.proposals, result.kept) == (1, 1, 1)
    assert {row.section.slug: row.participation_id for row in SectionAssignment.objects.select_related("section")} == {
        "article-5": new.pk,
        "article-3": new.pk,
    }
    assert set(Proposal.objects.values_list("question__code", "participation")) == {
        (FIRST, gone),
        (FIRST, new.pk),
        ("I.firearms.69.a", new.pk),
    }
    assert {FIRST, "I.untoc.3"} <= set(codes(other, cast))


def test_where_nothing_would_go_nobody_is_told(cast: Cast) -> None:
    proposed(cast)
    other, third = second_ministry(cast), UserFactory(organization="Ministry of Roads")
    send(cast, "second")
    save(cast.response, other, FIRST, text="An own one.")
    gone, new = let_go(cast), cast.participations["second"].pk
    assert left_behind(cast.response) == [], "the other has all of it"
    cast.participations["third"] = utils.register(
        cast.review, third, cast.state, ParticipationRole.NATIONAL_CONTRIBUTOR
    )
    assert [(each.parts, each.proposals) for each in left_behind(cast.response)] == [(1, 1)]
    before = Notification.objects.count()
    with pytest.raises(ServiceError, match="Nothing would go to this person") as caught:
        hand_on(actor=cast.focal_point, response=cast.response, left_by=gone, to=new)
    assert caught.value.field == "to"
    assert Notification.objects.count() == before


def test_a_proposal_goes_only_with_a_part_that_is_there(cast: Cast) -> None:
    proposed(cast)
    send(cast, places=[], questions=["I.firearms.69"])
    other = second_ministry(cast)
    gone, new = let_go(cast), cast.participations["second"].pk
    assert [(each.parts, each.proposals) for each in left_behind(cast.response)] == [(1, 0)]
    result = hand_on(actor=cast.focal_point, response=cast.response, left_by=gone, to=new)
    assert (result.parts, result.proposals, result.kept) == (1, 0, 0)
    assert Proposal.objects.get().participation_id == gone, "nobody was sent its question"
    assert FIRST not in codes(other, cast)
    send(cast, "second")
    assert [(each.parts, each.proposals) for each in left_behind(cast.response)] == [(0, 1)]


def test_nothing_that_was_handed_on_counts_as_checked(cast: Cast) -> None:
    proposed(cast, code="I.firearms.69.a", text="")
    other = second_ministry(cast)
    part = send(cast, "second")
    answer_assignment(actor=other, assignment=part, said=AssignmentWord.DONE)
    check_part(actor=cast.expert, assignment=part)
    hand_on(actor=cast.focal_point, response=cast.response, left_by=let_go(cast), to=cast.participations["second"].pk)
    assert [each.state for each in matrix_of(cast.response).parts] == [PartState.PROPOSED]


def test_only_the_focal_point_hands_on_and_only_what_is_left_to_who_takes_part(cast: Cast) -> None:
    proposed(cast)
    second_ministry(cast)
    new, expert = cast.participations["second"].pk, cast.participations["expert"].pk
    still_there = cast.participations["contributor"].pk
    with pytest.raises(ServiceError) as caught:
        hand_on(actor=cast.focal_point, response=cast.response, left_by=still_there, to=new)
    assert caught.value.field == "left_by"
    gone = let_go(cast)
    for to in (expert, gone):
        with pytest.raises(ServiceError) as caught:
            hand_on(actor=cast.focal_point, response=cast.response, left_by=gone, to=to)
        assert caught.value.field == "to"
    for name in ("expert", "observer", "officer", "same_group_focal_point"):
        with pytest.raises(PolicyRefusedError):
            hand_on(actor=cast.people[name], response=cast.response, left_by=gone, to=new)


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_a_successor_let_in_without_a_key_to_the_room_gets_it_from_the_focal_point(cast: Cast) -> None:
    proposed(cast)
    old, person = cast.participations["contributor"], UserFactory(organization="Ministry of the Sea")
    with plain_role(), identified_as(cast.officer):
        new = replace_participant(actor=door_opened_by(cast.officer), participation=old, user=person)
    utils.fresh(cast)
    assert keys(Proposal, person) == keys(SectionAssignment, person) == set()
    with plain_role(), identified_as(cast.focal_point):
        result = hand_on(actor=cast.focal_point, response=cast.response, left_by=old.pk, to=new.pk)
    assert (result.parts, result.proposals) == (1, 1)
    assert len(keys(Proposal, person)) == len(keys(SectionAssignment, person)) == 1
