"""The dialogue at a glance, the meetings recorded, and its end."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from dialogue.conclusion.selectors import conclusion_of
from dialogue.conclusion.services import conclude_for_all
from reviews.cases.models import Participation, Review
from reviews.meetings.models import DialogueMeeting
from tests import journey, utils
from tests.at_once import draft_clarification, log_meeting, send_clarification
from tests.dialogue.supplements.dialogues import (
    ADD,
    CONCLUDE,
    DIALOGUE,
    MEETING,
    OUTSIDE,
    REVIEW,
    draft,
    pdf,
    sent,
    text_of,
)
from tests.forms import send_form
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files"), pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]


def test_states_and_officers_read_the_dialogue_and_the_others_do_not(talking: Cast, login_as: LoginAs) -> None:
    sent(talking)
    refused = {"contributor": 403, "auditor": 403} | OUTSIDE
    for name, user in talking.people.items():
        page = login_as(user).get(DIALOGUE)
        assert page.status_code == refused.get(name, 200), name
        assert ("Penal Code" in text_of(page)) == (name not in refused), name


def test_buttons_are_there_for_whom_they_concern_with_the_reason_where_refused(
    talking: Cast, login_as: LoginAs
) -> None:
    def offered(user: User) -> list[bool]:
        page = text_of(login_as(user).get(DIALOGUE))
        return [f'href="{address}"' in page for address in (CONCLUDE, ADD, MEETING)]

    assert offered(talking.same_group_focal_point) == [True, False, True]
    assert offered(talking.same_group_expert) == [False, False, False]
    assert offered(talking.expert) == [False, True, False]
    assert offered(talking.officer) == [False, False, True]
    assert offered(talking.observer) == [False, False, False]
    page = text_of(login_as(talking.observer).get(DIALOGUE))
    for reason in (
        "Only the focal points of the States of the review conclude the dialogue.",
        "Only the experts and the focal point of the State under review provide supplementary information.",
        "Only focal points and officers of the secretariat record a meeting.",
    ):
        assert reason in page


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("self_assessment", "begins when every reviewing State has sent its written feedback"),
        ("written_feedback", "begins when every reviewing State has sent its written feedback"),
        ("dialogue", "The experts talk about the answers and the feedback"),
        ("observations", "The dialogue is concluded."),
    ],
)
def test_the_page_says_where_the_dialogue_stands(
    make_cast: Callable[..., Cast], login_as: LoginAs, stage: str, words: str
) -> None:
    cast = make_cast(stage)
    page = text_of(login_as(cast.same_group_focal_point).get(DIALOGUE))
    assert (words in page, "Conclude the dialogue" in page) == (True, stage == "dialogue")


def test_the_dialogue_takes_the_same_queries_for_one_piece_and_for_three(talking: Cast, login_as: LoginAs) -> None:
    for number in range(1, 4):
        sent(talking, f"Source {number}", file=pdf())
        draft(talking, f"Draft {number}")
        log_meeting(
            actor=talking.focal_point,
            review=talking.review,
            held_on=timezone.localdate(),
            means="conference_call",
            participants=[talking.participations[name] for name in ("expert", "same_group_expert")],
        )
        if number == 2:
            continue
        for user, name in ((talking.officer, "officer"), (talking.focal_point, "focal point")):
            client = login_as(user)
            client.get(DIALOGUE)
            with assert_query_count(f"dialogue:dialogue as {name}"):
                page = client.get(DIALOGUE)
            assert len(page.context["meetings"]) == number
            assert len(page.context["supplements"]) == (number if user is talking.officer else 2 * number)


def a_meeting(*participants: Participation, **given: object) -> dict[str, object]:
    return {
        "held_on": timezone.localdate().isoformat(),
        "means": "videoconference",
        "participants": [str(row.pk) for row in participants],
    } | given


def test_a_meeting_is_recorded_with_those_who_took_part_by_state(talking: Cast, login_as: LoginAs) -> None:
    rows = [talking.participations[name] for name in ("same_group_expert", "expert", "focal_point")]
    given = a_meeting(*rows, others="Two interpreters", subject="Article 5 *in short*")
    saved = send_form(login_as(talking.same_group_focal_point), MEETING, given)
    assert (saved.status_code, saved["Location"]) == (302, DIALOGUE)
    page = login_as(talking.officer).get(DIALOGUE)
    ((meeting, states, *_notes),) = [each for each in page.context["meetings"] if each[0].others == "Two interpreters"]
    assert [(name, sorted(row.user.full_name for row in rows)) for name, rows in states] == [
        (talking.state.name, ["Expert", "Focal Point"]),
        (talking.same_group_state.name, ["Same Group Expert"]),
    ]
    assert (meeting.recorded_by, meeting.recorded_for) == (talking.same_group_focal_point, talking.same_group_state)
    for words in ("Videoconference", "Two interpreters", "<em>in short</em>"):
        assert words in text_of(page)


def test_the_form_offers_those_who_take_part_by_state_and_nobody_consulted_at_home(
    talking: Cast, login_as: LoginAs
) -> None:
    for user in (talking.focal_point, talking.officer, talking.other_group_focal_point):
        page = login_as(user).get(MEETING)
        choices = page.context["form"].fields["participants"].choices
        assert [state for state, _rows in choices] == [
            talking.state.name, talking.other_group_state.name, talking.same_group_state.name,
        ]  # fmt: skip
        labels = [label for _state, rows in choices for _key, label in rows]
        assert "Same Group Observer, Observer" in labels
        assert "Contributor" not in text_of(page)
        assert text_of(page).partition("</main>")[0].count('role="group"') == 3


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"held_on": ""}, "held_on", "Give the day of the meeting."),
        ({"held_on": "2999-01-01"}, "held_on", "Record a meeting when it has been held."),
        ({"held_on": "2020-01-01"}, "held_on", "This is before the start of the review."),
        ({"means": ""}, "means_0", "Choose how the meeting was held."),
        ({"participants": []}, "participants_0", "Say who took part."),
        ({"others": "o" * 501}, "others", "This is 501 characters long. The limit is 500."),
        ({"subject": "s" * 5001}, "subject", "This is 5001 characters long. The limit is 5000."),
    ],
)
def test_what_is_wrong_with_a_meeting_is_told_by_field(
    talking: Cast, login_as: LoginAs, given: dict[str, object], field: str, message: str
) -> None:
    before = DialogueMeeting.objects.count()
    typed = a_meeting(talking.participations["expert"]) | given
    page = send_form(login_as(talking.focal_point), MEETING, typed)
    assert page.status_code == 422
    assert [(link.target, link.message) for link in page.context["form"].error_links] == [(f"id_{field}", message)]
    assert DialogueMeeting.objects.count() == before


def test_who_does_not_take_part_is_not_recorded(talking: Cast, login_as: LoginAs) -> None:
    elsewhere = Participation.objects.get(user=talking.bystander)
    for row in (elsewhere, talking.participations["contributor"]):
        assert send_form(login_as(talking.focal_point), MEETING, a_meeting(row)).status_code == 422


def test_who_records_meetings(talking: Cast, login_as: LoginAs) -> None:
    may = {"focal_point", "same_group_focal_point", "other_group_focal_point", "officer", "administrator"}
    for name, user in talking.people.items():
        status = login_as(user).get(MEETING).status_code
        assert status == OUTSIDE.get(name, 200 if name in may else 403), name


def test_the_page_of_the_end_says_what_follows_and_what_is_open(talking: Cast, login_as: LoginAs) -> None:
    instrument = talking.review.instruments.get(slug="untoc")
    request = draft_clarification(
        actor=talking.same_group_focal_point,
        review=talking.review,
        instrument=instrument,
        question_code="I.untoc.3",
        text="Since when?",
    )
    send_clarification(actor=talking.same_group_focal_point, request=request)
    page = text_of(login_as(talking.same_group_focal_point).get(CONCLUDE))
    assert "1 request for clarification has no answer yet." in page
    assert "No meeting of the experts has been recorded." in page
    assert "The list of observations is drafted and agreed next." in page
    assert "1 open request for clarification<" in text_of(login_as(talking.officer).get(DIALOGUE))


def test_the_dialogue_is_concluded_once_and_open_requests_are_no_wall(talking: Cast, login_as: LoginAs) -> None:
    sent_request = draft_clarification(
        actor=talking.same_group_focal_point,
        review=talking.review,
        instrument=talking.review.instruments.get(slug="untoc"),
        question_code="I.untoc.3",
        text="Since when?",
    )
    send_clarification(actor=talking.same_group_focal_point, request=sent_request)
    conclude_for_all([talking.focal_point, talking.same_group_focal_point], journey.fresh(talking.review))
    client = login_as(talking.other_group_focal_point)
    given = {"agrees": "yes", "shown": conclusion_of(talking.review).shown}
    presses = [send_form(client, CONCLUDE, given) for _number in range(2)]
    assert [(press.status_code, press["Location"]) for press in presses] == [(302, f"{REVIEW}observations/")] * 2
    review = Review.objects.get(pk=talking.review.pk)
    assert review.step.slug == journey.STEPS[2]
    page = send_form(login_as(talking.same_group_focal_point), CONCLUDE)
    assert page.status_code == 403
    assert "The dialogue is concluded while the review is at that step." in text_of(page)


@pytest.mark.stage("observations")
def test_exchange_goes_on_after_the_end(cast_at: Callable[[str], Cast], login_as: LoginAs) -> None:
    cast = cast_at("observations")
    assert send_form(login_as(cast.expert), ADD, {"title": "Late", "link": "https://laws.example/2"}).status_code == 302
    given = a_meeting(cast.participations["expert"], held_on=timezone.localdate() - dt.timedelta(days=1))
    assert send_form(login_as(cast.focal_point), MEETING, given).status_code == 302


def test_when_the_review_is_closed_the_dialogue_is_read_only(make_cast: Callable[..., Cast], login_as: LoginAs) -> None:
    cast = make_cast("closed")
    for address in (ADD, MEETING, CONCLUDE):
        for user in (cast.focal_point, cast.same_group_focal_point, cast.officer):
            assert send_form(login_as(user), address).status_code == 403
    assert login_as(cast.officer).get(DIALOGUE).status_code == 200


def test_only_those_whom_it_concerns_end_it(talking: Cast, login_as: LoginAs) -> None:
    may = {"focal_point", "same_group_focal_point", "other_group_focal_point"}
    for name, user in talking.people.items():
        status = login_as(user).get(CONCLUDE).status_code
        assert status == OUTSIDE.get(name, 200 if name in may else 403), name
    assert utils.fresh(talking).review.step.slug == "dialogue", "to look is not to conclude"
