"""Focal points and the secretariat begin with a second factor; everybody else has days of grace.

The other tests give them days too, as the demo does (``portal.demo.grace``).
"""

import json
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.people.enums import AccountRuleKey
from accounts.people.models import AccountRule, User
from accounts.people.selectors import forget_account_rule
from accounts.sessions.services import BETWEEN_NOTES
from portal.demo.grace import DAYS, give_days_of_grace
from reviews.cases.enums import ParticipationRole
from reviews.registration.services.participation import end_participation
from tests.accounts.signing import code_now, sign_in, url
from tests.utils import SYSTEM, Cast, register

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
BY_ROLE = (AccountRuleKey.FOCAL_POINT_GRACE, AccountRuleKey.SECRETARIAT_GRACE)
BINDING_PEOPLE = (
    "focal_point",
    "same_group_focal_point",
    "other_group_focal_point",
    "officer",
    "administrator",
    "auditor",
)


def set_graces(days: int) -> None:
    AccountRule.objects.filter(key__in=BY_ROLE).update(value=days)
    for key in BY_ROLE:
        forget_account_rule(key)


@pytest.fixture
def _as_on_a_real_portal(db: None) -> Iterator[None]:
    set_graces(0)
    yield
    for key in BY_ROLE:
        forget_account_rule(key)


def test_the_reference_data_gives_focal_points_and_the_secretariat_no_days() -> None:
    data = json.loads((settings.FIXTURES_DIR / "reference" / "accounts.json").read_text("utf-8"))
    given = {row["key"]: (row["value"], row["unit"]) for row in data["rules"]}
    assert [given[key] for key in BY_ROLE] == [(0, "days"), (0, "days")]
    assert given[AccountRuleKey.SECOND_FACTOR_GRACE] == (14, "days")


@pytest.mark.usefixtures("_as_on_a_real_portal")
def test_who_binds_a_state_or_reaches_every_review_begins_with_a_second_factor(cast: Cast, client: Client) -> None:
    led_to_set_up = set()
    for name, person in cast.people.items():
        browser = Client()
        sign_in(browser, person)
        if browser.get("/en/states/ALB/").get("Location") == url("mfa_index"):
            led_to_set_up.add(name)
    assert led_to_set_up == set(BINDING_PEOPLE)


@pytest.mark.usefixtures("_as_on_a_real_portal")
def test_the_page_says_why_and_after_the_set_up_everything_opens(cast: Cast, client: Client) -> None:
    sign_in(client, cast.focal_point)
    page = client.get(url("mfa_index"))
    assert "Focal points act for a State and the secretariat for all" in page.content.decode()
    secret = client.get(url("mfa_activate_totp")).context["secret"]
    client.post(url("mfa_activate_totp"), {"code": code_now(secret)})
    assert client.get("/en/states/ALB/").status_code == 200


@pytest.mark.usefixtures("_as_on_a_real_portal")
def test_an_expert_who_becomes_focal_point_is_asked_in_the_open_session(cast: Cast, login_as: LogIn) -> None:
    client = login_as(cast.second_expert)
    assert client.get("/en/states/ALB/").status_code == 200
    end_participation(actor=SYSTEM, participation=cast.participations["focal_point"])
    end_participation(actor=SYSTEM, participation=cast.participations["second_expert"])
    register(cast.review, cast.second_expert, cast.state, ParticipationRole.FOCAL_POINT)
    session = client.session
    session["limits"] = session["limits"] | {"seen": session["limits"]["seen"] - BETWEEN_NOTES}
    session.save()
    client.get("/en/states/ALB/")
    assert client.get("/en/states/ALB/")["Location"] == url("mfa_index")


def test_the_demo_gives_days_and_says_so(cast: Cast, login_as: LogIn) -> None:
    assert set(AccountRule.objects.filter(key__in=BY_ROLE).values_list("value", flat=True)) == {DAYS}
    words = "A rule of this portal, as in a demonstration, gives focal points and the secretariat these days"
    for person, is_told in ((cast.focal_point, True), (cast.officer, True), (cast.expert, False)):
        client = login_as(person)
        home, page = (client.get(url(name)).content.decode() for name in ("portal:dashboard", "mfa_index"))
        assert "Your account needs a second factor by" in home
        assert (words in page, "Your account needs a second factor by" in page) == (is_told, True)


def test_the_demo_leaves_alone_what_somebody_has_set() -> None:
    rule = AccountRule.objects.get(key=AccountRuleKey.SECRETARIAT_GRACE)
    rule.value = 0
    rule.save()
    give_days_of_grace()
    rule.refresh_from_db()
    assert rule.value == 0


def test_only_days_of_grace_may_be_none() -> None:
    for key in (AccountRuleKey.IDLE_SESSION, AccountRuleKey.ACTIVATION_LINK, AccountRuleKey.RECENT_SIGN_IN):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccountRule.objects.filter(key=key).update(value=0)
