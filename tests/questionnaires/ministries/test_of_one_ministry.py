"""What is sent to a ministry is with all of its people together, also with those who come later."""

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError
from questionnaires.assignments.joining import join_with
from questionnaires.assignments.services import assign_sections
from questionnaires.ministries.enums import PartState
from questionnaires.ministries.left import left_behind
from questionnaires.ministries.selectors import matrix_of, parts_of
from questionnaires.ministries.services import (
    answer_assignment,
    check_part,
    hand_on,
    remind_ministry,
    remind_of_assignments,
)
from questionnaires.responses.enums import AssignmentWord
from questionnaires.responses.models import Proposal, ProposalRevision, SectionAssignment
from questionnaires.sending.services import begin_revision
from reviews.cases.enums import ParticipationRole
from reviews.ministries.models import Ministry, MinistryMember
from reviews.ministries.selectors import ministries_of, people_of
from reviews.ministries.services import place_contributor
from reviews.participants.services import end_contributor, invite_contributor
from reviews.registration.services.participation import end_participation
from reviews.registration.services.replacement import replace_participant
from tests import utils
from tests.core.database.test_row_security import keys
from tests.factories.accounts import UserFactory
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.questionnaires.ministries.ministries import FIRST, RESPONSE, SECTION, place, second_ministry, send
from tests.utils import SYSTEM, Cast, register, save

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
walls = pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
INTERIOR, PAGE = "Ministry of the Interior", f"{RESPONSE}ministries/"
BELOW = "I.firearms.69.a"
SOON = {"remark": "Soon.", "due_on": None}


def invited(cast: Cast, name: str, ministry: str = INTERIOR) -> User:
    person = invite_contributor(
        actor=cast.focal_point,
        review=cast.review,
        email=f"{name}@interior.example",
        full_name=name.title(),
        language="en",
        organization=ministry,
    )
    cast.participations[name] = person
    return person.user


def to_ministry(cast: Cast, ministry: Ministry, **given: Any) -> None:
    given = {"places": [place(cast)]} | SOON | given
    assign_sections(cast.focal_point, cast.response, ministry=ministry, **given)


@pytest.fixture
def two(cast: Cast) -> tuple[Cast, User]:
    """Two people of one ministry have section 3 on firearms together."""
    ministry = place_contributor(
        actor=cast.focal_point, participation=cast.participations["contributor"], name=INTERIOR
    )
    colleague = invited(cast, "signe", INTERIOR.upper())
    to_ministry(cast, ministry)
    return cast, colleague


def rows(**by: Any) -> set[tuple[str, str, str]]:
    found = SectionAssignment.objects.filter(**by).values_list("participation__user__full_name", "remark", "said")
    return set(found)


def test_it_is_one_part_and_what_is_said_is_said_once(two: tuple[Cast, User], login_as: LoginAs) -> None:
    cast, colleague = two
    assert Ministry.objects.get().members.count() == 2
    assert {each.recipient for each in Notification.objects.filter(key__startswith="sent_to_ministry")} == {
        cast.contributor, colleague,
    }  # fmt: skip
    save(cast.response, cast.contributor, FIRST, choices=("Yes",), text="By the Act.")
    save(cast.response, colleague, BELOW, choices=("Yes",), text="By the Decree.")
    (holder,) = matrix_of(cast.response).holders
    assert (holder.name, len(holder.people)) == (INTERIOR, 2)
    mine, theirs = (SectionAssignment.objects.get(participation__user=user) for user in (cast.contributor, colleague))
    answer_assignment(actor=colleague, assignment=theirs, said=AssignmentWord.DONE, shown=theirs.as_shown)
    given = {"said": AssignmentWord.NOT_OURS, "word": "Trade.", "shown": mine.as_shown}
    with pytest.raises(ServiceError, match="spoken of since"):
        answer_assignment(actor=cast.contributor, assignment=mine, **given)
    (part,) = matrix_of(cast.response).parts
    assert (part.state, part.proposals) == (PartState.PROPOSED, 2)
    assert Notification.objects.filter(key__startswith="ministry_said").count() == 1
    page = login_as(cast.focal_point).get(PAGE).content.decode()
    assert page.count(f">{INTERIOR}</bdi></th>") == 1
    assert check_part(actor=cast.expert, assignment=part.assignment, shown=part.shown)
    assert [each.state for each in matrix_of(cast.response).parts] == [PartState.CHECKED]
    assert SectionAssignment.objects.filter(checked_by=cast.expert).count() == 2
    save(cast.response, colleague, BELOW, choices=("Yes",), text="By the new Decree.", base=1)
    assert [each.state for each in matrix_of(cast.response).parts] == [PartState.PROPOSED]


