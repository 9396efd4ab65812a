"""A draft begins and goes; its head, its parts and sections, and its translations are changed."""

from typing import Any

import pytest
from django.http import Http404

from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from questionnaires.editing.changes.base import RefusedChangeError
from questionnaires.editing.changes.items import ItemInput
from questionnaires.editing.changes.sections import HeadInput, PartInput, SectionInput
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import (
    definition_of,
    seen_of_head,
    seen_of_item,
    seen_of_layout,
    seen_of_section,
    seen_of_texts,
)
from questionnaires.editing.services import edits
from questionnaires.editing.services.drafts import StaleError, discard_draft, start_draft, start_empty_draft
from questionnaires.editing.services.files import bring_in
from questionnaires.files.content import as_data
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.questionnaires.editing.drafting import (
    as_given,
    cluster,
    item_of,
    make_draft,
    now,
    official,
)

pytestmark = pytest.mark.django_db
QUESTION = ItemInput(text="Is it so?", kind="yes_no", options=("Yes", "No"))


# --- a draft begins and goes


def test_a_draft_begins_as_what_is_published(officer: Any, draft: QuestionnaireDraft) -> None:
    assert definition_of(draft) == official()
    assert (draft.edited_by, draft.revision) == ([officer.pk], 1)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.actor, entry.chain) == ("questionnaires.draft.started", officer, "untoc")
    assert entry.after == {"cluster": 1, "from": 1}


def test_there_is_one_draft_of_a_questionnaire_at_a_time(draft: QuestionnaireDraft) -> None:
    with pytest.raises(ServiceError, match="There is a draft of this questionnaire already"):
        start_draft(actor=OfficerFactory(), cluster=cluster())
    start_draft(actor=OfficerFactory(), cluster=cluster(2))
    assert QuestionnaireDraft.objects.count() == 2


def test_an_empty_questionnaire_begins_with_its_title(officer: Any) -> None:
    draft = start_empty_draft(actor=officer, cluster=cluster(), title="A new one", source="Decision 1", language="fr")
    definition = definition_of(draft)
    assert (definition.title, definition.source, definition.language, definition.slug, definition.parts) == (
        "A new one",
        "Decision 1",
        "fr",
        "untoc-cluster-1",
        (),
    )
    with pytest.raises(ServiceError) as caught:
        start_empty_draft(actor=officer, cluster=cluster(2), title=" ", source="x", language="fr")
    assert caught.value.field == "title"


def test_a_draft_is_discarded_and_the_record_says_so(officer: Any, draft: QuestionnaireDraft) -> None:
    discard_draft(actor=officer, draft=draft, revision=f"{draft.pk}:1")
    assert QuestionnaireDraft.objects.count() == 0
    assert AuditEntry.objects.order_by("-id")[0].verb == "questionnaires.draft.discarded"


def test_a_draft_that_a_colleague_has_changed_is_not_discarded_unseen(officer: Any, draft: QuestionnaireDraft) -> None:
    head = HeadInput("Another title", "Source")
    edits.change_head(actor=OfficerFactory(), draft=draft, given=head, seen=seen_of_head(official()))
    with pytest.raises(StaleError):
        discard_draft(actor=officer, draft=draft, revision=f"{draft.pk}:1")
    assert now(draft).title == "Another title"


def test_another_draft_that_was_begun_meanwhile_is_not_discarded_for_the_one_that_was_shown(
    officer: Any, draft: QuestionnaireDraft
) -> None:
    shown = f"{draft.pk}:{draft.revision}"
    discard_draft(actor=officer, draft=draft, revision=shown)
    other = make_draft(officer)
    with pytest.raises(StaleError):
        discard_draft(actor=officer, draft=other, revision=shown)
    with pytest.raises(StaleError):
        bring_in(actor=officer, cluster=cluster(), definition=official(), revision=shown)
    assert QuestionnaireDraft.objects.get() == other


