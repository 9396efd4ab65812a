"""The pages of the editor: what an officer sees and does there, and what is told where it cannot be done."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import AuditEntry
from questionnaires.definitions.services import import_version
from questionnaires.editing.changes.base import place_of
from questionnaires.editing.changes.items import below, set_condition
from questionnaires.editing.forms.drafts import box_name
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import seen_of_item, seen_of_items, seen_of_order
from questionnaires.files.content import as_data
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.i18n.reading import english_in, read
from tests.questionnaires.editing.drafting import BASE, DRAFT, codes_of, form_of, item_of, make_draft, now, official
from tests.utils import NOT_PARTY_TO_UNCAC, PARTY_TO_UNCAC, login_as

pytestmark = pytest.mark.django_db
SECTION = f"{DRAFT}parts/untoc/sections/article-5/"
ITEM = f"{SECTION}I.untoc.3/"


@pytest.fixture
def office(client: Client, officer: Any) -> Client:
    return login_as(client, officer)


PAGES = [
    BASE,
    DRAFT,
    f"{DRAFT}head/",
    f"{DRAFT}differences/",
    f"{DRAFT}discard/",
    f"{DRAFT}bench/",
    f"{DRAFT}bench/?state=XVE",
    f"{DRAFT}bench/untoc/article-5/?I.untoc.3=0&I.untoc.3.a=1",
    f"{DRAFT}translations/",
    f"{DRAFT}translations/fr/",
    f"{DRAFT}translations/fr/head/",
    f"{DRAFT}translations/fr/untoc/article-5/",
    f"{DRAFT}file/",
    f"{DRAFT}add-part/",
    f"{DRAFT}parts/untoc/change/",
    f"{DRAFT}parts/untoc/remove/",
    f"{DRAFT}parts/untoc/add-section/",
    SECTION,
    f"{SECTION}change/",
    f"{SECTION}remove/",
    f"{SECTION}add-item/",
    f"{SECTION}add-item/?under=I.untoc.3",
    f"{ITEM}change/",
    f"{ITEM}move/",
    f"{ITEM}remove/",
    f"{ITEM}condition/",
    f"{SECTION}I.untoc.3.a/condition/",
    f"{SECTION}I.untoc.3.a.i/condition/add/?on=I.untoc.3",
    f"{BASE}1/bring-in/",
    f"{BASE}1/empty/",
    f"{BASE}1/versions/1/file/",
]


@pytest.mark.parametrize("address", PAGES)
def test_an_officer_opens_every_page(office: Client, draft: QuestionnaireDraft, address: str) -> None:
    assert office.get(address).status_code == 200


@pytest.mark.parametrize("address", [each for each in PAGES if "file/" not in each])
def test_a_page_in_arabic_marks_what_is_not(office: Client, draft: QuestionnaireDraft, address: str) -> None:
    page = read(office.get(address.replace("/en/", "/ar/", 1)).content.decode(), "ar")
    assert english_in(page) == []


def test_the_secretariat_alone_learns_of_drafts(client: Client, draft: QuestionnaireDraft) -> None:
    login_as(client, UserFactory())
    assert {client.get(address).status_code for address in PAGES} == {404}
    login_as(client, AuditorFactory())
    assert client.get(DRAFT).status_code == 200
    assert client.get(f"{ITEM}change/").status_code == 403
    assert "Add a section" not in client.get(DRAFT).content.decode()


def test_the_list_costs_the_same_with_more_versions_and_drafts(office: Client, officer: Any) -> None:
    office.get(BASE)
    with CaptureQueriesContext(connection) as before:
        office.get(BASE)
    import_version(officer, replace(official(), title="Another"))
    make_draft(officer)
    make_draft(officer, 2)
    with CaptureQueriesContext(connection) as after:
        office.get(BASE)
    assert len(after) == len(before)


def test_a_form_that_is_sent_as_it_came_changes_nothing(office: Client, draft: QuestionnaireDraft) -> None:
    before = now(draft)
    for item in before.items():
        part = item.code.split(".")[1]
        slug = next(
            section.slug
            for each in before.parts
            for section in each.sections
            if each.instrument == part and item in section.items
        )
        address = f"{DRAFT}parts/{part}/sections/{slug}/{item.code}/change/"
        answer = office.post(address, form_of(item, seen=seen_of_item(item)))
        assert answer.status_code == 302, item.code
    assert now(draft) == before
    assert draft.revision == 1


def test_an_item_is_changed_on_its_page(office: Client, draft: QuestionnaireDraft) -> None:
    item = item_of(now(draft), "I.untoc.3")
    answer = office.post(f"{ITEM}change/", form_of(item, text="Is it a crime?", seen=seen_of_item(item)))
    assert (answer.status_code, answer["Location"]) == (302, f"{SECTION}#q-I-untoc-3")
    assert item_of(now(draft), "I.untoc.3").text == "Is it a crime?"


def test_what_is_wrong_stands_by_its_field_and_what_was_typed_stays(office: Client, draft: QuestionnaireDraft) -> None:
    item = item_of(now(draft), "I.untoc.3")
    extra = {"articles-TOTAL_FORMS": "1", "articles-0-article": "5", "articles-0-instrument": ""}
    data = form_of(item, options="Yes\nYes\nNo", deviation="Typed and kept", seen=seen_of_item(item))
    answer = office.post(f"{ITEM}change/", data)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"options": ["Two options are the same."]}
    assert "Typed and kept" in answer.content.decode()
    answer = office.post(f"{ITEM}change/", data | extra | {"options": "Yes\nNo"})
    assert answer.status_code == 422
    assert [link.target for link in answer.context["form"].error_links] == ["", "id_articles-0-instrument"]
    assert now(draft) == official()


def test_after_a_colleagues_change_both_are_shown_and_a_second_press_stores(
    office: Client, draft: QuestionnaireDraft
) -> None:
    item = item_of(now(draft), "I.untoc.3")
    data = form_of(item, text="Mine", seen=seen_of_item(item))
    colleague = login_as(Client(), OfficerFactory())
    colleague.post(f"{ITEM}change/", form_of(item, text="What the colleague wrote", seen=seen_of_item(item)))
    answer = office.post(f"{ITEM}change/", data)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "A colleague has changed this meanwhile" in words
    assert "What the colleague wrote" in words
    assert answer.context["form"]["text"].value() == "Mine"
    again = office.post(f"{ITEM}change/", data | {"seen": answer.context["form"]["seen"].value()})
    assert again.status_code == 302
    assert item_of(now(draft), "I.untoc.3").text == "Mine"


def test_of_a_section_too_whatever_a_colleague_changed_is_shown(office: Client, draft: QuestionnaireDraft) -> None:
    address = f"{DRAFT}parts/untoc/sections/article-8/change/"
    form = office.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields} | {
        "articles-TOTAL_FORMS": "0", "articles-INITIAL_FORMS": "0",
        "footnotes-TOTAL_FORMS": "1", "footnotes-INITIAL_FORMS": "0",
        "footnotes-0-mark": "9", "footnotes-0-text": "What the colleague noted",
    }  # fmt: skip
    assert login_as(Client(), OfficerFactory()).post(address, data).status_code == 302
    words = office.post(address, data | {"heading": "Mine"}).content.decode()
    assert "9. What the colleague noted" in words
    assert '<dd dir="auto">not_party_to_uncac</dd>' in words


def test_what_was_typed_is_given_back_where_the_draft_has_gone(office: Client, draft: QuestionnaireDraft) -> None:
    item = item_of(now(draft), "I.untoc.3")
    data = form_of(item, text="Typed in vain", seen=seen_of_item(item))
    address = f"{DRAFT}translations/fr/untoc/article-5/"
    boxes = dict.fromkeys(office.get(address).context["form"].fields, "")
    draft.delete()
    said = office.post(address, boxes | {box_name("Yes"): "Traduit en vain"})
    answer = office.post(f"{ITEM}change/", data)
    assert (answer.status_code, said.status_code) == (404, 404)
    assert "Typed in vain" in answer.content.decode()
    assert "Traduit en vain" in said.content.decode()


def test_a_new_item_gets_the_next_number(office: Client, draft: QuestionnaireDraft) -> None:
    first = office.get(f"{SECTION}add-item/").context["form"]
    below = office.get(f"{SECTION}add-item/?under=I.untoc.3").context["form"]
    assert (first["number"].value(), below["number"].value()) == ("83", "e")
    data = {
        "number": "83", "after": "I.untoc.3", "text": "Anything else?", "kind": "text", "options": "",
        "articles-TOTAL_FORMS": "0", "articles-INITIAL_FORMS": "0",
        "footnotes-TOTAL_FORMS": "0", "footnotes-INITIAL_FORMS": "0",
    }  # fmt: skip
    answer = office.post(f"{SECTION}add-item/", data)
    assert (answer.status_code, answer["Location"]) == (302, f"{SECTION}#q-I-untoc-83")
    assert item_of(now(draft), "I.untoc.83").text == "Anything else?"
    answer = office.post(f"{SECTION}add-item/", data | {"number": "3"})
    assert answer.context["form"].errors["number"][0].startswith("Version 1 has another item under this number.")


def test_a_number_that_a_version_has_given_is_not_proposed(office: Client, draft: QuestionnaireDraft) -> None:
    for code in ("I.firearms.82", "I.untoc.3.d"):
        part, section, item = place_of(now(draft), code)
        address = f"{DRAFT}parts/{part.instrument}/sections/{section.slug}/{code}/remove/"
        office.post(address, {"seen": seen_of_items(below(section.items, item.code))})
    forms = [office.get(f"{SECTION}add-item/{more}").context["form"] for more in ("", "?under=I.untoc.3")]
    assert [form["number"].value() for form in forms] == ["83", "e"]


def test_an_item_under_a_dash_is_led_to_and_recorded_by_its_code(office: Client, draft: QuestionnaireDraft) -> None:
    part, section, _item = place_of(now(draft), "I.firearms.75")
    address = f"{DRAFT}parts/{part.instrument}/sections/{section.slug}/"
    form = office.get(f"{address}add-item/?under=I.firearms.75").context["form"]
    data = form_of(item_of(now(draft), "I.firearms.75.a"), number="–4", after="I.firearms.75.d3")
    answer = office.post(f"{address}add-item/?under=I.firearms.75", data)
    assert form["number"].value() == "c"  # behind (b), which stands last
    assert answer["Location"] == f"{address}#q-I-firearms-75-d4"
    entry = AuditEntry.objects.filter(verb="questionnaires.draft.changed").latest("pk")
    assert entry.after["added"] == "I.firearms.75.d4"


def test_items_and_sections_move_by_buttons(office: Client, draft: QuestionnaireDraft) -> None:
    section = codes_of(now(draft), "untoc", "article-5")
    office.post(f"{SECTION}order/", {"down": "I.untoc.3", "seen": seen_of_order(section)})
    assert codes_of(now(draft), "untoc", "article-5")[0] == "I.untoc.4"
    answer = office.post(f"{SECTION}order/", {"down": "I.untoc.3", "seen": seen_of_order(section)}, follow=True)
    assert "A colleague has changed this meanwhile. Nothing was done" in answer.content.decode()
    seen = office.get(DRAFT).context["seen"]
    office.post(f"{DRAFT}order/", {"up": "untoc/article-5", "seen": seen})
    assert [each.slug for each in now(draft).parts[0].sections][:2] == ["article-5", "article-2"]
    office.post(f"{DRAFT}order/", {"down": "untoc", "seen": office.get(DRAFT).context["seen"]})
    assert [part.instrument for part in now(draft).parts][:2] == ["tip", "untoc"]


def test_a_condition_is_chosen_in_words(office: Client, draft: QuestionnaireDraft) -> None:
    fourth = item_of(now(draft), "I.untoc.4")
    data = form_of(fourth, seen=seen_of_item(fourth))
    del data["self_assessed"]  # which has no condition
    office.post(f"{SECTION}I.untoc.4/change/", data)
    address = f"{SECTION}I.untoc.4/condition/"
    assert "Always asked." in office.get(address).content.decode()
    seen = office.get(f"{address}add/?on=I.untoc.3").context["form"]["seen"].value()
    office.post(f"{address}add/?on=I.untoc.3", {"values": ["No"], "seen": seen})
    assert "Asked if the answer to question 3 is “No”." in office.get(address).content.decode()
    seen = office.get(address).context["seen"]
    office.post(f"{address}add/?on=I.untoc.3.a", {"values": ["Yes"], "is_negated": "on", "seen": seen})
    answer = office.get(f"{DRAFT}bench/")
    assert [item.code for item in answer.context["findings"].never] == []
    office.post(f"{address}add/?on=I.untoc.3", {"values": ["Yes"], "seen": office.get(address).context["seen"]})
    answer = office.get(f"{DRAFT}bench/")
    assert answer.context["findings"].never[0].code == "I.untoc.4"
    office.post(address, {"op": "any", "seen": office.get(address).context["seen"]})
    assert not office.get(f"{DRAFT}bench/").context["findings"].never
    for _turn in range(3):
        office.post(f"{address}remove/", {"clause": "0", "seen": office.get(address).context["seen"]})
    assert item_of(now(draft), "I.untoc.4").condition is None


def test_a_clause_is_not_put_in_the_place_of_a_condition_that_the_page_cannot_show(
    office: Client, draft: QuestionnaireDraft
) -> None:
    leaf = {"op": "answered", "code": "I.untoc.3"}
    branched = {"op": "any", "of": [leaf, {"op": "all", "of": [leaf, leaf]}], "source": "in words"}
    draft.content = as_data(set_condition(now(draft), "I.untoc.3.a", branched))
    draft.save()
    address = f"{SECTION}I.untoc.3.a/condition/"
    for page, data in ((f"{address}add/?on=I.untoc.3", {"values": ["No"]}), (address, {"op": "all"})):
        answer = office.post(page, data | {"seen": office.get(address).context["seen"]})
        assert answer.status_code == 422
        assert "This condition is more deeply branched than this page shows." in answer.content.decode()
    assert item_of(now(draft), "I.untoc.3.a").condition == branched


def test_the_page_of_a_removal_names_what_goes_and_what_stands_in_the_way(
    office: Client, draft: QuestionnaireDraft
) -> None:
    words = office.get(f"{ITEM}remove/").content.decode()
    assert "Its sub-items go too: 3 (a)" in words
    assert "No condition of another item looks at it." in words
    sub = office.get(f"{SECTION}I.untoc.3.a/remove/").content.decode()
    assert "Not yet: whether these are asked depends on it" in sub
    answer = office.post(f"{ITEM}remove/", {"seen": office.get(f"{ITEM}remove/").context["form"]["seen"].value()})
    assert answer.status_code == 302
    assert "I.untoc.3" not in {item.code for item in now(draft).items()}
    office.post(f"{DRAFT}bring-back/I.untoc.3/")
    assert "I.untoc.3.a" in {item.code for item in now(draft).items()}


def test_the_bench_asks_what_the_answers_in_the_address_lead_to(office: Client, draft: QuestionnaireDraft) -> None:
    def asked(query: str) -> set[str]:
        context = office.get(f"{DRAFT}bench/untoc/article-5/{query}").context
        return {each.item.code for each in context["tried"] if each.is_asked}

    assert "I.untoc.3.a" not in asked("")
    assert "I.untoc.3.a" in asked("?I.untoc.3=0")
    assert "I.untoc.3.a" not in asked("?I.untoc.3=1")
    assert "I.untoc.3.a" not in asked("?I.untoc.3=Yes")
    assert "I.untoc.3.a" not in asked("?I.untoc.3=9")
    draft.refresh_from_db()
    assert draft.revision == 1


def test_the_bench_shows_what_a_state_is_asked(office: Client, draft: QuestionnaireDraft) -> None:
    """Articles 8 and 9 are for States that are not party to the Convention against Corruption."""

    def shown(state: str) -> set[tuple[str, str]]:
        rows = office.get(f"{DRAFT}bench/?state={state}").context["rows"]
        return {(part.instrument, section.slug) for part, sections in rows for section, _asked, _total in sections}

    whole = {(part.instrument, section.slug) for part in official().parts for section in part.sections}
    assert shown("") == whole
    assert ("untoc", "article-8") in shown(NOT_PARTY_TO_UNCAC)
    assert ("untoc", "article-8") not in shown(PARTY_TO_UNCAC)


def test_without_a_state_the_bench_shows_also_a_part_on_a_treaty_that_another_section_waits_for(
    office: Client, draft: QuestionnaireDraft
) -> None:
    part = replace(official().parts[1], instrument="uncac", sections=official().parts[1].sections[:1])
    draft.content = as_data(replace(official(), parts=(*official().parts, part)))
    draft.save()
    rows = office.get(f"{DRAFT}bench/").context["rows"]
    assert [part.instrument for part, _sections in rows] == ["untoc", "tip", "som", "firearms", "uncac"]
    assert "article-8" in [section.slug for section, _asked, _total in rows[0][1]]


def test_another_officer_publishes_on_the_page(office: Client, draft: QuestionnaireDraft) -> None:
    item = item_of(now(draft), "I.untoc.3")
    office.post(f"{ITEM}change/", form_of(item, text="Is it a crime?", seen=seen_of_item(item)))
    assert office.get(f"{DRAFT}publish/").status_code == 403
    second = login_as(Client(), OfficerFactory())
    shown = second.get(f"{DRAFT}publish/")
    assert "Items changed: 1, added: 0, removed: 0, moved: 0" in shown.content.decode()
    answer = second.post(f"{DRAFT}publish/", {"seen": shown.context["form"]["seen"].value()}, follow=True)
    assert "Version 2 is published." in answer.content.decode()
    assert QuestionnaireDraft.objects.count() == 0
