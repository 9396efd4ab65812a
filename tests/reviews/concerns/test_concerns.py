"""A private consultation on concerns: read by exactly those who take part."""

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import Client

from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.audit.roots.heads import heads_now
from core.database.identity import identified_as, identified_as_system, looking_past_rooms
from core.errors import ServiceError
from core.language.i18n import isolated
from core.mail.delivery import deliver
from core.mail.messages import MAIL_PARAMETER, _context, note_opened
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from reviews.cases.models import Review
from reviews.concerns.declarations import CHAIN
from reviews.concerns.models import Concern, ConcernMessage, ConcernState
from reviews.concerns.selectors import concerns_visible_to, concerns_waiting_for, messages_of
from reviews.concerns.services import open_concern, settle_concern, write_message
from reviews.programme.models import Step
from reviews.registration.services.officers import assign_officer
from reviews.registration.services.participation import end_participation
from tests import utils
from tests.factories.accounts import OfficerFactory
from tests.forms import send_form
from tests.plain_role import HAS_TWO_ROLES, plain_role, system_role
from tests.query_counts import assert_query_count
from tests.reviews.concerns.consulting import CANARY, OTHER_GROUP, OWN, PAGES, SAME_GROUP, close, opened, text_of
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("self_assessment")]
LoginAs = Callable[[User], Client]


def readers_of(scene: Cast, concern: Concern, login_as: LoginAs) -> set[str]:
    """By the page itself; whoever does not read it gets 404, and its words on no other page."""
    readers = set()
    for name, user in scene.people.items():
        page = login_as(user).get(f"{PAGES}{concern.pk}/")
        assert page.status_code in {200, 404}, name
        if page.status_code == 200:
            readers.add(name)
    return readers


# --- Who reads


def test_the_states_that_consult_and_nobody_else(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene)
    assert readers_of(scene, concern, login_as) == OWN | SAME_GROUP
    for name, user in scene.people.items():
        page = login_as(user).get(PAGES)
        expected = OWN | SAME_GROUP | OTHER_GROUP | {"officer", "administrator"}
        assert page.status_code == (200 if name in expected else 404 if name in {"stranger", "bystander"} else 403), (
            name
        )
        assert (str(concern.pk) in text_of(page)) == (name in OWN | SAME_GROUP), name


def test_all_states_of_the_review_where_all_are_asked(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene, states=[scene.same_group_state, scene.other_group_state])
    assert readers_of(scene, concern, login_as) == OWN | SAME_GROUP | OTHER_GROUP


def test_two_reviewing_states_consult_without_the_state_under_review(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene, actor=scene.same_group_focal_point, states=[scene.other_group_state])
    assert readers_of(scene, concern, login_as) == SAME_GROUP | OTHER_GROUP


def test_the_officer_only_where_invited_and_no_other_of_the_secretariat(scene: Cast, login_as: LoginAs) -> None:
    without, with_officer = opened(scene), opened(scene, with_secretariat=True)
    assert readers_of(scene, without, login_as) == OWN | SAME_GROUP
    assert readers_of(scene, with_officer, login_as) == OWN | SAME_GROUP | {"officer"}
    assert login_as(OfficerFactory()).get(f"{PAGES}{with_officer.pk}/").status_code == 404


def test_who_takes_over_the_review_takes_over_no_consultation(scene: Cast, login_as: LoginAs) -> None:
    concern, other = opened(scene, with_secretariat=True), OfficerFactory()
    Notification.objects.all().delete()
    assign_officer(actor=other, review=scene.review, officer=other)
    assert login_as(other).get(f"{PAGES}{concern.pk}/").status_code == 404
    assert (concerns_visible_to(other, scene.review).count(), _found_in_database(other)) == (0, (0, 0, 0))
    assert readers_of(utils.fresh(scene), concern, login_as) == OWN | SAME_GROUP | {"officer"}
    write_message(actor=scene.focal_point, concern=concern, text="Between us.")
    told = set(Notification.objects.values_list("recipient", flat=True))
    assert (scene.officer.pk in told, other.pk in told) == (True, False)


def test_who_is_no_officer_any_more_reads_nothing(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene, with_secretariat=True)
    User.objects.filter(pk=scene.officer.pk).update(secretariat_role="auditor")
    former = User.objects.get(pk=scene.officer.pk)
    assert login_as(former).get(f"{PAGES}{concern.pk}/").status_code == 404
    assert _found_in_database(former) == (0, 0, 0)


def test_who_no_longer_takes_part_reads_nothing(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene)
    end_participation(actor=utils.SYSTEM, participation=scene.participations["same_group_expert"])
    assert login_as(scene.same_group_expert).get(f"{PAGES}{concern.pk}/").status_code == 404