def test_all_are_reminded_and_the_focal_point_hears_once_that_they_are_late(two: tuple[Cast, User]) -> None:
    cast, colleague = two
    today = timezone.localdate()
    ministry = Ministry.objects.get()
    assert remind_ministry(actor=cast.focal_point, response=cast.response, participation=ministry.pk) == 1
    due = Notification.objects.filter(key__startswith="ministry_due")
    assert {each.recipient for each in due} == {cast.contributor, colleague}
    SectionAssignment.objects.update(due_on=today - dt.timedelta(7), sent_at=timezone.now() - dt.timedelta(60))
    remind_of_assignments(today)
    late = Notification.objects.filter(key__startswith="ministry_late")
    assert [each.recipient for each in late] == [cast.focal_point]


def test_who_comes_later_has_it_and_who_goes_leaves_it_with_the_ministry(two: tuple[Cast, User]) -> None:
    cast, colleague = two
    part = SectionAssignment.objects.filter(participation__user=colleague).get()
    answer_assignment(actor=colleague, assignment=part, said=AssignmentWord.DONE)
    third = invited(cast, "tove")
    assert rows(participation__user=third) == {("Tove", "Soon.", "done")}
    save(cast.response, colleague, FIRST, choices=("Yes",), text="Of Signe.")
    end_contributor(actor=cast.focal_point, participation=cast.participations["signe"])
    (left,) = left_behind(cast.response)
    assert (left.parts, left.proposals) == (0, 1)
    to = cast.participations["tove"].pk
    hand_on(actor=cast.focal_point, response=cast.response, left_by=left.participation.pk, to=to)
    assert left_behind(cast.response) == []
    for name in ("contributor", "tove"):
        end_participation(actor=SYSTEM, participation=cast.participations[name])
    assert sum(each.parts for each in left_behind(cast.response)) > 0, "its last person is gone"
    fourth = invited(cast, "unni")
    assert rows(participation__user=fourth) == {("Unni", "Soon.", "done")}
    assert [each.parts for each in left_behind(cast.response)] == [0]


def test_a_successor_is_of_the_ministry_and_the_last_one_who_goes_is_told_of(
    two: tuple[Cast, User], login_as: LoginAs
) -> None:
    cast, colleague = two
    new = replace_participant(actor=SYSTEM, participation=cast.participations["contributor"], user=UserFactory())
    assert set(people_of(Ministry.objects.get())) == {new, cast.participations["signe"]}
    assert {who for who, _remark, _said in rows()} == {new.user.full_name, colleague.full_name}
    ending = f"/en/untoc/reviews/1-XVE/participants/{new.pk}/let-go/"
    alone = "Nobody else of this ministry takes part"
    assert alone not in login_as(cast.focal_point).get(ending).content.decode()
    end_contributor(actor=cast.focal_point, participation=cast.participations["signe"])
    assert alone in login_as(cast.focal_point).get(ending).content.decode()


def test_it_is_taken_back_and_sent_anew_for_all(two: tuple[Cast, User]) -> None:
    cast, _colleague = two
    ministry = Ministry.objects.get()
    with pytest.raises(ServiceError, match="sent to the ministry"):
        send(cast)
    part = SectionAssignment.objects.filter(participation__user=cast.contributor).get()
    answer_assignment(actor=cast.contributor, assignment=part, said=AssignmentWord.DONE)
    to_ministry(cast, ministry, again=True, remark="Once more.")
    assert {(remark, said) for _who, remark, said in rows()} == {("Once more.", "")}
    to_ministry(cast, ministry, places=[], remark="")
    assert rows() == set()


