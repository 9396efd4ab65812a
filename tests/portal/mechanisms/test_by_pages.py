"""From an empty mechanism to its first opened review, by pages alone; and each page of the step in the wizard."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from core.models import Institution
from portal.mechanisms.contents import contents_of
from portal.mechanisms.models import MechanismChoice
from portal.mechanisms.selectors import standing_mechanisms
from portal.setup.steps import setup_of
from reviews.cases.models import Review
from reviews.programme.models import Article, Cluster, Instrument, Mechanism, PhasePeriod
from tests.factories.accounts import AdministratorFactory, OfficerFactory
from tests.forms import send_form
from tests.portal.mechanisms.folders import SHIPPED, files_of, load, without_mechanisms, zipped
from tests.utils import login_as

pytestmark = pytest.mark.django_db
SMALL = min(SHIPPED, key=lambda slug: len(files_of(slug)["mechanism.json"]))
EMPTY = {"name_en": "Review of the Tides Convention", "short_name_en": "Tides Review", "slug": "tides", "like": SMALL}
FIRST_DAY = dt.date(2031, 3, 1)


@pytest.fixture(autouse=True)
def _nothing_is_chosen() -> None:
    without_mechanisms()


@pytest.fixture
def administrator() -> User:
    administrator: User = AdministratorFactory.create()
    return administrator


@pytest.fixture
def client(administrator: User) -> Client:
    return login_as(Client(), administrator)


@pytest.fixture
def colleague() -> Client:
    return login_as(Client(), OfficerFactory.create())


def page(name: str, *args: object) -> str:
    return reverse(f"portal:mechanism-{name}", args=args)


def mechanism_step(administrator: User) -> tuple[str, str]:
    Institution.objects.update(is_set_up=False)
    standing = next(step for step in setup_of(administrator).steps if step.key == "mechanism").standing
    return str(standing.status), str(standing.url)


# --- The pages of the step


@pytest.mark.parametrize("address", ["/en/reviews/", "/en/cockpit/", "/en/draws/home/", "/en/questionnaires/", "/en/"])
def test_without_a_mechanism_every_part_leads_somewhere(client: Client, address: str) -> None:
    assert client.get(address, follow=True).status_code == 200


def test_what_comes_with_the_portal_is_shown_in_figures_and_loaded(client: Client, administrator: User) -> None:
    assert mechanism_step(administrator) == ("to_do", page("list"))
    text = client.get(page("list")).content.decode()
    assert "There is no mechanism yet" in text
    assert all(f'href="{page("load", slug)}"' in text for slug in SHIPPED)
    assert send_form(client, page("load", SMALL)).status_code == 302
    assert mechanism_step(administrator) == ("waits", page("list"))
    text = client.get(page("list")).content.decode()
    assert 'id="running"' in text
    assert 'href="' + page("file") not in text, "nothing else is chosen meanwhile"
    load(MechanismChoice.objects.get())
    assert client.get(f"{page('list')}?piece=running").headers["HX-Refresh"] == "true"
    assert mechanism_step(administrator)[0] == "done"
    assert "were taken over from another" not in client.get(page("contents", SMALL)).content.decode()
    assert contents_of(Mechanism.objects.get()).next.key == "review"  # type: ignore[union-attr]


def test_a_file_is_checked_confirmed_by_another_and_loaded(client: Client, colleague: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    def upload(content: bytes) -> Any:
        return client.post(page("file"), {"file": SimpleUploadedFile("own.zip", content)})

    files = files_of(SMALL)
    wrong = upload(zipped({**files, "mechanism.json": files["mechanism.json"].replace('"order": 1,', '"order": "1",')}))
    assert wrong.status_code == 422
    assert "steps[0].order" in wrong.content.decode()
    answer = upload(zipped(files))
    choice = MechanismChoice.objects.get()
    assert answer.headers["Location"] == page("choice", choice.pk)
    own = client.get(page("choice", choice.pk)).content.decode()
    assert "Two members of the secretariat are needed" in own
    assert client.post(page("confirm", choice.pk)).status_code == 403
    assert page("confirm", choice.pk) in colleague.get(page("choice", choice.pk)).content.decode()
    assert colleague.post(page("confirm", choice.pk)).status_code == 302
    load(choice)
    got = client.get(page("download", SMALL))
    assert got.headers["Content-Disposition"] == f'attachment; filename="{SMALL}.zip"'
    assert [each.slug for each in standing_mechanisms()] == [SMALL]


def test_a_load_that_failed_is_told_and_can_be_tried_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    send_form(client, page("load", SMALL))
    choice = MechanismChoice.objects.get()
    from core import jobs
    from core.models import Job
    from portal.mechanisms.policy import LOAD

    job = jobs.latest_act(choice, LOAD)
    assert job is not None
    Job.objects.filter(pk=job.pk).update(status="failed", error="The worker was lost.")
    text = client.get(page("list")).content.decode()
    assert "The worker was lost." in text
    send_form(client, page("load", SMALL))
    load(MechanismChoice.objects.order_by("-created_at")[0])
    assert "The worker was lost." not in client.get(page("list")).content.decode()


# --- By pages alone


def add(client: Client, name: str, **typed: object) -> None:
    answer = send_form(client, reverse(f"admin:{name}_add"), typed)
    assert answer.status_code == 302, answer.content.decode()


def test_from_an_empty_mechanism_to_its_first_review_by_pages(
    client: Client, colleague: Client, administrator: User
) -> None:
    assert send_form(client, page("empty"), EMPTY).status_code == 302
    load(MechanismChoice.objects.get())
    mechanism = Mechanism.objects.get()
    contents, filling = page("contents", "tides"), ("tides",)
    missing = []

    def next_is() -> str:
        part = contents_of(mechanism).next
        assert part is not None
        missing.append(part.key)
        return part.standing.url

    assert client.get(page("articles", *filling)).status_code == 403, "a staff session is needed"
    text = client.get(contents).content.decode()
    assert "Begin a staff session" in text
    assert "were taken over from another mechanism" in text
    start_staff_session(actor=administrator, reason="To set up the mechanism.", state_party=None)
    assert next_is() in client.get(contents).content.decode().replace("&amp;", "&")

    known = {"evidence_mark": "S", "evidence_note": "Tides Convention, article 12."}
    row = {"slug": "tides", "name_en": "Tides Convention", "short_name_en": "Tides Convention", "order": 30}
    answer = send_form(client, next_is(), {**row, **known, "mechanism": mechanism.pk, "days_to_force": 30})
    assert answer.headers["Location"] == contents, "the page of the row leads back"
    instrument = Instrument.objects.get(slug="tides")

    refused = send_form(client, next_is(), {"instrument": instrument.pk, "lines": "National plans", "mark": "S"})
    assert (refused.status_code, "Line 1" in refused.content.decode()) == (422, True)
    lines = "3 National plans\n4. Monitoring\n5 Early warning"
    given = {"instrument": instrument.pk, "lines": lines, "cluster": "", "mark": "S", "note": "Article 12."}
    assert send_form(client, page("articles", *filling), given).status_code == 302
    assert set(Article.objects.filter(instrument=instrument).values_list("number", flat=True)) == {3, 4, 5}

    send_form(client, next_is(), {"mechanism": mechanism.pk, "number": 1, "roman": "I", "name_en": "Tides"})
    cluster = Cluster.objects.get(mechanism=mechanism)
    send_form(client, next_is(), {**given, "cluster": cluster.pk})
    assert cluster.articles.count() == 3

    parties = {"instrument": instrument.pk, "source": "The depositary’s list, 1 March 2026."}
    refused = send_form(client, next_is(), {**parties, "lines": "QQQ; 2012-05-01; accession"})
    assert "knows no State with this code" in refused.content.decode()
    lines = "XHV; 2012-05-01; accession\nXLE, 2013-05-01, ratification\nXLV\t2014-05-01\tapproval"
    assert send_form(client, page("parties", *filling), {**parties, "lines": lines}).status_code == 302

    send_form(client, next_is(), {"mechanism": mechanism.pk, "number": 1, "cluster": cluster.pk, **known})
    dates = {f"{edge}-1-1": str(day) for edge, day in (("first", FIRST_DAY), ("last", FIRST_DAY.replace(year=2032)))}
    send_form(client, next_is(), {**dates, **known, "reason": "", "store": "1"})
    assert PhasePeriod.objects.get(phase__mechanism=mechanism).period.lower == FIRST_DAY

    assert "questionnaires" in next_is()
    draft = ["tides", 1]
    steps = [
        ("draft-start-empty", draft, {"title": "On tides", "source": "Decision 1", "language": "en"}),
        ("draft-part-add", draft, {"instrument": "tides", "title": "Tides", "cluster_title": "Tides"}),
        ("draft-section-add", [*draft, "tides"], {"heading": "Plans", "articles": ["3"], "applicability": ""}),
    ]
    for name, args, typed in steps:
        assert send_form(client, reverse(f"questionnaires:{name}", args=args), typed).status_code == 302, name
    from questionnaires.editing.models import QuestionnaireDraft

    section = QuestionnaireDraft.objects.get().content["parts"][0]["sections"][0]["slug"]
    item = {"number": "1", "text": "Is there a plan?", "kind": "yes_no", "after": "first", "options": "Yes\nNo"}
    answer = send_form(client, reverse("questionnaires:draft-item-add", args=[*draft, "tides", section]), item)
    assert answer.status_code == 302, answer.content.decode()
    publish = reverse("questionnaires:draft-publish", args=draft)
    assert client.get(publish).status_code == 403, "whoever has edited it does not publish it"
    assert send_form(colleague, publish).status_code == 302

    assert "draws" in next_is()
    opened = {"period": PhasePeriod.objects.get(phase__mechanism=mechanism).pk, "starts_on": "", "officer": ""}
    states = {"state_under_review": "XHV", "same_group_1": "XLE", "other_group_1": "XLV"}
    answer = send_form(client, reverse("reviews:review-open", args=["tides"]), {**opened, **states})
    assert answer.status_code == 302, answer.content.decode()
    assert Review.objects.get(mechanism=mechanism).state_under_review.iso3 == "XHV"
    assert contents_of(mechanism).is_whole
    in_order = [key for number, key in enumerate(missing) if key not in missing[:number]]
    assert in_order == [
        "instruments", "articles", "clusters", "cluster_articles", "parties", "phases", "dates", "questionnaires",
        "review",
    ]  # fmt: skip
