"""Setting up a provider: two members stand behind it, its people are told, and its secret is not to be read."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.single_sign_on.enums import ProviderStatus
from accounts.single_sign_on.models import IdentityProvider
from accounts.single_sign_on.secrets import opened
from accounts.single_sign_on.selectors import open_providers
from core.models import Notification
from tests.accounts.signing import url
from tests.accounts.single_sign_on.signing_on import person
from tests.factories.accounts import AdministratorFactory, OfficerFactory
from tests.i18n.reading import english_in, read
from tests.utils import login_as

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "The Ministry",
    "issuer": "https://login.ministry.example/realm",
    "client_id": "portal",
    "secret": "not-to-be-read",
    "state": "ALB",
    "domains": "Ministry.example\n@justice.example",
    "address_claim": "email",
    "name_claim": "name",
}


def prepared(client: Client, **given: str) -> IdentityProvider:
    answer = client.post(url("accounts:provider-add"), {**GIVEN, **given})
    assert answer.status_code == 302, answer.content.decode()
    return IdentityProvider.objects.latest("created_at")


def test_one_prepares_another_approves_and_the_people_of_the_state_are_told_before() -> None:
    ana, elsewhere, eve = person(), person("bo", domain="mail.example"), person("eve", "AUT")
    admin, officer = login_as(Client(), AdministratorFactory()), login_as(Client(), OfficerFactory())
    assert officer.post(url("accounts:provider-add"), GIVEN).status_code == 403
    row = prepared(admin, is_forced="on")
    assert (row.status, row.domains) == (ProviderStatus.WAITS, ["ministry.example", "justice.example"])
    assert admin.post(url("accounts:provider-approve", row.pk)).status_code == 403, "not who prepared it"
    assert not Notification.objects.filter(template="accounts/provider_announced").exists()
    assert officer.post(url("accounts:provider-approve", row.pk)).status_code == 302
    row.refresh_from_db()
    assert (row.status, list(open_providers())) == (ProviderStatus.ANNOUNCED, [])
    told = Notification.objects.filter(template="accounts/provider_announced")
    assert {each.recipient: each.context["is_theirs"] for each in told} == {ana: True, elsewhere: False}, eve
    assert officer.post(url("accounts:provider-end", row.pk)).status_code == 302
    row.refresh_from_db()
    assert row.status == ProviderStatus.ENDED


def test_a_change_takes_the_place_of_what_is_in_use_and_keeps_its_secret() -> None:
    admin, officer = login_as(Client(), AdministratorFactory()), login_as(Client(), OfficerFactory())
    first = prepared(admin, state="secretariat")
    officer.post(url("accounts:provider-approve", first.pk))
    given = {**GIVEN, "state": "secretariat"}
    changed = admin.post(url("accounts:provider-change", first.pk), {**given, "secret": "", "name": "New"})
    second = IdentityProvider.objects.get(replaces=first)
    assert (changed.status_code, opened(second)) == (302, "not-to-be-read")
    assert list(open_providers()) == [first]
    again = admin.post(url("accounts:provider-change", first.pk), given)
    assert again.status_code == 422, "a change waits already"
    officer.post(url("accounts:provider-approve", second.pk))
    assert list(open_providers()) == [second]
    assert second.place == first.place, "the address that is registered at the provider"


def test_what_was_to_be_replaced_stays_in_use_where_the_announced_change_is_discarded() -> None:
    admin, officer = login_as(Client(), AdministratorFactory()), login_as(Client(), OfficerFactory())
    first = prepared(admin)
    officer.post(url("accounts:provider-approve", first.pk))
    admin.post(url("accounts:provider-change", first.pk), {**GIVEN, "name": "New"})
    second = IdentityProvider.objects.get(replaces=first)
    officer.post(url("accounts:provider-approve", second.pk))
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.ended_at == second.starts_at
    assert officer.post(url("accounts:provider-end", second.pk)).status_code == 302
    first.refresh_from_db()
    assert first.ended_at is None
    assert admin.post(url("accounts:provider-change", first.pk), GIVEN).status_code == 302, "it can be changed again"


def test_the_secret_is_neither_shown_nor_stored_as_it_is() -> None:
    admin = login_as(Client(), AdministratorFactory())
    row = prepared(admin)
    assert opened(row) == "not-to-be-read"
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM accounts_identityprovider p")
        assert "not-to-be-read" not in cursor.fetchone()[0]
    for name in ("provider-detail", "provider-change"):
        assert "not-to-be-read" not in admin.get(url(f"accounts:{name}", row.pk)).content.decode()
    moved = admin.post(
        url("accounts:provider-change", row.pk), {**GIVEN, "secret": "", "issuer": "https://evil.example"}
    )
    assert moved.status_code == 422, "a secret does not go to another issuer unasked"


def test_names_on_the_page_of_a_provider_are_no_english_of_the_portal() -> None:
    officer = login_as(Client(), OfficerFactory())
    row = prepared(login_as(Client(), AdministratorFactory()))
    with translation.override("ar"):
        page = officer.get(reverse("accounts:provider-detail", args=[row.pk]))
    reading = read(page.content.decode(), "ar")
    assert reading.root["lang"] == "ar"
    assert [words for words in english_in(reading) if "OpenID" in words or row.name in words] == []


def test_what_cannot_be_is_refused_by_its_field() -> None:
    admin = login_as(Client(), AdministratorFactory())
    for field, value in (
        ("issuer", "http://login.ministry.example"),
        ("domains", "not a domain"),
        ("secret", ""),
        ("state", ""),
    ):
        page = admin.post(url("accounts:provider-add"), {**GIVEN, field: value})
        assert (page.status_code, list(page.context["form"].errors)) == (422, [field]), value
    assert not IdentityProvider.objects.filter(created_at__lte=timezone.now()).exists()


def test_a_provider_that_shuts_everybody_out_is_ended_on_the_machine() -> None:
    admin, officer = login_as(Client(), AdministratorFactory()), login_as(Client(), OfficerFactory())
    row = prepared(admin, state="secretariat", is_forced="on")
    with pytest.raises(CommandError):
        call_command("end_identity_provider", str(row.pk))
    officer.post(url("accounts:provider-approve", row.pk))
    said = StringIO()
    call_command("end_identity_provider", stdout=said)
    assert str(row.pk) in said.getvalue()
    call_command("end_identity_provider", str(row.pk), stdout=said)
    assert list(open_providers()) == []
