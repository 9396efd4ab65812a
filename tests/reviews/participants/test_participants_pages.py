"""Those who take part, and whoever of them is reminded by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.people.models import User
from core.mail import notifications
from core.models import Notification
from reviews.cases.enums import ParticipationRole
from tests import utils
from tests.factories.accounts import UserFactory
from tests.query_counts import assert_query_count
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]


def _url(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(name, args=args)


def _participants(cast: Cast) -> str:
    return _url("reviews:participant-list", "untoc", cast.review.code)


def _seen(page: Any) -> set[tuple[str, bool]]:
    return {
        (row["participation"].user.email, row["shows_address"])
        for delegation in page.context["delegations"]
        for row in delegation["rows"]
    }


def test_national_contributors_are_known_to_their_state_alone(cast: Cast, login_as: LoginAs) -> None:
    contributor = cast.contributor.email
    for user in (cast.focal_point, cast.expert, cast.people["observer"]):
        assert contributor in {email for email, _shown in _seen(login_as(user).get(_participants(cast)))}
    for user in (cast.same_group_expert, cast.officer, cast.people["administrator"], cast.people["auditor"]):
        assert contributor not in login_as(user).get(_participants(cast)).content.decode()


def test_no_ministry_learns_which_others_are_asked(cast: Cast, login_as: LoginAs) -> None:
    other = UserFactory(full_name="Mira of the Customs", email="mira@customs.example")
    utils.register(cast.review, other, cast.state, ParticipationRole.NATIONAL_CONTRIBUTOR)
    seen = {email for email, _shown in _seen(login_as(cast.contributor).get(_participants(cast)))}
    assert cast.contributor.email in seen
    assert cast.focal_point.email in seen
    assert other.email not in seen


def test_addresses_of_experts_stay_with_their_state(cast: Cast, login_as: LoginAs) -> None:
    seen = dict(_seen(login_as(cast.same_group_expert).get(_participants(cast))))
    assert seen[cast.focal_point.email] is True
    assert seen[cast.expert.email] is False
    assert seen[cast.same_group_observer.email] is True
    assert all(shown for _email, shown in _seen(login_as(cast.officer).get(_participants(cast))))


def test_participants_take_the_same_queries_whatever_their_number(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    client.get(_participants(cast))
    with assert_query_count("reviews:participant-list"):
        client.get(_participants(cast))
    for _number in range(3):
        utils.register(cast.review, UserFactory(), cast.state, ParticipationRole.GOVERNMENTAL_EXPERT)
    with assert_query_count("reviews:participant-list"):
        client.get(_participants(cast))


def test_whoever_owes_the_next_act_is_reminded_once_a_day(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    address = _url("reviews:review-remind", "untoc", cast.review.code)
    assert client.get(address).status_code == 405
    page = client.post(address, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["1 reminder is on its way."]
    notification = Notification.objects.get(template="reviews/due")
    assert notification.recipient == cast.focal_point
    assert notifications.deliver(str(notification.pk))
    assert mail.outbox[-1].subject == "Review 1-XVE: Sending of the answers"
    assert "Its indicative date is 1 May 2022." in str(mail.outbox[-1].body)
    page = client.post(address, follow=True)
    assert [str(message)[:17] for message in page.context["messages"]] == ["No mail was sent:"]
