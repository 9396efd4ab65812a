"""An organization says of a section that it is not within its competence: of all that is open in it, in one act."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import OutdatedError
from core.hashes import document_hash
from core.policy import require
from questionnaires.answers.services import AnswerInput, NotAskedError, SaveStatus, save_answer, writing
from questionnaires.definitions import AnswerValue, Item, PlacedSection, asked_codes, index_of
from questionnaires.definitions.enums import QuestionKind
from questionnaires.progress import AnswerSnapshot, answers_in
from questionnaires.responses import ResponseSection, lock_response, sheet_of
from questionnaires.responses.models import Response


@dataclass(frozen=True, slots=True)
class SectionOutside:
    """What the act would say: of these items, each with the revision on which it rests; ``stays``: what has an answer.

    What hangs on an item of which it is said is asked no more, and so is not among them.
    """

    version: int
    said: tuple[tuple[Item, int], ...]
    stays: tuple[Item, ...]

    @property
    def shown(self) -> str:
        """What the form carries: all of it, as it is now."""
        stays = sorted(item.code for item in self.stays)
        rows = [[item.code, revision] for item, revision in self.said]
        return document_hash({"version": self.version, "said": rows, "stays": stays})


def section_outside(user: User, response: Response, place: PlacedSection) -> SectionOutside:
    """What of a section is asked and open on the sheet of the user, in the order in which it can be said; one query."""
    stored = answers_in(response, place.section.items, sheet_of(user, response))
    said = tuple((item, _revision(stored, item)) for item in _to_say(place, stored))
    stays = tuple(item for item in place.section.items if _has_content(stored.get(item.code)))
    return SectionOutside(index_of(response.version_id).number, said, stays)


def _to_say(place: PlacedSection, stored: Mapping[str, AnswerSnapshot]) -> Iterator[Item]:
    """One after the other, for what is said of an item decides whether a later one is still asked."""
    values = {code: AnswerValue(each.choices, each.text, each.is_outside_competence) for code, each in stored.items()}
    for item in place.section.items:
        is_open = item.kind != QuestionKind.GROUP and not _has_content(stored.get(item.code))
        if is_open and item.code in asked_codes(place.section.items, values):
            values[item.code] = AnswerValue((), "", True)
            yield item


def _has_content(answer: AnswerSnapshot | None) -> bool:
    return answer is not None and bool(
        answer.choices or answer.text or answer.citations or answer.is_outside_competence
    )


def _revision(stored: Mapping[str, AnswerSnapshot], item: Item) -> int:
    return stored[item.code].revision if item.code in stored else 0


@transaction.atomic
def say_section_outside(*, actor: User, response: Response, place: PlacedSection, shown: str, remark: str = "") -> int:
    """Say of all that is open in a section that it is not within the competence; give of how many items.

    ``remark`` goes with each. No answer is overwritten. ``shown``: what the page has shown of it. Raises OutdatedError
    where somebody has written in the section meanwhile: nothing is saved then; and ServiceError like ``save_answer``.
    """
    locked = lock_response(response)
    require(actor, writing(sheet_of(actor, locked)), ResponseSection(locked, place.pk))
    now = section_outside(actor, locked, place)
    if now.shown != shown or not now.said:
        raise _outdated()
    for item, revision in now.said:
        given = AnswerInput(item.code, text=remark, base=revision, is_outside_competence=True, version=now.version)
        try:
            saved = save_answer(actor=actor, response=locked, given=given)
        except NotAskedError as error:
            raise _outdated() from error
        if saved.status != SaveStatus.SAVED:
            raise _outdated()
    return len(now.said)


def _outdated() -> OutdatedError:
    return OutdatedError(_("Somebody has written in this section meanwhile. Nothing was saved; look at it again."))
