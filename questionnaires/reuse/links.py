"""Which questions are linked as data, and what of an answer fits another question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from core.database.made_once import MadeOnce
from core.errors import ServiceError
from questionnaires.answers import AnswerInput, clean
from questionnaires.definitions import Item
from questionnaires.definitions.enums import QuestionKind
from questionnaires.progress import AnswerSnapshot
from questionnaires.reuse.enums import LinkMethod
from questionnaires.reuse.models import QuestionLink

_SUREST = tuple(LinkMethod.values)


def linked_codes(mechanism_id: UUID, codes: Iterable[str]) -> dict[str, dict[str, LinkMethod]]:
    """By code: the codes of the questions that are linked with it and the surest way by which; one query."""
    wanted = set(codes)
    members: dict[str, list[tuple[str, str]]] = {}
    for block, code, method in _LINKS.rows(mechanism=mechanism_id, codes=sorted(wanted)):
        members.setdefault(block, []).append((code, method))
    linked: dict[str, dict[str, LinkMethod]] = {}
    for rows_of_block in members.values():
        for code, method in rows_of_block:
            if code in wanted:
                others = linked.setdefault(code, {})
                for other, _method in rows_of_block:
                    if other != code:
                        others[other] = _surer(others.get(other), LinkMethod(method))
    return linked


def _links(mechanism: UUID, codes: str) -> QuerySet[QuestionLink, tuple[str, str, str]]:
    blocks = QuestionLink.objects.filter(mechanism=mechanism, code__any_of=codes).values("block")
    rows = QuestionLink.objects.filter(mechanism=mechanism, block__in=blocks)
    return rows.values_list("block", "code", "method")


_LINKS: MadeOnce[tuple[str, str, str]] = MadeOnce(_links)


def _surer(one: LinkMethod | None, other: LinkMethod) -> LinkMethod:
    return other if one is None else min(one, other, key=_SUREST.index)


@dataclass(frozen=True, slots=True)
class FittedAnswer:
    """An answer as it can stand under a question. ``lost``: options that this one does not have."""

    answer: AnswerSnapshot
    lost: tuple[str, ...] = ()
    is_usable: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether all of it can stand there, as it was given."""
        return self.is_usable and not self.lost

    def as_input(self, code: str, *, base: int, version: int) -> AnswerInput:
        return AnswerInput(
            code=code,
            choices=self.answer.choices,
            text=str(self.answer.text),
            citations=_plain(self.answer.citations),
            base=base,
            is_outside_competence=self.answer.is_outside_competence,
            version=version,
        )


def fitted(answer: AnswerSnapshot, item: Item, *, by_competence: bool) -> FittedAnswer:
    """What of an answer can stand under ``item``: all of it; its words alone; or nothing."""
    kept = tuple(choice for choice in answer.choices if choice in item.options)
    if item.kind not in {QuestionKind.MULTIPLE} and len(kept) > 1:
        kept = ()
    lost = tuple(choice for choice in answer.choices if choice not in kept)
    if lost:
        kept = ()  # half a choice would say what nobody has said
    outside = answer.is_outside_competence and by_competence
    part = AnswerSnapshot(
        kept, answer.text, answer.citations, answer.revision, answer.saved_at, answer.saved_by, outside
    )
    return FittedAnswer(part, lost, _is_usable(part, item))


def _is_usable(part: AnswerSnapshot, item: Item) -> bool:
    if item.kind == QuestionKind.GROUP or not (
        part.choices or part.text or part.citations or part.is_outside_competence
    ):
        return False
    given = FittedAnswer(part).as_input(item.code, base=0, version=0)
    try:
        _draft, wrong = clean(item, given)
    except ServiceError:
        return False
    return not wrong


def _plain(citations: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """As they are typed, without what a frozen document has besides."""
    return [{name: citation.get(name, "") for name in ("law", "provision", "link")} for citation in citations]
