"""Loading the reference data again changes nothing, and leaves alone what a person changed."""

from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.people.models import AccountRule
from accounts.states.models import RegionalGroup, StateParty
from core.models import AuditEntry, LoadedRow
from lots.draws.models import DrawRule
from observations.texts.models import BlueprintText
from questionnaires.definitions.models import Question, QuestionnaireVersion
from questionnaires.definitions.selectors import current_version
from questionnaires.definitions.services import import_version
from questionnaires.reuse.models import QuestionLink
from reviews.programme.models import (
    Adherence,
    Article,
    ClusterArticle,
    Holiday,
    Instrument,
    Limit,
    Mechanism,
    Step,
    StepPlan,
    StepPlanVersion,
)
from reviews.reading.models import ReadingItem
from tests.factories.accounts import OfficerFactory, UserFactory
from tests.questionnaires.official import load_definition

pytestmark = pytest.mark.django_db

# Translated columns, of which the types know nothing.
NAME: Any = "name_en"


def load() -> list[str]:
    """Load as a start does; give the differences in words."""
    out = StringIO()
    call_command("load_reference", stdout=out)
    return [line for line in out.getvalue().splitlines() if line.lstrip()[:1].isalpha()]


def rename_mechanism(data: Any) -> None:
    data["name"]["en"] = "Mechanism of the next version"


def test_loading_again_changes_nothing() -> None:
    models = (StateParty, Adherence, Article, StepPlan, DrawRule, QuestionnaireVersion, Question, LoadedRow)
    before = {model: set(model.objects.values_list("pk", "updated_at")) for model in models}  # type: ignore[attr-defined]
    out = StringIO()
    call_command("load_reference", stdout=out)
    assert {model: set(model.objects.values_list("pk", "updated_at")) for model in models} == before  # type: ignore[attr-defined]
    assert f"{StateParty.objects.count():6} States" in out.getvalue()
    assert AuditEntry.objects.count() == 0, "no version was published anew"
    assert load() == []


def test_a_start_at_which_nothing_is_new_asks_little() -> None:
    """As many questions as kinds of rows, not as rows: 6,488 once."""
    with CaptureQueriesContext(connection) as queries:
        load()
    assert len(queries) < 200


def test_what_an_administrator_changed_and_added_stays_and_is_told() -> None:
    Mechanism.objects.update(**{NAME: "Peer Review of Our Institution"})
    state, instrument = StateParty.objects.get(iso3="CHN"), Instrument.objects.get(slug="som")
    added = Adherence.objects.create(
        state_party=state, instrument=instrument, kind="accession", deposited_on="2026-11-01"
    )
    told = load()
    assert Mechanism.objects.get().name == "Peer Review of Our Institution"
    assert Adherence.objects.get(pk=added.pk) == added
    assert told == load()
    changed, other = told
    assert changed.startswith("Mechanism “untoc”: changed here, and stays so: name [en]: “Peer Review of Our ")
    assert changed.endswith("Protocols thereto” in the files")
    assert other == "Adherence “China: Smuggling of Migrants Protocol”: added here, and stays"


def test_a_state_that_was_changed_by_hand_stays_so() -> None:
    StateParty.objects.filter(iso3="XVE").update(**{NAME: "Somewhere else"})
    load()
    assert getattr(StateParty.objects.get(iso3="XVE"), NAME) == "Somewhere else"


def test_what_nobody_changed_follows_the_next_version(change_file: Any) -> None:
    change_file("mechanism.json", rename_mechanism)
    assert load() == []
    assert getattr(Mechanism.objects.get(), NAME) == "Mechanism of the next version"


def test_what_a_person_changed_stays_with_the_next_version_until_the_old_words_are_back(change_file: Any) -> None:
    old = getattr(Mechanism.objects.get(), NAME)
    Mechanism.objects.update(**{NAME: "Ours"})
    change_file("mechanism.json", rename_mechanism)
    assert ["“Ours” here, “Mechanism of the next version” in the files" in line for line in load()] == [True]
    Mechanism.objects.update(**{NAME: old})
    assert load() == []
    assert getattr(Mechanism.objects.get(), NAME) == "Mechanism of the next version"


