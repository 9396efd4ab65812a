"""The list as a whole: numbers, the order by hand, several drafts laid on the table at once, what was discussed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import OutdatedError, ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from observations.follow_up.selectors import agreed_observations
from observations.observations.arranging import (
    Chosen,
    SeveralRefusedError,
    lay_several_on_table,
    mark_discussed,
    place_observation,
)
from observations.observations.places import in_groups, token_of
from observations.observations.services import ObservationInput
from observations.observations.statuses import status_of
from observations.texts.enums import ObservationStatus, TextKind
from observations.texts.models import AgreedText, Observation
from observations.texts.selectors import observations_on_table
from observations.versions.shown import shown_of_text
from observations.wording.documents import document_of
from reviews.cases.models import Review
from reviews.rooms.services import set_own_room
from tests import journey
from tests.at_once import edit_observation, lay_on_table, propose_version, withdraw_observation
from tests.dialogue.exchange.exchange import REVIEW
from tests.forms import send_form
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.utils import Cast, login_as

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]
LIST = f"{REVIEW}observations/"


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("observations")


def the_list(scene: Cast) -> AgreedText:
    rows = AgreedText.objects.select_related("review__mechanism", "review__step", "instrument")
    return rows.get(review=scene.review, instrument__slug="untoc", kind=TextKind.LIST_OF_OBSERVATIONS)


def draft(scene: Cast, words: str, actor: User | None = None) -> Observation:
    return journey.write_observation(scene.review, actor or scene.same_group_expert, the_list(scene), words)


def tabled(scene: Cast, words: str) -> Observation:
    return lay_on_table(actor=scene.same_group_focal_point, observation=draft(scene, words))


def order(scene: Cast) -> list[str]:
    return [str(row.text) for row in observations_on_table(the_list(scene))]


def place(scene: Cast, row: Observation, at: int, *, seen: str = "", actor: User | None = None) -> None:
    text = the_list(scene)
    (group,) = in_groups(observations_on_table(text))
    actor = actor or scene.same_group_focal_point
    token = seen or token_of(group)
    place_observation(actor=actor, observation=row, place=at, seen=token, shown=shown_of_text(text))


def lay_several(scene: Cast, *rows: Observation, actor: User | None = None) -> list[Observation]:
    text = the_list(scene)
    chosen = [Chosen(row, row.revision) for row in rows]
    actor = actor or scene.same_group_focal_point
    return lay_several_on_table(actor=actor, text=text, chosen=chosen, shown=shown_of_text(text))


def test_a_number_comes_with_the_table_and_is_never_given_again(scene: Cast) -> None:
    hidden = draft(scene, "In the room.")
    first, second = tabled(scene, "First."), tabled(scene, "Second.")
    withdraw_observation(actor=scene.same_group_focal_point, observation=second)
    third = tabled(scene, "Third.")
    place(scene, third, 1)
    numbers = dict(Observation.objects.values_list("pk", "number"))
    assert numbers == {hidden.pk: None, first.pk: 1, second.pk: 2, third.pk: 3}, "a draft counts in no number"


def test_what_is_moved_stands_so_in_the_list_and_its_document(scene: Cast) -> None:
    rows = [tabled(scene, words) for words in ("One.", "Two.", "Three.")]
    place(scene, rows[2], 1)
    assert order(scene) == ["Three.", "One.", "Two."]
    place(scene, rows[0], 3)
    tabled(scene, "Four.")
    assert order(scene) == ["Three.", "Two.", "One.", "Four."], "what comes later comes last"
    written = [block.text for block in document_of(the_list(scene)).blocks if block.is_written]
    assert written == order(scene)
    assert AuditEntry.objects.filter(verb="reviews.observation.placed").count() == 2
    place(scene, rows[2], 1)
    assert AuditEntry.objects.filter(verb="reviews.observation.placed").count() == 2, "it stands there already"


def test_two_who_move_at_once_undo_nothing_of_each_other(scene: Cast) -> None:
    rows = [tabled(scene, words) for words in ("One.", "Two.", "Three.")]
    (group,) = in_groups(observations_on_table(the_list(scene)))
    seen = token_of(group)
    place(scene, rows[2], 1, actor=scene.other_group_focal_point)
    with pytest.raises(OutdatedError, match="changed the order"):
        place(scene, rows[0], 2, seen=seen)
    assert order(scene) == ["Three.", "One.", "Two."]


@pytest.mark.parametrize("at", [0, 3, -1])
def test_there_is_no_such_place(scene: Cast, at: int) -> None:
    row = tabled(scene, "One.")
    tabled(scene, "Two.")
    with pytest.raises(ServiceError) as refused:
        place(scene, row, at)
    assert refused.value.field == "place"


def test_a_move_cancels_the_version_and_none_is_made_after_the_agreement(scene: Cast) -> None:
    row = tabled(scene, "One.")
    tabled(scene, "Two.")
    version = propose_version(actor=scene.same_group_focal_point, text=the_list(scene))
    place(scene, row, 2)
    version.refresh_from_db()
    assert version.cancelled_at is not None
    journey.agree_on(the_list(scene))
    with pytest.raises(PolicyRefusedError, match="agreed"):
        place(scene, row, 1)


def test_the_order_outlasts_the_agreement(scene: Cast) -> None:
    rows = [tabled(scene, words) for words in ("One.", "Two.", "Three.")]
    place(scene, rows[2], 1)
    journey.agree_on(the_list(scene))
    assert [str(row.text) for row in agreed_observations(scene.review)] == ["Three.", "One.", "Two."]


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no guard asks who acts")
def test_the_database_lets_focal_points_alone_set_the_order(scene: Cast) -> None:
    text = the_list(scene)
    statement = "UPDATE reviews_agreedtext SET placed = ARRAY[%s::uuid] WHERE id = %s"
    for name, is_allowed in (("same_group_expert", False), ("observer", False), ("other_group_focal_point", True)):
        with plain_role(), connection.cursor() as cursor, identified_as(scene.people[name]), transaction.atomic():
            try:
                with transaction.atomic():
                    cursor.execute(statement, [text.pk, text.pk])
                    done = cursor.rowcount == 1
            except DatabaseError:
                done = False
        assert done is is_allowed, name


def test_several_are_laid_at_once(scene: Cast) -> None:
    rows = [draft(scene, words) for words in ("One.", "Two.")]
    lay_several(scene, *rows)
    assert order(scene) == ["One.", "Two."]
    assert AuditEntry.objects.filter(verb="reviews.observation.tabled").count() == 2


def test_or_none_where_one_cannot_be_which_is_named(scene: Cast) -> None:
    fine, stale = draft(scene, "One."), draft(scene, "Two.")
    given = ObservationInput(stale.heading, list(stale.articles.all()), "Other words.")
    edit_observation(actor=scene.same_group_expert, observation=stale, given=given, base=1)
    with pytest.raises(SeveralRefusedError) as refused:
        lay_several(scene, fine, stale)
    ((row, reason),) = refused.value.refusals
    assert (row, "has changed" in reason, order(scene)) == (stale, True, [])
    with pytest.raises(PolicyRefusedError):
        lay_several(scene, fine, actor=scene.same_group_expert)


def test_how_an_observation_stands_follows_from_what_was_done(scene: Cast) -> None:
    row = draft(scene, "One.")
    assert status_of(row) == ObservationStatus.DRAFT
    lay_on_table(actor=scene.same_group_focal_point, observation=row)
    row = Observation.objects.get()
    assert status_of(row) == ObservationStatus.TABLED
    with pytest.raises(PolicyRefusedError):
        mark_discussed(actor=scene.other_group_focal_point, observation=row, base=1)
    mark_discussed(actor=scene.same_group_focal_point, observation=row, base=1)
    assert status_of(Observation.objects.get()) == ObservationStatus.DISCUSSED
    given = ObservationInput(row.heading, list(row.articles.all()), "Other words.")
    edit_observation(actor=scene.same_group_focal_point, observation=row, given=given, base=1)
    assert status_of(Observation.objects.get()) == ObservationStatus.TABLED, "other words are to be discussed anew"
    journey.agree_on(the_list(scene))
    assert status_of(Observation.objects.get()) == ObservationStatus.AGREED


def test_what_lies_on_the_table_is_withdrawn_with_a_reason(scene: Cast) -> None:
    row = tabled(scene, "One.")
    with pytest.raises(ServiceError) as refused, transaction.atomic():
        withdraw_observation(actor=scene.same_group_focal_point, observation=row, reason=" ")
    assert refused.value.field == "reason"
    withdraw_observation(actor=scene.same_group_focal_point, observation=row, reason="It is said elsewhere.")
    row.refresh_from_db()
    assert (row.withdrawal_reason, status_of(row)) == ("It is said elsewhere.", ObservationStatus.WITHDRAWN)


def shown_in(page: Any) -> list[str]:
    lists = page.context["lists"]
    return [str(r.observation.text) for each in lists for g in each.headings for s in g.sets for r in s.rows]


def test_the_list_is_narrowed(scene: Cast) -> None:
    gone = tabled(scene, "Gone.")
    withdraw_observation(actor=scene.same_group_focal_point, observation=gone, reason="It is said elsewhere.")
    tabled(scene, "Here.")
    draft(scene, "In the room.")
    own, other = (login_as(Client(), user) for user in (scene.same_group_expert, scene.focal_point))
    assert shown_in(own.get(LIST)) == ["Here.", "In the room."]
    for query, mine, others in (
        ("status=draft", ["In the room."], []),
        ("status=tabled", ["Here."], ["Here."]),
        ("status=withdrawn", ["Gone."], ["Gone."]),
        ("heading=gap_or_challenge", ["Here.", "In the room."], ["Here."]),
        ("article=untoc-2&language=en", ["Here.", "In the room."], ["Here."]),
        ("article=untoc-x&status=nonsense", ["Here.", "In the room."], ["Here."]),
        ("language=fr", [], []),
    ):
        assert (shown_in(own.get(f"{LIST}?{query}")), shown_in(other.get(f"{LIST}?{query}"))) == (mine, others), query
    assert "It is said elsewhere." in other.get(f"{LIST}?status=withdrawn").content.decode()


def test_a_draft_that_was_thrown_away_stays_with_its_state_in_a_common_room(scene: Cast) -> None:
    withdraw_observation(actor=scene.same_group_expert, observation=draft(scene, "Thrown away."))
    for person in (scene.same_group_focal_point, scene.other_group_focal_point):
        set_own_room(actor=person, review=Review.objects.get(pk=scene.review.pk), shared=True)
    draft(scene, "Shared.")
    own, other = (login_as(Client(), user) for user in (scene.same_group_expert, scene.other_group_expert))
    assert shown_in(other.get(LIST)) == ["Shared."]
    gone = f"{LIST}?status=withdrawn"
    assert (shown_in(own.get(gone)), shown_in(other.get(gone))) == (["Thrown away."], [])


def test_the_order_is_set_on_a_page_by_buttons(scene: Cast, login_as: Callable[[User], Client]) -> None:
    rows = [tabled(scene, words) for words in ("One.", "Two.")]
    client, url = login_as(scene.same_group_focal_point), f"{LIST}order/untoc/"
    page = client.get(url)
    token = page.context["groups"][0].token
    moved = {"observation": str(rows[1].pk), "place": "1", "order": token}
    assert send_form(client, url, moved).status_code == 302
    assert order(scene) == ["Two.", "One."]
    page = send_form(client, url, {**moved, "order": token, "place": "2"})
    assert (page.status_code, order(scene)) == (422, ["Two.", "One."]), "the page had shown another order"
    assert "changed the order" in page.content.decode()


def test_a_place_that_there_is_not_comes_back_in_its_box(scene: Cast, login_as: Callable[[User], Client]) -> None:
    rows = [tabled(scene, words) for words in ("One.", "Two.", "Three.")]
    client, url = login_as(scene.same_group_focal_point), f"{LIST}order/untoc/"
    token = client.get(url).context["groups"][0].token
    page = send_form(client, url, {"observation": str(rows[1].pk), "place": "9", "order": token})
    html, box = page.content.decode(), f"place-{rows[1].pk}"
    assert page.status_code == 422
    assert f'<a href="#{box}">Type a place from 1 to 3.</a>' in html
    (shown,) = [tag for tag in html.split("<") if f'id="{box}"' in tag]
    assert ('value="9"' in shown, "govuk-input--error" in shown) == (True, True)


def test_drafts_are_ticked_on_a_page(scene: Cast, login_as: Callable[[User], Client]) -> None:
    rows = [draft(scene, words) for words in ("One.", "Two.")]
    client, url = login_as(scene.same_group_focal_point), f"{LIST}table/untoc/"
    assert send_form(client, url, {"chosen": []}).status_code == 422
    stale = {"chosen": [f"{rows[0].pk}:1", f"{rows[1].pk}:0"]}
    page = send_form(client, url, stale)
    assert page.status_code == 422
    assert [each.is_ticked for each in page.context["drafts"]] == [True, False], "a second press lays the others"
    assert f'href="#chosen-{rows[1].pk}"' in page.content.decode()
    assert f'id="chosen-{rows[1].pk}"' in page.content.decode()
    assert send_form(client, url, {"chosen": [f"{row.pk}:1" for row in rows]}).status_code == 302
    assert order(scene) == ["One.", "Two."]


def test_what_no_page_of_ours_has_ticked_is_refused_and_twice_is_once(scene: Cast) -> None:
    row = draft(scene, "One.")
    client, address = login_as(Client(), scene.same_group_focal_point), f"{LIST}table/untoc/"
    assert send_form(client, address, {"chosen": [f"{row.pk}:²"]}).status_code == 422
    assert send_form(client, address, {"chosen": [f"{row.pk}:1"] * 2}).status_code == 302
    assert order(scene) == ["One."]