@pytest.mark.parametrize(("factory", "refusal"), [(AuditorFactory, PolicyRefusedError), (UserFactory, Http404)])
def test_officers_alone_edit(draft: QuestionnaireDraft, factory: type, refusal: type[Exception]) -> None:
    somebody = factory()
    with pytest.raises(refusal):
        start_draft(actor=somebody, cluster=cluster(2))
    with pytest.raises(refusal):
        edits.bring_back_item(actor=somebody, draft=draft, code="I.untoc.1")
    assert now(draft) == official()


# --- the whole, parts and sections


def test_title_parts_and_sections_are_changed(officer: Any, draft: QuestionnaireDraft) -> None:
    head = HeadInput("Title", "Decision 12/4", ("One paragraph",))
    edits.change_head(actor=officer, draft=draft, given=head, seen=seen_of_head(official()))
    given = SectionInput("Article 3. Scope", articles=("3",), guidance=("Be brief.",))
    _draft, slug = edits.add_section(actor=officer, draft=draft, instrument="tip", given=given)
    definition = now(draft)
    assert (definition.title, definition.source, definition.guidance) == ("Title", "Decision 12/4", ("One paragraph",))
    part = definition.parts[1]
    assert (part.sections[-1].slug, part.sections[-1].heading, slug) == (
        "article-3-scope",
        "Article 3. Scope",
        "article-3-scope",
    )
    edits.move_section(
        actor=officer, draft=draft, instrument="tip", slug=slug, up=True, seen=seen_of_layout(definition)
    )
    assert now(draft).parts[1].sections[-2].slug == slug
    section = now(draft).parts[1].sections[-2]
    edits.remove_section(actor=officer, draft=draft, instrument="tip", slug=slug, seen=seen_of_section(section))
    assert now(draft).parts == official().parts


def test_a_section_that_does_not_fit_the_programme_is_refused_by_its_field(
    officer: Any, draft: QuestionnaireDraft
) -> None:
    section = next(each for each in official().parts[0].sections if each.slug == "article-8")
    given = SectionInput(section.heading, articles=section.articles, guidance=section.guidance)
    with pytest.raises(ServiceError, match="does not fit the programme") as caught:
        edits.change_section(
            actor=officer, draft=draft, instrument="untoc", slug="article-8", given=given, seen=seen_of_section(section)
        )
    assert caught.value.field == "applicability"


def test_a_section_with_items_is_not_removed(officer: Any, draft: QuestionnaireDraft) -> None:
    section = official().parts[0].sections[0]
    with pytest.raises(ServiceError, match="Remove or move the items of this section first"):
        edits.remove_section(
            actor=officer, draft=draft, instrument="untoc", slug=section.slug, seen=seen_of_section(section)
        )


def test_an_instrument_has_one_part(officer: Any, draft: QuestionnaireDraft) -> None:
    with pytest.raises(RefusedChangeError) as caught:
        edits.add_part(actor=officer, draft=draft, instrument="tip", given=PartInput("Again", "Again"))
    assert caught.value.field == "instrument"


# --- translations


def test_the_same_words_are_translated_once_and_lose_it_when_they_change(
    officer: Any, draft: QuestionnaireDraft
) -> None:
    text = item_of(official(), "I.untoc.1").text
    texts = [text, "Yes"]
    said = {text: "Les termes ?", "Yes": "Oui"}
    seen = seen_of_texts(dict.fromkeys(texts, ""))
    edits.translate(actor=officer, draft=draft, language="fr", given=said, texts=texts, seen=seen)
    assert now(draft).translations == {"fr": said}
    with pytest.raises(StaleError):
        edits.translate(actor=officer, draft=draft, language="fr", given={"Yes": "Si"}, texts=texts, seen=seen)
    item = item_of(official(), "I.untoc.1")
    edits.change_item(
        actor=officer, draft=draft, code=item.code, given=as_given(item, text="Other"), seen=seen_of_item(item)
    )
    assert as_data(now(draft))["translations"] == {"fr": {"Yes": "Oui"}}
    assert now(draft).translations["fr"][text] == "Les termes ?"  # kept as a help for whoever translates it anew
