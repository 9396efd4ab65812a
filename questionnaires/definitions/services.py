"""Questionnaires become rows, and a version is published: from then on it is frozen."""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.people import Actor, is_secretariat
from core import audit
from core.errors import ServiceError
from core.hashes import document_hash
from core.language.i18n import list_of
from core.policy import PolicyRefusedError, refused
from questionnaires.definitions.conditions import parent_code
from questionnaires.definitions.definition import Item, QuestionnaireDefinition, SectionDefinition
from questionnaires.definitions.enums import VersionStatus
from questionnaires.definitions.models import (
    Condition,
    Part,
    Question,
    Questionnaire,
    QuestionnaireVersion,
    QuestionOption,
    Section,
)
from questionnaires.definitions.selectors import NOT_PARTY_TO
from reviews.programme.models import Article, Cluster, Instrument, Mechanism


def definition_hash(definition: QuestionnaireDefinition) -> str:
    """SHA-256 of the definition as canonical JSON (sorted keys, no white space, UTF-8).

    Where there are translations they are hashed with it; without them the key is left out.
    """
    document = asdict(definition)
    if not definition.translations:
        del document["translations"]
    return document_hash(document)


@transaction.atomic
def import_version(actor: Actor, definition: QuestionnaireDefinition) -> QuestionnaireVersion:
    """Store and publish a definition as the next version; the version that holds it already is given back.

    Running responses keep the version they were given. Raises PolicyRefusedError for anybody but the secretariat, and
    ServiceError where it would ask other States about an article than those whose review the programme has it in.
    """
    if not is_secretariat(actor):
        raise PolicyRefusedError(refused(_("Only the secretariat publishes questionnaires.")))
    mechanism = Mechanism.objects.get(slug=definition.mechanism)
    cluster = Cluster.objects.get(mechanism=mechanism, roman=definition.cluster)
    questionnaire, _is_new = Questionnaire.objects.select_for_update().get_or_create(
        slug=definition.slug, defaults={"mechanism": mechanism, "cluster": cluster}
    )
    check_applicability(cluster, definition)
    sha256 = definition_hash(definition)
    latest = questionnaire.versions.order_by("-number").first()
    if latest and latest.sha256 == sha256:
        return latest
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=latest.number + 1 if latest else 1,
        language=definition.language,
        title=definition.title,
        source=definition.source,
        guidance=list(definition.guidance),
        translations=definition.translations,
        sha256=sha256,
    )
    _store_parts(version, definition)
    _publish(actor, version)
    return version


def check_applicability(cluster: Cluster, definition: QuestionnaireDefinition) -> None:
    """What a section says of whom it is for is what the programme says of its articles (``ClusterArticle``)."""
    outside = {
        (row.article.instrument.slug, str(row.article.number)): row.unless_party_to.slug if row.unless_party_to else ""
        for row in cluster.rows.select_related("article__instrument", "unless_party_to")
    }
    for part in definition.parts:
        for section in part.sections:
            asked = (section.applicability or "").removeprefix(NOT_PARTY_TO)
            addresses = [(part.instrument, number) for number in section.articles]
            reviewed = {outside[each] for each in addresses if each in outside} or {""}
            if reviewed != {asked}:
                message = _(
                    "“%(section)s” (%(instrument)s) does not fit the programme of cluster %(cluster)s: the "
                    "questionnaire asks %(asked)s, the programme reviews its articles for %(reviewed)s."
                )
                raise ServiceError(
                    message
                    % {
                        "section": section.heading,
                        "instrument": part.instrument,
                        "cluster": definition.cluster,
                        "asked": _for_whom(asked),
                        "reviewed": list_of([_for_whom(each) for each in sorted(reviewed)]),
                    }
                )


def _for_whom(instrument: str) -> str:
    return _("States not party to %(instrument)s") % {"instrument": instrument} if instrument else _("all States")


def _publish(actor: Actor, version: QuestionnaireVersion) -> None:
    if version.status != VersionStatus.DRAFT:
        raise ServiceError(_("Only a draft can be published."))
    version.questionnaire.versions.filter(status=VersionStatus.PUBLISHED).update(status=VersionStatus.RETIRED)
    version.status, version.published_at = VersionStatus.PUBLISHED, timezone.now()
    version.save(update_fields=["status", "published_at", "updated_at"])
    audit.record(actor, "questionnaires.version.published", version, after={"sha256": version.sha256})


def _store_parts(version: QuestionnaireVersion, definition: QuestionnaireDefinition) -> None:
    order = 0
    for part_order, part_definition in enumerate(definition.parts):
        part = Part.objects.create(
            version=version,
            instrument=Instrument.objects.get(slug=part_definition.instrument),
            order=part_order,
            title=part_definition.title,
            cluster_title=part_definition.cluster_title,
            guidance=list(part_definition.guidance),
        )
        for section_order, section_definition in enumerate(part_definition.sections):
            section = _store_section(part, section_definition, section_order)
            order = _store_items(version, section, section_definition.items, order)


def _store_section(part: Part, definition: SectionDefinition, order: int) -> Section:
    section = Section.objects.create(
        part=part,
        slug=definition.slug,
        order=order,
        heading=definition.heading,
        parent_heading=definition.parent_heading or "",
        guidance=list(definition.guidance),
        footnotes=[asdict(footnote) for footnote in definition.footnotes],
        applicability=definition.applicability or "",
    )
    section.articles.set(Article.objects.filter(instrument=part.instrument, number__in=definition.articles))
    return section


def _store_items(version: QuestionnaireVersion, section: Section, items: tuple[Item, ...], order: int) -> int:
    questions: dict[str, Question] = {}
    for item in items:
        order += 1
        questions[item.code] = Question(
            version=version,
            section=section,
            parent=questions.get(parent_code(item.code)),
            code=item.code,
            order=order,
            number=list(item.number),
            text=item.text,
            kind=item.kind,
            is_voluntary=item.voluntary,
            is_self_assessed=item.self_assessed,
            articles=[asdict(citation) for citation in item.articles],
            footnotes=[asdict(footnote) for footnote in item.footnotes],
            deviation=item.deviation or "",
        )
    Question.objects.bulk_create(questions.values())
    QuestionOption.objects.bulk_create(
        QuestionOption(
            question=questions[item.code], order=place, text=text, is_free_text=text in item.free_text_options
        )
        for item in items
        for place, text in enumerate(item.options)
    )
    Condition.objects.bulk_create(
        Condition(question=questions[item.code], tree=dict(item.condition), source=item.condition["source"])
        for item in items
        if item.condition is not None
    )
    return order
