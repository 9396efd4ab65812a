"""A statement in a page has no link of another mailed to oneself, and keeps no mail from anybody (docs/adr/0022)."""

import pytest
from django.db import DatabaseError, transaction

from accounts.invitations.services.invitations import invite_again
from core.database.identity import identified_as
from core.models import Notification
from reviews.access.enums import AccessKind
from reviews.access.models import AccessRequest
from tests.factories.accounts import InvitedFactory
from tests.factories.core import NotificationFactory
from tests.plain_role import HAS_TWO_ROLES, plain_role
from tests.security.statements import refused, refused_at_the_door, run
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not HAS_TWO_ROLES, reason="one role for everything")]
MINE = "mine@outside.example"


MAIL = """
    INSERT INTO core_notification (id, created_at, updated_at, recipient_id, key, template, context, about, status,
        attempts, error, address, doubts, is_private, other_address)
    VALUES (gen_random_uuid(), now(), now(), %s, gen_random_uuid()::text, %s, %s::jsonb, '{}', 'queued', 0, '', '', 0,
        false, %s)
"""
LINKS = ("accounts/invitation", "accounts/password_reset")
LINK_WORDS = "a mail with a link goes to its own person"


@pytest.mark.parametrize("template", LINKS)
def test_the_link_of_another_is_mailed_to_nobody(cast: Cast, template: str) -> None:
    for person in (cast.other_group_expert, cast.officer, cast.administrator):
        with identified_as(person):
            refused(MAIL, cast.focal_point.pk, template, "{}", "", words=LINK_WORDS)
            refused(MAIL, cast.focal_point.pk, template, "{}", MINE, words="another address")
            refused(MAIL, person.pk, template, "{}", MINE, words="mail")
            assert run(MAIL, person.pk, template, "{}", "") == 1, "the own link comes to the own mailbox"
    refused_at_the_door(MAIL, cast.focal_point.pk, template, "{}", "", words=LINK_WORDS)


def test_no_other_mail_goes_to_a_mailbox_that_a_page_names(cast: Cast) -> None:
    with identified_as(cast.other_group_expert):
        for template in ("reviews/due", "accounts/changed"):
            refused(MAIL, cast.focal_point.pk, template, "{}", MINE, words="mail")
            assert run(MAIL, cast.focal_point.pk, template, "{}", "") == 1
    with pytest.raises(DatabaseError, match="core_notification_elsewhere"), transaction.atomic():
        NotificationFactory(template="accounts/invitation", other_address=MINE)


def test_the_link_that_stops_a_change_goes_to_the_old_address_alone(cast: Cast) -> None:
    request = AccessRequest.objects.create(
        kind=AccessKind.ADDRESS, about="x", state_party=cast.state, person=cast.focal_point, prepared_by=cast.officer
    )
    about, stop = f'{{"request": "{request.pk}"}}', "reviews/access_stop"
    for person in (cast.other_group_expert, cast.officer):
        with identified_as(person):
            refused(MAIL, person.pk, stop, about, "", words="mail")
            refused(MAIL, person.pk, stop, about, person.email, words="mail")
            refused(MAIL, cast.focal_point.pk, stop, about, MINE, words="mail")
    with identified_as(cast.officer):
        assert run(MAIL, cast.focal_point.pk, stop, about, cast.focal_point.email) == 1


def test_a_mail_that_is_owed_stays_what_it_is(cast: Cast) -> None:
    NotificationFactory(recipient=cast.focal_point)
    for person in (cast.other_group_expert, cast.focal_point, cast.officer):
        with identified_as(person):
            for change in (
                "recipient_id = acting_person()", "template = 'accounts/invitation'", "context = '{}'",
                f"other_address = '{MINE}', template = 'accounts/changed'", "key = 'another'", "about = '{1-XVE}'",
                "status = 'sent'", "status = 'failed'", "attempts = 12", "next_attempt_at = 'infinity'",
            ):  # fmt: skip
                refused(f"UPDATE core_notification SET {change}", words="Cannot update rows|changes no mail")  # noqa: S608


def test_what_pages_do_with_mails_they_still_do(cast: Cast) -> None:
    mail, invited = NotificationFactory(recipient=cast.expert, status="failed"), InvitedFactory()
    with identified_as(cast.expert):
        assert run("UPDATE core_notification SET opened_at = now() WHERE id = %s", mail.pk) == 1
        refused("UPDATE core_notification SET status = 'queued' WHERE id = %s", mail.pk, words="changes no mail")
    with identified_as(cast.officer), plain_role():
        again = "UPDATE core_notification SET status = 'queued', attempts = 0 WHERE id = %s"
        assert run(again, mail.pk) == 1
        invite_again(actor=cast.officer, user=invited)
    assert Notification.objects.filter(recipient=invited, template="accounts/invitation", other_address="").exists()
