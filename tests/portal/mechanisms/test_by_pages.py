"""From an empty mechanism to its first opened review, by pages alone; and each page of the step in the wizard."""

import datetime as dt
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.affiliations.services import affiliate
from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from core import jobs
from core.models import AuditEntry, Institution, Job
from portal.mechanisms.checking.archive import open_folder
from portal.mechanisms.contents import contents_of
from portal.mechanisms.models import MechanismChoice
from portal.mechanisms.policy import LOAD
from portal.mechanisms.selectors import standing_mechanisms
from portal.setup.steps import setup_of
from questionnaires.editing.models import QuestionnaireDraft
from reviews.cases.models import Review
from reviews.programme.models import Adherence, Article, Cluster, Instrument, Mechanism, PhasePeriod
from tests.factories.accounts import AdministratorFactory, OfficerFactory, UserFactory
from tests.forms import carried_by, send_form
from tests.portal.mechanisms.folders import SHIPPED, files_of, load, without_mechanisms, zipped
from tests.utils import fictional_state, login_as

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


NONE_YET = "There is no mechanism yet, and so there are no reviews and no draws. An administrator loads the first one."


def test_pages_that_need_a_mechanism_say_that_there_is_none(client: Client, colleague: Client) -> None:
    for address in ("/en/cockpit/", "/en/draws/home/", "/en/reviews/"):
        for each in (client, colleague):
            answer = each.get(address, follow=True)
            assert answer.redirect_chain == [("/en/", 302)]
            assert [str(message) for message in answer.context["messages"]] == [NONE_YET]
    assert NONE_YET in colleague.get("/en/").content.decode()
    assert "No questionnaire has been published yet" in client.get("/en/questionnaires/").content.decode()
    assert "by its link or by a note verbale" in client.get("/en/directory/").content.decode()


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
    assert contents_of(Mechanism.objects.get()).next.key == "dates"  # type: ignore[union-attr]


def test_a_file_is_checked_confirmed_by_another_and_loaded(client: Client, colleague: Client) -> None:
    def upload(content: bytes) -> Any:
        return client.post(page("file"), {"file": SimpleUploadedFile("own.zip", content)})

    files = files_of(SMALL)
    wrong = upload(zipped({**files, "mechanism.json": files["mechanism.json"].replace('"order": 1,', '"order": "1",')}))
    assert wrong.status_code == 422
    assert "steps[0].order" in wrong.content.decode()
    assert "There may be more" not in wrong.content.decode()
    spoilt = files["mechanism.json"].replace('"limits": [', f'"limits": [{"1," * 300}')
    many = upload(zipped({**files, "mechanism.json": spoilt}))
    assert "There may be more" in many.content.decode()
    answer = upload(zipped(files))
    choice = MechanismChoice.objects.get()
    assert answer.headers["Location"] == page("choice", choice.pk)
    own = client.get(page("choice", choice.pk)).content.decode()
    assert "Two members of the secretariat are needed" in own
    assert client.post(page("confirm", choice.pk)).status_code == 403
    shown = colleague.get(page("choice", choice.pk))
    assert page("confirm", choice.pk) in shown.content.decode()
    definition = json.loads(next(text for name, text in files.items() if name.startswith("questionnaires/")))
    item = definition["parts"][0]["sections"][0]["items"][0]
    article = json.loads(files["mechanism.json"])["articles"][0]
    assert all(escape(text) in shown.content.decode() for text in (item["text"], article["title"]["en"])), "it is read"
    got = colleague.get(page("choice-download", choice.pk)).content
    assert dict(open_folder("a.zip", got)) == files
    colleague.post(page("confirm", choice.pk), {"shown": "another"})
    choice.refresh_from_db()
    assert choice.status == "waiting"
    assert colleague.post(page("confirm", choice.pk), carried_by(shown)).status_code == 302
    load(choice)
    got = client.get(page("download", SMALL))
    assert got.headers["Content-Disposition"] == f'attachment; filename="{SMALL}.zip"'
    assert [each.slug for each in standing_mechanisms()] == [SMALL]


