"""The reviewing States split the work at the desk: who is on what is told within a State, who leads between the two."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as
from dialogue.split.models import SectionKeeper, SectionLead
from reviews.cases.models import Participation
from tests.core.database.test_row_security import keys
from tests.dialogue.exchange.exchange import ARTICLE_5, DESK, REVIEW, text_of
from tests.forms import send_form
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.utils import Cast, login_as as in_own_browser, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("written_feedback")]
LoginAs = Callable[[User], Client]
SPLIT, TAKE = f"{REVIEW}split/", f"{REVIEW}split/untoc/article-5/"
KEEPER, LEAD, SECTION = "keeper-untoc-article-5", "lead-untoc-article-5", "untoc/article-5"
ROOM = {"same_group_expert", "same_group_focal_point", "same_group_observer"}
OTHERS = {"other_group_expert", "other_group_focal_point", "other_group_observer"}


def part(cast: Cast, name: str) -> Participation:
    return cast.participations[name]


def take(client: Client, press: str = "take", shown: object = "") -> Any:
    return client.post(TAKE, {"press": press, "shown": str(shown)})


def row_of(page: Any, section: str = SECTION) -> Any:
    rows = [row for rows in page.context["counts"].values() for row in rows]
    return next((row for row in rows if "/".join(row.section.place.address) == section), None)


def keeper() -> str:
    return ", ".join(SectionKeeper.objects.values_list("participation__user__full_name", flat=True))


def test_one_takes_a_section_and_gives_it_back_and_twice_is_once(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    assert "Nobody of your State is on it" in text_of(client.get(ARTICLE_5))
    assert take(client)["Location"] == ARTICLE_5
    assert take(client).status_code == 302  # pressed twice
    assert keeper() == "Same Group Expert"
    page = text_of(client.get(ARTICLE_5))
    assert "You are on this section." in page
    assert "Give it back" in page
    take(client, "leave", part(cast, "same_group_expert").pk)
    assert keeper() == ""


def test_what_a_colleague_took_meanwhile_is_not_taken_from_him(cast: Cast, login_as: LoginAs) -> None:
    take(login_as(cast.same_group_focal_point))
    client = login_as(cast.same_group_expert)
    take(client)  # from a page that showed nobody
    assert "A colleague has changed this since you opened the page" in text_of(client.get(ARTICLE_5))
    assert keeper() == "Same Group Focal Point"
    take(client, "leave", part(cast, "same_group_focal_point").pk)
    assert keeper() == "Same Group Focal Point"  # nobody gives back what is another's by that button
    page = client.get(ARTICLE_5)
    assert 'value="take"' not in page.content.decode()


@pytest.mark.parametrize("press", ["", "praise", "leave"])
def test_what_no_button_says_changes_nothing(cast: Cast, login_as: LoginAs, press: str) -> None:
    assert take(login_as(cast.same_group_expert), press).status_code == 302
    assert not SectionKeeper.objects.exists()


def test_a_section_is_given_to_a_colleague_who_finds_it_on_my_work(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_focal_point)
    page = client.get(SPLIT)
    offered = [label for _key, label in page.context["form"].fields[KEEPER].choices]
    assert offered == ["Nobody", "Same Group Expert", "Same Group Focal Point"]  # no observer, and nobody else's
    given = {KEEPER: part(cast, "same_group_expert").pk, "keeper-untoc-article-6": part(cast, "same_group_expert").pk}
    sent = send_form(client, SPLIT, given)
    assert (sent.status_code, sent["Location"]) == (302, DESK)
    colleague = login_as(cast.same_group_expert)
    work = colleague.get("/en/")
    task = next(task for task in work.context["tasks"] if "sections that are yours" in task.what)
    assert task.what == "Review the 2 sections that are yours"
    assert all(task not in part.cards for part in work.context["parts"])
    mine = colleague.get(task.url)
    assert [row_of(mine, each) is not None for each in (SECTION, "untoc/article-8", "untoc/article-6")] == [
        True,
        False,
        True,
    ]
    others = login_as(cast.same_group_focal_point).get("/en/").context["tasks"]
    assert not any("that are yours" in each.what for each in others)


def test_the_list_is_narrowed_to_what_is_mine_or_nobodys(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    take(client)
    links = {link.value: link.count for link in client.get(DESK).context["filters"]}
    assert links["mine"] == 1
    assert row_of(client.get(f"{DESK}?show=nobodys")) is None
    assert row_of(client.get(f"{DESK}?show=nonsense")) is not None
    assert "No section is so" in text_of(login_as(cast.same_group_focal_point).get(f"{DESK}?show=mine"))


def test_nobody_outside_the_state_learns_who_is_on_what(cast: Cast, login_as: LoginAs) -> None:
    set_common_room(cast.review)  # which opens none of it
    take(login_as(cast.same_group_expert))
    kept = SectionKeeper.objects.get()
    for name, user in cast.people.items():
        page = login_as(user).get(DESK)
        row = row_of(page) if page.status_code == 200 and page.context.get("counts") else None
        assert ("Same Group Expert" in page.content.decode()) == (name in ROOM or user == cast.same_group_expert), name
        assert bool(row and row.split.keeper) == (name in ROOM), name
        if HAS_TWO_ROLES:
            assert keys(SectionKeeper, user) == ({kept.pk} if name in ROOM else set()), name


def test_a_state_says_that_it_leads_and_the_other_reviewing_state_alone_reads_it(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_focal_point)
    assert send_form(client, SPLIT, {LEAD: "on"}).status_code == 302
    lead = SectionLead.objects.get()
    assert (lead.section, lead.room) == (SECTION, cast.same_group_state)
    for name, user in cast.people.items():
        page = login_as(user).get(DESK)
        row = row_of(page) if page.status_code == 200 and page.context.get("counts") else None
        found = (bool(row and row.split.is_led), list(row.split.leaders) if row else [])
        others = [str(cast.same_group_state)] if name in OTHERS else []
        assert found == (name in ROOM, others), name
        assert (f"{cast.same_group_state} leads" in text_of(page)) == (name in OTHERS), name
        if HAS_TWO_ROLES:
            assert keys(SectionLead, user) == ({lead.pk} if name in ROOM | OTHERS else set()), name
    arabic = login_as(cast.other_group_expert).get(DESK.replace("/en/", "/ar/"))
    assert row_of(arabic).split.leaders == (cast.same_group_state.name_ar,)
    send_form(login_as(cast.same_group_focal_point), SPLIT, {LEAD: ""})
    assert not SectionLead.objects.exists()


def test_only_a_focal_point_says_that_the_state_leads(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    assert LEAD not in client.get(SPLIT).context["form"].fields
    send_form(client, SPLIT, {LEAD: "on"})
    client.post(SPLIT, {LEAD: "on", "led": SECTION})
    assert not SectionLead.objects.exists()


def test_a_stale_form_overwrites_no_colleague_and_keeps_what_was_chosen(cast: Cast, login_as: LoginAs) -> None:
    client = in_own_browser(Client(), cast.same_group_focal_point)
    shown = client.get(SPLIT).context["form"].initial["shown"]
    take(login_as(cast.same_group_expert))
    own = str(part(cast, "same_group_focal_point").pk)
    late = client.post(SPLIT, {KEEPER: own, "shown": shown, "led": ""})
    assert late.status_code == 422
    assert "Same Group Expert" in text_of(late)
    assert late.context["form"][KEEPER].value() == own
    assert keeper() == "Same Group Expert"
    # What one has not touched is a colleague's, whatever the form was shown.
    assert client.post(SPLIT, {"keeper-untoc-article-6": own, "shown": shown, "led": ""}).status_code == 302
    assert SectionKeeper.objects.get(section=SECTION).participation == part(cast, "same_group_expert")
    # Sent again, it rests on what stands now.
    carried = late.context["form"]["shown"].value()
    assert client.post(SPLIT, {KEEPER: own, "shown": carried, "led": ""}).status_code == 302
    assert SectionKeeper.objects.get(section=SECTION).participation == part(cast, "same_group_focal_point")


@pytest.mark.parametrize("who", ["same_group_observer", "other_group_expert", "expert", "officer", "no key"])
def test_nobody_else_is_put_on_a_section(cast: Cast, login_as: LoginAs, who: str) -> None:
    given = part(cast, who).pk if who in cast.participations else "4711"
    refused = send_form(login_as(cast.same_group_focal_point), SPLIT, {KEEPER: given})
    assert refused.status_code == 422
    assert not SectionKeeper.objects.exists()


def test_a_section_that_is_not_reviewed_is_taken_by_nobody(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    client.post(f"{REVIEW}split/untoc/no-such-section/", {"press": "take", "shown": "", "next": DESK})
    assert "Your State does not review this section." in text_of(client.get(DESK))
    assert not SectionKeeper.objects.exists()


def test_who_does_not_take_part_any_more_is_on_nothing(cast: Cast, login_as: LoginAs) -> None:
    take(login_as(cast.same_group_expert))
    Participation.objects.filter(pk=part(cast, "same_group_expert").pk).update(ended_at=timezone.now())
    client = login_as(cast.same_group_focal_point)
    assert row_of(client.get(DESK)).split.keeper is None
    assert take(client).status_code == 302
    assert keeper() == "Same Group Focal Point"


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="the tables are closed to the plain role")
def test_the_database_lets_nobody_write_it_for_another_state(cast: Cast) -> None:
    base = {"review": cast.review, "language": "en", "section": SECTION}
    expert = part(cast, "same_group_expert")
    refused: list[tuple[User, Any]] = [
        # who is on what: by another State, in another's room, of another's people
        (cast.other_group_expert, SectionKeeper(**base, room=cast.same_group_state, participation=expert)),
        (cast.other_group_expert, SectionKeeper(**base, room=cast.other_group_state, participation=expert)),
        (
            cast.focal_point,
            SectionKeeper(**base, room_id=part(cast, "focal_point").state_party_id, participation=expert),
        ),
        # that a State leads: by its expert, by another State, by the State under review
        (cast.same_group_expert, SectionLead(**base, room=cast.same_group_state)),
        (cast.other_group_focal_point, SectionLead(**base, room=cast.same_group_state)),
        (cast.focal_point, SectionLead(**base, room=cast.state)),
    ]
    for actor, row in refused:
        row.set_by = actor
        with pytest.raises(DatabaseError), transaction.atomic(), plain_role(), identified_as(actor):
            row.save()
