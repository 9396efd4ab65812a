"""What a State does about what was agreed: its own, append-only, and read by others where its focal point shares it."""

import csv
import datetime as dt
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.affiliations import affiliate_mission
from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import ConflictError, OutdatedError, ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from observations.follow_up.models import FollowUp, FollowUpEntry, FollowUpShare
from observations.follow_up.selectors import agreed_observations, get_agreed_for, shared_with
from observations.follow_up.services import (
    FollowUpInput,
    record_follow_up,
    remind_of_follow_up,
    share_follow_up,
    stop_sharing,
)
from observations.texts.models import Observation, TextVersion
from tests.accounts.tokens.making import program_of
from tests.factories.accounts import UserFactory
from tests.plain_role import plain_role
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("closed")]
LoginAs = Callable[[User], Client]
PLANNED = FollowUpInput("planned", "A bill is **drafted**.", "Ministry of Justice", dt.date(2030, 5, 1))
SECRET = "quince-marmalade"


@pytest.fixture
def scene(cast_at: Callable[[str], Cast]) -> Cast:
    return cast_at("closed")


def item_of(cast: Cast, place: int = 0) -> Observation:
    key = list(agreed_observations(cast.review))[place].pk
    return get_agreed_for(cast.focal_point, cast.review, key)


def record(cast: Cast, given: FollowUpInput = PLANNED, *, name: str = "expert", base: int = 0) -> FollowUp:
    return record_follow_up(actor=cast.people[name], observation=item_of(cast), given=given, base=base)


def share(cast: Cast, audience: str, *, name: str = "focal_point", base: int = 1) -> FollowUpShare:
    return share_follow_up(actor=cast.people[name], observation=item_of(cast), audience=audience, base=base)


def address(cast: Cast, *more: str) -> str:
    return "/".join([f"/en/untoc/reviews/{cast.review.code}/follow-up", *more, ""])


def test_each_agreed_observation_is_an_item_by_itself(scene: Cast) -> None:
    on_lists = [
        block["text"]
        for version in TextVersion.objects.filter(
            agreed_text__review=scene.review, agreed_text__kind="list_of_observations", cancelled_at=None
        )
        for block in version.document["blocks"]
        if block.get("is_written")
    ]
    items = [str(item.text) for item in agreed_observations(scene.review)]
    assert len(items) > 1
    assert sorted(items) == sorted(on_lists)


@pytest.mark.stage("observations")
def test_before_the_agreement_nothing_is_an_item(cast_at: Callable[[str], Cast]) -> None:
    assert list(agreed_observations(cast_at("observations").review)) == []


def test_a_record_leaves_what_was_agreed_as_it_was(scene: Cast) -> None:
    before = item_of(scene)
    record(scene)
    after = item_of(scene)
    assert (str(after.text), after.revision, after.updated_at) == (str(before.text), before.revision, before.updated_at)


def test_each_record_stays_in_the_history(scene: Cast) -> None:
    record(scene)
    row = record(scene, FollowUpInput("done", "The bill is law."), name="focal_point", base=1)
    assert (row.revision, row.status, str(row.action), row.body, row.due_on) == (
        2,
        "done",
        "The bill is law.",
        "",
        None,
    )
    entries = FollowUpEntry.objects.order_by("number").values_list("number", "status", "body", "saved_by")
    assert list(entries) == [
        (1, "planned", "Ministry of Justice", scene.expert.pk),
        (2, "done", "", scene.focal_point.pk),
    ]
    with pytest.raises(DatabaseError), transaction.atomic():
        FollowUpEntry.objects.filter(number=1).update(body="Nobody")


def test_the_same_again_is_not_recorded_anew(scene: Cast) -> None:
    record(scene)
    assert record(scene, base=0).revision == 1
    assert FollowUpEntry.objects.count() == 1


def test_a_stale_form_overwrites_nothing(scene: Cast) -> None:
    record(scene)
    with pytest.raises(ConflictError) as refused:
        record(scene, FollowUpInput("done", "Done."), base=0)
    assert (refused.value.current, refused.value.revision) == ("A bill is **drafted**.", 1)
    assert FollowUp.objects.get().status == "planned"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (FollowUpInput("finished", "Words."), "status"),
        (FollowUpInput("planned"), "action"),
        (FollowUpInput("not_pursued", "Words."), "reason"),
        (FollowUpInput("planned", "Words.", "x" * 201), "body"),
        (FollowUpInput("planned", "Words.", due_on=dt.date(1, 1, 1)), "due_on"),
        (FollowUpInput("planned", "Words.", due_on=dt.date(2101, 1, 1)), "due_on"),
    ],
)
def test_what_is_missing_is_told_by_its_field(scene: Cast, given: FollowUpInput, field: str) -> None:
    with pytest.raises(ServiceError) as refused:
        record(scene, given)
    assert refused.value.field == field


