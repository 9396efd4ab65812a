"""Access tokens: made with a second factor, shown once, and ended with whatever they rest on."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.invitations.services.invitations import set_password
from accounts.lifecycle.services.accounts import close_account
from accounts.people.models import User
from accounts.sign_in.services.factors import reset_second_factor
from accounts.tokens.models import ApiToken
from accounts.tokens.secrets import PREFIX, hash_of
from accounts.tokens.services import TokenInput, end_token, make_token
from core.audit import chain_now, first_break_anywhere
from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry, Notification
from reviews.cases.enums import ParticipationRole
from reviews.registration.services.participation import end_participation
from tests.accounts.signing import give_app, make_old, show_factor, url
from tests.accounts.tokens.making import CIRCUMSTANCES, READS, program, program_of, token_for
from tests.factories.accounts import UserFactory
from tests.plain_role import HAS_TWO_ROLES
from tests.security.statements import refused, run
from tests.utils import SYSTEM, Cast, make_review, register

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
ME = "/api/v1/me/"
FORM = {"name": "Spreadsheet", "scopes": ["reviews:read"], "state": "", "days": "30"}


def shows_factor(client: Client, user: User) -> Client:
    give_app(user)
    show_factor(client)
    return client


def is_open(secret: str) -> bool:
    return program(secret).get(ME).status_code == 200


def test_a_token_is_made_and_shown_once(login_as: LogIn) -> None:
    user = UserFactory()
    client = shows_factor(login_as(user), user)
    page = client.post(url("accounts:token-make"), FORM)
    secret = page.context["made"].secret
    assert (page.status_code, page["Cache-Control"], secret in page.content.decode()) == (
        200,
        "private, no-store",
        True,
    )
    assert (secret.startswith(PREFIX), len(secret)) == (True, len(PREFIX) + 43)
    token = ApiToken.objects.get()
    assert (token.sha256, token.hint, token.scopes) == (hash_of(secret), secret[-4:], ["reviews:read"])
    assert secret not in client.get(url("accounts:token-list")).content.decode()
    said = f"{list(AuditEntry.objects.values())}{list(Notification.objects.values())}"
    assert secret not in said
    assert token.sha256 not in said
    assert AuditEntry.objects.filter(verb="accounts.token.made").count() == 1
    assert Notification.objects.filter(recipient=user, template="accounts/token_made").count() == 1


def test_the_second_factor_is_asked_for_anew(login_as: LogIn) -> None:
    user = UserFactory()
    client = make_old(shows_factor(login_as(user), user))
    assert client.post(url("accounts:token-make"), FORM)["Location"].startswith(url("account_reauthenticate"))
    assert not ApiToken.objects.exists()


def test_whoever_has_no_second_factor_makes_none(login_as: LogIn) -> None:
    page = login_as(UserFactory()).post(url("accounts:token-make"), FORM)
    assert page.status_code == 422
    assert page.context["form"].non_field_errors() == ["Set up a second factor first."]


@pytest.mark.parametrize(
    ("change", "field"), [({"days": "91"}, "days"), ({"scopes": []}, "scopes"), ({"name": ""}, "name")]
)
def test_what_is_wrong_is_said_by_the_field(login_as: LogIn, change: dict[str, object], field: str) -> None:
    user = UserFactory()
    page = shows_factor(login_as(user), user).post(url("accounts:token-make"), FORM | change)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])
    assert 'value="Spreadsheet"' in page.content.decode() or field == "name", "what was typed stays"


def test_a_token_is_for_a_state_for_which_its_person_acts(cast: Cast) -> None:
    give_app(cast.focal_point)
    given = TokenInput("x", READS, 30, cast.same_group_state)
    with pytest.raises(ServiceError) as wrong:
        make_token(actor=cast.focal_point, given=given, circumstances=CIRCUMSTANCES)
    assert wrong.value.field == "state"


def test_whoever_acts_for_one_state_makes_it_for_that_one(cast: Cast, login_as: LogIn) -> None:
    page = shows_factor(login_as(cast.expert), cast.expert).post(url("accounts:token-make"), FORM)
    client = program(page.context["made"].secret)
    other = make_review(state="XAL")
    register(other, cast.expert, other.state_under_review, ParticipationRole.GOVERNMENTAL_EXPERT)
    assert [row["code"] for row in client.get("/api/v1/untoc/reviews/").json()["results"]] == [cast.review.code]
    assert client.get(f"/api/v1/untoc/reviews/{other.code}/").status_code == 404


def test_writing_comes_with_reading() -> None:
    made = token_for(UserFactory(), "answers:write", "bind")
    assert made.token.scopes == ["answers:read", "answers:write", "bind"]


def test_the_day_of_the_last_use_is_kept(login_as: LogIn) -> None:
    made = token_for(UserFactory())
    assert is_open(made.secret)
    made.token.refresh_from_db()
    assert made.token.last_used_on == timezone.localdate()


def test_a_token_runs_out_by_itself() -> None:
    secret = token_for(UserFactory(), days=3).secret
    with time_machine.travel(timezone.now() + dt.timedelta(days=2, hours=23)):
        assert is_open(secret)
    with time_machine.travel(timezone.now() + dt.timedelta(days=3, minutes=1)):
        assert not is_open(secret)


def test_its_person_ends_it_and_nobody_else(login_as: LogIn) -> None:
    user = UserFactory()
    made = token_for(user)
    address = url("accounts:token-end", made.token.pk)
    assert login_as(UserFactory()).post(address).status_code == 404
    assert is_open(made.secret)
    assert login_as(user).post(address)["Location"] == url("accounts:token-list")
    assert not is_open(made.secret)
    assert AuditEntry.objects.get(verb="accounts.token.ended").after == {"because": "person"}
    assert login_as(user).post(address)["Location"] == url("accounts:token-list"), "a second tab"
    end_token(actor=user, token=made.token)
    assert AuditEntry.objects.filter(verb="accounts.token.ended").count() == 1, "twice changes nothing"


ENDS: dict[str, Callable[[User], object]] = {
    "passphrase": lambda user: set_password(user, "a-lantern-in-the-fog"),
    "factor": lambda user: reset_second_factor(actor=SYSTEM, user=user, reason="Lost.", request="1"),
    "account": lambda user: close_account(actor=SYSTEM, user=user, reason="Left.", request="1"),
}


@pytest.mark.parametrize("because", sorted(ENDS))
def test_a_token_ends_with_what_it_rests_on(because: str) -> None:
    user = UserFactory()
    secret = token_for(user).secret
    ENDS[because](user)
    assert not is_open(secret)
    assert AuditEntry.objects.get(verb="accounts.token.ended").after == {"because": because}
    told = Notification.objects.get(recipient=user, template="accounts/token_ended")
    assert told.context["because"] == because


@pytest.mark.parametrize("because", ["account", "passphrase"])
def test_none_is_made_in_the_moment_of_its_end(because: str) -> None:
    """A request that has read the person waits for the row, and then goes on with what it has read."""
    user = UserFactory()
    give_app(user)
    ENDS[because](User.objects.get(pk=user.pk))
    with pytest.raises(ServiceError):
        make_token(actor=user, given=TokenInput("x", READS, 30), circumstances=CIRCUMSTANCES)


def test_a_token_ends_with_the_participation(cast: Cast) -> None:
    for_state = token_for(cast.expert, state=cast.state).secret
    for_all = token_for(cast.expert).secret
    end_participation(actor=SYSTEM, participation=cast.participations["expert"])
    assert [is_open(for_state), is_open(for_all)] == [False, False]


def test_a_token_carries_its_person_and_no_more(cast: Cast) -> None:
    client = program_of(cast.same_group_expert)
    codes = [row["code"] for row in client.get("/api/v1/untoc/reviews/").json()["results"]]
    assert codes == [cast.review.code]
    stranger = program_of(cast.stranger)
    assert stranger.get(f"/api/v1/untoc/reviews/{cast.review.code}/").status_code == 404
    assert client.get("/en/profile/")["Location"].startswith("/en/sign-in/"), "no page looks at a token"


def test_the_record_tells_what_a_program_has_done(cast: Cast, login_as: LogIn) -> None:
    """Where a token is stolen, its person can tell the program's acts from the own ones."""
    made = token_for(cast.expert)
    address = f"/api/v1/untoc/reviews/{cast.review.code}/laws/"
    for title, client in {"Penal Code": program(made.secret), "Code of Procedure": login_as(cast.expert)}.items():
        assert client.post(address, {"title": title}, content_type="application/json").status_code == 201
    acts = AuditEntry.objects.filter(actor=cast.expert, verb__startswith="questionnaires.law").order_by("id")
    assert [act.address for act in acts] == [f"127.0.0.1 …{made.secret[-4:]}", "127.0.0.1"]
    chain_now()
    assert first_break_anywhere() is None


