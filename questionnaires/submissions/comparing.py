"""What differs between two versions of the answers, from their frozen documents alone; pure.

A document that follows on another says so under ``revises``; ``supplements`` are what was sent beside the answers, with
the question that each belongs to. A first version has neither.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Document = Mapping[str, Any]


class AnswerContentSent(NamedTuple):
    """What an answer says, so that a reader would see where another says something else."""

    choices: tuple[str, ...] = ()
    text: str = ""
    citations: tuple[tuple[str, ...], ...] = ()
    is_outside_competence: bool = False


NOTHING_SENT = AnswerContentSent()


def changed_codes(old: Mapping[str, AnswerContentSent], new: Mapping[str, AnswerContentSent]) -> list[str]:
    """The questions whose answers differ, in printed order; those that are answered no longer come last."""
    codes = dict.fromkeys([*new, *old])
    return [code for code in codes if old.get(code, NOTHING_SENT) != new.get(code, NOTHING_SENT)]


def contents_of(document: Document) -> dict[str, AnswerContentSent]:
    """By question, what each answer says."""
    said = said_of_laws(document)
    return {
        answer["code"]: AnswerContentSent(
            tuple(answer["choices"]),
            answer["text"],
            tuple(_reference(citation, said.get(citation["law"], {})) for citation in answer["citations"]),
            answer.get("is_outside_competence", False),
        )
        for answer in document["answers"]
    }


def _reference(citation: Mapping[str, str], said: Mapping[str, Any]) -> tuple[str, ...]:
    law = said.get("title") or citation["law"]
    link = citation.get("link") or said.get("link", "")
    return law, citation.get("provision", ""), link, said.get("status", ""), said.get("since", "")


def said_of_laws(document: Document) -> dict[str, Mapping[str, Any]]:
    """What the library of the State said of the laws as they were sent, by the words by which the answers name them."""
    return {words: law for law in document.get("laws", ()) for words in law["cited_as"]}


def laws_differ(before: Document, after: Document) -> bool:
    """Whether what the library says of the laws cited is not the same."""
    return before.get("laws", []) != after.get("laws", [])


def supplements_of(document: Document) -> Sequence[Mapping[str, Any]]:
    """What was sent beside the answers, in the order in which it came."""
    found: Sequence[Mapping[str, Any]] = document.get("supplements", ())
    return found
