"""What features above do when an expert has answered, which they register here."""

from collections.abc import Callable

from reviews.cases.models import Review

Answered = Callable[[Review], None]
_answered: list[Answered] = []


def register_answered(follows: Answered) -> None:
    """``follows`` is called in the transaction in which an expert has answered. Called from declarations."""
    _answered.append(follows)


def after_answer(review: Review) -> None:
    for follows in _answered:
        follows(review)