def test_who_wrote_the_same_as_the_next_version_agrees_with_it(change_file: Any) -> None:
    Mechanism.objects.update(**{NAME: "Mechanism of the next version"})
    change_file("mechanism.json", rename_mechanism)
    assert load() == []
    change_file("mechanism.json", lambda data: data["name"].update(en="And the one after it"))
    load()
    assert getattr(Mechanism.objects.get(), NAME) == "And the one after it"


def test_what_a_person_took_out_is_not_made_again() -> None:
    gone = Adherence.objects.filter(state_party__iso3="XVE", instrument__slug="tip")
    assert gone.count() == 1
    gone.delete()
    day = Holiday.objects.order_by("day")[0]
    Holiday.objects.filter(pk=day.pk).delete()
    told = load()
    assert not gone.exists()
    assert not Holiday.objects.filter(day=day.day).exists()
    assert len(told) == 2
    assert all(line.endswith("taken out here, and stays so") for line in told)


def test_a_row_that_was_renamed_is_the_same_row(change_file: Any) -> None:
    Step.objects.filter(slug="dialogue").update(slug="talks")
    StateParty.objects.filter(iso3="XVE").update(iso3="XVX")
    steps, states, plans = Step.objects.count(), StateParty.objects.count(), StepPlanVersion.objects.count()
    assert len(load()) == 2
    assert (Step.objects.count(), StateParty.objects.count(), StepPlanVersion.objects.count()) == (steps, states, plans)


def test_states_stay_in_a_group_that_was_renamed() -> None:
    before = dict(StateParty.objects.values_list("iso3", "regional_group"))
    RegionalGroup.objects.update(**{NAME: "Ours"})
    load()
    assert dict(StateParty.objects.values_list("iso3", "regional_group")) == before


def test_a_rule_of_the_draw_that_is_gone_from_the_file_goes(change_file: Any) -> None:
    kept = DrawRule.objects.count()
    change_file("mechanism.json", lambda data: data["draw_rules"].pop())
    assert load() == []
    assert DrawRule.objects.count() == kept - 1


def test_a_rule_that_was_changed_stays_though_it_is_gone_from_the_file(change_file: Any) -> None:
    change_file("mechanism.json", lambda data: data["draw_rules"].pop())
    last = DrawRule.objects.order_by("order").last()
    assert last is not None
    DrawRule.objects.filter(pk=last.pk).update(evidence_note="Decided by us.")
    assert [line.partition("”: ")[2] for line in load()] == ["changed here and no longer in the files; it stays"]
    assert DrawRule.objects.filter(pk=last.pk).exists()


def test_a_database_without_a_memory_keeps_what_differs_and_remembers_the_rest(change_file: Any) -> None:
    LoadedRow.objects.all().delete()
    text = BlueprintText.objects.order_by("pk")[0]
    BlueprintText.objects.filter(pk=text.pk).update(text_en="Ours")
    assert len(load()) == 1
    change_file("mechanism.json", rename_mechanism)
    assert len(load()) == 1
    assert BlueprintText.objects.get(pk=text.pk).text == "Ours"
    assert getattr(Mechanism.objects.get(), NAME) == "Mechanism of the next version"


def test_a_column_that_is_new_to_the_files_fills_what_nobody_touched_and_leaves_a_persons_words() -> None:
    """The rows were there before, as were pages on which somebody could write into it."""
    changed, untouched, emptied = DrawRule.objects.exclude(evidence_note="").order_by("order")[:3]
    for known in LoadedRow.objects.filter(table=DrawRule._meta.db_table):
        del known.values["evidence_note"], known.values["evidence_mark"]
        known.save()
    DrawRule.objects.filter(pk=changed.pk).update(evidence_note="Decided by us.")
    DrawRule.objects.filter(pk=emptied.pk).update(evidence_note="")
    told = load()
    assert [("“Decided by us.” here" in line) for line in told] == [True]
    notes = dict(DrawRule.objects.values_list("pk", "evidence_note"))
    assert notes[changed.pk] == "Decided by us."
    assert (notes[untouched.pk], notes[emptied.pk]) == (untouched.evidence_note, emptied.evidence_note)
    assert told == load()


