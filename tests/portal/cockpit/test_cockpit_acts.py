"""The pages of acts on many reviews: what an extension asks for, the preview, carrying on."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.models import Notification
from portal.cockpit import services as bulk
from portal.cockpit.enums import BulkKind, BulkStatus
from portal.cockpit.models import BulkAct
from portal.cockpit.selectors.bulk import STALLED_AFTER, Terms
from portal.cockpit.services import prepare_bulk_act
from reviews.cases.models import Review, TimeChange
from tests.factories.accounts import OfficerFactory
from tests.query_counts import assert_query_count
from tests.reviews.opening.many import add_reviews
from tests.utils import Cast

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
COCKPIT = "/en/untoc/cockpit/"
ACTS = f"{COCKPIT}acts/"
EXTEND = {"kind": "extend", "review": ["1-XVE"], "query": "step=self_assessment"}


def test_an_extension_is_asked_for_on_a_page_of_its_own(cast: Cast, login_as: LoginAs) -> None:
    page = login_as(cast.officer).post(ACTS, EXTEND)
    assert page.status_code == 200
    assert page.context["form"].errors == {}
    content = page.content.decode()
    assert "1 review is chosen." in content
    assert '<input type="hidden" name="review" value="1-XVE">' in content
    assert "1-XMB" not in content


def test_a_filter_that_no_longer_narrows_does_not_widen_the_act(cast: Cast, login_as: LoginAs) -> None:
    gone = {"kind": "remind", "everything": "1", "query": "step=a_step_of_before"}
    page = login_as(cast.officer).post(ACTS, gone, follow=True)
    assert "What narrowed the list does not exist any more." in page.content.decode()
    assert not BulkAct.objects.exists()


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({}, "days", "Give how many days more, or a date."),
        ({"days": "14", "until": "2030-01-01"}, "until", "Give either days or a date, not both."),
        ({"days": "a fortnight"}, "days", "Give the days as a whole number."),
        ({"days": "9999"}, "days", "Give a number of days from 1 to 730."),
        ({"until": "31 February"}, "until", "Enter a valid date."),
        ({"days": "14", "reason": "   "}, "reason", "Say why more time is needed."),
    ],
)
def test_an_error_stands_by_its_field_and_what_was_typed_stays(
    cast: Cast, login_as: LoginAs, given: dict[str, str], field: str, words: str
) -> None:
    typed = {"reason": "Translation takes <longer>.", **given}
    page = login_as(cast.officer).post(ACTS, {**EXTEND, **typed})
    assert (page.status_code, page.context["form"].errors) == (422, {field: [words]})
    content = page.content.decode()
    assert f'id="id_{field}-error"' in content
    assert typed["reason"].strip() in content or "Translation takes &lt;longer&gt;." in content
    assert 'name="review" value="1-XVE"' in content
    for name in ("days", "until"):
        assert page.context["form"][name].value() in {typed.get(name), None, ""}
    assert not BulkAct.objects.exists()


def test_an_officer_who_was_forgotten_is_asked_for_by_the_field(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    page = client.post(ACTS, {"kind": "assign_officer", "officer": "", "everything": "1"})
    assert (page.status_code, page.context["form"].errors) == (422, {"officer": ["Choose the officer."]})
    assert 'name="everything" value="1"' in page.content.decode()
    again = client.post(ACTS, {"kind": "assign_officer", "everything": "1", "officer": str(cast.officer.pk)})
    assert (again.status_code, BulkAct.objects.get().officer) == (302, cast.officer)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "extend"}, "Choose at least one review."),
        ({"kind": "nonsense", "everything": "1"}, "Choose an act."),
    ],
)
def test_what_cannot_be_begun_leads_back_to_the_filter(
    cast: Cast, login_as: LoginAs, given: dict[str, str], words: str
) -> None:
    page = login_as(cast.officer).post(ACTS, {**given, "query": "step=self_assessment&evil=1"}, follow=True)
    assert page.redirect_chain == [(f"{COCKPIT}?step=self_assessment&all=1", 302)]
    assert words in page.content.decode()


def test_the_preview_of_an_extension_says_what_it_would_do(cast: Cast, login_as: LoginAs) -> None:
    client = login_as(cast.officer)
    given = {**EXTEND, "query": "", "everything": "1", "days": "14", "reason": "Line one\nLine <two>"}
    page = client.post(ACTS, given, follow=True)
    content = page.content.decode()
    assert "14 days more" in content
    assert "Line one<br>Line &lt;two&gt;" in content
    assert "3 people would get a mail." in content
    for state in (cast.state, cast.same_group_state, cast.other_group_state):
        assert str(state) in content
    assert cast.same_group_focal_point.full_name in content
    assert not TimeChange.objects.exists()
    confirmed = client.post(f"{ACTS}{BulkAct.objects.get().pk}/confirm/", follow=True).content.decode()
    assert "2 reviews were acted on. 3 mails were sent." in confirmed
    client.post(f"{ACTS}{BulkAct.objects.get().pk}/confirm/")
    assert TimeChange.objects.count() == 2


def test_the_preview_says_that_the_new_officer_gets_one_mail(cast: Cast, login_as: LoginAs) -> None:
    client, new = login_as(cast.officer), OfficerFactory()
    given = {"kind": "assign_officer", "everything": "1"}
    content = client.post(ACTS, {**given, "officer": str(new.pk)}, follow=True).content.decode()
    assert "gets one mail about all of them" in content
    assert "1 person would get a mail." in content
    done = client.post(f"{ACTS}{BulkAct.objects.get().pk}/confirm/", follow=True).content.decode()
    assert "2 reviews were acted on. 1 mail was sent." in done
    assert Notification.objects.filter(template="reviews/in_charge").count() == 1
    Review.objects.update(officer=None)
    own = client.post(ACTS, {**given, "officer": str(cast.officer.pk)}, follow=True).content.decode()
    assert "gets one mail" not in own
    assert "would get a mail" not in own


def stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> BulkAct:
    """An act under way whose task was lost a while ago."""
    add_reviews(cast.review, bulk.AT_ONCE)
    act = prepare_bulk_act(
        actor=cast.officer,
        mechanism=cast.review.mechanism,
        kind=BulkKind.ASSIGN_OFFICER,
        reviews=Review.objects.all(),
        terms=Terms(OfficerFactory()),
    )
    monkeypatch.setattr(bulk.carry_out_bulk_act_task, "delay", lambda act_id: None)
    bulk.confirm_bulk_act(actor=cast.officer, act=act)
    return act


def test_an_act_that_has_stopped_offers_to_carry_on(
    cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    act, client = stopped(cast, monkeypatch), login_as(cast.officer)
    assert "Carry on" not in client.get(f"{ACTS}{act.pk}/").content.decode()
    long_ago = timezone.now() - STALLED_AFTER - dt.timedelta(minutes=1)
    BulkAct.objects.filter(pk=act.pk).update(confirmed_at=long_ago, updated_at=long_ago)
    assert "Carry on" in client.get(f"{ACTS}{act.pk}/").content.decode()
    monkeypatch.setattr(bulk.carry_out_bulk_act_task, "delay", bulk.carry_out_bulk_act)
    page = client.post(f"{ACTS}{act.pk}/carry-on/", follow=True)
    assert "The act is carried on." in page.content.decode()
    act.refresh_from_db()
    assert act.status == BulkStatus.DONE
    assert f"{bulk.AT_ONCE + 2} reviews were acted on." in page.content.decode()


def test_a_queue_that_cannot_be_reached_is_told(cast: Cast, login_as: LoginAs, monkeypatch: pytest.MonkeyPatch) -> None:
    act = stopped(cast, monkeypatch)

    def refuse(act_id: str) -> Any:
        raise bulk.OperationalError("no broker")

    monkeypatch.setattr(bulk.carry_out_bulk_act_task, "delay", refuse)
    page = login_as(cast.officer).post(f"{ACTS}{act.pk}/carry-on/", follow=True)
    assert "cannot be reached at the moment" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_takes_as_many_queries_for_one_as_for_three(cast: Cast, login_as: LoginAs, count: int) -> None:
    add_reviews(cast.review, 2)
    others = Review.objects.exclude(pk__in=[cast.review.pk, cast.bystander_review.pk]).values_list("pk", flat=True)
    chosen = [cast.review.pk, *others][:count]
    act = prepare_bulk_act(
        actor=cast.officer,
        mechanism=cast.review.mechanism,
        kind=BulkKind.EXTEND,
        reviews=Review.objects.filter(pk__in=chosen),
        terms=Terms(days=14, reason="More time."),
    )
    assert act.lines.count() == count
    client = login_as(cast.officer)
    client.get(f"{ACTS}{act.pk}/")
    with assert_query_count("portal:cockpit-act of an extension"):
        client.get(f"{ACTS}{act.pk}/")
