"""Every mail reaches the person whom it is for, whatever its words are."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.people.models import User
from core.mail import messages, notifications
from core.models import Notification
from tests.accounts.signing import Passkey, add_passkey, code_now, sign_in, url
from tests.factories.accounts import PASSPHRASE, UserFactory
from tests.i18n.test_pages_in_arabic import MAILS

pytestmark = pytest.mark.django_db
COMPUTER = "203.0.113.9"
NEW_PASSPHRASE = "seven-geese-cross-the-bay"
# Words that a context may use for something else, as it once did for the address of a computer.
TEMPTING = dict.fromkeys(("to", "recipient", "email", "address", "other_address", "client_address"), COMPUTER)


def test_every_template_is_tried() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "email"
    found = {str(path.relative_to(folder)).removesuffix("_subject.txt") for path in folder.rglob("*_subject.txt")}
    assert found == set(MAILS)


@pytest.mark.parametrize("template", sorted(MAILS))
def test_a_mail_goes_to_its_person_whatever_its_words_are(template: str) -> None:
    person = UserFactory()
    owed = Notification(recipient=person, template=template, context={**TEMPTING, **MAILS[template]}, key=template)
    owed.save()
    assert messages.render(owed).to == [person.email]
    assert notifications.deliver(str(owed.pk))
    assert mail.outbox[-1].to == [person.email]
    owed.refresh_from_db()
    assert owed.address == person.email


def test_each_mail_on_the_safety_of_an_account_reaches_its_owner(client: Client) -> None:
    """Through the pages: a new device, a second factor added and removed, new codes, a new passphrase."""
    person = UserFactory()
    sign_in(client, person)
    browser = Client(REMOTE_ADDR=COMPUTER)
    sign_in(browser, person)
    secret = browser.get(url("mfa_activate_totp")).context["secret"]
    browser.post(url("mfa_activate_totp"), {"code": code_now(secret)})
    add_passkey(browser, Passkey())
    browser.post(url("mfa_deactivate_totp"))
    browser.post(url("mfa_generate_recovery_codes"))
    given = {"old_password": PASSPHRASE, "new_password1": NEW_PASSPHRASE, "new_password2": NEW_PASSPHRASE}
    browser.post(url("accounts:own-password"), given)
    owed = Notification.objects.filter(recipient=person).order_by("created_at")
    assert {each.template for each in owed} == {
        "accounts/new_device",
        "accounts/factor_added",
        "accounts/factor_removed",
        "accounts/passphrase_changed",
    }
    for each in owed:
        assert notifications.deliver(str(each.pk))
        assert mail.outbox[-1].to == [person.email], each.template
        assert f"Address: {COMPUTER}" in str(mail.outbox[-1].body), each.template


def test_another_mailbox_is_named_by_its_field_alone() -> None:
    person = UserFactory(email="new@states.example")
    owed = notifications.queue(
        person, "accounts/changed", {"what": "address_changed"}, key="one", other_address="old@states.example"
    )
    assert owed is not None
    assert notifications.deliver(str(owed.pk))
    assert mail.outbox[-1].to == ["old@states.example"]


def test_what_is_no_mailbox_is_refused_by_service_and_database() -> None:
    person: User = UserFactory()
    with pytest.raises(ValueError, match="Where a mail goes"):
        notifications.queue(person, "accounts/changed", {"what": "closed", "address": COMPUTER}, key="one")
    with pytest.raises(ValidationError):
        notifications.queue(person, "accounts/changed", {"what": "closed"}, key="two", other_address=COMPUTER)
    owed = Notification(recipient=person, template="accounts/changed", key="three", other_address=COMPUTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        owed.save()
    assert Notification.objects.count() == 0
