"""Drafts of questionnaires as pages need them, and what is published beside them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import found
from core.hashes import document_hash, text_hash
from core.policy import require
from questionnaires.definitions import Item, PartDefinition, QuestionnaireDefinition, SectionDefinition, index_of
from questionnaires.definitions.enums import VersionStatus
from questionnaires.definitions.models import Question, QuestionnaireVersion
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.reach import Reach
from questionnaires.editing.translations import Coverage, coverage_of
from questionnaires.files import as_data, built
from reviews.programme.models import Article, Cluster, Instrument, Mechanism


def clusters_of(mechanism: Mechanism) -> QuerySet[Cluster]:
    return mechanism.clusters.select_related("mechanism").order_by("number")


def get_cluster(mechanism: str, number: int) -> Cluster:
    """Raises Http404."""
    clusters = Cluster.objects.select_related("mechanism").filter(mechanism__slug=mechanism, number=number)
    return found(clusters.first())


def drafts() -> QuerySet[QuestionnaireDraft]:
    return QuestionnaireDraft.objects.select_related("cluster__mechanism", "last_edited_by")


def get_draft_for(user: User, mechanism: str, number: int) -> QuestionnaireDraft:
    """Raises Http404 for whoever sees no drafts, and where there is none."""
    require(user, EditingAction.VIEW)
    return found(drafts().filter(cluster__mechanism__slug=mechanism, cluster__number=number).first())


def definition_of(draft: QuestionnaireDraft) -> QuestionnaireDefinition:
    return built(draft.content)


def versions_in(mechanism: Mechanism) -> QuerySet[QuestionnaireVersion]:
    """Every version that was published, the newest first, each with ``running``: how many reviews answer it, and
    ``moved``: how many States have moved from it to a later one. A review that is at its last step runs no more.
    """
    running = Count("responses", filter=~Q(responses__review__step__kind="closing"), distinct=True)
    moved = Count("moved_away", distinct=True)
    versions = QuestionnaireVersion.objects.filter(questionnaire__mechanism=mechanism).select_related("questionnaire")
    return versions.exclude(status=VersionStatus.DRAFT).annotate(running=running, moved=moved).order_by("-number")


def versions_of(cluster: Cluster) -> QuerySet[QuestionnaireVersion]:
    return versions_in(cluster.mechanism).filter(questionnaire__cluster=cluster)


def published_version(cluster: Cluster) -> QuestionnaireVersion | None:
    return versions_of(cluster).filter(status=VersionStatus.PUBLISHED).first()


def published_definition(cluster: Cluster) -> QuestionnaireDefinition | None:
    version = published_version(cluster)
    return index_of(version.pk).definition if version else None


def get_version(cluster: Cluster, number: int) -> QuestionnaireVersion:
    """A version that was published. Raises Http404."""
    return found(versions_of(cluster).filter(number=number).first())


def taken_codes(cluster: Cluster) -> dict[str, int]:
    """Codes of all versions that were published, each with the number of the latest that has it."""
    questions = Question.objects.filter(version__questionnaire__cluster=cluster)
    return dict(questions.order_by("version__number").values_list("code", "version__number"))


def version_with(cluster: Cluster, code: str) -> QuestionnaireDefinition | None:
    """The latest version that has an item; None where no version has it."""
    number = taken_codes(cluster).get(code)
    return None if number is None else index_of(get_version(cluster, number).pk).definition


def gone_before(cluster: Cluster, definition: QuestionnaireDefinition) -> list[tuple[int, SectionDefinition, Item]]:
    """Items of earlier versions that neither the published version nor the draft has: by version, with the section."""
    gone = _gone_codes(cluster, definition)
    found_there = []
    for number in sorted(set(gone.values()), reverse=True):
        parts = index_of(get_version(cluster, number).pk).definition.parts
        places = [(section, item) for part in parts for section in part.sections for item in section.items]
        found_there += [(number, section, item) for section, item in places if gone.get(item.code) == number]
    return found_there


def _gone_codes(cluster: Cluster, definition: QuestionnaireDefinition | None) -> dict[str, int]:
    known = [each for each in (published_definition(cluster), definition) if each]
    present = {item.code for each in known for item in each.items()}
    return {code: number for code, number in taken_codes(cluster).items() if code not in present}


def reused_numbers(
    cluster: Cluster, definition: QuestionnaireDefinition, draft: QuestionnaireDefinition | None
) -> list[str]:
    """Other items under the numbers of such as an earlier version had, in sentences. The same item may come back."""
    gone = _gone_codes(cluster, draft)
    back = {item.code: item for item in definition.items() if item.code in gone}
    questions = Question.objects.filter(version__questionnaire__cluster=cluster, code__in=back)
    texts = dict(questions.order_by("version__number").values_list("code", "text"))
    words = _("%(item)s: version %(version)s has another item under this number, which keeps its meaning for good.")
    return [
        words % {"item": code, "version": gone[code]} for code, item in back.items() if texts.get(code) != item.text
    ]


def instruments_of(mechanism: Mechanism) -> list[Instrument]:
    return list(mechanism.instruments.order_by("order"))


def known_instruments() -> dict[str, str]:
    """The short names of all instruments by their slugs, in their order."""
    return {each.slug: each.short_name for each in Instrument.objects.order_by("order")}


def articles_of(instrument: str) -> list[Article]:
    return list(Article.objects.filter(instrument__slug=instrument).order_by("number"))


def outsiders_of(cluster: Cluster) -> list[Instrument]:
    """The treaties whose membership takes articles of the cluster away."""
    return list(Instrument.objects.filter(pk__in=cluster.rows.values("unless_party_to")).order_by("order"))


def unknown_references(definition: QuestionnaireDefinition) -> list[str]:
    """Instruments and articles that the questionnaire names and the portal does not know, in sentences."""
    articles = {(slug, str(number)) for slug, number in Article.objects.values_list("instrument__slug", "number")}
    known = set(Instrument.objects.values_list("slug", flat=True))
    problems = []
    for part in definition.parts:
        if part.instrument not in known:
            problems.append(_("There is no instrument “%(name)s”.") % {"name": part.instrument})
        for section in part.sections:
            for number in section.articles:
                if (part.instrument, number) not in articles:
                    words = _("“%(section)s”: there is no article %(number)s of “%(instrument)s”.")
                    facts = {"section": section.heading, "number": number, "instrument": part.instrument}
                    problems.append(words % facts)
            for item in section.items:
                cited = {each.instrument for each in item.articles} - known
                words = _("%(item)s: there is no instrument “%(name)s”.")
                problems += [words % {"item": item.code, "name": name} for name in sorted(cited)]
    return problems


# --- what a form rests on: a fingerprint of what the person was shown


def seen_of_item(item: Item) -> str:
    return _fingerprint(asdict(item))


def seen_of_section(section: SectionDefinition) -> str:
    """Of its head; items have fingerprints of their own."""
    return _fingerprint({**asdict(section), "items": None})


def seen_of_order(codes: Iterable[str]) -> str:
    """Of what stands where."""
    return text_hash("\n".join(codes))[:16]


def seen_of_part(part: PartDefinition) -> str:
    return _fingerprint({**asdict(part), "sections": None})


def seen_of_whole_part(part: PartDefinition) -> str:
    """Of a part with all that stands in it."""
    codes = [item.code for item in part.items()]
    return seen_of_order([seen_of_part(part), *(section.slug for section in part.sections), *codes])


def seen_of_layout(definition: QuestionnaireDefinition) -> str:
    """Of which parts and sections there are, and in which order."""
    sections = [f"{part.instrument}/{section.slug}" for part in definition.parts for section in part.sections]
    return seen_of_order([*(part.instrument for part in definition.parts), *sections])


def seen_of_items(items: Iterable[Item]) -> str:
    """Of several items with all that is in them."""
    return seen_of_order(map(seen_of_item, items))


def seen_of_head(definition: QuestionnaireDefinition) -> str:
    head = {"title": definition.title, "source": definition.source, "guidance": list(definition.guidance)}
    return _fingerprint(head)


def seen_of_texts(texts: Mapping[str, str]) -> str:
    """Of translations by text."""
    return _fingerprint(dict(texts))


def revision_of(draft: QuestionnaireDraft | None) -> str:
    """Of which draft, and of which state of it; empty where there is none."""
    return f"{draft.pk}:{draft.revision}" if draft else ""


def stand_of(draft: QuestionnaireDraft | None, version: QuestionnaireVersion | None) -> str:
    """What a document says that it was made from: a draft in one of its states, or a version."""
    if draft:
        return f"draft {revision_of(draft)}"
    return f"version {version.number}" if version else ""


def seen_of_draft(definition: QuestionnaireDefinition, version: QuestionnaireVersion | None) -> str:
    """Of the whole draft and of the version that it is to follow."""
    facts = {"draft": as_data(definition), "version": str(version.pk) if version else ""}
    return document_hash(facts)


def _fingerprint(facts: Mapping[str, Any]) -> str:
    return text_hash(json.dumps(facts, sort_keys=True, ensure_ascii=False))[:16]


# --- what stands out


@dataclass(frozen=True, slots=True)
class Findings:
    """What can be said of a draft's conditions before anybody answers (``reach``)."""

    never: tuple[Item, ...]
    always: tuple[Item, ...]
    once_answered: tuple[Item, ...]
    undecided: tuple[Item, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.never or self.always or self.once_answered or self.undecided)