def test_a_cookie_beside_a_token_is_not_looked_at(login_as: LogIn) -> None:
    somebody, other = UserFactory(), UserFactory()
    client = login_as(somebody)
    answer = client.get(ME, headers={"Authorization": f"Bearer {token_for(other).secret}"})
    assert answer.json()["email"] == other.email
    assert not answer.cookies
    assert client.get(ME, headers={"Authorization": "Bearer crp_wrong"}).status_code == 401
    assert client.get(ME).json()["email"] == somebody.email, "the session goes on"


@pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything: no row-level security")
def test_the_database_gives_tokens_to_their_person_alone(cast: Cast) -> None:
    made = token_for(cast.expert)
    with identified_as(cast.officer):
        assert run("SELECT * FROM accounts_apitoken") == run("UPDATE accounts_apitoken SET ended_at = now()") == 0
    with identified_as(cast.expert):
        assert run("SELECT * FROM accounts_apitoken") == 1
        for change in ("scopes = '{bind}'", "expires_at = 'infinity'", "sha256 = 'x'", "state_party_id = NULL"):
            if change != "state_party_id = NULL":
                refused(f"UPDATE accounts_apitoken SET {change}", words="Cannot update rows")  # noqa: S608
        assert run("UPDATE accounts_apitoken SET ended_at = now()") == 1
        refused("UPDATE accounts_apitoken SET ended_at = NULL", words="Cannot update rows")
    assert not is_open(made.secret)
