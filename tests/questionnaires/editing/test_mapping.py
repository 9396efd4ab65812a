"""An officer says where an item goes in the next version, and sees of the States only how many have moved."""

from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from core.database.identity import identified_as
from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from questionnaires.definitions.models import ItemMapping, QuestionnaireVersion
from questionnaires.definitions.selectors import moves_of
from questionnaires.definitions.services import import_version
from questionnaires.editing.services.drafts import StaleError
from questionnaires.editing.services.mapping import NOWHERE, say_where_item_goes
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.plain_role import plain_role
from tests.questionnaires.definitions.test_mapping import with_item
from tests.questionnaires.editing.drafting import BASE, cluster, official
from tests.utils import login_as

pytestmark = pytest.mark.django_db
MAP = f"{BASE}1/versions/1/to/2/"


@pytest.fixture
def versions() -> tuple[QuestionnaireVersion, QuestionnaireVersion]:
    """Version 2 has other words in question 3 and has lost question 4."""
    changed = with_item(official(), "I.untoc.3", text="Is it a crime?")
    last = import_version(OfficerFactory(), with_item(changed, "I.untoc.4", gone=True))
    return QuestionnaireVersion.objects.get(questionnaire__cluster=cluster(), number=1), last


def say(versions: Any, code: str, goes_to: str, *, seen: str = "", actor: Any = None) -> None:
    old, new = versions
    say_where_item_goes(actor=actor or OfficerFactory(), old=old, new=new, code=code, goes_to=goes_to, seen=seen)


def places(versions: Any) -> dict[str, str]:
    moves = moves_of(*[version.pk for version in versions])
    return {code: move.new.code if move.new else "" for code, move in moves.items() if move.is_said}


def test_an_item_goes_elsewhere_nowhere_and_back(versions: Any) -> None:
    say(versions, "I.untoc.3", NOWHERE)
    say(versions, "I.untoc.4", "I.untoc.3")
    assert places(versions) == {"I.untoc.3": "", "I.untoc.4": "I.untoc.3"}
    with pytest.raises(ServiceError, match="Question 4 goes there already"):
        say(versions, "I.untoc.3", "", seen=NOWHERE)
    say(versions, "I.untoc.4", "", seen="I.untoc.3")
    say(versions, "I.untoc.3", "", seen=NOWHERE)
    assert not ItemMapping.objects.exists()
    assert AuditEntry.objects.filter(verb="questionnaires.version.mapped").count() == 4


def test_from_one_version_to_one_after_the_next_holds_what_was_said_of_the_steps(client: Client, versions: Any) -> None:
    first, second = versions
    third = import_version(OfficerFactory(), official())  # question 4 is back
    say((first, second), "I.untoc.3", NOWHERE)
    say((first, second), "I.untoc.4", "I.untoc.3")
    say((second, third), "I.untoc.3", "I.untoc.4", seen="")
    whole = (first, third)
    assert places(whole) == {"I.untoc.3": "", "I.untoc.4": "I.untoc.4"}
    page = login_as(client, OfficerFactory()).get(f"{BASE}1/versions/1/to/3/I.untoc.3/")
    assert page.context["form"]["goes_to"].value() == NOWHERE
    say(whole, "I.untoc.3", "", seen=NOWHERE)
    assert places(whole) == {"I.untoc.3": "I.untoc.3", "I.untoc.4": "I.untoc.4"}
    assert places((first, second)) == {"I.untoc.3": "", "I.untoc.4": "I.untoc.3"}
    say(whole, "I.untoc.3", NOWHERE)
    assert places(whole)["I.untoc.3"] == ""
    assert not ItemMapping.objects.filter(old_version=first, new_version=third).exists(), "as the steps have it"


def test_two_items_do_not_go_to_one_and_none_to_what_is_not_there(versions: Any) -> None:
    with pytest.raises(ServiceError, match="Question 3 goes there already"):
        say(versions, "I.untoc.4", "I.untoc.3")
    for code in ("I.untoc.4", "I.firearms.75", "nothing"):  # gone, a heading of sub-items, never there
        with pytest.raises(ServiceError, match="Choose an item of the later version"):
            say(versions, "I.untoc.5", code)
    assert places(versions) == {}