def findings_of(items: Iterable[Item]) -> Findings:
    """Of all items of a questionnaire, or of those of a section: conditions look at no others."""
    items = list(items)
    reach = Reach(items)

    def chosen(codes: Iterable[str]) -> tuple[Item, ...]:
        wanted = set(codes)
        return tuple(item for item in items if item.code in wanted)

    return Findings(
        chosen(reach.never_asked),
        chosen(reach.always_met),
        chosen(reach.met_once_answered - reach.always_met),
        chosen(reach.undecided),
    )


def coverage_by_language(definition: QuestionnaireDefinition, languages: Iterable[str]) -> dict[str, Coverage]:
    return {code: coverage_of(definition, code) for code in languages if code != definition.language}


def section_at(definition: QuestionnaireDefinition, instrument: str, slug: str) -> SectionDefinition:
    """Raises Http404."""
    for section in part_at(definition, instrument).sections:
        if section.slug == slug:
            return section
    raise Http404


def part_at(definition: QuestionnaireDefinition, instrument: str) -> PartDefinition:
    """Raises Http404."""
    for part in definition.parts:
        if part.instrument == instrument:
            return part
    raise Http404


def item_at(section: SectionDefinition, code: str) -> Item:
    """Raises Http404."""
    for item in section.items:
        if item.code == code:
            return item
    raise Http404
