"""What the checksum of a published questionnaire is over is not changed on the reference site."""

from typing import Any

import pytest
from django.forms import model_to_dict
from django.test import Client

from accounts.staff_sessions.services import start_staff_session
from questionnaires.definitions.models import QuestionnaireVersion
from questionnaires.definitions.selectors import index_of
from questionnaires.definitions.services import definition_hash
from reviews.programme.models import Article, Cluster, Instrument, Mechanism
from tests.factories.accounts import AdministratorFactory
from tests.utils import login_as

pytestmark = pytest.mark.django_db
WORDS = "A published questionnaire rests on this"


@pytest.fixture
def office(client: Client) -> Client:
    administrator = AdministratorFactory()
    start_staff_session(actor=administrator, reason="Articles are corrected.", state_party=None)
    return login_as(client, administrator)


def change(office: Client, row: Any, **values: Any) -> Any:
    """The form of a row as a browser sends it, with other ``values``."""
    address = f"/en/reference-data/reviews/{row._meta.model_name}/{row.pk}/change/"
    form = office.get(address).context["adminform"].form
    shown = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in (shown | values).items() if value is not None}
    return office.post(address, data)


@pytest.mark.parametrize(
    ("model", "which", "field", "value"),
    [
        (Article, {"instrument__slug": "untoc", "number": 5}, "number", 99),
        (Instrument, {"slug": "untoc"}, "slug", "palermo"),
        (Mechanism, {"slug": "untoc"}, "slug", "palermo"),
        (Cluster, {"mechanism__slug": "untoc", "number": 1}, "roman", "V"),
    ],
)
def test_what_is_hashed_stays_and_its_row_too(
    office: Client, model: Any, which: dict[str, Any], field: str, value: Any
) -> None:
    row = model.objects.get(**which)
    before = model_to_dict(row)
    answer = change(office, row, **{field: value})
    assert WORDS in answer.context["adminform"].form.errors[field][0]
    office.post(f"/en/reference-data/reviews/{row._meta.model_name}/{row.pk}/delete/", {"post": "yes"})
    row.refresh_from_db()
    assert model_to_dict(row) == before
    index_of.cache_clear()
    for version in QuestionnaireVersion.objects.all():
        assert definition_hash(index_of(version.pk).definition) == version.sha256


def test_the_title_of_an_article_and_what_no_version_asks_about_are_changed(office: Client) -> None:
    asked = Article.objects.get(instrument__slug="untoc", number=5)
    assert change(office, asked, title_en="Another title").status_code == 302
    other = Article.objects.create(instrument=asked.instrument, number=98, title_en="Of nothing")
    assert change(office, other, number=99).status_code == 302
    other.refresh_from_db()
    assert other.number == 99