def test_what_one_had_alone_becomes_the_ministrys(cast: Cast) -> None:
    ministry = place_contributor(
        actor=cast.focal_point, participation=cast.participations["contributor"], name=INTERIOR
    )
    send(cast, remark="Alone.")
    to_ministry(cast, ministry)
    assert rows(ministry=ministry) == rows() == {(cast.contributor.full_name, "Soon.", "")}


def test_colleagues_read_each_others_proposals_to_it_and_to_nothing_else(
    two: tuple[Cast, User], login_as: LoginAs
) -> None:
    cast, colleague = two
    send(cast, "signe", places=[place(cast, "untoc", "article-2")])
    other = second_ministry(cast)
    send(cast, "second")
    save(cast.response, colleague, FIRST, choices=("Yes",), text="Of Signe together.")
    save(cast.response, colleague, "I.untoc.1.a", text="Of Signe alone.")
    save(cast.response, other, FIRST, choices=("Yes",), text="Of Trade.")
    page = login_as(cast.contributor).get(SECTION).content.decode()
    assert "Of Signe together." in page
    for words in ("Of Trade.", "Of Signe alone.", "Ines Second"):
        assert words not in page
    assert "Of Signe" not in login_as(other).get(SECTION).content.decode()
    together = set(Proposal.objects.filter(text="Of Signe together.").values_list("pk", flat=True))
    if HAS_TWO_ROLES:
        assert keys(Proposal, cast.contributor) == together
        assert keys(ProposalRevision, cast.contributor) == set()
        assert keys(Ministry, cast.contributor) == keys(Ministry, cast.expert) == {Ministry.objects.get().pk}
        assert keys(Ministry, other) == keys(MinistryMember, other) == keys(Ministry, cast.officer) == set()
    end_participation(actor=SYSTEM, participation=cast.participations["contributor"])
    if HAS_TWO_ROLES:
        assert keys(Proposal, cast.contributor) == keys(Ministry, cast.contributor) == set()


@pytest.mark.parametrize("has_it_alone", [True, False])
def test_what_comes_to_a_part_unlooked_at_is_not_checked(two: tuple[Cast, User], has_it_alone: bool) -> None:
    cast, _colleague = two
    other = second_ministry(cast)
    send(cast, "second")
    save(cast.response, other, FIRST, choices=("Yes",), text="Of Trade.")
    if not has_it_alone:
        send(cast, "second", places=[])
    mine = SectionAssignment.objects.get(participation__user=cast.contributor)
    answer_assignment(actor=cast.contributor, assignment=mine, said=AssignmentWord.DONE)
    check_part(actor=cast.expert, assignment=mine)
    invited(cast, "tove")
    assert [each.state for each in parts_of(cast.response, mine.ministry_id)] == [PartState.CHECKED]
    place_contributor(actor=cast.focal_point, participation=cast.participations["second"], name=INTERIOR)
    assert [each.state for each in parts_of(cast.response, mine.ministry_id)] == [PartState.PROPOSED]


def test_two_spellings_are_joined(two: tuple[Cast, User], login_as: LoginAs) -> None:
    cast, colleague = two
    third = invited(cast, "tove", "Interior Ministry")
    ministry, spelt = Ministry.objects.get(name=INTERIOR), Ministry.objects.get(name="Interior Ministry")
    article = place(cast, "untoc", "article-5")
    to_ministry(cast, spelt, places=[place(cast), article], remark="Of the spelling.")
    with pytest.raises(PolicyRefusedError):
        join_with(actor=cast.expert, response=cast.response, ministry=spelt, into=ministry)
    joining = f"{RESPONSE}assignments/ministries/{spelt.pk}/join/"
    answer = login_as(cast.focal_point).post(joining, {"into": ministry.pk})
    assert answer["Location"] == PAGE
    for person in (cast.contributor, colleague, third):
        sent = SectionAssignment.objects.filter(participation__user=person, ministry=ministry)
        assert dict(sent.values_list("section__slug", "remark")) == {
            "article-3": "Soon.", "article-5": "Of the spelling.",
        }  # fmt: skip
    (holder,) = matrix_of(cast.response).holders
    assert len(holder.people) == 3
    assert list(ministries_of(cast.review)) == [ministry]
    assert login_as(cast.focal_point).get(joining).status_code == 404
    with pytest.raises(ServiceError, match="another ministry"):
        join_with(actor=cast.focal_point, response=cast.response, ministry=ministry, into=spelt)
    fourth = invited(cast, "unni", "INTERIOR ministry")
    assert people_of(ministry).filter(user=fourth).exists(), "the spelling stands for the ministry"


