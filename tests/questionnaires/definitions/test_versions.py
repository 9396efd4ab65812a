"""Questionnaires as rows: exact, frozen once published, and each response keeps the one it was given."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from questionnaires.definitions.definition import QuestionnaireDefinition
from questionnaires.definitions.enums import VersionStatus
from questionnaires.definitions.models import Questionnaire, QuestionnaireVersion, Section
from questionnaires.definitions.selectors import current_version, get_published_version, index_of, published_versions
from questionnaires.definitions.services import definition_hash, import_version
from reviews.programme.models import ClusterArticle, Instrument, Mechanism
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.questionnaires.official import load_definition, load_definitions
from tests.utils import SYSTEM, make_cast, make_review, take_to

pytestmark = pytest.mark.django_db

FIRST = "I.untoc.1"


@pytest.fixture
def version() -> QuestionnaireVersion:
    """The published version of cluster I that comes with the portal."""
    return current_version(Questionnaire.objects.get(cluster__number=1))


@pytest.fixture
def changed() -> QuestionnaireDefinition:
    """Cluster I as a later decision of the Conference might change it: another wording of one question."""
    definition = load_definition("I")
    part = definition.parts[0]
    section = part.sections[0]
    item = replace(section.items[0], text="Are the definitions of article 2 part of your country’s law?")
    section = replace(section, items=(item, *section.items[1:]))
    part = replace(part, sections=(section, *part.sections[1:]))
    return replace(definition, parts=(part, *definition.parts[1:]))


@pytest.mark.parametrize("cluster", ["I", "II", "III", "IV"])
def test_what_is_read_back_from_the_rows_is_the_file(cluster: str) -> None:
    definition = load_definition(cluster)
    row = get_published_version(definition.slug)
    assert index_of(row.pk).definition == definition
    assert row.sha256 == definition_hash(definition)


def test_the_four_questionnaires_are_published_in_the_order_of_their_clusters() -> None:
    rows = published_versions()
    assert [row.questionnaire.slug for row in rows] == [definition.slug for definition in load_definitions()]
    assert {(row.number, row.status) for row in rows} == {(1, VersionStatus.PUBLISHED)}


def test_an_unknown_questionnaire_is_not_found() -> None:
    with pytest.raises(Http404):
        get_published_version("untoc-cluster-5")


def test_importing_the_same_again_gives_the_version_that_is_there(version: QuestionnaireVersion) -> None:
    entries = AuditEntry.objects.count()
    assert import_version(SYSTEM, load_definition("I")) == version
    assert QuestionnaireVersion.objects.count() == 4
    assert AuditEntry.objects.count() == entries


def test_a_change_becomes_the_next_version(version: QuestionnaireVersion, changed: QuestionnaireDefinition) -> None:
    officer = OfficerFactory()
    second = import_version(officer, changed)
    version.refresh_from_db()
    assert (second.number, second.status, version.status) == (2, VersionStatus.PUBLISHED, VersionStatus.RETIRED)
    assert current_version(version.questionnaire) == second
    assert index_of(second.pk).items[FIRST].text.startswith("Are the definitions")
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.actor, entry.after) == (
        "questionnaires.version.published",
        officer,
        {"sha256": second.sha256},
    )


@pytest.mark.parametrize("factory", [UserFactory, AuditorFactory])
def test_only_the_secretariat_publishes(changed: QuestionnaireDefinition, factory: type) -> None:
    with pytest.raises(PolicyRefusedError):
        import_version(factory(), changed)
    assert QuestionnaireVersion.objects.count() == 4


def test_a_response_keeps_its_version_when_a_new_one_is_published(changed: QuestionnaireDefinition) -> None:
    first = make_cast()
    import_version(SYSTEM, changed)
    assert first.response is not None
    first.response.refresh_from_db()
    assert first.response.version.number == 1
    later = make_review(state="XAL")
    response = take_to("self_assessment", later, first.focal_point, first.expert)
    assert response is not None
    assert response.version.number == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE questionnaires_question SET text = 'changed' WHERE version_id = %s",
        "DELETE FROM questionnaires_condition WHERE question_id IN"
        " (SELECT id FROM questionnaires_question WHERE version_id = %s)",
        "UPDATE questionnaires_condition SET source = 'changed' WHERE question_id IN"
        " (SELECT id FROM questionnaires_question WHERE version_id = %s)",
        "UPDATE questionnaires_questionoption SET text = 'changed' WHERE question_id IN"
        " (SELECT id FROM questionnaires_question WHERE version_id = %s)",
        "DELETE FROM questionnaires_questionoption WHERE question_id IN"
        " (SELECT id FROM questionnaires_question WHERE version_id = %s)",
        "UPDATE questionnaires_section SET heading = 'changed' WHERE part_id IN"
        " (SELECT id FROM questionnaires_part WHERE version_id = %s)",
        "UPDATE questionnaires_part SET title = 'changed' WHERE version_id = %s",
    ],
)
def test_the_database_refuses_to_change_what_is_published(version: QuestionnaireVersion, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="a published questionnaire is frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [version.pk])
    assert index_of(version.pk).definition == load_definition("I")


def test_the_database_refuses_to_add_a_question_to_what_is_published(version: QuestionnaireVersion) -> None:
    """A question slipped in would be asked of States that have answered already."""
    question = version.questions.all()[0]
    question.pk, question.code, question._state.adding = uuid4(), "I.untoc.999", True
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        question.save(force_insert=True)


def test_the_database_refuses_to_move_a_question_out(version: QuestionnaireVersion) -> None:
    draft = QuestionnaireVersion.objects.create(questionnaire=version.questionnaire, number=2, language="en")
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        version.questions.filter(code=FIRST).update(version=draft)


def test_a_draft_can_be_changed_and_thrown_away(version: QuestionnaireVersion) -> None:
    draft = QuestionnaireVersion.objects.create(questionnaire=version.questionnaire, number=2, language="en")
    QuestionnaireVersion.objects.filter(pk=draft.pk).update(title="changed")
    draft.delete()


def test_the_version_row_itself_is_frozen(version: QuestionnaireVersion) -> None:
    """Its title, text of guidance and hash are content; its status alone may go on to retired."""
    changes: list[dict[str, object]] = [
        {"title": "changed"},
        {"guidance": []},
        {"sha256": "0" * 64},
        {"status": VersionStatus.DRAFT},
    ]
    for change in changes:
        with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
            QuestionnaireVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(ProgrammingError, match="frozen"), transaction.atomic():
        QuestionnaireVersion.objects.filter(pk=version.pk)._raw_delete("default")  # type: ignore[attr-defined]
    QuestionnaireVersion.objects.filter(pk=version.pk).update(status=VersionStatus.RETIRED)


@pytest.mark.parametrize(
    ("party_to", "left_out"),
    [
        (["untoc", "tip", "som", "firearms"], set()),
        (["untoc", "tip", "som", "firearms", "uncac"], {("untoc", "article-8"), ("untoc", "article-9")}),
    ],
    ids=["not party to UNCAC", "party to UNCAC"],
)
def test_the_articles_on_corruption_are_for_states_not_party_to_uncac(
    version: QuestionnaireVersion, party_to: list[str], left_out: set[tuple[str, str]]
) -> None:
    index = index_of(version.pk)
    applicable = {place.address for place in index.applicable_sections(party_to)}
    assert {place.address for place in index.sections} - applicable == left_out


@pytest.mark.parametrize(
    ("rule", "applicability", "asked", "reviewed"),
    [
        ("uncac", None, "all States", "States not party to uncac"),
        (None, "not_party_to_uncac", "States not party to uncac", "all States"),
        ("uncac", "not_party_to_tip", "States not party to tip", "States not party to uncac"),
    ],
)
def test_a_questionnaire_that_does_not_fit_the_programme_is_refused(
    changed: QuestionnaireDefinition, rule: str | None, applicability: str | None, asked: str, reviewed: str
) -> None:
    outside = Instrument.objects.filter(slug=rule).first()
    ClusterArticle.objects.filter(article__instrument__slug="untoc", article__number=8).update(unless_party_to=outside)
    part = changed.parts[0]
    sections = [
        replace(section, applicability=applicability) if section.slug == "article-8" else section
        for section in part.sections
    ]
    part = replace(part, sections=tuple(sections))
    with pytest.raises(ServiceError) as caught:
        import_version(SYSTEM, replace(changed, parts=(part, *changed.parts[1:])))
    assert str(caught.value) == (
        "“Article 8. Criminalization of corruption” (untoc) does not fit the programme of cluster I: "
        f"the questionnaire asks {asked}, the programme reviews its articles for {reviewed}."
    )
    assert QuestionnaireVersion.objects.filter(questionnaire__cluster__number=1).count() == 1


def test_each_article_of_the_programme_is_asked_about_but_the_one_that_the_official_text_asks_elsewhere(
    mechanism: Mechanism,
) -> None:
    """Article 8 of the Firearms Protocol is in cluster I of the resolution and in the questionnaire of cluster II."""
    left = set()
    for cluster in mechanism.clusters.all():
        version = QuestionnaireVersion.objects.get(questionnaire__cluster=cluster)
        asked = Section.articles.through.objects.filter(section__part__version=version).values("article")
        rows = cluster.rows.exclude(article__in=asked).values_list("article__instrument__slug", "article__number")
        left |= {(cluster.roman, *row) for row in rows}
    assert left == {("I", "firearms", 8)}


def test_a_state_answers_on_the_instruments_that_it_is_party_to(version: QuestionnaireVersion) -> None:
    applicable = index_of(version.pk).applicable_sections(["untoc", "firearms", "uncac"])
    assert {place.part.instrument for place in applicable} == {"untoc", "firearms"}


def test_the_index_leads_both_ways(version: QuestionnaireVersion) -> None:
    index = index_of(version.pk)
    assert {index.codes[pk] for pk in index.question_ids.values()} == set(index.items)
    assert index.section_at("untoc", "article-5").address == ("untoc", "article-5")
    assert index.section_of["I.untoc.3.a"].address == ("untoc", "article-5")
    with pytest.raises(Http404):
        index.section_at("untoc", "article-99")


def test_what_an_item_needs_is_known_down_to_the_root(version: QuestionnaireVersion) -> None:
    index = index_of(version.pk)
    assert index.needed_for[FIRST] == frozenset()
    assert index.needed_for["I.untoc.3.a.i"] == {"I.untoc.3", "I.untoc.3.a"}
    assert "I.untoc.3" in index.deciding


def test_the_index_is_read_once(
    version: QuestionnaireVersion, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    index_of(version.pk)
    with django_assert_num_queries(0):
        index_of(version.pk)
