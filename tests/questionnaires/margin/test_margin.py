"""What a State's own people say to one another at a question, and to nobody else."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import OutdatedError, ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from questionnaires.margin.models import MarginMention, MarginNote, MarginThread
from questionnaires.margin.selectors import addressable, get_thread, mentionable, open_notes, threads_at
from questionnaires.margin.services import edit_note, reply_in_thread, resolve_thread, start_thread
from questionnaires.responses.models import SectionAssignment
from questionnaires.responses.selectors.sheets import OFFICIAL, Sheet
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation
from tests.core.database.test_row_security import keys
from tests.questionnaires.answers.autosave import ARTICLE_2, RESPONSE, text_of
from tests.questionnaires.ministries.ministries import FIRST, SECOND, SECTION, place, second_ministry, send
from tests.utils import Cast, clear_answers, register

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
CODE = "I.untoc.1.a"
NOTES = f"{RESPONSE}notes/{CODE}/"


def noted(cast: Cast, code: str = CODE, text: str = "What do we say here?", **given: object) -> MarginThread:
    return start_thread(actor=cast.expert, response=cast.response, code=code, text=text, **given)


def addressed(cast: Cast) -> MarginThread:
    send(cast)
    return noted(cast, FIRST, "Please name the Act.", to=cast.participations["contributor"].pk)


def told() -> set[object]:
    return {row.recipient for row in Notification.objects.filter(key__startswith="note_mentions:")}


# --- written, answered, resolved


def test_a_note_is_written_at_a_question_and_answered(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.expert)
    client.post(NOTES, {"text": "What do we say here?", "mention": ""})
    thread = MarginThread.objects.get()
    login_as(cast.second_expert).post(f"{NOTES}{thread.pk}/reply/", {"text": "That it is criminalized."})
    assert [(note.text, note.written_by) for note in thread.notes.all()] == [
        ("What do we say here?", cast.expert),
        ("That it is criminalized.", cast.second_expert),
    ]
    page = text_of(client.get(NOTES))
    assert "That it is criminalized." in page
    entries = AuditEntry.objects.filter(verb="questionnaires.response.noted")
    assert entries.count() == 2
    assert not any("criminalized" in str(entry.after) for entry in entries)


def test_it_is_resolved_and_reopened_once(cast: Cast) -> None:
    thread = noted(cast)
    assert resolve_thread(actor=cast.second_expert, thread=thread, is_resolved=True)
    assert not resolve_thread(actor=cast.expert, thread=thread, is_resolved=True)
    assert MarginThread.objects.get().resolved_by == cast.second_expert
    with pytest.raises(OutdatedError, match="resolved meanwhile"):
        reply_in_thread(actor=cast.expert, thread=thread, text="One more thing.")
    assert resolve_thread(actor=cast.expert, thread=thread, is_resolved=False)
    reply_in_thread(actor=cast.expert, thread=thread, text="One more thing.")


def test_a_refused_reply_keeps_what_was_typed(cast: Cast, login_as: LoginAs) -> None:
    thread = noted(cast)
    resolve_thread(actor=cast.second_expert, thread=thread, is_resolved=True)
    reply = login_as(cast.expert).post(f"{NOTES}{thread.pk}/reply/", {"text": "One more thing."})
    assert reply.status_code == 422
    assert "One more thing." in text_of(reply)


def test_who_wrote_a_note_changes_it_for_a_while(cast: Cast) -> None:
    note = noted(cast).notes.get()
    edit_note(actor=cast.expert, note=note, text="What shall we say?", shown=note.as_shown)
    with pytest.raises(OutdatedError):
        edit_note(actor=cast.expert, note=note, text="Of a second tab.", shown=note.as_shown)
    with pytest.raises(ServiceError, match="within 15 minutes"):
        edit_note(actor=cast.second_expert, note=note, text="Not mine.", shown=note.as_shown)
    MarginNote.objects.filter(pk=note.pk).update(updated_at=note.created_at)
    note.refresh_from_db()
    assert (note.text, note.edited_at is not None) == ("What shall we say?", True)


def test_a_second_tab_is_shown_the_note_as_it_stands(cast: Cast, login_as: LoginAs) -> None:
    thread = noted(cast)
    note = thread.notes.get()
    edit_note(actor=cast.expert, note=note, text="Of the first tab.", shown=note.as_shown)
    page = f"{NOTES}{thread.pk}/{note.pk}/"
    assert "As it stands now" not in text_of(login_as(cast.expert).get(page))
    reply = text_of(login_as(cast.expert).post(page, {"text": "Of the second tab.", "shown": note.as_shown}))
    assert "As it stands now" in reply
    assert "Of the first tab." in reply
    assert "Of the second tab." in reply


def test_a_note_that_is_old_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    note = noted(cast).notes.get()
    monkeypatch.setattr("questionnaires.margin.models.EDITABLE", dt.timedelta(0))
    with pytest.raises(ServiceError, match="within 15 minutes"):
        edit_note(actor=cast.expert, note=note, text="Too late.", shown=note.as_shown)


@pytest.mark.parametrize("text", ["", "  ", "x" * 4001, "a\u202eb"])
def test_what_is_no_note_is_refused_with_its_field(cast: Cast, text: str) -> None:
    with pytest.raises(ServiceError) as refused:
        noted(cast, text=text)
    assert refused.value.field == "text"
    assert not MarginThread.objects.exists()


def test_notes_stay_after_sending_and_go_on(cast: Cast, login_as: LoginAs) -> None:
    thread = noted(cast)
    clear_answers(cast.focal_point, cast.response)
    cast.response.refresh_from_db()
    reply_in_thread(actor=cast.second_expert, thread=thread, text="After the sending.")
    assert "After the sending." in text_of(login_as(cast.observer).get(NOTES))


# --- who reads


def test_what_is_addressed_to_nobody_no_contributor_reads(cast: Cast, login_as: LoginAs) -> None:
    send(cast)
    thread = noted(cast, FIRST)
    client = login_as(cast.contributor)
    page = f"{RESPONSE}notes/{FIRST}/"
    for url in (page, f"{RESPONSE}notes/?show=all", SECTION, RESPONSE):
        assert "What do we say here?" not in text_of(client.get(url))
        assert "1 open margin note" not in text_of(client.get(url))
    assert client.get(f"{page}{thread.pk}/reply/").status_code == 404
    assert client.post(f"{page}{thread.pk}/resolve/", {"resolved": "1"}).status_code == 404


def test_what_is_addressed_to_one_ministry_the_other_does_not_read(cast: Cast, login_as: LoginAs) -> None:
    thread = addressed(cast)
    other = second_ministry(cast)
    send(cast, "second")
    page = f"{RESPONSE}notes/{FIRST}/"
    assert "Please name the Act." in text_of(login_as(cast.contributor).get(page))
    assert "Please name the Act." not in text_of(login_as(other).get(page))
    assert login_as(other).get(f"{page}{thread.pk}/reply/").status_code == 404
    with identified_as(cast.contributor):
        assert MarginThread.objects.filter(pk=thread.pk).exists()


def test_what_was_taken_back_takes_its_notes_along(cast: Cast, login_as: LoginAs) -> None:
    addressed(cast)
    SectionAssignment.objects.all().delete()
    client = login_as(cast.contributor)
    assert client.get(f"{RESPONSE}notes/{FIRST}/").status_code == 403
    with pytest.raises(PolicyRefusedError):
        start_thread(actor=cast.contributor, response=cast.response, code=FIRST, text="Still here?")


def test_whoever_has_the_question_no_more_is_told_of_no_reply_and_has_no_task(cast: Cast, login_as: LoginAs) -> None:
    thread = addressed(cast)
    SectionAssignment.objects.all().delete()
    Notification.objects.all().delete()
    reply_in_thread(actor=cast.expert, thread=thread, text=f"Is it done, @{cast.contributor.full_name}?")
    assert told() == set()
    assert MarginMention.objects.count() == 1  # of the first note, when it was with the ministry
    assert "mentions you" not in text_of(login_as(cast.contributor).get("/en/"))


def test_it_is_addressed_only_to_a_contributor_who_has_the_question(cast: Cast) -> None:
    send(cast)
    with pytest.raises(ServiceError, match="not with this contributor") as refused:
        noted(cast, CODE, to=cast.participations["contributor"].pk)
    assert refused.value.field == "to"


def test_a_whole_section_that_is_with_a_contributor_elsewhere_does_not_count_here(cast: Cast) -> None:
    send(cast, places=[place(cast, "untoc", "article-2")], questions=[FIRST])
    named = cast.participations["contributor"]
    assert addressable(cast.response, FIRST) == addressable(cast.response, CODE) == [named]
    assert addressable(cast.response, SECOND) == []


@pytest.mark.parametrize("who", ["same_group_expert", "officer", "stranger", "auditor"])
def test_nobody_else_reads_or_writes_one(cast: Cast, login_as: LoginAs, who: str) -> None:
    noted(cast)
    client = login_as(cast.people[who])
    assert client.get(NOTES).status_code in {403, 404}
    assert client.post(NOTES, {"text": "Mine."}).status_code in {403, 404}
    assert MarginNote.objects.count() == 1


def test_an_observer_reads_and_does_not_write(cast: Cast, login_as: LoginAs) -> None:
    noted(cast)
    client = login_as(cast.observer)
    assert "What do we say here?" in text_of(client.get(NOTES))
    assert client.post(NOTES, {"text": "Mine."}).status_code == 403


# --- whom it mentions


def test_whoever_is_mentioned_is_told_without_a_word_of_it(cast: Cast) -> None:
    noted(cast, mentioned=[cast.second_expert.pk])
    noted(cast, text=f"Ask @{cast.focal_point.full_name.upper()}, please.")
    assert told() == {cast.second_expert, cast.focal_point}
    assert not any("please" in str(row.context) for row in Notification.objects.all())


def named(cast: Cast, **names: str) -> None:
    for name, full_name in names.items():
        User.objects.filter(pk=cast.people[name].pk).update(full_name=full_name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask @Ana Lima, please.", {"second_expert"}),
        ("Ask @Ana Li, please.", {"focal_point"}),
        ("Ask @ana li and @ANA LIMA.", {"focal_point", "second_expert"}),
        ("Ask @Ana Limanova.", set()),
        ("Ask @Ana Li-Berg or @Ana Li’s people.", {"focal_point"}),
        ("Ask @Ana Li-Berg.", set()),
        ("请@Ana Li看一下", {"focal_point"}),
        ("Mail ana@Ana or Ana Li.", set()),
    ],
)
def test_a_name_within_a_longer_one_is_not_mentioned(cast: Cast, text: str, expected: set[str]) -> None:
    named(cast, focal_point="Ana Li", second_expert="Ana Lima")
    noted(cast, text=text)
    assert told() == {cast.people[name] for name in expected}


def test_of_two_people_with_one_name_both_are_mentioned(cast: Cast) -> None:
    named(cast, focal_point="Ana Li", second_expert="Ana Li")
    noted(cast, text="Ask @Ana Li.")
    assert told() == {cast.focal_point, cast.second_expert}


def test_who_is_named_in_a_changed_note_is_told_and_nobody_once_more(cast: Cast) -> None:
    note = noted(cast, text=f"Ask @{cast.focal_point.full_name}.").notes.get()
    Notification.objects.all().delete()
    both = f"Ask @{cast.focal_point.full_name} or @{cast.second_expert.full_name}."
    edit_note(actor=cast.expert, note=note, text=both, shown=note.as_shown)
    assert told() == {cast.second_expert}
    assert {row.user for row in MarginMention.objects.all()} == {cast.focal_point, cast.second_expert}
    note.refresh_from_db()
    edit_note(actor=cast.expert, note=note, text=f"{both} Soon.", shown=note.as_shown)
    assert Notification.objects.filter(key__startswith="note_mentions:").count() == 1


def test_a_contributor_who_mends_a_note_tells_nobody_who_is_not_named(cast: Cast) -> None:
    thread = addressed(cast)
    note = reply_in_thread(actor=cast.contributor, thread=thread, text="The Firearms Act.")
    Notification.objects.all().delete()
    edit_note(actor=cast.contributor, note=note, text="The Firearms Act, I think.", shown=note.as_shown)
    assert told() == set()
    note.refresh_from_db()
    named_now = f"The Firearms Act: ask @{cast.focal_point.full_name}, not @{cast.second_expert.full_name}."
    edit_note(actor=cast.contributor, note=note, text=named_now, shown=note.as_shown)
    assert told() == {cast.focal_point}, "a contributor knows of the focal points alone"


def test_who_asked_and_takes_part_for_another_state_by_now_hears_nothing(cast: Cast) -> None:
    thread = addressed(cast)
    Participation.objects.filter(user=cast.expert, review=cast.review).update(ended_at=timezone.now())
    reviewing = cast.participations["same_group_expert"]
    register(cast.review, cast.expert, reviewing.state_party, ParticipationRole.GOVERNMENTAL_EXPERT)
    Notification.objects.all().delete()
    reply_in_thread(actor=cast.contributor, thread=thread, text="The Firearms Act.")
    assert told() == {cast.focal_point}


def test_nobody_is_mentioned_who_would_not_see_it(cast: Cast) -> None:
    send(cast)
    noted(cast, FIRST, mentioned=[cast.contributor.pk, cast.same_group_expert.pk, cast.officer.pk, cast.expert.pk])
    assert not MarginMention.objects.exists()
    assert cast.contributor not in mentionable(cast.expert, cast.response, None)


def test_the_contributor_is_told_of_what_is_addressed_and_so_is_who_wrote_of_the_reply(cast: Cast) -> None:
    thread = addressed(cast)
    assert told() == {cast.contributor}
    Notification.objects.all().delete()
    reply_in_thread(actor=cast.contributor, thread=thread, text="The Firearms Act.")
    assert told() == {cast.expert}


def test_who_asked_is_told_of_the_reply_also_where_it_mentions_somebody_else(cast: Cast) -> None:
    thread = addressed(cast)
    Notification.objects.all().delete()
    reply_in_thread(actor=cast.contributor, thread=thread, text="The Firearms Act.", mentioned=[cast.focal_point.pk])
    assert told() == {cast.expert, cast.focal_point}


def test_a_contributor_knows_of_focal_points_alone_and_writes_to_them(cast: Cast) -> None:
    send(cast)
    assert mentionable(cast.contributor, cast.response, None) == [cast.focal_point]
    thread = start_thread(actor=cast.contributor, response=cast.response, code=FIRST, text="Is this for us?")
    assert thread.participation == cast.participations["contributor"]
    assert told() == {cast.focal_point}


def test_a_mention_is_a_task_until_it_is_looked_at(cast: Cast, login_as: LoginAs) -> None:
    noted(cast, mentioned=[cast.second_expert.pk])
    client = login_as(cast.second_expert)
    assert "Look at 1 margin note that mentions you" in text_of(client.get("/en/"))
    client.get(NOTES)
    assert "margin note that mentions you" not in text_of(client.get("/en/"))
    assert MarginMention.objects.get().seen_at is not None


def test_what_a_list_does_not_show_is_a_task_still(cast: Cast, login_as: LoginAs) -> None:
    resolve_thread(actor=cast.expert, thread=noted(cast, mentioned=[cast.second_expert.pk]), is_resolved=True)
    client = login_as(cast.second_expert)
    client.get(f"{RESPONSE}notes/")
    assert MarginMention.objects.get().seen_at is None
    assert f'href="{RESPONSE}notes/?show=all"' in text_of(client.get("/en/"))
    assert "What do we say here?" in text_of(client.get(f"{RESPONSE}notes/?show=all"))
    assert MarginMention.objects.get().seen_at is not None


def test_that_a_colleague_looks_is_no_look_of_ones_own(cast: Cast, login_as: LoginAs) -> None:
    noted(cast, mentioned=[cast.second_expert.pk])
    login_as(cast.focal_point).get(NOTES)
    assert MarginMention.objects.get().seen_at is None


# --- counted


def test_the_notes_of_other_questions_are_not_read(
    cast: Cast, django_assert_num_queries: Callable[..., AbstractContextManager[CaptureQueriesContext]]
) -> None:
    thread = noted(cast)
    for _number in range(3):
        noted(cast, FIRST, text="Of another question.")
    with django_assert_num_queries(3) as asked:
        assert threads_at(cast.response, OFFICIAL, CODE) == [thread]
    notes = [query["sql"] for query in asked if 'FROM "questionnaires_marginnote"' in query["sql"]]
    others = MarginThread.objects.exclude(pk=thread.pk).values_list("pk", flat=True)
    assert [str(other) in sql for sql in notes for other in others] == [False] * 3
    with django_assert_num_queries(3):
        assert get_thread(cast.response, OFFICIAL, CODE, thread.pk) == thread
    with django_assert_num_queries(1), pytest.raises(Http404):
        get_thread(cast.response, OFFICIAL, FIRST, thread.pk)


def test_open_threads_are_counted_at_the_question_and_on_the_overview(cast: Cast, login_as: LoginAs) -> None:
    noted(cast)
    noted(cast)
    resolve_thread(actor=cast.expert, thread=noted(cast), is_resolved=True)
    assert open_notes(cast.response, OFFICIAL) == {CODE: 2}
    client = login_as(cast.expert)
    assert "2 open margin notes" in text_of(client.get(ARTICLE_2))
    overview = text_of(client.get(f"{RESPONSE}?show=notes"))
    assert "With open margin notes" in overview
    assert "2 open margin notes" in overview
    listed = text_of(client.get(f"{RESPONSE}notes/"))
    assert listed.count('class="app-thread"') == 2
    assert text_of(client.get(f"{RESPONSE}notes/?show=all")).count('<article class="app-thread') == 3


def test_of_a_contributor_only_what_is_addressed_counts(cast: Cast) -> None:
    addressed(cast)
    noted(cast, FIRST)
    own = Sheet(cast.participations["contributor"].pk)
    assert open_notes(cast.response, own) == {FIRST: 1}
    assert len(threads_at(cast.response, own, FIRST)) == 1
    assert len(threads_at(cast.response, OFFICIAL, FIRST)) == 2


def test_the_database_shows_a_note_to_its_readers_alone(cast: Cast) -> None:
    noted(cast, mentioned=[cast.second_expert.pk])
    drafters = {"focal_point", "expert", "second_expert", "observer"}
    for model in (MarginThread, MarginNote, MarginMention):
        assert {name for name, user in cast.people.items() if keys(model, user)} == drafters
    thread = addressed(cast)
    other = second_ministry(cast)
    assert {name for name, user in cast.people.items() if thread.pk in keys(MarginThread, user)} == {
        *drafters,
        "contributor",
    }
    assert keys(MarginNote, other) == keys(MarginThread, other) == set()