def test_what_a_colleague_has_said_meanwhile_is_not_overrun(versions: Any) -> None:
    say(versions, "I.untoc.3", NOWHERE)
    with pytest.raises(StaleError):
        say(versions, "I.untoc.3", "I.untoc.4")
    with pytest.raises(PolicyRefusedError):
        say(versions, "I.untoc.5", NOWHERE, actor=AuditorFactory())


def test_an_officer_says_it_with_the_rights_that_pages_have_and_nobody_else(versions: Any) -> None:
    officer, person = OfficerFactory(), UserFactory()
    with plain_role(), identified_as(officer):
        say(versions, "I.untoc.3", NOWHERE, actor=officer)
        say(versions, "I.untoc.3", "", seen=NOWHERE, actor=officer)
    old, new = versions
    with plain_role(), identified_as(person), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
        ItemMapping.objects.create(old_version=old, new_version=new, old_code="I.untoc.3", decided_by=person)


def test_the_page_shows_what_differs_and_leads_to_where_it_is_said(client: Client, versions: Any) -> None:
    office = login_as(client, OfficerFactory())
    assert MAP in office.get(BASE).content.decode()
    page = office.get(MAP)
    assert [(move.old.code, str(move.fate)) for move, _changed in page.context["rows"]] == [
        ("I.untoc.3", "words"),
        ("I.untoc.4", "gone"),
    ]
    form = office.get(f"{MAP}I.untoc.4/").context["form"]
    data = {"seen": form["seen"].value() or "", "goes_to": "I.untoc.3"}
    refused = office.post(f"{MAP}I.untoc.4/", data)
    assert refused.status_code == 422
    assert "Question 3 goes there already" in refused.content.decode()
    assert office.post(f"{MAP}I.untoc.3/", {"seen": "", "goes_to": NOWHERE}).status_code == 302
    assert office.post(f"{MAP}I.untoc.4/", data)["Location"] == MAP
    assert places(versions) == {"I.untoc.3": "", "I.untoc.4": "I.untoc.3"}
    stale = office.post(f"{MAP}I.untoc.3/", {"seen": "", "goes_to": ""})
    assert "A colleague has changed this meanwhile" in stale.content.decode()


def test_an_item_that_stays_as_it_is_can_be_said_elsewhere_and_a_refusal_leads_to_it(
    client: Client, versions: Any
) -> None:
    office = login_as(client, OfficerFactory())
    page = office.get(MAP)
    assert "Items that stay as they are" in page.content.decode()
    assert f'href="{MAP}I.untoc.5/"' in page.content.decode()
    data = {"seen": "", "goes_to": "I.untoc.5"}
    refused = office.post(f"{MAP}I.untoc.4/", data)
    assert refused.status_code == 422
    assert "Say where question 5 goes" in refused.content.decode()
    assert f'href="{MAP}I.untoc.5/"' in refused.content.decode()
    assert office.post(f"{MAP}I.untoc.5/", {"seen": "", "goes_to": NOWHERE})["Location"] == MAP
    assert office.post(f"{MAP}I.untoc.4/", data)["Location"] == MAP
    assert places(versions) == {"I.untoc.5": "", "I.untoc.4": "I.untoc.5"}
    assert "Say otherwise" not in login_as(client, AuditorFactory()).get(MAP).content.decode()


@pytest.mark.parametrize("address", [f"{BASE}1/versions/2/to/1/", f"{BASE}1/versions/1/to/3/", f"{MAP}I.untoc.99/"])
def test_there_is_no_way_back_or_to_what_is_not_there(client: Client, versions: Any, address: str) -> None:
    assert login_as(client, OfficerFactory()).get(address).status_code == 404


def test_an_auditor_looks_on_and_nobody_else_learns_of_it(client: Client, versions: Any) -> None:
    page = login_as(client, AuditorFactory()).get(MAP)
    assert page.status_code == 200
    assert f"{MAP}I.untoc.3/" not in page.content.decode()
    assert login_as(client, AuditorFactory()).get(f"{MAP}I.untoc.3/").status_code == 403