def test_only_those_who_draft_for_the_state_under_review_record(scene: Cast) -> None:
    for name in set(scene.people) - {"focal_point", "expert", "second_expert"}:
        with pytest.raises((PolicyRefusedError, Http404)):
            record(scene, name=name)
    assert FollowUp.objects.count() == 0


def test_the_database_takes_no_follow_up_of_what_was_not_agreed(scene: Cast) -> None:
    row = record(scene)
    others = Observation.objects.exclude(pk=row.observation_id)
    withdrawn = others.filter(withdrawn_at=None).first()
    FollowUp.objects.filter(pk=row.pk)  # the row that stands is of an agreed one
    assert withdrawn is not None
    with pytest.raises(DatabaseError, match="what is followed up"), transaction.atomic():
        FollowUp.objects.create(
            observation=withdrawn,
            review=row.review,
            room=scene.same_group_state,
            language="en",
            status="planned",
            action="Words.",
            saved_by=scene.expert,
        )


def test_only_the_focal_point_shares_and_takes_back(scene: Cast) -> None:
    record(scene)
    for name in set(scene.people) - {"focal_point"}:
        with pytest.raises((PolicyRefusedError, Http404)):
            share(scene, "public", name=name)
    share(scene, "public")
    for name in set(scene.people) - {"focal_point"}:
        with pytest.raises((PolicyRefusedError, Http404)):
            stop_sharing(actor=scene.people[name], observation=item_of(scene))


def test_nothing_is_shared_that_is_not_recorded_or_was_not_shown(scene: Cast) -> None:
    with pytest.raises(PolicyRefusedError, match="Nothing is recorded"):
        share(scene, "public", base=0)
    record(scene)
    record(scene, FollowUpInput("done", "The bill is law."), base=1)
    with pytest.raises(OutdatedError):
        share(scene, "public", base=1)
    assert FollowUpShare.objects.count() == 0


def test_what_is_recorded_after_the_sharing_stays_in_the_room(scene: Cast, login_as: LoginAs) -> None:
    record(scene)
    share(scene, "review_team")
    record(scene, FollowUpInput("under_way", f"Not yet told: {SECRET}."), base=1)
    page = login_as(scene.same_group_expert).get(address(scene)).content.decode()
    assert "Ministry of Justice" in page
    assert SECRET not in page


def test_sharing_again_takes_the_place_of_what_was_shared(scene: Cast) -> None:
    record(scene)
    first = share(scene, "review_team")
    assert share(scene, "review_team") == first
    second = share(scene, "public")
    first.refresh_from_db()
    assert (first.ended_at is not None, second.ended_at) == (True, None)
    with pytest.raises(DatabaseError), transaction.atomic():
        FollowUpShare.objects.filter(pk=first.pk).update(ended_at=None)


READERS = {
    "review_team": (True, False, False),
    "states_parties": (True, True, False),
    "public": (True, True, True),
}


@pytest.mark.parametrize("audience", READERS)
def test_who_reads_what_is_shared(scene: Cast, login_as: LoginAs, client: Client, audience: str) -> None:
    record(scene, FollowUpInput("planned", f"We plan {SECRET}."))
    share(scene, audience)
    team = SECRET in login_as(scene.same_group_observer).get(address(scene)).content.decode()
    of_a_state = SECRET in login_as(scene.bystander).get("/en/follow-up/").content.decode()
    client.logout()
    anybody = SECRET in client.get("/en/follow-up/").content.decode()
    assert (team, of_a_state, anybody) == READERS[audience]


def test_who_no_longer_acts_for_a_state_reads_nothing_that_states_parties_share(scene: Cast, login_as: LoginAs) -> None:
    """A contributor and an expert who has left stay affiliated with the State; a mission acts for it."""
    record(scene, FollowUpInput("planned", f"We plan {SECRET}."))
    row, mission = share(scene, "states_parties"), UserFactory.create()
    affiliate_mission(mission, scene.bystander_state)

    def reads(person: User) -> tuple[bool, bool]:
        with plain_role(), identified_as(person):
            by_row_security = FollowUpShare.objects.filter(pk=row.pk).exists()
        return SECRET in login_as(person).get("/en/follow-up/").content.decode(), by_row_security

    assert (reads(mission), reads(scene.bystander)) == ((True, True), (True, True))
    assert scene.contributor.affiliations.filter(ends_on=None).exists()
    assert reads(scene.contributor) == (False, False)
    scene.bystander.participations.update(ended_at=timezone.now())
    assert scene.bystander.affiliations.filter(ends_on=None).exists()
    assert reads(scene.bystander) == (False, False)


