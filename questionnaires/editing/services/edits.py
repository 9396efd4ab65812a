"""The changes of a draft, one function for one thing an officer does.

Each takes ``seen``, the fingerprint of what the officer was shown (``selectors``): where a colleague has changed that
meanwhile nothing is stored (StaleError); where something would become wrong, RefusedChangeError says it by the field.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.people.models import User
from core.errors import ServiceError
from questionnaires.definitions import PartDefinition, QuestionnaireDefinition, check_applicability
from questionnaires.editing.changes import items, sections
from questionnaires.editing.changes.base import part_of, place_of, section_of
from questionnaires.editing.changes.conditions import Clauses, condition_from
from questionnaires.editing.changes.items import ItemInput
from questionnaires.editing.changes.sections import HeadInput, PartInput, SectionInput
from questionnaires.editing.models import QuestionnaireDraft
from questionnaires.editing.selectors import (
    seen_of_head,
    seen_of_item,
    seen_of_items,
    seen_of_layout,
    seen_of_order,
    seen_of_part,
    seen_of_section,
    seen_of_texts,
    seen_of_whole_part,
    taken_codes,
    version_with,
)
from questionnaires.editing.services.drafts import StaleError, keep, open_draft
from questionnaires.editing.translations import with_translations
from questionnaires.files import item_code
from reviews.programme.models import Cluster

# --- the whole, parts and sections


@transaction.atomic
def change_head(*, actor: User, draft: QuestionnaireDraft, given: HeadInput, seen: str) -> QuestionnaireDraft:
    draft, definition = open_draft(actor, draft)
    _compare(seen_of_head(definition), seen, is_typed=True)
    return keep(actor, draft, sections.change_head(definition, given), {"what": "title and guidance"})


@transaction.atomic
def add_part(*, actor: User, draft: QuestionnaireDraft, instrument: str, given: PartInput) -> QuestionnaireDraft:
    draft, definition = open_draft(actor, draft)
    return keep(actor, draft, sections.add_part(definition, instrument, given), {"added": instrument})


@transaction.atomic
def change_part(
    *, actor: User, draft: QuestionnaireDraft, instrument: str, given: PartInput, seen: str
) -> QuestionnaireDraft:
    draft, definition = open_draft(actor, draft)
    _compare(seen_of_part(part_of(definition, instrument)), seen, is_typed=True)
    return keep(actor, draft, sections.change_part(definition, instrument, given), {"what": instrument})


@transaction.atomic
def move_part(*, actor: User, draft: QuestionnaireDraft, instrument: str, up: bool, seen: str) -> QuestionnaireDraft:
    draft, definition = open_draft(actor, draft)
    _compare(seen_of_layout(definition), seen)
    return keep(actor, draft, sections.move_part(definition, instrument, up=up), {"moved": instrument})


@transaction.atomic
def remove_part(*, actor: User, draft: QuestionnaireDraft, instrument: str, seen: str) -> QuestionnaireDraft:
    """With all that is in it, which ``seen`` covers."""
    draft, definition = open_draft(actor, draft)
    _compare(seen_of_whole_part(part_of(definition, instrument)), seen)
    return keep(actor, draft, sections.remove_part(definition, instrument), {"removed": instrument})


@transaction.atomic
def add_section(
    *, actor: User, draft: QuestionnaireDraft, instrument: str, given: SectionInput
) -> tuple[QuestionnaireDraft, str]:
    """Give the short name of the new section besides."""
    draft, definition = open_draft(actor, draft)
    after, slug = sections.add_section(definition, instrument, given)
    _fits(draft.cluster, after, instrument, slug)
    return keep(actor, draft, after, {"added": f"{instrument}/{slug}"}), slug


@transaction.atomic
def change_section(
    *, actor: User, draft: QuestionnaireDraft, instrument: str, slug: str, given: SectionInput, seen: str
) -> QuestionnaireDraft:
    draft, definition = open_draft(actor, draft)
    _compare(seen_of_section(section_of(definition, instrument, slug)), seen, is_typed=True)
    after = sections.change_section(definition, instrument, slug, given)
    _fits(draft.cluster, after, instrument, slug)
    return keep(actor, draft, after, {"what": f"{instrument}/{slug}"})


def _fits(cluster: Cluster, definition: QuestionnaireDefinition, instrument: str, slug: str) -> None:
    """For whom a section is, the programme says of its articles; the same check as the loader's, on one section."""
    part, section = part_of(definition, instrument), section_of(definition, instrument, slug)
    alone = PartDefinition(part.instrument, part.title, part.cluster_title, part.guidance, (section,))
    try:
        check_applicability(
            cluster,
            QuestionnaireDefinition(
                definition.mechanism, definition.cluster, definition.slug, definition.language, "", "", (), (alone,)
            ),
        )
    except ServiceError as error:
        raise ServiceError(str(error), field="applicability") from error


@transaction.atomic
def move_section(
    *, actor: User, draft: QuestionnaireDraft, instrument: str, slug: str, up: bool, seen: str
) -> QuestionnaireDraft:
    draft, definition = open_draft(actor, draft)
    _compare(seen_of_layout(definition), seen)
    after = sections.move_section(definition, instrument, slug, up=up)
    return keep(actor, draft, after, {"moved": f"{instrument}/{slug}"})