def test_joining_waits_for_the_review_before_the_answers(two: tuple[Cast, User]) -> None:
    cast, _colleague = two
    invited(cast, "tove", "Interior Ministry")
    ministry, spelt = Ministry.objects.get(name=INTERIOR), Ministry.objects.get(name="Interior Ministry")
    with CaptureQueriesContext(connection) as queries:
        join_with(actor=cast.focal_point, response=cast.response, ministry=spelt, into=ministry)
    locks = [each["sql"] for each in queries if "UPDATE" in each["sql"].rpartition(" FOR ")[2]]
    assert 'FROM "reviews_review"' in next(each for each in locks if each.startswith("SELECT"))


def test_names_are_one_where_the_database_takes_them_for_one(cast: Cast) -> None:
    """Capitals of some letters are written in two ways."""
    one = place_contributor(
        actor=cast.focal_point, participation=cast.participations["contributor"], name="Amt f\u00fcr Stra\u00dfen"
    )
    invited(cast, "signe", "AMT F\u00dcR STRA\u1e9eEN")
    assert Ministry.objects.get() == one


def test_who_comes_after_a_version_was_sent_has_it_in_the_next(two: tuple[Cast, User]) -> None:
    cast, _colleague = two
    utils.clear_answers(cast.focal_point, cast.response)
    third = invited(cast, "tove")
    assert rows(participation__user=third) == set(), "nothing is asked of anybody now"
    utils.fresh(cast)
    begin_revision(cast.focal_point, cast.response, reason="A law is new.", number=1)
    assert rows(participation__user=third) == {("Tove", "Soon.", "")}
    fourth = invited(cast, "unni")
    assert rows(participation__user=fourth) == {("Unni", "Soon.", "")}
    told = Notification.objects.filter(key__startswith="sent_to_ministry", recipient__in=[third, fourth])
    assert told.count() == 2


def test_who_lacks_a_part_of_the_ministry_gets_it_with_what_is_sent_next(two: tuple[Cast, User]) -> None:
    cast, colleague = two
    SectionAssignment.objects.filter(participation__user=colleague).delete()
    to_ministry(cast, Ministry.objects.get(), places=[place(cast), place(cast, "untoc", "article-5")], remark="Too.")
    assert {remark for _who, remark, _said in rows(participation__user=colleague)} == {"Soon.", "Too."}


def handed_on(cast: Cast, name: str, to: str) -> None:
    end_participation(actor=SYSTEM, participation=cast.participations[name])
    utils.fresh(cast)
    given = {"left_by": cast.participations[name].pk, "to": cast.participations[to].pk}
    hand_on(actor=cast.focal_point, response=cast.response, **given)


def test_what_one_goes_on_with_of_another_ministry_is_not_shown_to_colleagues(
    two: tuple[Cast, User], login_as: LoginAs
) -> None:
    cast, colleague = two
    other = second_ministry(cast)
    send(cast, "second")
    save(cast.response, other, FIRST, choices=("Yes",), text="Of Trade.")
    SectionAssignment.objects.filter(ministry__isnull=False).update(said="done", checked_by=cast.expert)
    handed_on(cast, "second", "signe")
    assert not SectionAssignment.objects.filter(checked_by=cast.expert).exists(), "it is looked at anew, for all"

    def is_seen(words: str) -> bool:
        if HAS_TWO_ROLES:
            assert len(keys(Proposal, cast.contributor)) == (words != "Of Trade.")
        return words in login_as(cast.contributor).get(SECTION).content.decode()

    assert not is_seen("Of Trade.")
    save(cast.response, colleague, FIRST, choices=("Yes",), text="Of Signe.", base=1)
    assert is_seen("Of Signe.")
    replace_participant(actor=SYSTEM, participation=cast.participations["signe"], user=UserFactory())
    assert is_seen("Of Signe."), "who was of the ministry wrote it"
    Proposal.objects.update(saved_by=cast.expert)
    assert is_seen("Of Signe."), "it was brought in from the ministry's file"


