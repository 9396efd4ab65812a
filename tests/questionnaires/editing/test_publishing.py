"""From a draft to a version: another officer, what was looked at, frozen and hashed; and files out and in."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from questionnaires.definitions.definition import QuestionnaireDefinition
from questionnaires.definitions.enums import VersionStatus
from questionnaires.definitions.selectors import current_version, index_of
from questionnaires.definitions.services import definition_hash, import_version
from questionnaires.editing.changes.sections import PartInput, SectionInput
from questionnaires.editing.comparison import differences
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import (
    definition_of,
    published_version,
    seen_of_draft,
    seen_of_item,
    seen_of_items,
    seen_of_texts,
    versions_of,
)
from questionnaires.editing.services import edits
from questionnaires.editing.services.drafts import StaleError, publish_draft, start_empty_draft
from questionnaires.editing.services.files import bring_in
from questionnaires.files.content import as_data, as_json, parse_definition
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.editing.drafting import BASE, DRAFT, as_given, cluster, item_of, make_draft, now, official
from tests.questionnaires.official import FIXTURES
from tests.utils import login_as, make_cast, make_review, take_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Any:
    return OfficerFactory()


@pytest.fixture
def draft(editor: Any) -> QuestionnaireDraft:
    """With another wording of its first item, and that translated."""
    draft = make_draft(editor)
    item = item_of(official(), "I.untoc.1")
    given = as_given(item, text="Are the terms defined?")
    edits.change_item(actor=editor, draft=draft, code=item.code, given=given, seen=seen_of_item(item))
    texts = ["Are the terms defined?", "Yes"]
    said = {"Are the terms defined?": "Les termes sont-ils définis ?", "Yes": ""}
    seen = seen_of_texts(dict.fromkeys(texts, ""))
    edits.translate(actor=editor, draft=draft, language="fr", given=said, texts=texts, seen=seen)
    draft.refresh_from_db()
    return draft


def seen(draft: QuestionnaireDraft) -> str:
    return seen_of_draft(now(draft), published_version(draft.cluster))


def test_another_officer_publishes_and_the_version_is_frozen_and_hashed(draft: QuestionnaireDraft) -> None:
    publisher, definition = OfficerFactory(), definition_of(draft)
    version = publish_draft(actor=publisher, draft=draft, seen=seen(draft))
    assert (version.number, version.status) == (2, VersionStatus.PUBLISHED)
    assert index_of(version.pk).definition == definition
    assert version.sha256 == definition_hash(definition)
    assert definition_hash(replace(definition, translations={})) != version.sha256
    assert [(each.number, each.status) for each in versions_of(cluster())] == [(2, "published"), (1, "retired")]
    assert QuestionnaireDraft.objects.count() == 0
    entries = AuditEntry.objects.order_by("-id")[:2]
    assert [(entry.verb, entry.actor) for entry in entries] == [
        ("questionnaires.draft.published", publisher),
        ("questionnaires.version.published", publisher),
    ]


def test_whoever_has_edited_a_draft_does_not_publish_it(editor: Any, draft: QuestionnaireDraft) -> None:
    with pytest.raises(PolicyRefusedError) as caught:
        publish_draft(actor=editor, draft=draft, seen=seen(draft))
    assert str(caught.value.decision.reason) == "Two different officers are needed: you have edited this draft."
    assert current_version(cluster().questionnaire).number == 1


def test_what_has_changed_since_it_was_shown_is_not_published(editor: Any, draft: QuestionnaireDraft) -> None:
    shown = seen(draft)
    item = item_of(now(draft), "I.untoc.3")
    edits.change_item(
        actor=editor, draft=draft, code=item.code, given=as_given(item, text="Other"), seen=seen_of_item(item)
    )
    with pytest.raises(StaleError):
        publish_draft(actor=OfficerFactory(), draft=draft, seen=shown)


def test_a_version_that_a_command_has_published_meanwhile_is_not_overrun(draft: QuestionnaireDraft) -> None:
    shown = seen(draft)
    import_version(OfficerFactory(), replace(official(), title="From a command"))
    with pytest.raises(StaleError):
        publish_draft(actor=OfficerFactory(), draft=draft, seen=shown)


def test_a_draft_that_changes_nothing_or_lacks_something_is_not_published(editor: Any) -> None:
    draft = make_draft(editor, 2)
    with pytest.raises(ServiceError, match="This draft is what is published already"):
        publish_draft(actor=OfficerFactory(), draft=draft, seen=seen(draft))
    given = SectionInput("Article 7", articles=("7",))
    edits.add_section(actor=editor, draft=draft, instrument="firearms", given=given)
    with pytest.raises(ServiceError, match="Article 7: This section has no item yet"):
        publish_draft(actor=OfficerFactory(), draft=draft, seen=seen(draft))


def test_running_self_assessments_keep_their_version_and_new_ones_take_the_next(draft: QuestionnaireDraft) -> None:
    first = make_cast()
    publish_draft(actor=OfficerFactory(), draft=draft, seen=seen(draft))
    assert first.response is not None
    first.response.refresh_from_db()
    assert first.response.version.number == 1
    assert [(each.number, each.running) for each in versions_of(cluster())] == [(2, 0), (1, 1)]
    response = take_to("self_assessment", make_review(state="XAL"), first.focal_point, first.expert)
    assert response is not None
    assert response.version.number == 2


def test_a_questionnaire_can_begin_with_nothing_and_be_published(editor: Any) -> None:
    draft = start_empty_draft(actor=editor, cluster=cluster(), title="New", source="Decision 1", language="en")
    edits.add_part(actor=editor, draft=draft, instrument="untoc", given=PartInput("The Convention", "Cluster I"))
    given = SectionInput("Article 5", articles=("5",))
    _draft, slug = edits.add_section(actor=editor, draft=draft, instrument="untoc", given=given)
    question = as_given(item_of(official(), "I.untoc.3"), articles=())
    edits.add_item(actor=editor, draft=draft, instrument="untoc", slug=slug, number=("500",), given=question, after="")
    version = publish_draft(actor=OfficerFactory(), draft=draft, seen=seen(draft))
    assert (version.number, list(index_of(version.pk).items)) == (2, ["I.untoc.500"])


# --- what differs


def test_what_a_draft_changes_is_told_item_by_item(editor: Any, draft: QuestionnaireDraft) -> None:
    gone = [item for item in now(draft).items() if item.code == "I.untoc.3.d" or item.code.startswith("I.untoc.3.d.")]
    edits.remove_item(actor=editor, draft=draft, code="I.untoc.3.d", seen=seen_of_items(gone))
    difference = differences(official(), now(draft))
    assert [each.item.code for each in difference.changed] == ["I.untoc.1"]
    (change,) = difference.changed[0].changes
    assert change.label == "Text"
    assert "".join(run.text for run in change.runs if run.change != "removed") == "Are the terms defined?"
    assert [each.item.code for each in difference.removed] == [item.code for item in gone]
    assert (list(difference.added), list(difference.moved), list(difference.head)) == ([], [], [])
    assert {code: len(changes) for code, changes in difference.translated.items()} == {"fr": 1}
    assert differences(official(), official()).is_empty


def test_of_items_that_changed_their_order_the_fewest_are_called_moved() -> None:
    definition = official()
    part = definition.parts[0]
    section = part.sections[1]
    turned = (section.items[-1], *section.items[:-1])
    changed = replace(part, sections=(part.sections[0], replace(section, items=turned), *part.sections[2:]))
    difference = differences(definition, replace(definition, parts=(changed, *definition.parts[1:])))
    assert [each.item.code for each in difference.moved] == [section.items[-1].code]


# --- files


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_an_official_questionnaire_goes_out_and_comes_in_to_the_byte(client: Client, editor: Any, number: int) -> None:
    login_as(client, editor)
    content = (FIXTURES / "questionnaires" / f"cluster-{number}.json").read_bytes()
    assert client.get(f"{BASE}{number}/versions/1/file/").content == content
    definition = parse_definition(json.loads(content))
    bring_in(actor=editor, cluster=cluster(number), definition=definition, revision="")
    assert client.get(f"{BASE}{number}/draft/file/").content == content


def upload(client: Client, content: bytes, **data: Any) -> Any:
    file = SimpleUploadedFile("questionnaire.json", content, "application/json")
    return client.post(f"{BASE}1/bring-in/", {"file": file, "act": "show", **data})


def test_a_file_is_looked_at_before_it_is_the_draft(client: Client, editor: Any) -> None:
    login_as(client, editor)
    changed = replace(official(), title="From a file")
    page = upload(client, as_json(changed).encode())
    assert page.status_code == 200
    assert "From" in page.content.decode()
    assert QuestionnaireDraft.objects.count() == 0
    packed = page.context["form"]["packed"].value()
    stored = client.post(f"{BASE}1/bring-in/", {"packed": packed, "revision": "", "act": "store"})
    assert (stored.status_code, stored["Location"]) == (302, DRAFT)
    assert definition_of(QuestionnaireDraft.objects.get()) == changed


def test_a_file_does_not_overrun_a_draft_that_was_changed_since_it_was_looked_at(
    client: Client, editor: Any, draft: QuestionnaireDraft
) -> None:
    login_as(client, editor)
    page = upload(client, as_json(replace(official(), title="From a file")).encode())
    form = page.context["form"]
    sent = {"packed": form["packed"].value(), "revision": form["revision"].value(), "act": "store"}
    item = item_of(now(draft), "I.untoc.3")
    given = as_given(item, text="Meanwhile")
    edits.change_item(actor=OfficerFactory(), draft=draft, code=item.code, given=given, seen=seen_of_item(item))
    answer = client.post(f"{BASE}1/bring-in/", sent)
    assert answer.status_code == 422
    assert "A colleague has changed this meanwhile" in answer.content.decode()
    assert now(draft).title == official().title


def without(definition: QuestionnaireDefinition, code: str) -> QuestionnaireDefinition:
    section = replace(
        definition.parts[0].sections[0],
        items=tuple(
            item
            for item in definition.parts[0].sections[0].items
            if item.code != code and not item.code.startswith(f"{code}.")
        ),
    )
    part = replace(definition.parts[0], sections=(section, *definition.parts[0].sections[1:]))
    return replace(definition, parts=(part, *definition.parts[1:]))


def test_a_number_that_an_earlier_version_has_given_is_for_good_in_a_file_too(client: Client, editor: Any) -> None:
    """The item itself may come back, from the file of that version or on the page of differences."""
    import_version(OfficerFactory(), without(official(), "I.untoc.2"))
    login_as(client, editor)
    data = as_data(official())
    other = next(row for row in data["parts"][0]["sections"][0]["items"] if row["code"] == "I.untoc.2")
    other["text"] = "Another question?"
    page = upload(client, json.dumps(data).encode())
    assert page.status_code == 422
    assert "I.untoc.2: version 1 has another item under this number" in page.content.decode()
    assert upload(client, as_json(official()).encode()).status_code == 200
    draft = make_draft(editor)
    shown = client.get(f"{DRAFT}differences/").context
    assert "I.untoc.2" in shown["gone_restorable"]
    assert {number for number, _section, _item in shown["gone"]} == {1}
    client.post(f"{DRAFT}bring-back/I.untoc.2/")
    assert now(draft) == official()


def test_another_person_cannot_store_what_was_shown_to_somebody(client: Client, editor: Any) -> None:
    login_as(client, editor)
    packed = upload(client, as_json(replace(official(), title="X")).encode()).context["form"]["packed"].value()
    login_as(client, OfficerFactory())
    answer = client.post(f"{BASE}1/bring-in/", {"packed": packed, "revision": "", "act": "store"})
    assert answer.status_code == 422
    assert QuestionnaireDraft.objects.count() == 0


def broken(change: Any) -> bytes:
    data = as_data(official())
    change(data)
    return json.dumps(data).encode()


def first(data: dict[str, Any]) -> Any:
    return data["parts"][0]["sections"][0]["items"][0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "This is no JSON file: line 1, sign 2 cannot be read."),
        (b"\xff\xfe", "This file is not in UTF-8."),
        (b"[]", "an object with keys is expected here"),
        (broken(lambda data: data.pop("title")), "the key &#x27;title&#x27; is missing"),
        (broken(lambda data: data.update(format_version=2)), "format_version: only 1 can be read."),
        (broken(lambda data: data.update(cluster="II")), "cluster: “II” stands there, and “I” is expected."),
        (
            broken(lambda data: first(data).update(text=3)),
            "parts[0].sections[0].items[0].text: a text is expected here",
        ),
        (broken(lambda data: first(data).update(deviation="a\x00b")), "This holds characters that are not text."),
        (broken(lambda data: first(data).update({"\ud800": 1})), "This holds characters that are not text."),
        (b"[" * 2_000 + b"]" * 2_000, "This is no JSON file."),
        (b"[" * 100_000, "This is no JSON file."),
        (b'{"title": NaN}', "This is no JSON file."),
        (
            broken(lambda data: data["parts"][0]["sections"][0].update(articles=["5", "2"])),
            "Give each article once, by its number, in their order.",
        ),
        (broken(lambda data: first(data).update(text="a\u200b\u200bb")), "a character that nobody sees"),
        (broken(lambda data: data.update(source="Decision\u200b 1")), "a character that nobody sees"),
        (broken(lambda data: first(data).update(deviation="a\u2060b")), "a character that nobody sees"),
        (broken(lambda data: first(data)["articles"][0].update(para="1\u200b")), "a character that nobody sees"),
        (broken(lambda data: data.update(translations={"fr": {"Yes\u200b": "Oui"}})), "a character that nobody sees"),
        (broken(lambda data: data.update(title="Re\u0301sume\u0301")), "letters have to be composed (Unicode NFC)"),
        (broken(lambda data: first(data).update(options=["Yes"])), "I.untoc.1: Give at least two options."),
        (
            broken(lambda data: data["parts"][0]["sections"][0].update(articles=["2", "99"])),
            "“Article 2. Use of terms”: there is no article 99 of “untoc”.",
        ),
        (
            broken(lambda data: first(data)["articles"][0].update(instrument="berne")),
            "I.untoc.1: there is no instrument “berne”.",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_place(
    client: Client, editor: Any, content: bytes, words: str
) -> None:
    login_as(client, editor)
    page = upload(client, content)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert QuestionnaireDraft.objects.count() == 0
