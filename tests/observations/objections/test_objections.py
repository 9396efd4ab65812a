"""A State objects to paragraphs: each objection is a thread there, and ends once."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from core.errors import OutdatedError, ServiceError
from core.models import AuditEntry, Notification
from core.policy import PolicyRefusedError
from observations.clearance.services import clear_version, propose_version, take_back_clearance
from observations.objections.models import ObjectionReply
from observations.objections.selectors import objections_of
from observations.objections.services import resolve_objection, withdraw_objection
from observations.texts.enums import ObjectionEnding, TextKind
from observations.texts.models import AgreedText, Objection, Observation, SummaryPassage
from observations.texts.selectors import headings_of
from observations.wording.documents import document_of, hash_of_table
from observations.wording.paragraphs import paragraphs_of, parts_of
from reviews.cases.models import Clearance
from tests import journey
from tests.at_once import object_to_version, reply_to_objection, withdraw_observation
from tests.observations.clearance.texts import propose, status_of, table
from tests.observations.objections.threads import (
    now,
    number_of,
    object_to,
    objected,
    reword,
    standing,
    threads,
)
from tests.utils import Cast, who_may

pytestmark = [pytest.mark.django_db, pytest.mark.stage("observations")]


def verbs(after: int = 0) -> list[str]:
    rows = AuditEntry.objects.filter(verb__regex=r"^reviews\.(objection|text)\.").order_by("id")
    return list(rows.values_list("verb", flat=True))[after:]


def ending(objection: Objection) -> tuple[str, int | None]:
    row = Objection.objects.get(pk=objection.pk)
    return row.ending, row.resolved_in.number if row.resolved_in else None


def test_a_version_to_which_several_objections_were_made_is_read_once(cast: Cast, text: AgreedText) -> None:
    propose(cast, text)
    object_to(cast.focal_point, text, "As a whole.", first="Not so.", second="Nor so.")
    found = [row.version for row in objections_of(text)]
    assert (len(found), len({id(version) for version in found})) == (3, 1)


def test_a_state_names_the_paragraphs_that_it_objects_to(cast: Cast, text: AgreedText, first: Observation) -> None:
    version = propose(cast, text)
    made = object_to(cast.focal_point, text, "On the whole too long.", first="Not said.", second="Said otherwise.")
    numbers = [0, number_of(text, "first"), number_of(text, "second")]
    second = Observation.objects.get(text="The second observation.")
    assert [(row.paragraph, row.part) for row in made] == list(zip(numbers, (None, first.pk, second.pk), strict=True))
    assert {(row.version, row.state_party, row.focal_point) for row in made} == {
        (version, cast.state, cast.focal_point)
    }
    assert [row.reason for row in made] == ["On the whole too long.", "Not said.", "Said otherwise."]
    assert status_of(text) == "drafting"
    entry = AuditEntry.objects.get(verb="reviews.text.objected")
    assert entry.after == {"version": 1, "sha256": version.sha256, "paragraphs": numbers[1:]}
    told = Notification.objects.filter(key__startswith="text_objected:")
    named = f"It is to paragraphs {numbers[1]} and {numbers[2]}."
    assert {row.recipient for row in told} == {cast.same_group_focal_point, cast.other_group_focal_point}
    assert all(row.context["sentence"].endswith(named) for row in told)
    assert not any("Not said." in str(row.context) for row in told)


def test_without_a_reason_or_to_a_paragraph_that_is_not_there_nobody_objects(cast: Cast, text: AgreedText) -> None:
    sha256 = propose(cast, text).sha256
    for points, words in (({}, "Say what"), ({7: "  "}, "Say what"), ({99: "Why."}, "has changed since")):
        with pytest.raises(ServiceError, match=words):
            object_to_version(actor=cast.focal_point, text=now(text), sha256=sha256, points=points)
    assert (Objection.objects.count(), status_of(text)) == (0, "proposed")


def test_an_objection_to_fixed_words_is_found_by_its_number(cast: Cast, text: AgreedText) -> None:
    propose(cast, text)
    number = number_of(text, cast.state.name)
    row = object_to_version(
        actor=cast.focal_point, text=now(text), sha256=standing(text).sha256, points={number: "Another name."}
    )[0]
    assert (row.paragraph, row.part) == (number, None)
    table(cast, text, "A third observation.")
    assert list(threads(cast.focal_point, text).at) == [number]


def test_the_paragraph_is_found_again_though_its_number_and_words_are_others(
    cast: Cast, text: AgreedText, first: Observation
) -> None:
    row = objected(cast, text)
    best_practice = headings_of(cast.review).get(kind="best_practice")
    reword(cast, first, "The first remark.", heading=best_practice)
    propose(cast, text)
    number = number_of(text, "first")
    assert number == row.paragraph + 1
    (thread,) = threads(cast.focal_point, text).at[number]
    assert thread.carried_to == standing(text)
    changed = [run.text for run in thread.place.changes if run.change != "same"]
    assert {"observation", "remark"} <= {word for words in changed for word in words.split()}
    assert thread.place.was.headings != thread.place.now.headings


def test_a_paragraph_that_is_gone_says_so(cast: Cast, text: AgreedText, first: Observation) -> None:
    objected(cast, text)
    withdraw_observation(actor=cast.same_group_focal_point, observation=first)
    found = threads(cast.focal_point, text)
    assert (dict(found.at), [thread.place.is_gone for thread in found.over]) == ({}, [True])
    assert found.over[0].place.was.words == "The first observation."


def test_each_paragraph_is_known_by_what_it_is_in_lists_and_summaries(cast: Cast, text: AgreedText) -> None:
    best_practice = headings_of(cast.review).get(kind="best_practice")
    reword(cast, Observation.objects.get(text="The first observation."), "The same words.", heading=best_practice)
    reword(cast, Observation.objects.get(text="The second observation."), "The same words.")
    second, first = Observation.objects.filter(agreed_text=text).order_by("-heading__order")
    assert list(parts_of(text, document_of(text)).values()) == [first.pk, second.pk]
    for each in AgreedText.objects.filter(review=cast.review).exclude(pk=text.pk):
        table(cast, each, "Words.")
    journey.agree_on_all(cast.review, TextKind.LIST_OF_OBSERVATIONS)
    summary = AgreedText.objects.get(review=cast.review, instrument__slug="untoc", kind=TextKind.SUMMARY)
    document = document_of(summary)
    passages = SummaryPassage.objects.filter(agreed_text=summary).order_by("order")
    assert list(parts_of(summary, document).values()) == [passage.pk for passage in passages]
    assert [paragraph.part for paragraph in paragraphs_of(document).values()] == [None] * 3


def test_focal_points_of_the_states_reply_and_nobody_else(cast: Cast, text: AgreedText) -> None:
    row = objected(cast, text)
    may = who_may(cast, lambda person: reply_to_objection(actor=person, objection=row, text="Why?", seen=0))
    assert may == {"focal_point", "same_group_focal_point", "other_group_focal_point"}
    reply = reply_to_objection(actor=cast.same_group_focal_point, objection=row, text=" We heard it. ", seen=0)
    assert (reply.state_party, reply.focal_point, reply.text) == (
        cast.same_group_state, cast.same_group_focal_point, "We heard it.",
    )  # fmt: skip
    told = Notification.objects.filter(key__startswith="objection_replied:")
    assert {each.recipient for each in told} == {cast.focal_point, cast.other_group_focal_point}
    assert not any("heard" in str(each.context) for each in told)


def test_a_reply_that_has_not_seen_another_one_is_given_back(cast: Cast, text: AgreedText) -> None:
    row = objected(cast, text)
    reply_to_objection(actor=cast.same_group_focal_point, objection=row, text="We heard it.", seen=0)
    with pytest.raises(OutdatedError, match="Another reply has come") as refused:
        reply_to_objection(actor=cast.other_group_focal_point, objection=row, text="So did we.", seen=0)
    assert (refused.value.now, ObjectionReply.objects.count()) == ("1", 1)


def test_the_state_that_made_it_withdraws_it_once(cast: Cast, text: AgreedText) -> None:
    row = objected(cast, text)
    assert who_may(cast, lambda person: withdraw_objection(actor=person, objection=row)) == {"focal_point"}
    withdraw_objection(actor=cast.focal_point, objection=row)
    assert ending(row) == (ObjectionEnding.WITHDRAWN, None)
    assert status_of(text) == "drafting"
    with pytest.raises(PolicyRefusedError, match="This objection has ended"):
        withdraw_objection(actor=cast.focal_point, objection=row)
    with pytest.raises(PolicyRefusedError, match="This objection has ended"):
        reply_to_objection(actor=cast.same_group_focal_point, objection=row, text="Thank you.", seen=0)
    assert Notification.objects.filter(key__startswith=f"objection_ended:{row.pk}").count() == 2


def test_a_later_wording_resolves_it_where_its_state_says_so(cast: Cast, text: AgreedText, first: Observation) -> None:
    row = objected(cast, text)
    with pytest.raises(ServiceError, match="has changed since"):  # nothing stands
        resolve_objection(actor=cast.focal_point, objection=row, sha256=row.version.sha256)
    propose(cast, text)
    with pytest.raises(ServiceError, match="No later version says anything else there"):
        resolve_objection(actor=cast.focal_point, objection=row, sha256=standing(text).sha256)
    shown = standing(text).sha256
    reword(cast, first, "The first observation, as it was said.")
    version = propose(cast, text)
    with pytest.raises(ServiceError, match="has changed since"):
        resolve_objection(actor=cast.focal_point, objection=row, sha256=shown)
    with pytest.raises(PolicyRefusedError, match="Only the State that made an objection ends it"):
        resolve_objection(actor=cast.same_group_focal_point, objection=row, sha256=version.sha256)
    resolve_objection(actor=cast.focal_point, objection=row, sha256=version.sha256)
    assert ending(row) == (ObjectionEnding.RESOLVED, 3)
    assert Clearance.objects.filter(document_id=text.pk, version=3, state_party=cast.state).count() == 0


def test_what_has_not_ended_is_carried_over_to_each_version(cast: Cast, text: AgreedText, first: Observation) -> None:
    propose(cast, text)
    kept, given_up = object_to(cast.focal_point, text, first="Not said.", second="Nor this.")
    withdraw_objection(actor=cast.focal_point, objection=given_up)
    version = propose(cast, text)
    entry = AuditEntry.objects.get(verb="reviews.objection.carried_over")
    assert entry.after == {"objection": str(kept.pk), "version": 1, "paragraph": kept.paragraph, "carried_to": 2}
    found = threads(cast.expert, text)
    (thread,) = found.at[kept.paragraph]
    assert (thread.carried_to, thread.place.has_changed, found.open) == (version, False, 1)
    reword(cast, first, "Other words.")
    propose(cast, text)
    assert AuditEntry.objects.filter(verb="reviews.objection.carried_over").count() == 2


def test_a_clearance_with_own_open_objections_names_them(cast: Cast, text: AgreedText, first: Observation) -> None:
    row = objected(cast, text)
    reword(cast, first, "As it was said.")
    version = propose(cast, text)
    for shown in ((), (str(row.pk), str(version.pk))):
        with pytest.raises(ServiceError, match="objections that are open"):
            clear_version(actor=cast.focal_point, text=now(text), sha256=version.sha256, resolving=shown)
    assert ending(row) == ("", None)
    clear_version(actor=cast.focal_point, text=now(text), sha256=version.sha256, resolving=[str(row.pk)])
    assert ending(row) == (ObjectionEnding.RESOLVED, 2)
    assert verbs()[-2:] == ["reviews.text.cleared", "reviews.objection.resolved"]
    take_back_clearance(actor=cast.focal_point, text=now(text), sha256=version.sha256)
    assert ending(row) == (ObjectionEnding.RESOLVED, 2)


def test_what_was_withdrawn_meanwhile_is_not_resolved_by_a_clearance(cast: Cast, text: AgreedText) -> None:
    row = objected(cast, text)
    version = propose(cast, text)
    withdraw_objection(actor=cast.focal_point, objection=row)
    with pytest.raises(ServiceError, match="has changed since"):
        clear_version(actor=cast.focal_point, text=now(text), sha256=version.sha256, resolving=[str(row.pk)])
    clear_version(actor=cast.focal_point, text=now(text), sha256=version.sha256)
    assert ending(row) == (ObjectionEnding.WITHDRAWN, None)


def test_who_proposes_resolves_the_own_objections_and_carries_those_of_others_over(
    cast: Cast, text: AgreedText
) -> None:
    theirs = objected(cast, text)
    propose(cast, text)
    (own,) = object_to(cast.other_group_focal_point, text, second="Not so.")
    shown = hash_of_table(now(text))
    with pytest.raises(ServiceError, match="objections that are open"):
        propose_version(actor=cast.other_group_focal_point, text=now(text), sha256=shown)
    propose_version(actor=cast.other_group_focal_point, text=now(text), sha256=shown, resolving=[str(own.pk)])
    assert (ending(own), ending(theirs)) == ((ObjectionEnding.RESOLVED, 3), ("", None))
    carried = AuditEntry.objects.filter(verb="reviews.objection.carried_over").order_by("-id")[0]
    assert carried.after["objection"] == str(theirs.pk)


def test_who_objects_again_at_the_same_place_renews_it(cast: Cast, text: AgreedText, first: Observation) -> None:
    row = objected(cast, text)
    reword(cast, first, "The first remark.")
    propose(cast, text)
    anew, other = object_to(cast.focal_point, text, first="Nor this.", second="And this.")
    assert [ending(each)[0] for each in (row, anew, other)] == [ObjectionEnding.RENEWED, "", ""]
    assert anew.part == row.part


def test_nobody_objects_for_another_state_and_what_is_objected_to_is_not_agreed(cast: Cast, text: AgreedText) -> None:
    objected(cast, text)
    with pytest.raises(DatabaseError), transaction.atomic():
        AgreedText.objects.filter(pk=text.pk).update(status="agreed")
    assert {row.state_party for row in Objection.objects.all()} == {cast.state}


def test_an_objection_changes_by_its_end_alone_and_ends_once(cast: Cast, text: AgreedText) -> None:
    def is_refused(**changes: object) -> bool:
        try:
            with transaction.atomic():
                Objection.objects.filter(pk=row.pk).update(**changes)
        except DatabaseError:
            return True
        return False

    row = objected(cast, text)
    end = {"ending": "withdrawn", "ended_at": timezone.now(), "ended_by": cast.focal_point}
    for change in ({"reason": "Another."}, {"paragraph": 1}, {"part": None}, {**end, "reason": "Another."}):
        assert is_refused(**change)
    assert is_refused(**{**end, "ended_by": None})
    assert is_refused(**{**end, "ending": "resolved"})  # in no version
    assert is_refused(**{**end, "ending": "resolved", "resolved_in": row.version})  # which is no later one
    assert not is_refused(**end)
    assert is_refused(**{**end, "ended_by": cast.expert})
    with pytest.raises(DatabaseError), transaction.atomic():  # what has ended is closed
        ObjectionReply.objects.create(
            objection=row, state_party=cast.state, focal_point=cast.focal_point, text="Once more."
        )


def test_a_reply_is_never_changed(cast: Cast, text: AgreedText) -> None:
    row = objected(cast, text)
    reply_to_objection(actor=cast.focal_point, objection=row, text="Once more.", seen=0)
    for act in (lambda rows: rows.update(text="Other."), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(ObjectionReply.objects.all())