def _found_in_database(user: User) -> tuple[int, int, int]:
    """Past selectors and policy: what the database itself gives this person."""
    with plain_role(), identified_as(user):
        return Concern.objects.count(), ConcernState.objects.count(), ConcernMessage.objects.count()


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="the database has one role")
def test_the_database_itself_gives_the_rows_to_them_alone(scene: Cast) -> None:
    opened(scene)
    opened(scene, with_secretariat=True)
    found = {name: _found_in_database(user) for name, user in scene.people.items()}
    both, one, none = (2, 4, 2), (1, 2, 1), (0, 0, 0)
    assert found == {
        name: both if name in OWN | SAME_GROUP else one if name == "officer" else none for name in scene.people
    }
    with plain_role(), identified_as(scene.administrator), looking_past_rooms():
        assert Concern.objects.count() == 0


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="the database has one role")
def test_the_database_gives_each_the_traces_of_his_or_her_own_alone(scene: Cast) -> None:
    concern = opened(scene, with_secretariat=True)
    write_message(actor=scene.officer, concern=concern, text="By the officer.")
    acts, mails = AuditEntry.objects.filter(chain=CHAIN), Notification.objects.filter(is_private=True)
    told = set(mails.values_list("recipient", flat=True))
    assert told == {scene.people[name].pk for name in OWN | SAME_GROUP | {"officer"}}
    audit.chain_now()
    for name, user in scene.people.items():
        with plain_role(), identified_as(user):
            found = set(acts.values_list("actor", flat=True)), set(mails.values_list("recipient", flat=True))
            with looking_past_rooms():
                own = acts.filter(actor=user).count(), mails.filter(recipient=user).count()
                assert (acts.count(), mails.count()) == own, name
        assert found == ({user.pk} if name in {"focal_point", "officer"} else set(), {user.pk} & told), name
    with system_role(), identified_as_system():
        assert (acts.count(), set(mails.values_list("recipient", flat=True))) == (3, told)
        assert (CHAIN in heads_now(), audit.first_break(CHAIN)) == (True, None)
        assert deliver(str(mails.first().pk)) is True


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="the database has one role")
def test_who_is_told_comes_by_the_button_of_the_mail(scene: Cast) -> None:
    opened(scene)
    mail = Notification.objects.get(recipient=scene.same_group_expert, is_private=True)
    signed = parse_qs(_context(mail, "en")["mail_query"].removeprefix("?"))[MAIL_PARAMETER][0]
    with plain_role(), identified_as(scene.same_group_expert):
        note_opened(scene.same_group_expert, signed)
    mail.refresh_from_db()
    assert mail.opened_at is not None


# --- What is done


def test_who_opens_one(scene: Cast) -> None:
    for name, user in scene.people.items():
        if name.endswith("focal_point"):
            others = [scene.state, scene.same_group_state, scene.other_group_state]
            assert opened(scene, actor=user, states=others).states.count() == 3
        else:
            with pytest.raises((PolicyRefusedError, Http404)):
                opened(scene, actor=user)


def test_what_is_wrong_is_said_by_the_field(scene: Cast, login_as: LoginAs) -> None:
    for changes, field in (
        ({"states": []}, "states"),
        ({"states": [], "with_secretariat": True}, "states"),
        ({"states": [scene.state]}, "states"),
        ({"states": [scene.bystander_state]}, "states"),
    ):
        with pytest.raises(ServiceError) as refused:
            opened(scene, **changes)
        assert refused.value.field == field
    with pytest.raises(ServiceError, match="not in charge of the review any more") as refused:
        open_concern(
            actor=scene.focal_point,
            review=scene.review,
            states=[scene.same_group_state],
            officer=OfficerFactory(),
            text=CANARY,
        )
    assert refused.value.field == "officer"
    stale = {"states": [str(scene.same_group_state.pk)], "officer": str(OfficerFactory().pk), "text": CANARY}
    page = send_form(login_as(scene.focal_point), f"{PAGES}open/", stale)
    assert (page.status_code, "not in charge of the review any more" in text_of(page)) == (422, True)
    form = text_of(login_as(scene.focal_point).get(f"{PAGES}open/"))
    assert ("not whoever is in charge later" in form, str(scene.officer) in form) == (True, True)
    typed = {"states": [str(scene.same_group_state.pk)], "text": "  "}
    page = send_form(login_as(scene.focal_point), f"{PAGES}open/", typed)
    assert (page.status_code, "checked" in text_of(page), Concern.objects.count()) == (422, True, 0)