def test_a_load_that_failed_is_told_and_can_be_tried_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    send_form(client, page("load", SMALL))
    choice = MechanismChoice.objects.get()
    job = jobs.latest_act(choice, LOAD)
    assert job is not None
    Job.objects.filter(pk=job.pk).update(status="failed", error="The worker was lost.")
    text = client.get(page("list")).content.decode()
    assert "The worker was lost." in text
    send_form(client, page("load", SMALL))
    load(MechanismChoice.objects.order_by("-created_at")[0])
    assert "The worker was lost." not in client.get(page("list")).content.decode()


# --- By pages alone


KNOWN = {"evidence_mark": "S", "evidence_note": "Tides Convention, article 12."}
DRAFT = ["tides", 1]


class Filling:
    """An empty mechanism that one officer fills by the buttons of its page; ``missing`` keeps their order."""

    def __init__(self, client: Client, mechanism: Mechanism) -> None:
        self.client, self.mechanism = client, mechanism
        self.missing: list[str] = []

    def next(self) -> str:
        """Where the page leads next."""
        part = contents_of(self.mechanism).next
        assert part is not None
        self.missing.append(part.key)
        return part.standing.url

    def send(self, typed: dict[str, Any]) -> Any:
        return send_form(self.client, self.next(), typed)

    def instrument(self) -> Instrument:
        row = {"slug": "tides", "name_en": "Tides Convention", "short_name_en": "Tides Convention", "order": 30}
        answer = self.send({**row, **KNOWN, "mechanism": self.mechanism.pk, "days_to_force": 30})
        assert answer.headers["Location"] == page("contents", "tides"), "the page of the row leads back"
        return Instrument.objects.get(slug="tides")

    def articles_and_cluster(self, instrument: Instrument) -> Cluster:
        refused = self.send({"instrument": instrument.pk, "lines": "National plans", "mark": "S"})
        assert (refused.status_code, "Line 1" in refused.content.decode()) == (422, True)
        lines = "3 National plans\n4. Monitoring\n5 Early warning"
        given = {"instrument": instrument.pk, "lines": lines, "cluster": "", "mark": "S", "note": "Article 12."}
        assert self.send(given).status_code == 302
        assert set(Article.objects.filter(instrument=instrument).values_list("number", flat=True)) == {3, 4, 5}
        self.send({"mechanism": self.mechanism.pk, "number": 1, "roman": "I", "name_en": "Tides"})
        cluster = Cluster.objects.get(mechanism=self.mechanism)
        done = self.client.get(self.send({**given, "cluster": cluster.pk}).headers["Location"]).content.decode()
        assert cluster.articles.count() == 3
        assert "The cluster holds 3 more articles." in done
        assert "articles are added" not in done, "nothing is said of what is none"
        address = page("articles", "tides")
        done = self.client.get(send_form(self.client, address, {**given, "cluster": cluster.pk}).headers["Location"])
        assert "All of this is here already." in done.content.decode()
        return cluster

    def parties(self, instrument: Instrument) -> None:
        given = {"instrument": instrument.pk, "source": "The depositary’s list, 1 March 2026."}
        refused = self.send({**given, "lines": "QQQ; 2012-05-01; accession"})
        assert "knows no State with this code" in refused.content.decode()
        refused = self.send(
            {**given, "lines": "XHV; 1912-05-01; accession\nXLE; 2199-01-01; accession"}
        ).content.decode()
        assert "Line 1: This day is before the United Nations were founded." in refused
        assert "Line 2: This day is still to come." in refused
        assert self.send({**given, "lines": "XHV; 2012-05-01; accession"}).status_code == 302
        lines = "XLE, 2013-05-01, ratification\nXLV\t2014-05-01\tapproval"
        assert self.send({**given, "lines": lines, "is_verified": "on"}).status_code == 302
        read = Adherence.objects.filter(instrument=instrument).order_by("state_party__iso3")
        assert list(read.values_list("is_verified", flat=True)) == [False, True, True], "as is said in the box"
        said = AuditEntry.objects.filter(verb="reviews.adherence.added", target_id=read[0].pk).get()
        assert said.after["source"] == given["source"], "as where one State is noted"

    def phase(self, cluster: Cluster) -> None:
        self.send({"mechanism": self.mechanism.pk, "number": 1, "cluster": cluster.pk, **KNOWN})

    def dates(self) -> None:
        last = FIRST_DAY.replace(year=FIRST_DAY.year + 1)
        dates = {"first-1-1": str(FIRST_DAY), "last-1-1": str(last)}
        self.send({**dates, **KNOWN, "reason": "", "store": "1"})
        assert PhasePeriod.objects.get(phase__mechanism=self.mechanism).period.lower == FIRST_DAY

    def questionnaire(self, colleague: Client) -> None:
        assert "questionnaires" in self.next()
        steps: list[tuple[str, list[Any], dict[str, Any]]] = [
            ("draft-start-empty", DRAFT, {"title": "On tides", "source": "Decision 1", "language": "en"}),
            ("draft-part-add", DRAFT, {"instrument": "tides", "title": "Tides", "cluster_title": "Tides"}),
            ("draft-section-add", [*DRAFT, "tides"], {"heading": "Plans", "articles": ["3"], "applicability": ""}),
        ]
        for name, args, typed in steps:
            assert send_form(self.client, reverse(f"questionnaires:{name}", args=args), typed).status_code == 302, name
        section = QuestionnaireDraft.objects.get().content["parts"][0]["sections"][0]["slug"]
        item = {"number": "1", "text": "Is there a plan?", "kind": "yes_no", "after": "first", "options": "Yes\nNo"}
        address = reverse("questionnaires:draft-item-add", args=[*DRAFT, "tides", section])
        assert send_form(self.client, address, item).status_code == 302
        publish = reverse("questionnaires:draft-publish", args=DRAFT)
        assert self.client.get(publish).status_code == 403, "whoever has edited it does not publish it"
        assert send_form(colleague, publish).status_code == 302

    def review(self) -> Review:
        assert "draws" in self.next()
        period = PhasePeriod.objects.get(phase__mechanism=self.mechanism)
        states = {"state_under_review": "XHV", "same_group_1": "XLE", "other_group_1": "XLV"}
        given = {"period": period.pk, "starts_on": "", "officer": "", **states}
        affiliate(UserFactory.create(), fictional_state("XHV"))  # fictional States are offered where one has people
        assert send_form(self.client, reverse("reviews:review-open", args=["tides"]), given).status_code == 302
        return Review.objects.get(mechanism=self.mechanism)


