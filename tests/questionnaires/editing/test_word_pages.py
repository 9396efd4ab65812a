"""Documents on the pages: their languages are chosen, and one that comes back is looked at before it is the draft."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from questionnaires.definitions.services import import_version
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import definition_of, seen_of_head, seen_of_texts
from questionnaires.editing.services import edits
from tests.factories.accounts import AuditorFactory, OfficerFactory
from tests.questionnaires.editing.documents import (
    BESIDE,
    CODE,
    SETTINGS,
    WORDS,
    added,
    edited,
    line,
    made,
    removed,
    row_of,
    says,
)
from tests.questionnaires.editing.drafting import BASE, DRAFT, item_of, make_draft, now, official
from tests.utils import login_as

pytestmark = pytest.mark.django_db
BRING_IN = f"{BASE}1/bring-in/"
PUBLIC = "/en/questionnaires/untoc-cluster-1/word/"
TITLE = "Another title"


def sent(office: Client, content: bytes, **more: str) -> Any:
    file = SimpleUploadedFile("questionnaire.docx", content)
    return office.post(BRING_IN, {"file": file, "revision": "", "act": "show", **more})


def confirmed(office: Client, page: Any) -> Any:
    form = page.context["form"]
    data = {name: form[name].value() or "" for name in ("packed", "revision")}
    return office.post(BRING_IN, {**data, "act": "store"})


# --- out


@pytest.mark.parametrize("address", [f"{DRAFT}word/", f"{BASE}1/versions/1/word/"])
def test_a_draft_and_a_version_are_given_in_the_languages_that_are_chosen(client: Client, address: str) -> None:
    make_draft()
    for person in (OfficerFactory(), AuditorFactory()):
        office = login_as(client, person)
        assert office.get(address).context["form"]["language"].value() == "en"
        answer = office.get(address, {"language": "en", "beside": "fr"})
        assert "wordprocessingml" in answer["Content-Type"]
        head = docx.Document(io.BytesIO(answer.content)).tables[0].rows[0]
        assert [cell.text for cell in head.cells] == ["Code", "Settings", "English (en)", "French (fr)"]


def test_the_name_of_the_file_says_what_it_is(client: Client) -> None:
    make_draft()
    answer = login_as(client, OfficerFactory()).get(f"{DRAFT}word/", {"language": "fr", "beside": "ar"})
    assert 'filename="untoc-cluster-1-draft-fr-ar.docx"' in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "chosen", [{"language": "en", "beside": "en"}, {"language": "de"}, {"language": ""}, {"language": "en/../x"}]
)
def test_languages_that_cannot_be_are_said_by_the_field(client: Client, chosen: dict[str, str]) -> None:
    make_draft()
    page = login_as(client, OfficerFactory()).get(f"{DRAFT}word/", chosen)
    assert page.status_code == 422
    assert page.context["form"].errors.keys() <= {"language", "beside"}


def test_everybody_gets_what_is_published_in_the_languages_that_it_has(client: Client) -> None:
    answer = client.get(PUBLIC)
    assert "wordprocessingml" in answer["Content-Type"]
    import_version(OfficerFactory(), replace(official(), translations={"ar": {"Yes": "نعم"}}))
    page = client.get(PUBLIC)
    assert [code for code, _name in page.context["form"].fields["language"].choices] == ["ar", "en"]
    assert client.get(PUBLIC, {"language": "fr"}).status_code == 422
    file = docx.Document(io.BytesIO(client.get(PUBLIC, {"language": "ar", "beside": "en"}).content))
    assert row_of(file, "I.untoc.3").cells[WORDS].paragraphs[1].text == "o1 نعم"


def test_no_draft_is_given_to_anybody_else(client: Client) -> None:
    make_draft()
    answer = client.get(f"{DRAFT}word/", {"language": "en"})
    assert answer.status_code == 302
    assert "login" in answer["Location"] or "sign-in" in answer["Location"]


# --- in


def test_a_document_is_looked_at_and_then_it_is_the_draft(client: Client) -> None:
    draft = make_draft()
    office = login_as(client, OfficerFactory())
    content = office.get(f"{DRAFT}word/", {"language": "en", "beside": "fr"}).content
    content = edited(
        content,
        says("I.untoc.2.a", "Say how."),
        added("I.untoc.1.a", "I.untoc.1.b", ["Kind: text"], ["And what else?"], ["Et quoi d’autre ?"]),
        removed("I.untoc.5.a"),
        line("I.untoc.3", "o1", "o1 Oui", BESIDE),
    )
    page = sent(office, content)
    assert page.status_code == 200
    assert page.context["unsaid"] == []
    difference = page.context["difference"]
    assert [each.item.code for each in difference.changed] == ["I.untoc.2.a"]
    assert [each.item.code for each in difference.added] == ["I.untoc.1.b"]
    assert [each.item.code for each in difference.removed] == ["I.untoc.5.a"]
    assert difference.same == len(list(official().items())) - 2
    assert [change.text for change in difference.translated["fr"]] == ["Yes", "And what else?"]
    assert now(draft) == official()  # nothing is stored yet
    assert confirmed(office, page).status_code == 302
    after = now(draft)
    assert item_of(after, "I.untoc.2.a").text == "Say how."
    assert after.translations == {"fr": {"And what else?": "Et quoi d’autre ?", "Yes": "Oui"}}


def test_what_goes_out_and_comes_in_changes_nothing(client: Client) -> None:
    make_draft()
    office = login_as(client, OfficerFactory())
    page = sent(office, office.get(f"{DRAFT}word/", {"language": "en"}).content)
    assert page.context["difference"].is_empty
    assert "Nothing differs" in page.content.decode()
    assert 'value="store"' not in page.content.decode()


def test_where_there_is_no_draft_it_is_read_beside_what_is_published(client: Client) -> None:
    office = login_as(client, OfficerFactory())
    content = office.get(f"{BASE}1/versions/1/word/", {"language": "en"}).content
    page = sent(office, edited(content, says("I", TITLE)))
    assert page.context["unsaid"] == []
    assert confirmed(office, page).status_code == 302
    assert definition_of(QuestionnaireDraft.objects.get()).title == TITLE


def test_after_a_colleagues_change_nothing_is_stored_and_that_is_said(client: Client) -> None:
    draft = make_draft()
    office = login_as(client, OfficerFactory())
    page = sent(office, edited(office.get(f"{DRAFT}word/", {"language": "en"}).content, says("I", TITLE)))
    given = edits.HeadInput("By a colleague", official().source, official().guidance)
    edits.change_head(actor=OfficerFactory(), draft=draft, given=given, seen=seen_of_head(official()))
    answer = confirmed(office, page)
    assert answer.status_code == 422
    assert "A colleague has changed this meanwhile" in answer.content.decode()
    assert now(draft).title == "By a colleague"


def test_a_document_from_before_a_colleagues_change_says_what_it_would_take_back(client: Client) -> None:
    draft = make_draft()
    office = login_as(client, OfficerFactory())
    content = office.get(f"{DRAFT}word/", {"language": "en"}).content
    given = edits.HeadInput("By a colleague", official().source, official().guidance)
    edits.change_head(actor=OfficerFactory(), draft=draft, given=given, seen=seen_of_head(official()))
    page = sent(office, content)
    assert "The document was made from something else than what stands now" in page.content.decode()
    assert [label for label, _changes in page.context["difference"].head] == ["The questionnaire"]


def test_what_is_wrong_is_listed_by_row_and_nothing_is_stored(client: Client) -> None:
    draft = make_draft()
    office = login_as(client, OfficerFactory())
    content = edited(made(), says("I.untoc.4", "Kind: essay", column=SETTINGS), says("I.untoc.5", "x", column=CODE))
    page = sent(office, content)
    assert page.status_code == 422
    assert [each.partition(": ")[0].partition(", ")[2] for each in page.context["problems"]] == ["I.untoc.4", "x"]
    assert now(draft) == official()


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (removed("I.untoc.3"), "stands before its parent"),
        (
            says("I.untoc.3.a", "Kind: text", "Asked if: ${I.untoc.3.b} != ''", column=SETTINGS),
            "has to stand before it",
        ),
        (says("I.untoc/article-5", "Section", "Articles: 5, 99", column=SETTINGS), "there is no article 99"),
        (says("I.untoc.4", "Kind: text", "Reference: nowhere 1", column=SETTINGS), "there is no instrument “nowhere”"),
        (says("I.untoc.4", "a\u202eb"), "a character that nobody sees"),
    ],
)
def test_the_rules_of_questionnaires_hold_for_documents_too(client: Client, edit: Any, words: str) -> None:
    page = sent(login_as(client, OfficerFactory()), edited(made(), edit))
    assert page.status_code == 422
    assert any(words in problem for problem in page.context["problems"])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content + b"0" * 50 * 1024 * 1024,
        lambda content: content[:5_000],
        lambda content: b"",
        lambda content: made(official(2)),
    ],
    ids=["too large", "cut off", "empty", "another questionnaire"],
)
def test_what_cannot_be_read_is_said_by_the_field(client: Client, spoil: Callable[[bytes], bytes]) -> None:
    page = sent(login_as(client, OfficerFactory()), spoil(made()))
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"file"}
    assert not QuestionnaireDraft.objects.exists()


def test_translations_of_former_words_stay_as_a_help(client: Client) -> None:
    draft = make_draft()
    text = item_of(official(), "I.untoc.2.a").text
    actor = OfficerFactory()
    seen = seen_of_texts({text: ""})
    edits.translate(actor=actor, draft=draft, language="fr", given={text: "Dites."}, texts=[text], seen=seen)
    office = login_as(client, actor)
    content = office.get(f"{DRAFT}word/", {"language": "en"}).content
    page = sent(office, edited(content, says("I.untoc.2.a", "Say how.")))
    assert list(page.context["difference"].translated) == []
    assert confirmed(office, page).status_code == 302
    assert now(draft).translations == {"fr": {text: "Dites."}}


def test_an_auditor_brings_nothing_in(client: Client) -> None:
    assert sent(login_as(client, AuditorFactory()), made()).status_code == 403
