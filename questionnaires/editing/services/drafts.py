"""The life of a draft: started, discarded, or published by another officer; and the one door for each change of it."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core import audit
from core.errors import ServiceError
from core.language.text import clean_text, one_line
from core.policy import require
from questionnaires.definitions import QuestionnaireDefinition, check_applicability, import_version, index_of
from questionnaires.definitions.models import Questionnaire, QuestionnaireVersion
from questionnaires.editing.enums import EditingAction
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import (
    definition_of,
    published_version,
    revision_of,
    seen_of_draft,
    unknown_references,
)
from questionnaires.editing.translations import only_of_its_texts
from questionnaires.files import as_data, flaw_words, flaws_of
from reviews.programme.models import Cluster


class StaleError(ServiceError):
    """What the person was shown is not what stands in the draft by now; nothing was stored.

    ``is_typed``: the act is a form in which the person has written.
    """

    def __init__(self, *, is_typed: bool = False) -> None:
        super().__init__(
            _("A colleague has changed this meanwhile. What you typed is still here: compare the two, then save again.")
            if is_typed
            else _("A colleague has changed this meanwhile. Nothing was done: look at what stands now, then try again.")
        )


@transaction.atomic
def start_draft(*, actor: User, cluster: Cluster) -> QuestionnaireDraft:
    """Begin with what is published. Raises ServiceError where there is a draft already, or nothing published."""
    require(actor, EditingAction.EDIT)
    version = published_version(cluster)
    if version is None:
        raise ServiceError(_("Nothing is published yet: begin an empty questionnaire."))
    return begin(actor, cluster, index_of(version.pk).definition, {"from": version.number})


@transaction.atomic
def start_empty_draft(*, actor: User, cluster: Cluster, title: str, source: str, language: str) -> QuestionnaireDraft:
    """Begin with nothing. Raises ServiceError with the field, or where there is a draft already."""
    require(actor, EditingAction.EDIT)
    definition = QuestionnaireDefinition(
        mechanism=cluster.mechanism.slug,
        cluster=cluster.roman,
        slug=slug_for(cluster),
        language=language,
        title=one_line(clean_text(title, field="title")),
        source=one_line(clean_text(source, field="source")),
        guidance=(),
        parts=(),
    )
    for flaw in flaws_of(definition):
        if not flaw.is_gap:
            raise ServiceError(flaw_words(flaw, {}), field=flaw.field)
    return begin(actor, cluster, definition, {"from": None})


def slug_for(cluster: Cluster) -> str:
    """The short name of the questionnaire on a cluster in addresses: it stays once there is one."""
    questionnaire = getattr(cluster, "questionnaire", None)
    return questionnaire.slug if questionnaire else f"{cluster.mechanism.slug}-cluster-{cluster.number}"


def begin(
    actor: User, cluster: Cluster, definition: QuestionnaireDefinition, facts: Mapping[str, Any]
) -> QuestionnaireDraft:
    """Store a new draft. Raises ServiceError where there is one already, also where both begin at once."""
    try:
        with transaction.atomic():
            draft = QuestionnaireDraft.objects.create(
                cluster=cluster, content=as_data(definition), edited_by=[actor.pk], last_edited_by=actor
            )
    except IntegrityError as error:
        message = _("There is a draft of this questionnaire already; publish it or discard it first.")
        raise ServiceError(message) from error
    audit.record(actor, "questionnaires.draft.started", draft, after={"cluster": cluster.number, **facts})
    return draft


def open_draft(actor: User, draft: QuestionnaireDraft) -> tuple[QuestionnaireDraft, QuestionnaireDefinition]:
    """The draft, locked, for an officer to change. Raises ServiceError where it has gone meanwhile."""
    require(actor, EditingAction.EDIT, draft)
    locked = _lock(draft)
    return locked, definition_of(locked)


def _lock(draft: QuestionnaireDraft) -> QuestionnaireDraft:
    rows = QuestionnaireDraft.objects.select_for_update(of=("self",)).select_related("cluster__mechanism")
    locked = rows.filter(pk=draft.pk).first()
    if locked is None:
        raise ServiceError(_("This draft has been published or discarded meanwhile. Nothing of it can be changed."))
    return locked


def keep(
    actor: User,
    draft: QuestionnaireDraft,
    definition: QuestionnaireDefinition,
    facts: Mapping[str, Any],
    *,
    verb: str = "questionnaires.draft.changed",
) -> QuestionnaireDraft:
    """Store what a locked draft has become. Nothing is written where it is what it was."""
    content = as_data(definition)
    content["translations"] = {code: dict(texts) for code, texts in sorted(definition.translations.items())}
    before = {**draft.content, "translations": draft.content.get("translations", {})}
    if content == before:
        return draft
    draft.content = content
    draft.revision += 1
    draft.last_edited_by = actor
    if actor.pk not in draft.edited_by:
        draft.edited_by = [*draft.edited_by, actor.pk]
    draft.save()
    after = {"cluster": draft.cluster.number, "revision": draft.revision, **facts}
    audit.record(actor, verb, draft, after=after)
    return draft


@transaction.atomic
def discard_draft(*, actor: User, draft: QuestionnaireDraft, revision: str) -> None:
    """Throw a draft away. ``revision``: as it was shown (``selectors.revision_of``).

    Raises StaleError where a colleague has changed it since, or where it is another draft by now.
    """
    draft, _definition = open_draft(actor, draft)
    if revision_of(draft) != revision:
        raise StaleError
    facts = {"cluster": draft.cluster.number, "revision": draft.revision}
    audit.record(actor, "questionnaires.draft.discarded", draft, before=facts)
    draft.delete()


def obstacles_to(draft: QuestionnaireDraft, definition: QuestionnaireDefinition) -> list[str]:
    """What has to be mended before a draft is published, in sentences."""
    items = {item.code: item for item in definition.items()}
    names: dict[tuple[str, ...], str] = {}
    for part in definition.parts:
        names[part.instrument,] = part.title
        names |= {(part.instrument, section.slug): section.heading for section in part.sections}
    found = []
    for flaw in flaws_of(definition):
        place = names.get(flaw.place, "")
        found.append(f"{place}: {flaw_words(flaw, items)}" if place else flaw_words(flaw, items))
    try:
        check_applicability(draft.cluster, definition)
    except ServiceError as error:
        found.append(str(error))
    return found + unknown_references(definition)


@transaction.atomic
def publish_draft(*, actor: User, draft: QuestionnaireDraft, seen: str) -> QuestionnaireVersion:
    """Freeze a draft as the next version, as the loader does; running responses keep theirs.

    ``seen``: the draft and the version that it follows, as they were shown (``selectors.seen_of_draft``). Raises
    StaleError where one of them is another by now, and ServiceError where something has to be mended, where it does
    not fit the programme, or where it changes nothing.
    """
    draft = _lock(draft)
    require(actor, EditingAction.PUBLISH, draft)
    # A command that publishes at the same time waits, or has done so before the version is looked at.
    list(Questionnaire.objects.select_for_update().filter(cluster=draft.cluster_id))
    definition = only_of_its_texts(definition_of(draft))
    current = published_version(draft.cluster)
    if seen_of_draft(definition, current) != seen:
        raise StaleError
    if obstacles := obstacles_to(draft, definition):
        raise ServiceError(obstacles[0])
    if current and index_of(current.pk).definition == definition:
        raise ServiceError(_("This draft is what is published already."))
    version = import_version(actor, definition)
    facts = {"cluster": draft.cluster.number, "version": version.number, "sha256": version.sha256}
    audit.record(actor, "questionnaires.draft.published", draft, after=facts)
    draft.delete()
    return version
