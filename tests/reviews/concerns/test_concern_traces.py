"""What is done in a private consultation leaves no trace on any page of those outside."""

import datetime as dt
import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core import audit
from core.audit.roots.heads import heads_now
from core.mail.reports import bouncing, unreached
from core.models import AuditEntry, Notification
from reviews.capacities.chains import chain_of_review
from reviews.concerns.declarations import CHAIN
from reviews.concerns.services import write_message
from reviews.record.selectors import ALL, SECRETARIAT_TABLE, RecordScope, slice_of
from tests import at_once
from tests.reviews.concerns.consulting import CANARY, OWN, PAGES, SAME_GROUP, close, opened, text_of
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.stage("self_assessment")]
LoginAs = Callable[[User], Client]


def test_the_mail_is_like_one_on_the_legal_system(scene: Cast) -> None:
    at_once.send_clarification(
        actor=scene.same_group_focal_point,
        request=at_once.ask_about_legal_system(
            actor=scene.same_group_expert, review=scene.review, text="How is a law made?"
        ),
    )
    usual = Notification.objects.order_by("created_at").last()
    Notification.objects.exclude(pk=usual.pk).delete()
    opened(scene, with_secretariat=True)
    mails = Notification.objects.exclude(pk=usual.pk)
    told = OWN - {"focal_point"} | SAME_GROUP | {"officer"}
    assert {mail.recipient_id for mail in mails} == {scene.people[name].pk for name in told}
    assert {(mail.template, mail.key.split(":")[0], mail.key.count(":"), mail.is_private) for mail in mails} == {
        (usual.template, usual.key.split(":")[0], usual.key.count(":"), True)
    }
    assert {json.dumps(mail.context) for mail in mails} == {json.dumps(usual.context)}


# What differs from one answer to the next whatever has happened.
_CHANGING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')
REVIEW = "/en/untoc/reviews/1-XVE/"


def everything_shown(people: dict[str, User], login_as: LoginAs, pages: list[str]) -> dict[tuple[str, str], str]:
    shown = {}
    for name, user in people.items():
        client = login_as(user)
        for page in pages:
            shown[name, page] = _CHANGING.sub("", text_of(client.get(page)))
    return shown


@pytest.mark.prove
def test_nothing_that_others_see_changes_whatever_is_done_and_does_not_arrive(scene: Cast, login_as: LoginAs) -> None:
    """Whole pages of everybody outside: before, while it is spoken in, with mails that arrive, fail and come back."""
    Notification.objects.all().delete()
    parties = OWN | SAME_GROUP
    outside = {name: user for name, user in scene.people.items() if name not in parties}
    accounts = [f"/en/accounts/{scene.people[name].pk}/" for name in sorted(parties)]
    pages = [
        "/en/", "/en/untoc/reviews/", REVIEW, f"{REVIEW}record/", f"{REVIEW}participants/", f"{REVIEW}handover/", PAGES,
        f"{REVIEW}record/download/", "/en/untoc/cockpit/", "/en/untoc/cockpit/?show=unreached", "/en/deliveries/",
        "/en/deliveries/?status=missing", "/en/search/?q=Canary", *accounts,
    ]  # fmt: skip
    audit.chain_now()
    everything_shown(outside, login_as, pages)  # what a first visit itself leaves
    before = everything_shown(outside, login_as, pages)
    told = {page for (name, page), text in before.items() if name == "officer" and "There is no such page" not in text}
    for page in ("record/download/", "record/"):
        assert login_as(outside["officer"]).get(f"{REVIEW}{page}").status_code == 200, page
    assert told >= {REVIEW, f"{REVIEW}record/", "/en/untoc/cockpit/", "/en/deliveries/", *accounts}
    concern = opened(scene)
    write_message(actor=scene.same_group_expert, concern=concern, text=CANARY)
    audit.chain_now()
    assert everything_shown(outside, login_as, pages) == before
    mails = Notification.objects.all()
    assert mails.count() > 3
    for status in ("sent", "failed", "bounced"):
        for mail in mails:
            mail.status, mail.address = status, mail.recipient.email
            mail.sent_at = mail.bounced_at = timezone.now()
            mail.save()
        assert everything_shown(outside, login_as, pages) == before, status
    assert login_as(scene.officer).post(f"/en/deliveries/{mails[0].pk}/retry/").status_code == 404
    close(scene.focal_point, concern)
    audit.chain_now()
    assert everything_shown(outside, login_as, pages) == before


def test_an_ordinary_mail_that_does_not_arrive_is_told_still_where_a_private_one_has_arrived(scene: Cast) -> None:
    opened(scene)
    lost = Notification.objects.filter(is_private=False, recipient=scene.expert).latest("created_at")
    lost.status, lost.address, lost.bounced_at = "bounced", scene.expert.email, timezone.now()
    lost.save()
    private = Notification.objects.get(is_private=True, recipient=scene.expert)
    private.status, private.address, private.sent_at = (
        "sent",
        scene.expert.email,
        timezone.now() + dt.timedelta(hours=1),
    )
    private.save()
    assert (scene.expert.pk in unreached().values_list("recipient", flat=True), bouncing([scene.expert.pk])) == (
        True, {scene.expert.pk},
    )  # fmt: skip


def test_the_record_of_the_review_does_not_grow_and_another_keeps_the_acts(scene: Cast) -> None:
    audit.chain_now()
    chain = chain_of_review(scene.review)
    told = [slice_of(RecordScope(chain, reader)) for reader in ("XVE", "XLE", "XAL", SECRETARIAT_TABLE, ALL)]
    others = AuditEntry.objects.exclude(chain=CHAIN).count()
    concern = opened(scene, with_secretariat=True)
    write_message(actor=scene.officer, concern=concern, text=CANARY)
    close(scene.focal_point, concern)
    audit.chain_now()
    assert [slice_of(RecordScope(chain, each["reader"])) for each in told] == told
    assert AuditEntry.objects.exclude(chain=CHAIN).count() == others
    entries = AuditEntry.objects.filter(chain=CHAIN).order_by("sequence")
    assert [(entry.verb, entry.before, entry.after, entry.reason) for entry in entries] == [
        (f"reviews.concern.{act}", None, None, "") for act in ("opened", "written", "written", "closed")
    ]
    assert (CHAIN in heads_now(), audit.first_break(CHAIN)) == (True, None)


def test_its_words_stand_on_no_other_page_of_those_who_take_part(scene: Cast, login_as: LoginAs) -> None:
    concern = opened(scene, with_secretariat=True)
    pages = ("/en/", "/en/untoc/reviews/", REVIEW, f"{REVIEW}record/", f"{REVIEW}handover/", "/en/search/?q=Canary")
    for name in sorted(OWN | SAME_GROUP | {"officer"}):
        client = login_as(scene.people[name])
        for page in pages:
            shown = text_of(client.get(page))
            assert (CANARY not in shown, str(concern.pk) not in shown) == (True, True), (name, page)
