"""Translations are written beside the official text, and no colleague's is lost."""

import pytest
from django.test import Client

from questionnaires.editing.forms.drafts import box_name
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import seen_of_item, seen_of_order
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.editing.drafting import DRAFT, codes_of, form_of, item_of, make_draft, now
from tests.utils import login_as

pytestmark = pytest.mark.django_db
SECTION = f"{DRAFT}parts/untoc/sections/article-5/"
ITEM = f"{SECTION}I.untoc.3/"


@pytest.fixture
def office(client: Client) -> Client:
    return login_as(client, OfficerFactory())


@pytest.fixture
def draft() -> QuestionnaireDraft:
    return make_draft()


def test_a_translation_is_written_beside_the_official_text(office: Client, draft: QuestionnaireDraft) -> None:
    address = f"{DRAFT}translations/fr/untoc/article-2/"
    form = office.get(address).context["form"]
    missing = office.get(address).context["missing"]
    data = {name: "" for name in form.fields if name != "seen"} | {"seen": form["seen"].value()}
    office.post(address, data | {box_name("Yes"): "Oui"})
    assert now(draft).translations == {"fr": {"Yes": "Oui"}}
    assert office.get(address).context["missing"] == missing - 1
    shown = office.get(f"{DRAFT}bench/untoc/article-2/?language=fr").content.decode()
    assert '<span lang="fr" dir="ltr">Oui</span>' in shown


def test_a_translation_stays_with_its_text_when_a_colleague_changes_the_order_meanwhile(
    office: Client, draft: QuestionnaireDraft
) -> None:
    address = f"{DRAFT}translations/fr/untoc/article-5/"
    form = office.get(address).context["form"]
    text = item_of(now(draft), "I.untoc.3").text
    data = {name: "" for name in form.fields if name != "seen"} | {"seen": form["seen"].value()}
    seen = seen_of_order(codes_of(now(draft), "untoc", "article-5"))
    office.post(f"{SECTION}order/", {"down": "I.untoc.3", "seen": seen})
    office.post(address, data | {box_name(text): "Est-ce un crime ?"})
    assert now(draft).translations == {"fr": {text: "Est-ce un crime ?"}}


def test_what_was_typed_for_words_that_a_colleague_changed_is_shown_and_no_other_translation_is_lost(
    office: Client, draft: QuestionnaireDraft
) -> None:
    address = f"{DRAFT}translations/fr/untoc/article-5/"
    form = office.get(address).context["form"]
    item = item_of(now(draft), "I.untoc.3")
    data = {name: "" for name in form.fields if name != "seen"} | {"seen": form["seen"].value()}
    office.post(f"{ITEM}change/", form_of(item, text="Use of terms?", seen=seen_of_item(item)))
    elsewhere = f"{DRAFT}translations/fr/untoc/article-2/"
    first = item_of(now(draft), "I.untoc.1")
    office.post(f"{DRAFT}parts/untoc/sections/article-2/I.untoc.1/change/",
                form_of(first, text="Use of terms?", seen=seen_of_item(first)))  # fmt: skip
    there = office.get(elsewhere).context["form"]
    said = dict.fromkeys(there.fields, "") | {"seen": there["seen"].value(), box_name("Use of terms?"): "Termes ?"}
    office.post(elsewhere, said)
    answer = office.post(address, data | {box_name(item.text): "Est-ce un crime ?"})
    assert answer.status_code == 422
    assert '<p dir="auto">Est-ce un crime ?</p>' in answer.content.decode()
    again = answer.context["form"]
    office.post(address, {name: again[name].value() for name in again.fields})
    assert now(draft).translations == {"fr": {"Use of terms?": "Termes ?"}}


def test_an_empty_box_does_not_take_the_translation_of_a_colleague_away(
    office: Client, draft: QuestionnaireDraft
) -> None:
    address = f"{DRAFT}translations/fr/untoc/article-5/"
    form = office.get(address).context["form"]
    data = {name: "" for name in form.fields if name != "seen"} | {"seen": form["seen"].value()}
    colleague = login_as(Client(), OfficerFactory())
    assert colleague.post(address, data | {box_name("Yes"): "Oui", box_name("No"): "Non"}).status_code == 302
    answer = office.post(address, data | {box_name("No"): "Aucunement"})
    assert answer.status_code == 422
    again = answer.context["form"]
    assert again[box_name("Yes")].value() == "Oui"
    office.post(address, {name: again[name].value() for name in again.fields})
    assert now(draft).translations == {"fr": {"Yes": "Oui", "No": "Aucunement"}}
