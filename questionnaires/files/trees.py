"""Whether a condition is well-formed, and rests on items and options that are there; pure."""

from collections.abc import Mapping

from questionnaires.definitions import ConditionError, ConditionTree


def gettext_noop(message: str) -> str:
    """Mark words for translation that are shown in the language of the reader (``flaws.flaw_words``)."""
    return message


def check_tree(item: str, tree: ConditionTree, options: Mapping[str, frozenset[str]]) -> None:
    """Check that the tree of an item is well-formed, and that its items and values are among ``options`` by code.

    Raises ``ConditionError``.
    """
    op = tree.get("op")
    if op in ("any", "all"):
        if not tree.get("of"):
            raise ConditionError(gettext_noop("condition of %(item)s: '%(op)s' needs branches"), item=item, op=op)
        for branch in tree["of"]:
            check_tree(item, branch, options)
    elif op == "not":
        if not isinstance(tree.get("of"), Mapping):
            raise ConditionError(gettext_noop("condition of %(item)s: 'not' needs one branch"), item=item)
        check_tree(item, tree["of"], options)
    elif op in ("in", "selected", "answered"):
        _check_leaf(item, tree, options)
    else:
        raise ConditionError(gettext_noop("condition of %(item)s: unknown operator '%(op)s'"), item=item, op=str(op))


def _check_leaf(item: str, leaf: ConditionTree, options: Mapping[str, frozenset[str]]) -> None:
    code = leaf.get("code")
    facts = {"item": item, "other": str(code)}
    if not isinstance(code, str) or code not in options:
        raise ConditionError(gettext_noop("condition of %(item)s: there is no item %(other)s in its section"), **facts)
    if leaf["op"] == "in" and not leaf.get("values"):
        raise ConditionError(gettext_noop("condition of %(item)s: no values for %(other)s"), **facts)
    if leaf["op"] == "selected" and not 1 <= leaf.get("min", 0) <= len(options[code]):
        message = gettext_noop(
            "condition of %(item)s: 'min' of %(other)s is not between 1 and the number of its options"
        )
        raise ConditionError(message, **facts)
    unknown = set(leaf.get("values", ())) - options[code]
    if unknown:
        message = gettext_noop("condition of %(item)s: %(other)s has no option “%(option)s”")
        raise ConditionError(message, **facts, option=min(unknown))
