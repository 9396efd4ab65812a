"""Pages of the reference data wear the frame of the portal, in its words and languages."""

import re

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from accounts.people.models import User
from accounts.staff_sessions.services import start_staff_session
from reviews.programme.models import Adherence, Article, Cluster, Instrument, Mechanism
from tests.factories.accounts import AdministratorFactory, OfficerFactory
from tests.forms import carried_by
from tests.utils import login_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward() -> User:
    steward: User = AdministratorFactory.create()
    start_staff_session(actor=steward, reason="To look after the rules.", state_party=None)
    return steward


@pytest.fixture
def client(steward: User) -> Client:
    return login_as(Client(), steward)


def pages(mechanism: Mechanism) -> dict[str, str]:
    row = [mechanism.pk]
    return {
        "index": reverse("admin:index"),
        "list": reverse("admin:reviews_mechanism_changelist"),
        "add": reverse("admin:reviews_mechanism_add"),
        "change": reverse("admin:reviews_mechanism_change", args=row),
        "delete": reverse("admin:reviews_mechanism_delete", args=row),
        "history": reverse("admin:reviews_mechanism_history", args=row),
    }


@pytest.mark.parametrize("page", ["index", "list", "add", "change", "delete", "history"])
def test_every_page_has_the_frame_and_nothing_of_another(client: Client, mechanism: Mechanism, page: str) -> None:
    text = client.get(pages(mechanism)[page]).content.decode()
    assert 'class="app-bar"' in text
    assert "app-side" in text
    assert len(re.findall("<h1", text)) == 1
    assert re.findall(r"static/admin/[^\"]+", text) == []


@pytest.mark.parametrize("page", ["list", "add", "change", "delete", "history"])
def test_each_page_says_what_lies_above_it(client: Client, mechanism: Mechanism, page: str) -> None:
    text = client.get(pages(mechanism)[page]).content.decode()
    assert f'<a class="app-trail__link" href="{reverse("admin:index")}"><bdi>Reference data</bdi></a>' in text


def test_fields_are_called_by_their_languages(client: Client, mechanism: Mechanism) -> None:
    text = client.get(pages(mechanism)["change"]).content.decode()
    assert "Name (العربية)" in text
    assert "[zh-hans]" not in text


def test_in_arabic_it_runs_from_right_to_left(client: Client) -> None:
    text = client.get(reverse("admin:index").replace("/en/", "/ar/")).content.decode()
    assert 'dir="rtl"' in text


def test_who_has_no_staff_session_sees_what_the_page_is_and_the_button_that_begins_one() -> None:
    address = reverse("admin:reviews_instrument_changelist")
    answer = login_as(Client(), AdministratorFactory.create()).get(address)
    text = answer.content.decode()
    assert answer.status_code == 403
    assert re.search(r"<h1[^>]*>\s*Instruments\s*</h1>", text)
    assert "This page needs a staff session." in text
    assert f'href="{reverse("accounts:staff-session-start")}?next={address}"' in text


def test_who_could_not_begin_one_is_told_who_may() -> None:
    answer = login_as(Client(), OfficerFactory.create()).get(reverse("admin:reviews_instrument_changelist"))
    assert answer.status_code == 403
    assert "Only administrators of the secretariat look after the reference data." in answer.content.decode()


def test_what_is_wrong_is_said_by_the_field_and_what_was_typed_stays(client: Client, mechanism: Mechanism) -> None:
    given = {"slug": "no good", "name_en": "Typed", "short_name_en": ""}
    answer = client.post(reverse("admin:reviews_mechanism_add"), given)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_slug"' in text
    assert 'value="Typed"' in text
    assert 'id="id_slug_error"' in text


def test_a_row_is_added_and_the_way_there_may_say_what_stands_in_it(client: Client, mechanism: Mechanism) -> None:
    address = f"{reverse('admin:reviews_cluster_add')}?mechanism={mechanism.pk}&number=9"
    text = client.get(address).content.decode()
    assert f'<option value="{mechanism.pk}" selected>' in text
    given = {"mechanism": mechanism.pk, "number": 9, "roman": "IX", "name_en": "Tides"}
    assert client.post(address, given).status_code == 302
    assert Cluster.objects.get(mechanism=mechanism, number=9).name == "Tides"


@pytest.mark.parametrize(
    ("name", "column", "typed"),
    [
        ("instrument", "order", {"slug": "tides", "short_name_en": "Tides", "days_to_force": 30}),
        ("cluster", "number", {"roman": "IX"}),
        ("phase", "number", {}),
        ("reviewgroup", "number", {}),
    ],
)
def test_a_row_that_is_added_after_another_comes_after_it(
    client: Client, mechanism: Mechanism, name: str, column: str, typed: dict[str, object]
) -> None:
    model = apps.get_model("reviews", name)
    last = model.objects.filter(mechanism=mechanism).order_by(column).values_list(column, flat=True).last() or 0
    address = f"{reverse(f'admin:reviews_{name}_add')}?mechanism={mechanism.pk}&back=/en/"
    page = client.get(address)
    assert f'name="{column}" value="{last + 1}"' in page.content.decode()
    cluster = Cluster.objects.filter(mechanism=mechanism)[0].pk
    given = {"mechanism": mechanism.pk, "name_en": "Tides", "cluster": cluster, "evidence_mark": "S", **typed}
    answer = client.post(address, {**given, column: last + 1, "evidence_note": "Rules.", "_addanother": "1"})
    text = client.get(answer.headers["Location"]).content.decode()
    assert f'name="{column}" value="{last + 2}"' in text
    assert f'<option value="{mechanism.pk}" selected>' in text


def test_an_address_that_says_no_mechanism_is_a_form_like_any_other(client: Client) -> None:
    assert client.get(f"{reverse('admin:reviews_cluster_add')}?mechanism=none").status_code == 200


def test_a_search_stays_within_the_filter(client: Client, reference: None) -> None:
    address, party = reverse("admin:reviews_adherence_changelist"), Adherence.objects.all()[0]
    narrowed = {"instrument__id__exact": str(party.instrument_id), "is_verified__exact": "1"}
    carried = carried_by(client.get(address, narrowed))
    assert carried.pop("from") == address  # of the bar, for places to go
    assert carried == narrowed
    assert client.get(address, {**carried, "q": party.state_party.iso3}).status_code == 200


def test_names_of_what_rests_on_a_row_stand_there_as_they_are(client: Client, mechanism: Mechanism) -> None:
    instrument = Instrument.objects.create(mechanism=mechanism, slug="tides", name="Tides", order=30, days_to_force=1)
    Article.objects.create(instrument=instrument, number=1, title="Harbours & “quays”, <all>")
    text = client.get(reverse("admin:reviews_instrument_delete", args=[instrument.pk])).content.decode()
    assert "&amp;amp;" not in text
    assert "&amp;lt;" not in text


def test_what_something_rests_on_is_not_deleted_and_what_that_is_stands_there(client: Client, reference: None) -> None:
    instrument = Instrument.objects.order_by("order")[0]
    address = reverse("admin:reviews_instrument_delete", args=[instrument.pk])
    text = client.get(address).content.decode()
    assert "cannot be deleted: other rows rest on it" in text
    number = instrument.articles.count()
    assert f"<li><bdi>Article: {number}</bdi></li>" in text
    client.post(address, {"post": "yes"})
    assert Instrument.objects.filter(pk=instrument.pk).exists()
