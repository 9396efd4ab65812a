"""Sessions: how long they last, the list of them, and ending them from elsewhere."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.invitations.links import LinkKind, make_link_token
from accounts.people.enums import AccountRuleKey
from accounts.people.models import AccountRule, User
from accounts.sessions.browsers import device_words
from core.models import AuditEntry, Notification
from tests.accounts.signing import FIREFOX, queries_of, sign_in, url
from tests.factories.accounts import PASSPHRASE, UserFactory
from tests.query_counts import assert_query_count

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
PAGE = "/en/states/ALB/"
ENDED = "Your session has ended. Sign in again to go on where you were."


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def is_signed_in(client: Client, path: str = PAGE) -> bool:
    return client.get(path).status_code == 200


def minutes(number: float) -> dt.timedelta:
    return dt.timedelta(minutes=number)


def test_a_session_ends_when_nobody_is_at_work_for_an_hour(login_as: LogIn, clock: time_machine.Traveller) -> None:
    client = login_as(UserFactory())
    for _time in range(3):
        clock.shift(minutes(59))
        assert is_signed_in(client)
    clock.shift(minutes(60))
    answer = client.get(f"{PAGE}?order=name")
    assert answer["Location"] == "/en/sign-in/?next=/en/states/ALB/%3Forder%3Dname"
    page = client.get(answer["Location"])
    assert [str(message) for message in page.context["messages"]] == [ENDED]
    assert client.get("/en/sign-in/").context["messages"]._loaded_messages == [], "said once"


def test_a_session_ends_after_twelve_hours_however_busy_one_is(login_as: LogIn, clock: time_machine.Traveller) -> None:
    client = login_as(UserFactory())
    for _time in range(15):
        clock.shift(minutes(45))
        assert is_signed_in(client)
    clock.shift(minutes(45))
    assert not is_signed_in(client)


def test_pieces_that_fetch_themselves_do_not_keep_a_session_alive(
    login_as: LogIn, clock: time_machine.Traveller
) -> None:
    client = login_as(UserFactory())
    for _time in range(4):
        clock.shift(minutes(14))
        assert client.get(PAGE, headers={"HX-Request": "true", "X-Background": "1"}).status_code == 200
    clock.shift(minutes(5))
    assert not is_signed_in(client)


def test_what_is_typed_keeps_a_session_alive(login_as: LogIn, clock: time_machine.Traveller) -> None:
    client = login_as(UserFactory())
    for _time in range(4):
        clock.shift(minutes(40))
        client.post(url("accounts:profile"), {}, headers={"Accept": "application/json"})
    assert is_signed_in(client)


def test_a_rule_that_the_secretariat_changes_holds_for_sessions_that_are_open(
    login_as: LogIn, clock: time_machine.Traveller
) -> None:
    client = login_as(UserFactory())
    AccountRule.objects.filter(key=AccountRuleKey.IDLE_SESSION).update(value=5)
    cache.delete(f"account-rule:{AccountRuleKey.IDLE_SESSION}")
    clock.shift(minutes(2))
    assert is_signed_in(client)
    clock.shift(minutes(6))
    assert not is_signed_in(client)
    cache.delete(f"account-rule:{AccountRuleKey.IDLE_SESSION}")


def test_a_form_that_was_sent_too_late_leads_back_to_its_page(login_as: LogIn, clock: time_machine.Traveller) -> None:
    client = login_as(UserFactory())
    clock.shift(minutes(61))
    page = "http://testserver/en/profile/password/?x=1"
    answer = client.post(url("usersessions_end_others"), headers={"Referer": page})
    assert answer["Location"] == "/en/sign-in/?next=/en/profile/password/%3Fx%3D1"


def test_a_form_from_elsewhere_leads_nowhere_else(login_as: LogIn, clock: time_machine.Traveller) -> None:
    client = login_as(UserFactory())
    clock.shift(minutes(61))
    answer = client.post(url("accounts:profile"), headers={"Referer": "https://elsewhere.example/trap"})
    assert answer["Location"] == "/en/sign-in/?next=/en/profile/"


NOTHING_DONE = "You were signed out before you pressed the button, so that nothing was done. Press it again."


@pytest.mark.parametrize("name", ["setup-end", "setup-mail-test"])
def test_a_button_pressed_without_a_session_leads_back_to_the_page_that_it_stood_on(client: Client, name: str) -> None:
    user, page = UserFactory(), url("accounts:profile")
    answer = client.post(url(f"portal:{name}"), headers={"Referer": f"http://testserver{page}"})
    assert answer["Location"] == f"/en/sign-in/?next={page}"
    seen = client.get(answer["Location"])
    assert [str(message) for message in seen.context["messages"]] == [NOTHING_DONE]
    after = sign_in(client, user, next=seen.context["next"])
    assert after["Location"] == page
    assert list(client.get(page).context["messages"]) == [], "said once"


def test_a_stranger_who_presses_a_button_fills_no_store_of_sessions(client: Client) -> None:
    """Nor by many presses, whose words fill no cookie until they would be kept elsewhere."""
    for _press in range(20):
        client.post(url("portal:setup-end"))
    assert settings.SESSION_COOKIE_NAME not in client.cookies
    assert [str(message) for message in client.get(url("accounts:sign-in")).context["messages"]] == [NOTHING_DONE]


def test_a_button_whose_page_is_not_known_leads_to_my_work(client: Client) -> None:
    for referer in ("", "https://elsewhere.example/trap", f"http://testserver{url('portal:setup-end')}"):
        answer = client.post(url("portal:setup-end"), headers={"Referer": referer})
        assert answer["Location"] == f"/en/sign-in/?next={url('portal:dashboard')}"


def test_a_piece_of_a_page_never_becomes_the_sign_in_page(login_as: LogIn, clock: time_machine.Traveller) -> None:
    client = login_as(UserFactory())
    clock.shift(minutes(61))
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/en/states/XVE/"}
    answer = client.get(PAGE, headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/en/sign-in/?next=/en/states/XVE/")


def test_who_signs_out_is_not_told_that_the_session_has_ended(client: Client) -> None:
    sign_in(client, UserFactory())
    page = client.post(url("accounts:sign-out"), follow=True)
    assert [str(message) for message in page.context["messages"]] == ["You have signed out."]


def test_a_page_writes_of_its_session_once_a_minute_and_asks_nothing_of_it(
    login_as: LogIn, clock: time_machine.Traveller
) -> None:
    client = login_as(UserFactory())
    tables = ("session", "mfa_")
    for shift, written in [(0, []), (1, ["usersessions_usersession", "django_session"]), (0.5, [])]:
        clock.shift(minutes(shift))
        queries = [query for query in queries_of(client, PAGE) if any(name in query for name in tables)]
        assert [query.split('"')[1] for query in queries if query.startswith("UPDATE")] == written
        assert len(queries) <= 2 * len(written), queries


def test_the_list_names_each_device_and_marks_this_one(client: Client) -> None:
    user = UserFactory()
    sign_in(client, user)
    other = Client(headers={"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1"})
    other.post(url("accounts:sign-in"), {"username": user.email, "password": PASSPHRASE}, REMOTE_ADDR="192.0.2.9")
    page = client.get(url("usersessions_list"))
    found = [(each.is_current, device_words(each.row.user_agent), each.row.ip) for each in page.context["sessions"]]
    assert found == [(True, "Firefox on Linux", "127.0.0.1"), (False, "Safari on iPhone", "192.0.2.9")]
    assert page.content.decode().count("This one") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_one_session_as_for_three(client: Client, number: int) -> None:
    user = UserFactory()
    for each in [client, *(Client() for _other in range(number - 1))]:
        sign_in(each, user)
    with assert_query_count("accounts:session-list"):
        page = client.get(url("usersessions_list"))
    assert len(page.context["sessions"]) == number


def test_ending_a_session_works_at_once(client: Client) -> None:
    user = UserFactory()
    other = Client()
    sign_in(client, user)
    sign_in(other, user)
    assert is_signed_in(other)
    row = UserSession.objects.get(session_key=other.session.session_key)
    assert client.post(url("usersessions_end", row.pk))["Location"] == url("usersessions_list")
    assert other.get(PAGE)["Location"] == "/en/sign-in/?next=/en/states/ALB/"
    assert is_signed_in(client)
    assert AuditEntry.objects.filter(verb="accounts.session.ended", actor=user).count() == 1


def test_all_other_sessions_end_at_once(client: Client) -> None:
    user = UserFactory()
    others = [Client(), Client()]
    for each in [*others, client]:
        sign_in(each, user)
    page = client.post(url("usersessions_end_others"), follow=True)
    assert [str(message) for message in page.context["messages"]] == ["2 other sessions are ended."]
    assert [is_signed_in(each) for each in [*others, client]] == [False, False, True]


def test_nobody_ends_the_session_of_another_nor_ones_own_from_the_list(client: Client) -> None:
    sign_in(client, UserFactory())
    thief = Client()
    sign_in(thief, UserFactory())
    row = UserSession.objects.get(session_key=client.session.session_key)
    assert thief.post(url("usersessions_end", row.pk)).status_code == 404
    assert client.post(url("usersessions_end", row.pk)).status_code == 404
    assert is_signed_in(client)


def test_a_session_that_is_over_is_not_listed(client: Client, clock: time_machine.Traveller) -> None:
    user = UserFactory()
    sign_in(Client(), user)
    clock.shift(minutes(61))
    sign_in(client, user)
    assert len(client.get(url("usersessions_list")).context["sessions"]) == 1


def test_a_new_passphrase_ends_all_other_sessions_and_keeps_this_one_listed(client: Client) -> None:
    user = UserFactory()
    other = Client()
    sign_in(other, user)
    sign_in(client, user)
    new = "seven-geese-cross-the-bay"
    given = {"old_password": PASSPHRASE, "new_password1": new, "new_password2": new}
    assert client.post(url("accounts:own-password"), given).status_code == 302
    assert (is_signed_in(client), is_signed_in(other)) == (True, False)
    page = client.get(url("usersessions_list"))
    assert [each.is_current for each in page.context["sessions"]] == [True]


def test_a_new_passphrase_by_the_link_ends_all_sessions_and_is_told(client: Client) -> None:
    user = UserFactory()
    sign_in(client, user)
    user.refresh_from_db()  # the link holds until the next sign-in
    other = Client()
    address = other.get(url("accounts:password-link", make_link_token(LinkKind.PASSWORD, user)))["Location"]
    new = "seven-geese-cross-the-bay"
    assert other.post(address, {"new_password1": new, "new_password2": new})["Location"] == url("accounts:sign-in")
    assert not is_signed_in(client)
    assert not UserSession.objects.filter(user=user).exists()
    assert Notification.objects.filter(recipient=user, template="accounts/passphrase_changed").count() == 1


def test_the_present_passphrase_is_not_guessed_in_an_open_browser(login_as: LogIn) -> None:
    client = login_as(UserFactory())
    given = {"old_password": "wrong", "new_password1": "x", "new_password2": "y"}
    statuses = [client.post(url("accounts:own-password"), given).status_code for _attempt in range(6)]
    assert statuses == [*[422] * 5, 429]


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (FIREFOX, "Firefox on Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0.0.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0.0.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/17.0 Safari/605.1", "Safari on macOS"),
        ("curl/8.5.0", "A device that does not say what it is"),
        ("", "A device that does not say what it is"),
    ],
)
def test_a_device_is_named_in_words(user_agent: str, words: str) -> None:
    assert device_words(user_agent) == words
