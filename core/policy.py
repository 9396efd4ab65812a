"""The one door for permissions: every question "may this person do that?" comes here.

Each feature registers the function that answers for its own actions; its ``policy.py`` holds the table. The answer says
why not, and whether the asker may know at all that the target exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Reason = str | Promise


@dataclass(frozen=True, slots=True)
class Decision:
    """``reason`` is a translatable sentence, empty when allowed; ``is_visible`` false means: answer with 404."""

    allowed: bool
    reason: Reason = ""
    is_visible: bool = True

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)
INVISIBLE = Decision(False, _("There is no such page."), is_visible=False)


def refused(reason: Reason) -> Decision:
    return Decision(False, reason)


class PolicyRefusedError(PermissionDenied):
    """The policy said no; ``decision.reason`` is what the person is told."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        super().__init__(decision.reason)


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


Actor = Any  # a User or a SystemActor; core knows no app
Decide = Callable[[Actor, Any, Any], Decision]
_deciders: dict[type[TextChoices], Decide] = {}


_binding: set[TextChoices] = set()


def register(actions: type[TextChoices], decide: Decide, *, binding: frozenset[Any] = frozenset()) -> None:
    """Make ``decide(actor, action, target)`` answer for all members of ``actions``.

    ``binding`` are those that bind a State or grant access: they ask for a recent sign-in.
    """
    _deciders[actions] = decide
    _binding.update(binding)


def is_binding(action: TextChoices) -> bool:
    """Whether the act needs a recent sign-in, besides the right to it."""
    return action in _binding


def registered_actions() -> list[TextChoices]:
    """All actions of all apps, for the tests that walk the whole table."""
    return [action for actions in _deciders for action in actions]


def explain(actor: Actor, action: TextChoices, target: Any = None) -> Decision:
    """Decide whether ``actor`` may do ``action`` to ``target``; inactive people may do nothing and see nothing."""
    if not actor.is_authenticated or not actor.is_active:
        return INVISIBLE
    return _deciders[type(action)](actor, action, target)


def can(actor: Actor, action: TextChoices, target: Any = None) -> bool:
    return explain(actor, action, target).allowed


def require(actor: Actor, action: TextChoices, target: Any = None) -> None:
    """Raise Http404 where the target is invisible to the actor and PolicyRefusedError where the act is refused."""
    decision = explain(actor, action, target)
    if not decision.is_visible:
        raise Http404(decision.reason)
    if not decision.allowed:
        raise PolicyRefusedError(decision)