def test_what_was_handed_on_does_not_come_back_to_the_ministry(two: tuple[Cast, User]) -> None:
    cast, _colleague = two
    second_ministry(cast)
    end_participation(actor=SYSTEM, participation=cast.participations["signe"])
    handed_on(cast, "contributor", "second")
    newcomer = invited(cast, "tove")
    assert rows(participation__user=newcomer) == set()
    assert rows() == {("Ines Second", "Soon.", "")}


def test_a_page_from_before_it_became_the_ministrys_says_nothing_for_all(two: tuple[Cast, User]) -> None:
    cast, _colleague = two
    other = second_ministry(cast)
    part = send(cast, "second")
    place_contributor(actor=cast.focal_point, participation=cast.participations["second"], name=INTERIOR)
    with pytest.raises(ServiceError, match="spoken of since"):
        answer_assignment(actor=other, assignment=part, said=AssignmentWord.DONE, shown=part.as_shown)


def test_the_names_of_before_become_ministries_with_their_people(cast: Cast) -> None:
    """Whoever has no name in the account is of none."""
    second = second_ministry(cast)
    third = UserFactory(organization=" ministry of TRADE ")
    role = ParticipationRole.NATIONAL_CONTRIBUTOR
    cast.participations["third"] = register(cast.review, third, cast.state, role)
    User.objects.filter(pk=cast.contributor.pk).update(organization="")
    with connection.cursor() as cursor:
        cursor.execute(import_module("reviews.migrations.0015_ministries").FROM_NAMES)
    members = MinistryMember.objects.values_list("ministry__name", "participation__user")
    assert set(members) == {("Ministry of Trade", second.pk), ("Ministry of Trade", third.pk)}


def test_nobody_is_of_two_ministries_and_none_is_without_people(two: tuple[Cast, User], login_as: LoginAs) -> None:
    cast, _colleague = two
    with pytest.raises(ServiceError, match="already"):
        place_contributor(actor=cast.focal_point, participation=cast.participations["signe"], name="Trade")
    for name in ("contributor", "signe"):
        end_participation(actor=SYSTEM, participation=cast.participations[name])
    with pytest.raises(ServiceError, match="Nobody of this ministry"):
        to_ministry(cast, Ministry.objects.get())


@walls
def test_a_contributor_says_it_for_all_with_the_rights_that_pages_have(two: tuple[Cast, User]) -> None:
    cast, colleague = two
    part = SectionAssignment.objects.filter(participation__user=colleague).get()
    with plain_role(), identified_as(colleague):
        answer_assignment(actor=colleague, assignment=part, said=AssignmentWord.DONE)
    assert {said for _who, _remark, said in rows()} == {"done"}
    ministry = Ministry.objects.get()
    with plain_role(), identified_as(cast.focal_point):
        to_ministry(cast, ministry, again=True)
        invited(cast, "tove")
    assert len(rows()) == 3


@walls
def test_the_database_lets_nobody_into_a_ministry_but_by_the_focal_point(two: tuple[Cast, User]) -> None:
    cast, _colleague = two
    second_ministry(cast)
    ministry, mate = Ministry.objects.get(), cast.participations["second"]
    for actor in (cast.participations["second"].user, cast.contributor, cast.expert, cast.officer):
        refused = pytest.raises(Error, match=r"says the focal point|row-level")
        with plain_role(), identified_as(actor), refused, transaction.atomic():
            MinistryMember.objects.create(ministry=ministry, participation=mate)
    part = SectionAssignment.objects.filter(participation__user=cast.contributor).get()
    refused = pytest.raises(Error, match="changes only what he or she says")
    with plain_role(), identified_as(cast.contributor), refused, transaction.atomic():
        SectionAssignment.objects.filter(pk=part.pk).update(ministry=None)
    reviewing = cast.same_group_expert.participations.get(review=cast.review)
    refused = pytest.raises(Error, match="says the focal point")
    with plain_role(), identified_as(cast.focal_point), refused, transaction.atomic():
        MinistryMember.objects.create(ministry=ministry, participation=reviewing)