def test_an_officer_who_was_chosen_is_not_left_out_where_nobody_is_in_charge_any_more(
    scene: Cast, login_as: LoginAs
) -> None:
    typed = {"states": [str(scene.same_group_state.pk)], "officer": str(scene.officer.pk), "text": CANARY}
    Review.objects.filter(pk=scene.review.pk).update(officer=None)
    page = send_form(login_as(scene.focal_point), f"{PAGES}open/", typed)
    assert (page.status_code, "not in charge of the review any more" in text_of(page)) == (422, True)
    assert Concern.objects.count() == 0
    assert "officer" not in login_as(scene.focal_point).get(f"{PAGES}open/").context["form"].fields
    assert send_form(login_as(scene.focal_point), f"{PAGES}open/", {**typed, "officer": ""}).status_code == 302


def test_they_write_in_turn_until_it_is_closed(scene: Cast, login_as: LoginAs) -> None:
    typed = {"states": [str(scene.same_group_state.pk)], "officer": str(scene.officer.pk), "text": CANARY}
    answer = send_form(login_as(scene.focal_point), f"{PAGES}open/", typed)
    concern = Concern.objects.get()
    assert answer["Location"] == f"{PAGES}{concern.pk}/"
    for user in (scene.same_group_expert, scene.officer):
        assert send_form(login_as(user), f"{PAGES}{concern.pk}/", {"text": f"By {user}."}).status_code == 302
    assert [row.state_party for row in ConcernMessage.objects.order_by("created_at")] == [
        scene.state, scene.same_group_state, None,
    ]  # fmt: skip
    stale = login_as(scene.same_group_expert)
    close(scene.focal_point, concern)
    late = stale.post(f"{PAGES}{concern.pk}/", {"text": "Too late."})
    assert (late.status_code, "Nothing was sent" in text_of(late), "Too late." in text_of(late)) == (422, True, True)
    assert ConcernMessage.objects.count() == 3
    with pytest.raises(ServiceError, match="is closed"):
        close(scene.focal_point, concern)
    with pytest.raises(PolicyRefusedError, match="Only the focal point of the State that opened"):
        close(scene.same_group_focal_point, concern)


def waits(login_as: LoginAs, *people: User) -> list[bool]:
    """By the badge of the page in the navigation."""

    def one(user: User) -> bool:
        links = text_of(login_as(user).get(PAGES)).split(f'href="{PAGES}"')[1:]
        return any("waiting for you" in link.split("</a>", 1)[0] for link in links)

    return [one(user) for user in people]


def test_what_waits_is_counted_for_those_who_take_part(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene)
    three = scene.focal_point, scene.same_group_expert, scene.other_group_expert
    assert waits(login_as, *three) == [False, True, False]
    write_message(actor=scene.same_group_expert, concern=concern, text="Let us talk.")
    assert waits(login_as, *three) == [True, False, False]
    close(scene.focal_point, concern)
    assert waits(login_as, *three) == [False, False, False]


def test_who_has_nothing_to_add_is_left_alone_until_somebody_writes(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene, with_secretariat=True)
    asked = scene.same_group_focal_point, scene.same_group_expert, scene.officer
    assert waits(login_as, *asked) == [True, True, True]
    settle = f"{PAGES}{concern.pk}/messages/{concern.messages.get().pk}/settle/"
    page = text_of(login_as(scene.same_group_expert).get(f"{PAGES}{concern.pk}/"))
    assert (settle in page, settle in text_of(login_as(scene.focal_point).get(f"{PAGES}{concern.pk}/"))) == (
        True,
        False,
    )
    assert login_as(scene.same_group_expert).post(settle).status_code == 302
    assert waits(login_as, *asked) == [False, False, True]
    assert login_as(scene.officer).post(settle).status_code == 302
    assert waits(login_as, *asked) == [False, False, False]
    write_message(actor=scene.expert, concern=concern, text="One thing more.")
    login_as(scene.officer).post(settle)  # a stale page: what was written since still waits
    assert waits(login_as, *asked) == [True, True, True]


def test_what_is_settled_never_waits_again_by_a_stale_page(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene, with_secretariat=True)
    write_message(actor=scene.expert, concern=concern, text="One thing more.")
    first, second = messages_of(concern)
    asked = scene.same_group_expert, scene.officer
    for message in (second, first, second):
        for user in asked:
            login_as(user).post(f"{PAGES}{concern.pk}/messages/{message.pk}/settle/")
            settle_concern(actor=user, concern=concern, message=message)
    assert waits(login_as, *asked) == [False, False]
    assert AuditEntry.objects.filter(verb="reviews.concern.settled").count() == 2


def test_what_is_written_in_a_closed_review_waits_as_in_any_other(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene)
    Review.objects.filter(pk=scene.review.pk).update(step=Step.objects.get(mechanism__slug="untoc", kind="closing"))
    both = scene.focal_point, scene.same_group_expert
    assert waits(login_as, *both) == [False, True]
    send_form(login_as(scene.same_group_expert), f"{PAGES}{concern.pk}/", {"text": "Still open to me."})
    assert waits(login_as, *both) == [True, False]
    assert concerns_waiting_for(scene.focal_point, Review.objects.get(pk=scene.review.pk)) == 1