def test_a_setting_gets_its_value_once_and_its_words_follow(change_file: Any) -> None:
    def reword(data: Any) -> None:
        row = next(row for row in data["limits"] if row.get("is_setting"))
        row.update(value=99, evidence_note="Reworded.")

    change_file("mechanism.json", reword)
    before = dict(Limit.objects.values_list("key", "value"))
    assert load() == []
    assert dict(Limit.objects.values_list("key", "value")) == before
    assert Limit.objects.filter(evidence_note="Reworded.").count() == 1


def test_a_programme_that_a_person_changed_does_not_stop_a_start() -> None:
    """The questionnaire no longer fits it: that is told."""
    row = ClusterArticle.objects.exclude(unless_party_to=None)[0]
    ClusterArticle.objects.filter(pk=row.pk).update(unless_party_to=None)
    told = load()
    assert ClusterArticle.objects.get(pk=row.pk).unless_party_to is None
    assert [line.partition(":")[0] for line in told][-1] == "Questionnaires"
    assert "does not fit the programme" in told[-1]


def test_a_questionnaire_that_officers_published_stays_the_newest(change_file: Any) -> None:
    before = QuestionnaireVersion.objects.count()
    ours = import_version(OfficerFactory(), replace(load_definition("I"), title="Ours"))
    assert load() == [], "the shipped text is an earlier version"
    change_file("questionnaires/cluster-1.json", lambda data: data.update(title="That of the next release"))
    assert load() == [
        "Questionnaire untoc-cluster-1: another text than any version here. To take it up, bring its file in as a draft"
    ]
    assert current_version(ours.questionnaire) == ours
    assert QuestionnaireVersion.objects.count() == before + 1


def test_a_plan_that_a_person_published_stays_the_newest(change_file: Any) -> None:
    change_file("mechanism.json", lambda data: data["step_plan_version"].update(day_rule="next_working_day"))
    first = StepPlanVersion.objects.get()
    ours = StepPlanVersion.objects.create(
        mechanism=first.mechanism, number=2, day_rule=first.day_rule, note="Ours", evidence_mark="I"
    )
    ours.published_at, ours.published_by = first.published_at, UserFactory()
    ours.save()
    assert load() == ["Step plan: that of the files is another, and is not published"]
    assert StepPlanVersion.objects.count() == 2


def test_a_rule_of_accounts_that_is_gone_comes_back() -> None:
    """Without it nobody could sign in, and nobody could put it back."""
    kept = AccountRule.objects.count()
    AccountRule.objects.order_by("key")[0].delete()
    assert load() == []
    assert AccountRule.objects.count() == kept


def test_the_list_for_experts_says_for_which_reviews_and_loses_what_the_files_lose(change_file: Any) -> None:
    titles: list[str] = []

    def narrowed(rows: list[dict[str, Any]]) -> None:
        titles.extend(row["title"] for row in rows)
        rows[0] |= {"instrument": "tip", "cluster": 2}
        del rows[-2:]

    change_file("reading_list.json", narrowed)
    ReadingItem.objects.filter(title=titles[-1]).update(link="https://example.org/ours")
    differences = load()
    assert set(ReadingItem.objects.values_list("title", flat=True)) == {*titles[:-2], titles[-1]}
    assert [line for line in differences if titles[-1] in line and "no longer in the files" in line]
    first = ReadingItem.objects.get(title=titles[0])
    assert first.instrument is not None
    assert first.cluster is not None
    assert (first.instrument.slug, first.cluster.number) == ("tip", 2)


def test_a_link_between_questions_that_an_officer_changed_or_added_stays() -> None:
    links = QuestionLink.objects.filter(mechanism__slug="untoc")
    changed, gone = links.order_by("block", "code")[:2]
    links.filter(pk=changed.pk).update(evidence_note="Read anew.")
    gone.delete()
    added = QuestionLink.objects.create(
        mechanism=changed.mechanism, block="ours", code="I.untoc.1", evidence_mark="I", evidence_note="By hand."
    )
    number = links.count()
    told = "\n".join(load())
    assert links.count() == number
    assert links.get(pk=changed.pk).evidence_note == "Read anew."
    assert links.get(pk=added.pk).method == "officer"
    assert "taken out here, and stays so" in told
