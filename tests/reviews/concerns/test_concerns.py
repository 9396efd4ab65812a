"""A private consultation on concerns: read by exactly those who take part, and without a trace anywhere else."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client

from accounts.people.models import User
from accounts.states.models import StateParty
from core import audit
from core.audit.roots.heads import heads_now
from core.database.identity import identified_as, looking_past_rooms
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from portal.reminders.deliveries import deliveries
from reviews.cases.chains import chain_of_review
from reviews.cases.services.participation import end_participation
from reviews.concerns.declarations import CHAIN
from reviews.concerns.models import Concern, ConcernMessage, ConcernState
from reviews.concerns.selectors import concerns_visible_to
from reviews.concerns.services import close_concern, open_concern, write_message
from reviews.record.selectors import ALL, SECRETARIAT_TABLE, RecordScope, slice_of
from tests import utils
from tests.factories.accounts import OfficerFactory
from tests.forms import send_form
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("self_assessment")]
LoginAs = Callable[[User], Client]
PAGES = "/en/untoc/reviews/1-XVE/concerns/"
CANARY = "Canary of the concern"
OWN = {"focal_point", "expert", "second_expert"}
SAME_GROUP = {"same_group_focal_point", "same_group_expert"}
OTHER_GROUP = {"other_group_focal_point", "other_group_expert"}


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("self_assessment")


def opened(
    scene: Cast, *, states: list[StateParty] | None = None, actor: User | None = None, with_secretariat: bool = False
) -> Concern:
    return open_concern(
        actor=actor or scene.focal_point,
        review=scene.review,
        states=[scene.same_group_state] if states is None else states,
        with_secretariat=with_secretariat,
        text=CANARY,
    )


def text_of(page: Any) -> str:
    return page.content.decode()


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
        expected = OWN | SAME_GROUP | OTHER_GROUP | {"officer"}
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


def test_the_officer_in_charge_only_where_invited_and_no_other_of_the_secretariat(
    scene: Cast, login_as: LoginAs
) -> None:
    without, with_officer = opened(scene), opened(scene, with_secretariat=True)
    assert readers_of(scene, without, login_as) == OWN | SAME_GROUP
    assert readers_of(scene, with_officer, login_as) == OWN | SAME_GROUP | {"officer"}
    assert login_as(OfficerFactory()).get(f"{PAGES}{with_officer.pk}/").status_code == 404


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
        ({"states": [scene.state]}, "states"),
        ({"states": [scene.bystander_state]}, "states"),
    ):
        with pytest.raises(ServiceError) as refused:
            opened(scene, **changes)
        assert refused.value.field == field
    scene.review.officer = None
    scene.review.save()
    with pytest.raises(ServiceError, match="No officer is in charge") as refused:
        opened(scene, with_secretariat=True)
    assert refused.value.field == "with_secretariat"
    typed = {"states": [str(scene.same_group_state.pk)], "text": "  "}
    page = send_form(login_as(scene.focal_point), f"{PAGES}open/", typed)
    assert (page.status_code, "checked" in text_of(page), Concern.objects.count()) == (422, True, 0)


def test_they_write_in_turn_until_it_is_closed(scene: Cast, login_as: LoginAs) -> None:
    typed = {"states": [str(scene.same_group_state.pk)], "with_secretariat": "on", "text": CANARY}
    answer = send_form(login_as(scene.focal_point), f"{PAGES}open/", typed)
    concern = Concern.objects.get()
    assert answer["Location"] == f"{PAGES}{concern.pk}/"
    for user in (scene.same_group_expert, scene.officer):
        assert send_form(login_as(user), f"{PAGES}{concern.pk}/", {"text": f"By {user}."}).status_code == 302
    assert [row.state_party for row in ConcernMessage.objects.order_by("created_at")] == [
        scene.state, scene.same_group_state, None,
    ]  # fmt: skip
    stale = login_as(scene.same_group_expert)
    close_concern(actor=scene.focal_point, concern=concern)
    late = stale.post(f"{PAGES}{concern.pk}/", {"text": "Too late."})
    assert (late.status_code, "Nothing was sent" in text_of(late), "Too late." in text_of(late)) == (422, True, True)
    assert ConcernMessage.objects.count() == 3
    with pytest.raises(ServiceError, match="is closed"):
        close_concern(actor=scene.focal_point, concern=concern)
    with pytest.raises(PolicyRefusedError, match="Only the focal point of the State that opened"):
        close_concern(actor=scene.same_group_focal_point, concern=concern)


def test_what_waits_is_counted_for_those_who_take_part(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene)

    def waits(user: User) -> bool:
        links = text_of(login_as(user).get(PAGES)).split(f'href="{PAGES}"')[1:]
        return any("waiting for you" in link.split("</a>", 1)[0] for link in links)

    assert [waits(user) for user in (scene.focal_point, scene.same_group_expert, scene.other_group_expert)] == [
        False, True, False,
    ]  # fmt: skip
    write_message(actor=scene.same_group_expert, concern=concern, text="Let us talk.")
    assert [waits(scene.focal_point), waits(scene.same_group_expert)] == [True, False]


def test_the_list_takes_the_same_queries_for_one_and_for_three(scene: Cast, login_as: LoginAs) -> None:
    for number in range(1, 4):
        opened(scene)
        if number == 2:
            continue
        client = login_as(scene.focal_point)
        client.get(PAGES)
        with assert_query_count("reviews:concern-list"):
            assert len(client.get(PAGES).context["concerns"]) == number


# --- Rows stay as they were written


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews_concernmessage SET text = 'Other words'",
        "UPDATE reviews_concern SET with_secretariat = NOT with_secretariat",
        "UPDATE reviews_concernstate SET state_party_id = state_party_id",
    ],
)
def test_nothing_that_settles_who_reads_what_is_changed(scene: Cast, statement: str) -> None:
    opened(scene)
    with (
        pytest.raises(Exception, match=r"stays as it|settled when|never|refuse"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


# --- No trace


def test_mails_say_that_something_waits_and_only_to_those_who_take_part(scene: Cast) -> None:
    Notification.objects.all().delete()
    opened(scene, with_secretariat=True)
    mails = Notification.objects.all()
    told = OWN - {"focal_point"} | SAME_GROUP | {"officer"}
    assert {mail.recipient_id for mail in mails} == {scene.people[name].pk for name in told}
    path = "/en/untoc/reviews/1-XVE/"
    assert {json.dumps(mail.context) for mail in mails} == {json.dumps({"path": path})}
    assert {(mail.template, tuple(mail.about)) for mail in mails} == {("reviews/something_waits", ())}
    assert [mail for mail in mails if "concern" in mail.key] == []


def test_the_list_of_mails_holds_none_of_them(scene: Cast, login_as: LoginAs) -> None:
    before = set(deliveries())
    opened(scene, with_secretariat=True)
    assert set(deliveries()) == before
    mail = Notification.objects.get(template="reviews/something_waits", recipient=scene.expert)
    Notification.objects.filter(pk=mail.pk).update(status="failed")
    for user in (scene.officer, scene.administrator):
        client = login_as(user)
        assert "Something waits" not in text_of(client.get("/en/deliveries/"))
        assert client.post(f"/en/deliveries/{mail.pk}/retry/").status_code == 404


def test_the_record_of_the_review_does_not_grow_and_another_keeps_the_acts(scene: Cast) -> None:
    audit.chain_now()
    chain = chain_of_review(scene.review)
    told = [slice_of(RecordScope(chain, reader)) for reader in ("XVE", "XLE", "XAL", SECRETARIAT_TABLE, ALL)]
    others = AuditEntry.objects.exclude(chain=CHAIN).count()
    concern = opened(scene, with_secretariat=True)
    write_message(actor=scene.officer, concern=concern, text=CANARY)
    close_concern(actor=scene.focal_point, concern=concern)
    audit.chain_now()
    assert [slice_of(RecordScope(chain, each["reader"])) for each in told] == told
    assert AuditEntry.objects.exclude(chain=CHAIN).count() == others
    entries = AuditEntry.objects.filter(chain=CHAIN).order_by("sequence")
    assert [(entry.verb, entry.before, entry.after, entry.reason) for entry in entries] == [
        (f"reviews.concern.{act}", None, None, "") for act in ("opened", "written", "written", "closed")
    ]
    assert (CHAIN in heads_now(), audit.first_break(CHAIN)) == (True, None)


def test_its_words_stand_on_no_other_page(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene, with_secretariat=True)
    pages = (
        "/en/", "/en/untoc/reviews/", "/en/untoc/reviews/1-XVE/", "/en/untoc/reviews/1-XVE/record/",
        "/en/untoc/cockpit/", "/en/untoc/reviews/1-XVE/participants/", "/en/search/?q=Canary", "/en/deliveries/",
        "/en/untoc/reviews/1-XVE/handover/",
    )  # fmt: skip
    for name, user in scene.people.items():
        client = login_as(user)
        for page in pages:
            shown = text_of(client.get(page))
            assert (CANARY not in shown, str(concern.pk) not in shown) == (True, True), (name, page)


def test_the_selector_finds_nothing_for_those_who_take_no_part(scene: Cast) -> None:
    opened(scene, with_secretariat=True)
    finds = {name for name, user in scene.people.items() if concerns_visible_to(user, scene.review).exists()}
    assert finds == OWN | SAME_GROUP | {"officer"}
