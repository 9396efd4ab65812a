"""Two officers in the same moment. (These tests commit.)"""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from core.errors import ServiceError
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import published_version, seen_of_draft, seen_of_item
from questionnaires.editing.services import edits
from questionnaires.editing.services.drafts import discard_draft, publish_draft, start_draft
from tests.factories.accounts import OfficerFactory
from tests.questionnaires.editing.drafting import as_given, cluster, item_of, make_draft, now, official
from tests.questionnaires.editing.versions import take_later_versions_back

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def versions_as_they_were() -> Iterator[None]:
    yield
    take_later_versions_back()


def together(*acts: Callable[[], Any]) -> list[str]:
    """Do all of them from the same moment on; give "done" or the words of the refusal of each."""
    barrier, outcomes = threading.Barrier(len(acts)), ["unknown"] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        barrier.wait(5)
        try:
            act()
            outcomes[place] = "done"
        except ServiceError as error:
            outcomes[place] = str(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return outcomes


def test_of_two_who_begin_a_draft_one_has_begun() -> None:
    one, two = OfficerFactory(), OfficerFactory()
    outcomes = together(
        lambda: start_draft(actor=one, cluster=cluster()), lambda: start_draft(actor=two, cluster=cluster())
    )
    assert sorted(outcomes) == [
        "There is a draft of this questionnaire already; publish it or discard it first.",
        "done",
    ]
    assert QuestionnaireDraft.objects.count() == 1


def test_two_who_change_different_items_have_both_done_so() -> None:
    draft = make_draft()

    def change(code: str) -> Callable[[], Any]:
        item, person = item_of(official(), code), OfficerFactory()
        given = as_given(item, text="New words")
        return lambda: edits.change_item(actor=person, draft=draft, code=code, given=given, seen=seen_of_item(item))

    assert together(change("I.untoc.1"), change("I.untoc.3")) == ["done", "done"]
    assert {item_of(now(draft), code).text for code in ("I.untoc.1", "I.untoc.3")} == {"New words"}
    assert draft.revision == 3


def test_what_is_published_is_what_was_looked_at() -> None:
    """Whoever changes the draft in the moment of its publication comes before it, or finds that it has gone."""
    item, editor, publisher = item_of(official(), "I.untoc.1"), OfficerFactory(), OfficerFactory()
    draft = make_draft(editor)
    given = as_given(item, text="First words")
    edits.change_item(actor=editor, draft=draft, code=item.code, given=given, seen=seen_of_item(item))
    definition = now(draft)
    seen = seen_of_draft(definition, published_version(cluster()))
    second = as_given(item, text="Second words")
    shown = seen_of_item(item_of(definition, item.code))
    outcomes = together(
        lambda: publish_draft(actor=publisher, draft=draft, seen=seen),
        lambda: edits.change_item(actor=editor, draft=draft, code=item.code, given=second, seen=shown),
    )
    assert sorted(outcome == "done" for outcome in outcomes) == [False, True]
    version = published_version(cluster())
    assert version is not None
    assert version.number == (2 if outcomes[0] == "done" else 1)


def test_of_two_who_publish_and_discard_one_has_done_so() -> None:
    item, editor, publisher = item_of(official(), "I.untoc.1"), OfficerFactory(), OfficerFactory()
    draft = make_draft(editor)
    given = as_given(item, text="First words")
    edits.change_item(actor=editor, draft=draft, code=item.code, given=given, seen=seen_of_item(item))
    seen = seen_of_draft(now(draft), published_version(cluster()))
    outcomes = together(
        lambda: publish_draft(actor=publisher, draft=draft, seen=seen),
        lambda: discard_draft(actor=editor, draft=draft, revision=f"{draft.pk}:2"),
    )
    assert sorted(outcome == "done" for outcome in outcomes) == [False, True]
    assert QuestionnaireDraft.objects.count() == 0
