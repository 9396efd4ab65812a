"""The people of one State talk among themselves in its room; nobody else learns of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.http import Http404
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core import context
from core.database.identity import identified_as
from core.errors import OutdatedError, ServiceError
from core.models import Notification
from core.policy import PolicyRefusedError, can
from dialogue.asides import services
from dialogue.asides.models import Aside, AsideNote
from dialogue.asides.selectors import asides_of
from dialogue.threads.enums import ThreadAction
from portal.dossier.selectors import gather
from portal.search.places import places_for
from portal.work.kinds import tasks_of
from portal.work.tasks import Workload
from reviews.cases.enums import ParticipationRole
from reviews.registration.services.participation import end_participation
from tests import journey
from tests.core.database.test_row_security import keys
from tests.dialogue.exchange.exchange import REVIEW, text_of
from tests.forms import send_form
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.utils import SYSTEM, Cast, register, set_common_room

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]
INTERNAL = f"{REVIEW}threads/internal/"
WORDS = "Their answer is thin here."
OWN = {"same_group_focal_point", "same_group_expert", "same_group_observer"}


def begin(cast: Cast, actor: User, text: str = WORDS, mention: Any = None) -> Aside:
    about = {"subject": "feedback", "key": "XLE", "text": text, "mention": mention}
    return services.begin_aside(actor=actor, review=journey.fresh(cast.review), **about)


def test_it_is_read_in_its_room_alone_also_where_rooms_are_shared(cast: Cast) -> None:
    set_common_room(cast.review)
    aside = begin(cast, cast.same_group_expert)
    note, review = aside.notes.get(), journey.fresh(cast.review)
    for name, person in cast.people.items():
        assert (aside.pk in keys(Aside, person)) == (name in OWN), name
        assert (note.pk in keys(AsideNote, person)) == (name in OWN), name
        assert bool(asides_of(person, review)) == (name in OWN), name


def test_who_is_taken_off_the_review_between_page_and_press_writes_nothing(cast: Cast) -> None:
    person, aside = cast.same_group_expert, begin(cast, cast.same_group_focal_point)
    with context.begun():
        assert can(person, ThreadAction.NOTE, cast.review)
        person.participations.update(ended_at=timezone.now())
        with pytest.raises(Http404):
            services.add_note(actor=person, aside=aside, text=WORDS)


def test_focal_points_and_experts_of_every_state_write_and_nobody_else(cast: Cast) -> None:
    writers = set()
    for name, person in cast.people.items():
        try:
            begin(cast, person)
            writers.add(name)
        except (PolicyRefusedError, Http404):
            pass
    assert writers == {
        "focal_point", "expert", "second_expert", "same_group_focal_point", "same_group_expert",
        "other_group_focal_point", "other_group_expert",
    }  # fmt: skip


def test_whoever_is_mentioned_is_told_without_a_word_until_looking(cast: Cast, login_as: LoginAs) -> None:
    Notification.objects.all().delete()
    aside = begin(cast, cast.same_group_expert, mention=cast.same_group_focal_point.pk)
    assert [row.recipient for row in Notification.objects.all()] == [cast.same_group_focal_point]
    assert not Notification.objects.filter(context__icontains="thin").exists()
    line = "Look at 1 internal note that mentions you"

    def tasks() -> list[str]:
        return [task.what for task in tasks_of(Workload(cast.same_group_focal_point, timezone.now()))]

    assert line in tasks()
    assert WORDS in text_of(login_as(cast.same_group_focal_point).get(f"{INTERNAL}{aside.pk}/"))
    assert line not in tasks()
    again = begin(cast, cast.same_group_expert, mention=cast.same_group_focal_point.pk)
    services.resolve_aside(actor=cast.same_group_expert, aside=again, is_resolved=True, seen=1)
    assert f"{INTERNAL}?show=all" in {
        task.url for task in tasks_of(Workload(cast.same_group_focal_point, timezone.now())) if task.what == line
    }
    login_as(cast.same_group_focal_point).get(f"{INTERNAL}?show=all")
    assert line not in tasks()
    for stranger in (cast.other_group_expert, cast.same_group_observer, cast.focal_point):
        with pytest.raises(ServiceError, match="does not write for your State"):
            begin(cast, cast.same_group_expert, mention=stranger.pk)


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no trigger of pages")
def test_who_was_mentioned_and_only_reads_by_now_opens_the_page_and_has_no_task(cast: Cast, login_as: LoginAs) -> None:
    aside = begin(cast, cast.same_group_focal_point, mention=cast.same_group_expert.pk)
    end_participation(actor=SYSTEM, participation=cast.participations["same_group_expert"])
    register(cast.review, cast.same_group_expert, cast.same_group_state, ParticipationRole.OBSERVER)
    with plain_role(), identified_as(cast.same_group_expert):
        services.look_at_asides(cast.same_group_expert, journey.fresh(cast.review), [aside])
    assert WORDS in text_of(login_as(cast.same_group_expert).get(f"{INTERNAL}{aside.pk}/"))
    tasks = [task.what for task in tasks_of(Workload(cast.same_group_expert, timezone.now()))]
    assert not [what for what in tasks if "internal note" in what]


def test_what_is_resolved_takes_no_note_until_it_is_opened_again(cast: Cast, login_as: LoginAs) -> None:
    aside = begin(cast, cast.same_group_expert)
    client, page = login_as(cast.same_group_focal_point), f"{INTERNAL}{aside.pk}/"
    assert send_form(client, page, {"text": "We ask them."}).status_code == 302

    def resolve(seen: str) -> str:
        return text_of(client.post(f"{page}resolve/", {"resolved": "1", "seen": seen}, follow=True))

    assert "Other notes have come" in resolve("1")
    assert 'name="seen" value="2"' in client.get(page).content.decode()
    assert "It is resolved." in resolve("2")
    assert "It was resolved already." in resolve("2")
    later = begin(cast, cast.same_group_expert)
    assert list(asides_of(cast.same_group_expert, journey.fresh(cast.review))) == [later, aside], "open ones first"
    with pytest.raises(OutdatedError, match="resolved meanwhile"):
        services.add_note(actor=cast.same_group_expert, aside=aside, text="Too late.")
    stale = client.post(page, {"text": "Typed before.", "mention": ""})
    assert (stale.status_code, "Typed before." in stale.content.decode()) == (422, True)
    assert "It is open again." in text_of(client.post(f"{page}resolve/", {"resolved": "0"}, follow=True))


def test_an_expert_begins_one_beside_the_matter(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.same_group_expert)
    page = f"{INTERNAL}on/legal_system/-/"
    assert page in client.get(f"{REVIEW}preparation/").content.decode()
    assert send_form(client, page, {"text": " "}).status_code == 422
    assert send_form(client, page, {"text": WORDS}).status_code == 302
    assert WORDS in text_of(client.get(INTERNAL))
    assert WORDS in text_of(login_as(cast.same_group_observer).get(page))
    assert WORDS not in text_of(login_as(cast.other_group_expert).get(page))
    assert client.get(f"{INTERNAL}on/law/0000/").status_code == 404


def test_its_words_are_found_by_its_own_people_alone_also_where_rooms_are_shared(cast: Cast) -> None:
    set_common_room(cast.review)
    aside = begin(cast, cast.same_group_expert)
    for name, person in cast.people.items():
        found = {hit.url for kind in places_for(person, REVIEW, "thin answers") for hit in kind.hits}
        assert (f"{INTERNAL}{aside.pk}/" in found) == (name in OWN), name


def test_no_record_that_is_taken_away_holds_it(cast: Cast) -> None:
    begin(cast, cast.same_group_expert)
    for person in (cast.same_group_focal_point, cast.focal_point, cast.officer):
        pieces = gather(person, journey.fresh(cast.review)).pieces
        assert not [piece for piece in pieces for each in piece.passages if WORDS in each.text]


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_no_statement_of_a_page_writes_in_another_name_or_room(cast: Cast) -> None:
    aside = begin(cast, cast.same_group_expert)
    given = {
        "review": cast.review, "room": cast.same_group_state, "language": "en", "aside": aside, "text": "Words.",
        "written_by": cast.same_group_focal_point,
    }  # fmt: skip
    for name, changes in {
        "same_group_expert": {},
        "same_group_observer": {"written_by": cast.same_group_observer},
        "focal_point": {"written_by": cast.focal_point, "room": cast.state},
        "other_group_expert": {"written_by": cast.other_group_expert},
    }.items():
        with plain_role(), identified_as(cast.people[name]), transaction.atomic(), pytest.raises(DatabaseError):
            AsideNote.objects.create(**{**given, **changes})
