"""The page that publishes a draw, and that of the draw while its reviews are being opened."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.people.models import User
from core.enums import JobStatus
from core.models import AuditEntry, Job
from lots.draws.enums import PUBLICATION, DrawStatus
from lots.draws.models import Draw
from reviews.cases.models import Review
from tests.factories.accounts import AuditorFactory, OfficerFactory
from tests.lots.making import Officers, make_draw, taken_to
from tests.lots.pages import address_of, errors_of, messages_of, read, text_of
from tests.lots.publication.pressing import press, work
from tests.utils import make_review

pytestmark = [pytest.mark.django_db, pytest.mark.kept(taken_to, DrawStatus.DRAWN)]
LoginAs = Callable[[User], Client]
PRESSED = "The reviews are being opened. All of it becomes public at once, when they are."


def shown(client: Client, draw: Draw) -> dict[str, str]:
    """What the form of the page sends back."""
    form = client.get(address_of(draw, "draw-publish")).context["form"]
    return {"seen": form["seen"].value()}


def test_the_page_says_what_stands_out_and_how_many_reviews_start_when(
    login_as: LoginAs, officers: Officers, draw: Draw
) -> None:
    words = read(login_as(officers.runner), address_of(draw, "draw-publish"))
    assert "25 reviews of phase 3 are opened, with their reviewing States and their calendars." in words
    assert "group 1 on 1 December 2024, group 2 on 1 November 2025 and group 3 on 1 November 2026" in words
    assert (
        "What stands out The period of a group has begun, so" in words or "What stands out The periods of some" in words
    )
    assert "You may go on all the same." in words


def test_where_nothing_is_wrong_the_page_says_so(
    login_as: LoginAs, officers: Officers, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lots.publication.selectors._LOOKS", ())
    words = read(login_as(officers.runner), address_of(draw, "draw-publish"))
    assert "Nothing stands out" in words
    assert "You may go on all the same." not in words


def test_the_press_leads_to_the_page_that_says_how_far_it_is(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    client = login_as(officers.runner)
    page = client.post(address_of(draw, "draw-publish"), shown(client, draw), follow=True)
    assert messages_of(page) == [PRESSED]
    job = Job.objects.get(kind=PUBLICATION)
    Job.objects.filter(pk=job.pk).update(status=JobStatus.RUNNING, progress=8, lease_until=timezone.now())
    page = client.get(address_of(draw))
    words = text_of(page)
    assert "Publishing: 8 of 25 reviews opened" in words
    assert "The work was interrupted. It starts again by itself within a minute." in words
    assert '<noscript><meta http-equiv="refresh"' in page.content.decode()
    assert (page.context["act"].title, page.context["act"].url) == ("The draw is being published", "")
    assert "It can be voided when that has come to an end." in words
    piece = client.get(address_of(draw), {"piece": "publishing"})
    assert "<html" not in piece.content.decode()
    assert "Publishing: 8 of 25 reviews opened" in text_of(piece)
    Job.objects.filter(pk=job.pk).update(status=JobStatus.QUEUED)
    work(job)
    assert client.get(address_of(draw), {"piece": "publishing"})["HX-Refresh"] == "true"
    assert "The result is public, and the reviews are open." in read(client, address_of(draw))


def test_a_publication_that_waits_says_why(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    job, client = press(draw, officers.runner), login_as(officers.keeper)
    assert "Other work is done first" not in read(client, address_of(draw))
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - dt.timedelta(minutes=2))
    assert "Other work is done first" in read(client, address_of(draw))
    soon = timezone.now() + dt.timedelta(minutes=1)
    Job.objects.filter(pk=job.pk).update(status=JobStatus.RUNNING, attempts=2, lease_until=soon)
    assert "The work was interrupted and has started again." in read(client, address_of(draw))


def test_where_the_last_phase_runs_nothing_is_published_without_a_reason_and_the_record_keeps_it(
    login_as: LoginAs, officers: Officers, draw: Draw
) -> None:
    make_review(state="XVE", phase=2)
    client, address = login_as(officers.runner), address_of(draw, "draw-publish")
    page = client.get(address)
    assert "You may go on all the same, with a reason." in text_of(page)
    given = {"seen": page.context["form"]["seen"].value()}
    page = client.post(address, given)
    assert errors_of(page) == {"reason": ["Say why the phase is to begin all the same."]}
    assert not Job.objects.exists()
    assert client.post(address, {**given, "reason": "The Conference wants it."}).status_code == 302
    work(Job.objects.get(kind=PUBLICATION))
    draw.refresh_from_db()
    assert draw.status == DrawStatus.PUBLISHED
    kept = AuditEntry.objects.filter(verb__in=["lots.draw.publication_begun", "lots.draw.published"])
    assert [*kept.values_list("reason", flat=True)] == ["The Conference wants it."] * 2


def test_an_officer_is_put_in_charge_on_the_page_that_publishes(
    login_as: LoginAs, officers: Officers, draw: Draw
) -> None:
    client = login_as(officers.runner)
    given = {**shown(client, draw), "officer": str(officers.keeper.pk)}
    assert client.post(address_of(draw, "draw-publish"), given).status_code == 302
    work(Job.objects.get(kind=PUBLICATION))
    assert {*Review.objects.values_list("officer", flat=True)} == {officers.keeper.pk}


def test_a_double_click_publishes_once_and_both_lead_on(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    client = login_as(officers.runner)
    given = shown(client, draw)
    for _press in range(2):
        assert client.post(address_of(draw, "draw-publish"), given)["Location"] == address_of(draw)
    work(Job.objects.get(kind=PUBLICATION))
    assert client.post(address_of(draw, "draw-publish"), given)["Location"] == address_of(draw)
    assert (Job.objects.filter(kind=PUBLICATION).count(), Review.objects.count()) == (1, 25)


def test_a_second_officer_is_told_that_it_is_under_way_or_done(
    login_as: LoginAs, officers: Officers, draw: Draw
) -> None:
    client = login_as(OfficerFactory())
    given = shown(client, draw)
    job = press(draw, officers.runner)
    page = client.post(address_of(draw, "draw-publish"), given)
    assert (page.status_code, "This draw is being published already." in text_of(page)) == (403, True)
    work(job)
    page = client.post(address_of(draw, "draw-publish"), given)
    assert (page.status_code, "This draw is published." in text_of(page)) == (403, True)
    assert Job.objects.filter(kind=PUBLICATION).count() == 1


def test_other_findings_are_shown_before_anything_is_done(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    client = login_as(officers.runner)
    given = shown(client, draw)
    User.objects.filter(pk=officers.keeper.pk).update(activated_at=None)
    page = client.post(address_of(draw, "draw-publish"), given)
    changed = "What stands out has changed since you opened this page. Look at it as it is now."
    assert errors_of(page) == {"__all__": [changed]}
    assert "Only 1 officer has accepted the invitation" in text_of(page)
    assert not Job.objects.exists()
    again = {"seen": page.context["form"]["seen"].value()}
    assert client.post(address_of(draw, "draw-publish"), again).status_code == 302


def test_a_refusal_is_told_on_the_page_of_the_draw_and_it_is_published_again(
    login_as: LoginAs, officers: Officers, draw: Draw
) -> None:
    job = press(draw, officers.runner)
    review = make_review(state="XVE", phase=3)
    work(job)
    client = login_as(officers.keeper)
    page = client.get(address_of(draw))
    words = text_of(page)
    assert "The draw was not published What stands out has changed since the button was pressed." in words
    assert "Ruth Runner" in words.partition("The draw was not published")[2][:300]
    assert page.context["act"].url == address_of(draw, "draw-publish")
    Review.objects.filter(pk=review.pk).delete()
    assert client.post(address_of(draw, "draw-publish"), shown(client, draw)).status_code == 302
    assert "The draw was not published" not in read(client, address_of(draw))


def test_nobody_sees_anything_of_the_result_before_all_reviews_are_open(
    login_as: LoginAs, officers: Officers, draw: Draw
) -> None:
    job = press(draw, officers.runner)
    public = address_of(draw, "public-draw")
    seen = []

    def look(number: int) -> None:
        draw.refresh_from_db()
        seen.append(draw.status)

    before = read(Client(), public)
    assert "Seed complete, not published yet" in before
    assert "being published" not in before
    work(job, look)
    assert set(seen) == {"drawn"}
    assert read(Client(), public) != before


def test_an_auditor_sees_how_far_it_is(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    press(draw, officers.runner)
    assert "Publishing: 0 of 25 reviews opened" in read(login_as(AuditorFactory()), address_of(draw))


@pytest.mark.kept(taken_to, DrawStatus.PUBLISHED)
def test_a_second_draw_of_a_phase_is_not_published(login_as: LoginAs, officers: Officers, draw: Draw) -> None:
    second, client = make_draw(DrawStatus.DRAWN, officers=officers), login_as(officers.runner)
    page = client.post(address_of(second, "draw-publish"), shown(client, second))
    message = f"Draw {draw.code} of this phase is published. It has to be voided before another one is published."
    assert errors_of(page) == {"__all__": [message]}