def test_from_an_empty_mechanism_to_its_first_review_by_pages(
    client: Client, colleague: Client, administrator: User
) -> None:
    assert send_form(client, page("empty"), EMPTY).status_code == 302
    load(MechanismChoice.objects.get())
    filling = Filling(client, Mechanism.objects.get())
    assert client.get(page("articles", "tides")).status_code == 403, "a staff session is needed"
    text = client.get(page("contents", "tides")).content.decode()
    assert "Begin a staff session" in text
    assert "were taken over from another mechanism" in text
    of_officer = colleague.get(page("contents", "tides")).content.decode()
    assert reverse("reviews:plan-list", args=["tides"]) in of_officer, "each part is open to whom the policy lets do it"
    assert "staff session" not in of_officer
    start_staff_session(actor=administrator, reason="To set up the mechanism.", state_party=None)

    instrument = filling.instrument()
    cluster = filling.articles_and_cluster(instrument)
    filling.parties(instrument)
    filling.phase(cluster)
    assert mechanism_step(administrator) == ("to_do", page("contents", "tides")), "dates are a step of their own"
    filling.dates()
    filling.questionnaire(colleague)
    assert mechanism_step(administrator)[0] == "done"
    assert filling.review().state_under_review.iso3 == "XHV"

    assert contents_of(filling.mechanism).is_whole
    assert list(dict.fromkeys(filling.missing)) == [
        "instruments", "articles", "clusters", "cluster_articles", "parties", "phases", "dates", "questionnaires",
        "review",
    ]  # fmt: skip