def test_taken_back_it_is_read_by_the_state_alone(scene: Cast, login_as: LoginAs, client: Client) -> None:
    record(scene, FollowUpInput("planned", f"We plan {SECRET}."))
    share(scene, "public")
    assert SECRET in client.get("/en/follow-up/").content.decode()
    stop_sharing(actor=scene.focal_point, observation=item_of(scene))
    assert SECRET not in client.get("/en/follow-up/").content.decode()
    assert SECRET not in login_as(scene.same_group_expert).get(address(scene)).content.decode()
    assert SECRET in login_as(scene.observer).get(address(scene, str(item_of(scene).pk))).content.decode()


def test_the_secretariat_counts_what_is_shared_and_reads_none_of_it(scene: Cast, login_as: LoginAs) -> None:
    record(scene, FollowUpInput("planned", f"We plan {SECRET}."))
    page = login_as(scene.officer).get(address(scene))
    assert page.context["counts"] == []
    share(scene, "states_parties")
    page = login_as(scene.officer).get(address(scene))
    assert page.context["counts"] == [("Planned", 1)]
    assert SECRET not in page.content.decode()
    assert list(shared_with(scene.officer)) == []


def test_the_record_of_acts_says_that_and_not_what(scene: Cast) -> None:
    record(scene, FollowUpInput("planned", f"We plan {SECRET}.", SECRET))
    share(scene, "public")
    entries = AuditEntry.objects.filter(verb__startswith="observations.follow_up").order_by("at")
    assert set(entries[0].after) == {"observation", "revision"}  # an officer reads it: not how far the State is
    assert [entry.verb for entry in entries] == ["observations.follow_up.recorded", "observations.follow_up.shared"]
    assert SECRET not in json.dumps([entry.after for entry in entries])


def test_the_list_is_narrowed_by_heading_status_article_and_date(scene: Cast, login_as: LoginAs) -> None:
    row, today = record(scene), timezone.localdate()
    client, everything = login_as(scene.expert), agreed_observations(scene.review)

    def found(query: str) -> list[Any]:
        return [item.pk for item in client.get(f"{address(scene)}?{query}").context["page"].object_list]

    kind = row.observation.heading.kind
    assert found("status=planned") == [row.observation_id]
    assert len(found("status=none")) == everything.count() - 1
    assert found(f"heading={kind}") == [item.pk for item in everything if item.heading.kind == kind]
    article = row.observation.articles.select_related("instrument").all()[0]
    slug = f"{article.instrument.slug}-{article.number}"
    assert row.observation_id in found(f"article={slug}")
    assert len(found(f"article={slug}")) < everything.count()
    assert (found("due=past"), found("due=soon")) == ([], [])
    FollowUp.objects.update(due_on=today + dt.timedelta(days=5))
    assert (found("due=past"), found("due=soon")) == ([], [row.observation_id])
    FollowUp.objects.update(due_on=today - dt.timedelta(days=1))
    assert (found("due=past"), found("due=soon")) == ([row.observation_id], [])


def test_the_files_hold_what_the_list_shows(scene: Cast, login_as: LoginAs) -> None:
    record(scene, FollowUpInput("planned", "=1+1", "Ministry", dt.date(2030, 5, 1)))
    share(scene, "review_team")
    client = login_as(scene.expert)
    data = json.loads(client.get(address(scene, "file", "json")).content)
    assert [data[name] for name in ("format", "mechanism", "review", "state")] == [1, "untoc", "1-XVE", "XVE"]
    assert len(data["items"]) == agreed_observations(scene.review).count()
    (item,) = [each for each in data["items"] if each["status"]]
    assert (item["status"], item["action"], item["body"], item["due_on"], item["revision"], item["shared_with"]) == (
        "planned", "=1+1", "Ministry", "2030-05-01", 1, "review_team",
    )  # fmt: skip
    table = client.get(f"{address(scene, 'file', 'csv')}?status=planned").content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(table))
    assert [dict(zip(head, row, strict=True))["Action"] for row in rows] == ["'=1+1"]  # no formula
    assert client.get(address(scene, "file", "pdf")).status_code == 404


