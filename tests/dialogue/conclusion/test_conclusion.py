"""All States conclude the dialogue, each for itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.people.models import User
from core.database.identity import identified_as
from core.errors import OutdatedError, ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from dialogue.clarifications.services import close_clarification
from dialogue.conclusion.models import ConclusionAnswer
from dialogue.conclusion.selectors import conclusion_for, conclusion_of, conclusions_of
from dialogue.conclusion.services import answer_conclusion, conclude_for_all, record_conclusion
from dialogue.exchange.models import ClarificationAnswer, ClarificationRequest
from portal.work.kinds import tasks_of
from portal.work.tasks import Workload
from reviews.cases.models import PartialTeam, Review
from reviews.programme.models import Instrument
from reviews.registration.services.participation import end_participation
from tests import journey
from tests.at_once import draft_answer, draft_clarification, send_answer, send_clarification
from tests.dialogue.threads.threads import begin, release
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.utils import SYSTEM, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]


def say(cast: Cast, user: User, *, agrees: bool = True, shown: str | None = None, note: str = "") -> Any:
    review = journey.fresh(cast.review)
    shown = conclusion_of(review).shown if shown is None else shown
    return answer_conclusion(actor=user, review=review, agrees=agrees, shown=shown, note=note)


def ask(cast: Cast, code: str = "I.untoc.23") -> ClarificationRequest:
    request = draft_clarification(
        actor=cast.same_group_expert,
        review=cast.review,
        instrument=Instrument.objects.get(slug="untoc"),
        question_code=code,
        text="Since when?",
    )
    return send_clarification(actor=cast.same_group_focal_point, request=request)


def step(cast: Cast) -> str:
    return Review.objects.get(pk=cast.review.pk).step.slug


def told(key: str) -> set[str]:
    sentences = Notification.objects.filter(template="reviews/news")
    return {row.recipient.email for row in sentences if key in str(row.context)}


def tasks(user: User) -> list[str]:
    return [task.what for task in tasks_of(Workload(user, timezone.now()))]


def test_it_is_concluded_with_the_word_of_the_last_state(cast: Cast) -> None:
    for user in (cast.same_group_focal_point, cast.focal_point):
        say(cast, user)
        assert step(cast) == "dialogue"
    assert say(cast, cast.other_group_focal_point).is_agreed
    assert step(cast) == "observations"
    milestone = cast.review.milestones.get(plan__slug="dialogue_held")
    assert milestone.reached_on == timezone.localdate()
    everybody = {cast.focal_point.email, cast.same_group_focal_point.email, cast.other_group_focal_point.email}
    assert told("The dialogue is concluded") == everybody


def test_who_speaks_for_a_state_and_nobody_else(cast: Cast) -> None:
    review, allowed = cast.review, set()
    for name, user in cast.people.items():
        try:
            with transaction.atomic():
                say(cast, user, agrees=False)
        except (PolicyRefusedError, Http404):
            continue
        allowed.add(name)
    assert allowed == {"focal_point", "same_group_focal_point", "other_group_focal_point"}
    assert ConclusionAnswer.objects.filter(review=review).count() == 3


def test_the_others_are_asked_with_the_first_yes_and_told_of_a_no(cast: Cast) -> None:
    say(cast, cast.same_group_focal_point)
    others = {cast.focal_point.email, cast.other_group_focal_point.email}
    assert told("the word of your State is asked for") == others
    assert "Say whether the dialogue is concluded" in tasks(cast.focal_point)
    assert "Agreement that the dialogue is concluded" in tasks(cast.same_group_focal_point)
    say(cast, cast.focal_point, agrees=False, note="A law is being translated.")
    assert told("does not want the dialogue to be concluded yet") == {
        cast.same_group_focal_point.email,
        cast.other_group_focal_point.email,
    }
    assert say(cast, cast.other_group_focal_point).is_refused
    assert step(cast) == "dialogue"
    assert say(cast, cast.focal_point).is_agreed


def test_a_yes_covers_the_requests_that_were_open_on_the_page_and_no_others(cast: Cast) -> None:
    seen = conclusion_of(cast.review).shown
    ask(cast)
    with pytest.raises(OutdatedError, match="Other requests for clarification or threads are open by now"):
        say(cast, cast.focal_point, shown=seen)
    say(cast, cast.focal_point)
    ask(cast, "I.untoc.5")
    conclusion = conclusion_of(cast.review)
    assert (conclusion.is_asked, [row.state_party for row in conclusion.lapsed]) == (False, [cast.state])
    conclude_for_all([cast.same_group_focal_point, cast.other_group_focal_point], journey.fresh(cast.review))
    assert step(cast) == "dialogue", "the State under review has not agreed to the second one"
    say(cast, cast.focal_point)
    assert step(cast) == "observations"


def test_a_request_that_is_answered_meanwhile_asks_nobody_anew(cast: Cast) -> None:
    request = ask(cast)
    say(cast, cast.focal_point)
    draft_answer(actor=cast.expert, request=request, text="Since 2019.", base=0)
    send_answer(actor=cast.focal_point, request=request)
    base = ClarificationAnswer.objects.get(request=request).revision
    close_clarification(actor=cast.same_group_focal_point, request=request, base=base)
    assert [state.iso3 for state in conclusion_of(cast.review).missing] == sorted(
        state.iso3 for state in (cast.same_group_state, cast.other_group_state)
    )


def test_a_request_that_is_open_can_be_answered_after_the_end(cast: Cast) -> None:
    """Dates and steps are indicative: the State under review may still answer while the list is drafted."""
    request = ask(cast)
    journey.conclude(cast.review)
    draft_answer(actor=cast.expert, request=request, text="Since 2019.", base=0)
    assert send_answer(actor=cast.focal_point, request=request).status == "answered"


def test_a_second_yes_of_a_state_says_nothing_new_and_one_too_many_skips_no_step(cast: Cast) -> None:
    for _press in range(2):
        say(cast, cast.focal_point)
    assert ConclusionAnswer.objects.count() == 1
    say(cast, cast.focal_point, note="From a second tab.")
    answer = conclusion_of(cast.review).answer_of(cast.state.pk)
    assert (answer.agrees, answer.note) == (True, "From a second tab."), "what was typed is kept"
    conclude_for_all([cast.same_group_focal_point, cast.other_group_focal_point], journey.fresh(cast.review))
    with pytest.raises(PolicyRefusedError, match="while the review is at that step"):
        say(cast, cast.other_group_focal_point)
    assert step(cast) == "observations"


def test_an_officer_records_a_word_that_was_given_elsewhere_in_words(cast: Cast) -> None:
    conclude_for_all([cast.focal_point, cast.same_group_focal_point], journey.fresh(cast.review))
    review = journey.fresh(cast.review)
    given = {"actor": cast.officer, "review": review, "shown": conclusion_of(review).shown}
    with pytest.raises(ServiceError, match="Say how the State agreed") as refusal:
        record_conclusion(**given, state=cast.other_group_state, how=" ")
    assert refusal.value.field == "how"
    with pytest.raises(ServiceError, match="is not missing"):
        record_conclusion(**given, state=cast.state, how="Note verbale 12.")
    with pytest.raises(PolicyRefusedError, match="Only an officer"):
        record_conclusion(**given | {"actor": cast.focal_point}, state=cast.other_group_state, how="Note verbale 12.")
    assert record_conclusion(**given, state=cast.other_group_state, how="Note verbale 12.").is_agreed
    entry = AuditEntry.objects.get(verb="dialogue.conclusion.recorded")
    counted = {"open_requests": 0, "open_threads": 0}
    assert entry.after == {"state": cast.other_group_state.iso3, "agrees": True, **counted}


def test_the_record_counts_what_a_yes_covers_by_its_kinds(cast: Cast) -> None:
    for text in ("Who decides?", "Since when?"):
        release(cast.same_group_focal_point, begin(cast.same_group_expert, cast.review, text))
    ask(cast)
    for agrees, requests, threads in ((True, 1, 2), (False, 0, 0)):
        say(cast, cast.focal_point, agrees=agrees, note="Not yet." * (not agrees))
        entry = AuditEntry.objects.filter(verb="dialogue.conclusion.answered").latest("pk")
        counted = {"open_requests": requests, "open_threads": threads}
        assert entry.after == {"state": cast.state.iso3, "agrees": agrees, **counted}


def test_the_others_go_ahead_without_a_state_that_has_nobody(cast: Cast) -> None:
    end_participation(actor=SYSTEM, participation=cast.participations["other_group_focal_point"])
    PartialTeam.objects.create(review=cast.review, state_party=cast.other_group_state, reason="Nobody was named.")
    conclude_for_all([cast.focal_point, cast.same_group_focal_point], journey.fresh(cast.review))
    assert step(cast) == "observations"


def test_when_the_last_that_was_missing_is_not_waited_for_any_more_a_second_yes_concludes(cast: Cast) -> None:
    say(cast, cast.focal_point)
    ask(cast)
    for user in (cast.same_group_focal_point, cast.other_group_focal_point):
        say(cast, user)
    request = ClarificationRequest.objects.get(text="Since when?")
    draft_answer(actor=cast.expert, request=request, text="Since 2019.", base=0)
    send_answer(actor=cast.focal_point, request=request)
    assert (conclusion_of(cast.review).is_agreed, step(cast)) == (True, "dialogue")
    assert "Say whether the dialogue is concluded" in tasks(cast.same_group_focal_point)
    say(cast, cast.same_group_focal_point)
    assert step(cast) == "observations"


def test_notes_are_for_those_who_take_part_and_officers(cast: Cast) -> None:
    say(cast, cast.focal_point, agrees=False, note="A law is being translated.")
    notes = {
        user: [word.answer.note for word in conclusion_for(user, cast.review).words if word.answer]
        for user in (cast.same_group_observer, cast.officer, cast.auditor)
    }
    assert list(notes.values()) == [["A law is being translated."], ["A law is being translated."], [""]]


@pytest.mark.parametrize("number", [1, 2])
def test_many_reviews_take_as_many_queries_as_one(cast: Cast, number: int, django_assert_num_queries: Any) -> None:
    reviews = [journey.fresh(review) for review in (cast.review, cast.bystander_review)[:number]]
    say(cast, cast.focal_point)
    with django_assert_num_queries(6):
        found = conclusions_of(reviews)
    assert [found[review.pk].is_asked for review in reviews] == [True, False][:number]


def test_the_page_says_who_has_answered_and_what_a_yes_covers(cast: Cast, login_as: LoginAs) -> None:
    say(cast, cast.same_group_focal_point, note="All is said.")
    ask(cast)
    client = login_as(cast.focal_point)
    address = reverse("dialogue:dialogue-conclude", args=[cast.review.mechanism.slug, cast.review.code])
    page = client.get(address)
    words = page.content.decode()
    assert "Yes, although 1 request for clarification has no answer yet" in words
    assert "its word is asked for anew" in words
    sent = client.post(address, {"agrees": "yes", "shown": page.context["form"].initial["shown"], "note": ""})
    assert sent["Location"] == reverse("dialogue:dialogue", args=[cast.review.mechanism.slug, cast.review.code])
    after = client.get(sent["Location"]).content.decode()
    assert f"{cast.state} agrees" in after
    ask(cast, "I.untoc.5")
    stale = client.post(address, {"agrees": "yes", "shown": page.context["form"].initial["shown"], "note": "Kept."})
    assert stale.status_code == 422
    assert "Kept." in stale.content.decode()
    again = {"agrees": "yes", "note": "Kept.", "shown": stale.context["form"]["shown"].value()}
    assert client.post(address, again).status_code == 302


def test_an_officer_says_on_the_page_how_a_state_agreed(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    address = reverse("dialogue:conclusion-record", args=[cast.review.mechanism.slug, cast.review.code])
    shown = client.get(address).context["form"].initial["shown"]
    for state, status in (("ZZZ", 422), (cast.bystander_state.iso3, 422), (cast.state.iso3, 302)):
        given = {"state": state, "how": "Note verbale 12.", "shown": shown}
        assert client.post(address, given).status_code == status
    page = client.get(reverse("dialogue:dialogue", args=[cast.review.mechanism.slug, cast.review.code]))
    assert f"{cast.state} agrees, as recorded by" in page.content.decode()
    assert "Note verbale 12." in page.content.decode()


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
@pytest.mark.parametrize(
    ("who", "person", "changes"),
    [
        ("focal_point", "focal_point", {"state": "same_group_state"}),
        ("focal_point", "same_group_focal_point", {"state": "same_group_state"}),
        ("expert", "expert", {"state": "state"}),
        ("officer", "officer", {"state": "state"}),
        ("focal_point", "focal_point", {"state": "same_group_state", "is_recorded": True}),
        ("officer", "officer", {"state": "state", "is_recorded": True, "agrees": False}),
        ("officer", "officer", {"state": "bystander_state", "is_recorded": True}),
    ],
)
def test_no_statement_says_a_word_for_another_state(cast: Cast, who: str, person: str, changes: dict[str, Any]) -> None:
    state = getattr(cast, changes["state"])
    row = {"agrees": True} | {name: value for name, value in changes.items() if name != "state"}
    with plain_role(), identified_as(cast.people[who]), pytest.raises(DatabaseError), transaction.atomic():
        ConclusionAnswer.objects.create(
            review=cast.review, state_party=state, answered_by=cast.people[person], note="", **row
        )
