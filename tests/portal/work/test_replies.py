"""My work offers a reply to each feedback without a date, and the handover page names the draft of one."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from dialogue.exchange.models import WrittenFeedback
from tests import journey
from tests.at_once import draft_reply, send_reply
from tests.portal.work.test_handover import URL, drafts
from tests.portal.work.test_my_work import own, waiting, work_of
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("dialogue")]
LoginAs = Callable[[User], Client]


def feedback_of(cast: Cast) -> WrittenFeedback:
    rows = WrittenFeedback.objects.select_related("review__step", "review__mechanism", "state_party")
    return rows.get(review=cast.review, state_party=cast.same_group_state)


def plain(words: str) -> str:
    return words.replace("\u2068", "").replace("\u2069", "")


def of_replies(user: User) -> list[str]:
    return [plain(what) for what in own(user) if "eply" in what]


def test_who_writes_for_the_state_under_review_may_reply_and_nobody_waits(cast: Cast) -> None:
    names = sorted(str(state) for state in (cast.same_group_state, cast.other_group_state))
    wished = [f"Reply to the feedback of {name}, if you wish" for name in names]
    for name in ("focal_point", "expert"):
        assert sorted(of_replies(cast.people[name])) == wished, name
    for name in ("observer", "contributor", "same_group_focal_point", "same_group_expert"):
        assert of_replies(cast.people[name]) == [], name
    for name in cast.people:
        assert [what for what, _who in waiting(cast.people[name]) if "eply" in what] == [], name
    tasks = [task for task in work_of(cast.expert) if "eply" in task.what]
    assert {task.due for task in tasks} == {None}


def test_a_draft_waits_for_the_focal_point_and_what_was_sent_is_done(cast: Cast) -> None:
    draft_reply(actor=cast.expert, feedback=feedback_of(cast), text="Words.")
    sends = f"Send the drafted reply to the feedback of {cast.same_group_state}"
    wished = f"Reply to the feedback of {cast.other_group_state}, if you wish"
    assert sorted(of_replies(cast.focal_point)) == sorted([sends, wished])
    assert len(of_replies(cast.expert)) == 2
    send_reply(actor=cast.focal_point, feedback=feedback_of(cast))
    assert of_replies(cast.focal_point) == of_replies(cast.expert) == [wished]


@pytest.mark.stage("observations")
def test_later_on_nobody_is_offered_it_any_more(cast: Cast) -> None:
    assert of_replies(cast.focal_point) == []


def test_the_handover_page_names_the_draft_to_the_own_state_alone(cast: Cast, login_as: LoginAs) -> None:
    draft_reply(actor=cast.expert, feedback=feedback_of(cast), text="Words.")
    line = f"Reply to the feedback of {cast.same_group_state}"
    assert drafts(login_as(cast.focal_point).get(URL)) == [line]
    assert line not in drafts(login_as(cast.same_group_expert).get(URL))
    assert journey.fresh(cast.review).step.slug == "dialogue"
