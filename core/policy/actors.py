"""Who acts: a person, or the portal itself on an errand."""

from dataclasses import dataclass
from typing import Any, Protocol


class Actor(Protocol):
    """A person, somebody who is not signed in, or the portal itself; core knows no app."""

    @property
    def pk(self) -> Any: ...
    @property
    def is_authenticated(self) -> Any: ...
    @property
    def is_active(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class SystemActor:
    """Acts in place of a person where a task does what the rules command; ``name`` is the task's name.

    ``person``: by whose act, where it is done in that person's own page; the record names that person.
    """

    name: str
    person: Any = None
    is_authenticated: bool = True
    is_active: bool = True
    pk: None = None

    def __str__(self) -> str:
        return f"system: {self.name}"