@transaction.atomic
def remove_section(
    *, actor: User, draft: QuestionnaireDraft, instrument: str, slug: str, seen: str
) -> QuestionnaireDraft:
    draft, definition = open_draft(actor, draft)
    _compare(seen_of_section(section_of(definition, instrument, slug)), seen)
    after = sections.remove_section(definition, instrument, slug)
    return keep(actor, draft, after, {"removed": f"{instrument}/{slug}"})


# --- items


@transaction.atomic
def add_item(
    *,
    actor: User,
    draft: QuestionnaireDraft,
    instrument: str,
    slug: str,
    number: tuple[str, ...],
    given: ItemInput,
    after: str,
) -> QuestionnaireDraft:
    """``after``: the code of the item that it follows; empty for the first. Raises ServiceError for a number that a
    published version has given to another item: it keeps its meaning for good."""
    draft, definition = open_draft(actor, draft)
    taken = taken_codes(draft.cluster)
    changed = items.add_item(definition, instrument, slug, number=number, given=given, after=after, taken=taken)
    return keep(actor, draft, changed, {"added": item_code(definition.cluster, instrument, number)})


@transaction.atomic
def change_item(
    *, actor: User, draft: QuestionnaireDraft, code: str, given: ItemInput, seen: str
) -> QuestionnaireDraft:
    draft, definition = open_draft(actor, draft)
    _compare_item(definition, code, seen, is_typed=True)
    return keep(actor, draft, items.change_item(definition, code, given), {"what": code})


@transaction.atomic
def set_condition(
    *, actor: User, draft: QuestionnaireDraft, code: str, clauses: Clauses, seen: str
) -> QuestionnaireDraft:
    """When an item is asked; without clauses always."""
    draft, definition = open_draft(actor, draft)
    _compare_item(definition, code, seen)
    _part, section, _item = place_of(definition, code)
    condition = condition_from(clauses, section, definition.language)
    return keep(actor, draft, items.set_condition(definition, code, condition), {"condition of": code})


@transaction.atomic
def move_item(*, actor: User, draft: QuestionnaireDraft, code: str, up: bool, seen: str) -> QuestionnaireDraft:
    draft, definition = open_draft(actor, draft)
    _compare_order(definition, code, seen)
    return keep(actor, draft, items.move_item(definition, code, up=up), {"moved": code})


@transaction.atomic
def move_to_section(*, actor: User, draft: QuestionnaireDraft, code: str, slug: str, seen: str) -> QuestionnaireDraft:
    draft, definition = open_draft(actor, draft)
    _compare_order(definition, code, seen)
    return keep(actor, draft, items.move_to_section(definition, code, slug), {"moved": code, "to": slug})


@transaction.atomic
def remove_item(*, actor: User, draft: QuestionnaireDraft, code: str, seen: str) -> QuestionnaireDraft:
    """With its sub-items, which ``seen`` covers."""
    draft, definition = open_draft(actor, draft)
    _part, section, _item = place_of(definition, code)
    gone = items.below(section.items, code)
    _compare(seen_of_items(gone), seen)
    removed = [each.code for each in gone]
    return keep(actor, draft, items.remove_item(definition, code), {"removed": removed})


@transaction.atomic
def bring_back_item(*, actor: User, draft: QuestionnaireDraft, code: str) -> QuestionnaireDraft:
    """Put an item back that the draft, or a version before it, has removed: as the latest version has it."""
    draft, definition = open_draft(actor, draft)
    version = version_with(draft.cluster, code)
    if version is None or any(item.code == code for item in definition.items()):
        raise StaleError
    return keep(actor, draft, items.bring_back(definition, version, code), {"brought back": code})


# --- translations


@transaction.atomic
def translate(
    *, actor: User, draft: QuestionnaireDraft, language: str, given: Mapping[str, str], texts: Sequence[str], seen: str
) -> QuestionnaireDraft:
    """``given``: by text, what it is in that language. ``texts``: those of the page, which ``seen`` covers."""
    draft, definition = open_draft(actor, draft)
    known = definition.translations.get(language, {})
    _compare(seen_of_texts({text: known.get(text, "") for text in texts}), seen, is_typed=True)
    facts = {"translated into": language, "texts": sum(known.get(text, "") != said for text, said in given.items())}
    return keep(actor, draft, with_translations(definition, language, given), facts)


def _compare(now: str, seen: str, *, is_typed: bool = False) -> None:
    if now != seen:
        raise StaleError(is_typed=is_typed)


def _compare_item(definition: QuestionnaireDefinition, code: str, seen: str, *, is_typed: bool = False) -> None:
    _part, _section, item = place_of(definition, code)
    _compare(seen_of_item(item), seen, is_typed=is_typed)


def _compare_order(definition: QuestionnaireDefinition, code: str, seen: str) -> None:
    _part, section, _item = place_of(definition, code)
    _compare(seen_of_order(item.code for item in section.items), seen)