def test_a_filter_that_is_none_is_named_by_the_page_and_refused_for_a_file(scene: Cast, login_as: LoginAs) -> None:
    """A program that asks for ``bogus`` would take all items for those."""
    client, wrong = login_as(scene.expert), "bogus is not one of the available choices"
    assert wrong in client.get(f"{address(scene)}?status=bogus").content.decode()
    for ending in ("csv", "json"):
        refused = client.get(f"{address(scene, 'file', ending)}?status=bogus")
        assert (refused.status_code, "status: " in refused.content.decode()) == (400, True)
        assert wrong in refused.content.decode()
    assert client.get(f"{address(scene, 'file', 'json')}?status=&stat=1").status_code == 200


def test_a_refused_form_keeps_what_was_typed(scene: Cast, login_as: LoginAs) -> None:
    url = address(scene, str(item_of(scene).pk), "record")
    page = login_as(scene.expert).post(url, {"base": "0", "status": "not_pursued", "action": "Typed at length."})
    assert page.status_code == 422
    assert "Typed at length." in page.content.decode()
    assert list(page.context["form"].errors) == ["reason"]


def test_a_form_that_was_open_meanwhile_shows_both_texts(scene: Cast, login_as: LoginAs) -> None:
    record(scene)
    client, url = login_as(scene.second_expert), address(scene, str(item_of(scene).pk), "record")
    page = client.post(url, {"base": "0", "status": "done", "action": "My own words."})
    assert page.status_code == 422
    words = page.content.decode()
    assert "My own words." in words
    assert "Ministry of Justice" in words
    again = client.post(url, {"base": page.context["form"]["base"].value(), "status": "done", "action": "Both."})
    assert again.status_code == 302
    assert (FollowUp.objects.get().status, FollowUpEntry.objects.count()) == ("done", 2)


def test_my_work_names_the_dates_that_draw_near(scene: Cast, login_as: LoginAs) -> None:
    today = timezone.localdate()
    record(scene, FollowUpInput("planned", "Words.", due_on=today + dt.timedelta(days=61)))
    words = "Follow up 1 agreed observation by the date that your State has set"
    assert words not in login_as(scene.expert).get("/en/").content.decode()
    FollowUp.objects.update(due_on=today + dt.timedelta(days=60))
    for name in ("focal_point", "expert"):
        assert words in login_as(scene.people[name]).get("/en/").content.decode()
    for name in ("observer", "contributor", "same_group_expert", "officer"):
        assert words not in login_as(scene.people[name]).get("/en/").content.decode()
    FollowUp.objects.update(due_on=today - dt.timedelta(days=1))
    assert words not in login_as(scene.expert).get("/en/").content.decode()  # nobody is told that one has passed


def test_a_focal_point_is_reminded_once_before_a_date_that_the_state_set(scene: Cast) -> None:
    today = timezone.localdate()
    row = record(scene, FollowUpInput("planned", "Words.", due_on=today + dt.timedelta(days=60)))
    due_on = row.due_on
    assert due_on is not None

    def told() -> list[str]:
        found = Notification.objects.filter(key__startswith="follow_up_due").select_related("recipient")
        return [each.recipient.full_name for each in found]

    assert (remind_of_follow_up(today), told()) == (0, [])
    near = due_on - dt.timedelta(days=14)
    assert remind_of_follow_up(near) == 1
    assert remind_of_follow_up(near) == 1  # found again, and not told again
    assert told() == ["Focal Point"]
    assert remind_of_follow_up(due_on + dt.timedelta(days=3)) == 0  # nothing is said of a date that has passed
    other = record_follow_up(
        actor=scene.expert, observation=item_of(scene, 1), given=FollowUpInput("planned", "Words."), base=0
    )
    FollowUp.objects.filter(pk=other.pk).update(due_on=dt.date(1, 1, 1))
    assert remind_of_follow_up(near) == 1  # a day at the end of all days stops no other
    record(scene, FollowUpInput("done", "Words.", due_on=due_on), base=1)
    assert remind_of_follow_up(due_on) == 0


def test_programs_read_with_whom_an_item_is_shared_and_how_many_are(scene: Cast) -> None:
    record(scene)
    share(scene, "review_team")
    place = f"/api/v1/untoc/reviews/{scene.review.code}/follow-up/"
    own, team, office = (program_of(user) for user in (scene.focal_point, scene.same_group_expert, scene.officer))
    assert "review_team" in {item["audience"] for item in own.get(place).json()["items"]}
    assert len(team.get(place).json()["shared"]) == 1
    read = office.get(place).json()
    assert (read["shared"], [row["number"] for row in read["counts"]]) == ([], [1])
    assert office.get(f"{place}?status=none").status_code == 400
