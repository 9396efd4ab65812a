"""The one door for permissions: every question "may this person do that?" comes here.

Each feature registers its table of permissions and how the facts are found that the table is asked with. The answer
says why not, and whether the asker may know at all that the target exists.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import TextChoices
from django.http import Http404

from core import security_events
from core.policy.actors import Actor as Actor, SystemActor as SystemActor
from core.policy.decisions import (
    ALLOWED as ALLOWED,
    INVISIBLE as INVISIBLE,
    Decision as Decision,
    PolicyRefusedError as PolicyRefusedError,
    Reason as Reason,
    refused as refused,
)
from core.policy.tables import (
    F,
    PolicyCondition as PolicyCondition,
    Predicate as Predicate,
    Rule as Rule,
    Table as Table,
    at as at,
    during as during,
    everybody as everybody,
    may as may,
    unless as unless,
)

FactsOf = Callable[[Any, Any, Any], F]
_tables: dict[type[TextChoices], tuple[Table[Any], FactsOf[Any]]] = {}


def register(table: Table[F], facts_of: FactsOf[F]) -> None:
    """Let ``table`` answer for its actions; ``facts_of(actor, action, target)`` finds what it is asked with."""
    _tables[table.actions] = table, facts_of


def is_binding(action: TextChoices) -> bool:
    """Whether the act needs a recent sign-in, besides the right to it."""
    table, _facts_of = _tables[type(action)]
    return table.rules[action].binds


def registered_actions() -> list[TextChoices]:
    """All actions of all apps, for the tests that walk the whole table."""
    return [action for actions in _tables for action in actions]


def explain(actor: Actor, action: TextChoices, target: Any = None) -> Decision:
    """Decide whether ``actor`` may do ``action`` to ``target``; inactive people may do nothing and see nothing."""
    if not actor.is_authenticated or not actor.is_active:
        return INVISIBLE
    table, facts_of = _tables[type(action)]
    return table.decide(action, facts_of(actor, action, target))


def can(actor: Actor, action: TextChoices, target: Any = None) -> bool:
    return explain(actor, action, target).allowed


def require(actor: Actor, action: TextChoices, target: Any = None) -> None:
    """Raise Http404 where the target is invisible to the actor and PolicyRefusedError where the act is refused."""
    decision = explain(actor, action, target)
    if not decision:
        security_events.tell(
            security_events.SecurityEvent.REFUSED, person=actor.pk, action=str(action), is_told=decision.is_visible
        )
    if not decision.is_visible:
        raise Http404(decision.reason)
    if not decision.allowed:
        raise PolicyRefusedError(decision)