def test_it_is_not_closed_over_a_message_that_nobody_has_read(scene: Cast, login_as: LoginAs) -> None:
    concern, client = opened(scene), login_as(scene.focal_point)

    def way_to_close() -> str:
        page = text_of(client.get(f"{PAGES}{concern.pk}/"))
        return f"{PAGES}{concern.pk}/messages/{page.split('/close/')[0].rsplit('/', 1)[1]}/close/"

    stale = way_to_close()
    write_message(actor=scene.same_group_expert, concern=concern, text="Wait.")
    page = send_form(client, stale)
    assert (page.status_code, "Read that first" in text_of(page)) == (422, True)
    assert (Concern.objects.get().closed_at, way_to_close() != stale) == (None, True)
    assert send_form(client, way_to_close()).status_code == 302
    assert Concern.objects.get().closed_at is not None


def test_the_list_takes_the_same_queries_for_one_and_for_three(scene: Cast, login_as: LoginAs) -> None:
    for number in range(1, 4):
        opened(scene)
        if number == 2:
            continue
        client = login_as(scene.focal_point)
        client.get(PAGES)
        with assert_query_count("reviews:concern-list"):
            assert len(client.get(PAGES).context["concerns"]) == number


def test_a_consultation_takes_the_same_queries_for_one_message_and_for_three(scene: Cast, login_as: LoginAs) -> None:
    concern, client = opened(scene), login_as(scene.focal_point)
    for number in (1, 3):
        for more in range(number - 1):
            write_message(actor=scene.same_group_expert, concern=concern, text=f"Word {more}.")
        client.get(f"{PAGES}{concern.pk}/")
        with assert_query_count("reviews:concern-detail"):
            assert len(client.get(f"{PAGES}{concern.pk}/").context["sent"]) == number


# --- Rows stay as they were written


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews_concernmessage SET text = 'Other words'",
        "UPDATE reviews_concern SET officer_id = NULL",
        "UPDATE reviews_concern SET closed_at = NULL",
        "UPDATE reviews_concernstate SET state_party_id = (SELECT id FROM accounts_stateparty WHERE iso3 = 'XAL')",
        "INSERT INTO reviews_concernstate (id, created_at, updated_at, concern_id, state_party_id) "
        "SELECT gen_random_uuid(), now(), now(), concern.id, state.id FROM reviews_concern concern, "
        "accounts_stateparty state WHERE state.iso3 = 'XAL'",
    ],
)
def test_nothing_that_settles_who_reads_what_is_changed(scene: Cast, statement: str) -> None:
    close(scene.focal_point, opened(scene, with_secretariat=True))
    with (
        pytest.raises(DatabaseError, match=r"stays as it|settled when|never|refuse"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="the database has one role")
def test_a_message_is_of_the_writers_own_side_and_of_an_open_consultation(scene: Cast) -> None:
    concern = opened(scene, with_secretariat=True)

    def is_taken(writer: User, state: StateParty | None, author: User | None = None) -> bool:
        message = ConcernMessage(
            concern=concern, state_party=state, language="en", text="Slipped in.", written_by=author or writer
        )
        try:
            with transaction.atomic(), plain_role(), identified_as(writer):
                message.save(force_insert=True)
        except DatabaseError:
            return False
        return True

    expert, officer = scene.same_group_expert, scene.officer
    asked = [
        is_taken(expert, scene.same_group_state),
        is_taken(officer, None),
        is_taken(expert, scene.state),
        is_taken(expert, None),
        is_taken(officer, scene.state),
        is_taken(scene.other_group_expert, scene.other_group_state),
        is_taken(expert, scene.same_group_state, scene.same_group_focal_point),
    ]
    assert asked == [True, True, False, False, False, False, False]
    close(scene.focal_point, concern)
    assert [is_taken(expert, scene.same_group_state), is_taken(officer, None)] == [False, False]


def test_the_selector_finds_nothing_for_those_who_take_no_part(scene: Cast) -> None:
    opened(scene, with_secretariat=True)
    finds = {name for name, user in scene.people.items() if concerns_visible_to(user, scene.review).exists()}
    assert finds == OWN | SAME_GROUP | {"officer"}


def test_the_states_may_choose_to_stay_alone(scene: Cast, login_as: LoginAs) -> None:
    form = login_as(scene.focal_point).get(f"{PAGES}open/").context["form"]
    words = [str(label) for _value, label in form.fields["officer"].choices]
    assert words == ["No, the States alone", isolated(str(scene.review.officer))]
