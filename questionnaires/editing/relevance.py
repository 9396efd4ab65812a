"""The conditions of an XLSForm, read as those of a questionnaire; pure.

What can be said here is what ``exports`` writes, and the forms that people write by hand: ``selected(${x}, 'o1')``,
``${x} = 'o1'``, ``${x} != ''``, ``count-selected(${x}) >= 2``, with ``and``, ``or``, ``not()`` and brackets.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from questionnaires.definitions import ConditionTree

_SIGN = re.compile(r"""\s*(?:\$\{([^}]+)\}|'([^']*)'|"([^"]*)"|(>=|!=|=|\(|\)|,|\+)|([A-Za-z][\w-]*)|(\d+))""")
_Sign = tuple[str, str]
_LONGEST = 10_000  # characters of an expression


class RelevanceError(ValueError):
    """An expression that no condition of a questionnaire says."""


def tree_of(expression: str, options: Mapping[str, Mapping[str, str]], multiple: Sequence[str]) -> ConditionTree:
    """``options``: by item, its options by their names in the form. ``multiple``: items of which several are chosen.

    Raises RelevanceError.
    """
    if len(expression) > _LONGEST:
        raise RelevanceError
    reader = _Expression(_signs(expression), options, multiple)
    tree, _is_bare = reader.any_of()
    if reader.at < len(reader.signs):
        raise RelevanceError
    return tree


def _signs(expression: str) -> list[_Sign]:
    found, at, text = [], 0, expression.strip()
    names = ("item", "text", "text", "sign", "word", "number")
    while at < len(text):
        match = _SIGN.match(text, at)
        if match is None:
            raise RelevanceError
        found.append(next((name, said) for name, said in zip(names, match.groups(), strict=True) if said is not None))
        at = match.end()
    return found


class _Expression:
    def __init__(self, signs: list[_Sign], options: Mapping[str, Mapping[str, str]], multiple: Sequence[str]) -> None:
        self.signs, self.options, self.multiple = signs, options, multiple
        self.at = self.depth = 0

    def take(self, kind: str, said: str = "") -> str:
        found, words = self.signs[self.at] if self.at < len(self.signs) else ("", "")
        if found != kind or (said and words != said):
            raise RelevanceError
        self.at += 1
        return words

    def comes(self, *signs: _Sign) -> bool:
        return self.signs[self.at : self.at + len(signs)] == list(signs)

    def any_of(self) -> tuple[dict[str, Any], bool]:
        self.depth += 1
        if self.depth > 20:
            raise RelevanceError
        branches = [self.all_of()]
        while self.comes(("word", "or")):
            self.take("word")
            branches.append(self.all_of())
        self.depth -= 1
        return self._joined("any", _merged(branches) if len(branches) > 1 else branches)

    def all_of(self) -> tuple[dict[str, Any], bool]:
        branches = [self.one()]
        while self.comes(("word", "and")):
            self.take("word")
            branches.append(self.one())
        return self._joined("all", branches)

    def _joined(self, op: str, branches: list[tuple[dict[str, Any], bool]]) -> tuple[dict[str, Any], bool]:
        return branches[0] if len(branches) == 1 else ({"op": op, "of": [tree for tree, _is_bare in branches]}, False)

    def one(self) -> tuple[dict[str, Any], bool]:
        """One clause, and whether it stands without brackets: such ones about one item are put together."""
        if self.comes(("sign", "("), ("word", "if")):
            return self._counted(), True
        if self.comes(("sign", "(")) or self.comes(("word", "not")):
            is_not = bool(self.comes(("word", "not")) and self.take("word"))
            self.take("sign", "(")
            tree, _is_bare = self.any_of()
            self.take("sign", ")")
            return ({"op": "not", "of": tree} if is_not else tree), False
        if self.comes(("word", "count-selected")):
            self.take("word")
            self.take("sign", "(")
            code = self.take("item")
            self.take("sign", ")")
            self.take("sign", ">=")
            return {"op": "selected", "code": code, "min": int(self.take("number"))}, True
        if self.comes(("word", "selected")):
            return self._selected(), True
        return self._compared(), True

    def _selected(self) -> dict[str, Any]:
        self.take("word", "selected")
        self.take("sign", "(")
        code = self.take("item")
        self.take("sign", ",")
        tree = self._leaf(code, self.take("text"))
        self.take("sign", ")")
        return tree

    def _compared(self) -> dict[str, Any]:
        code, sign = self.take("item"), self.take("sign")
        said = self.take("text")
        if sign == "=" and said:
            return self._leaf(code, said)
        if (sign, said) != ("!=", ""):
            raise RelevanceError
        return {"op": "answered", "code": code}

    def _counted(self) -> dict[str, Any]:
        """``(if(selected(${x}, 'o1'), 1, 0) + …) >= 2``."""
        self.take("sign", "(")
        values: list[str] = []
        code = ""
        while True:
            self.take("word", "if")
            self.take("sign", "(")
            leaf = self._selected()
            for kind, said in (("sign", ","), ("number", "1"), ("sign", ","), ("number", "0"), ("sign", ")")):
                self.take(kind, said)
            if code not in ("", leaf["code"]):
                raise RelevanceError
            code = leaf["code"]
            values += leaf["values"]
            if not self.comes(("sign", "+")):
                break
            self.take("sign")
        self.take("sign", ")")
        self.take("sign", ">=")
        return {"op": "selected", "code": code, "values": values, "min": int(self.take("number"))}

    def _leaf(self, code: str, name: str) -> dict[str, Any]:
        option = self.options.get(code, {}).get(name)
        if option is None:
            raise RelevanceError
        if code in self.multiple:
            return {"op": "selected", "code": code, "values": [option], "min": 1}
        return {"op": "in", "code": code, "values": [option]}


def _merged(branches: list[tuple[dict[str, Any], bool]]) -> list[tuple[dict[str, Any], bool]]:
    """Clauses without brackets that ask for options of one item are one clause."""
    found: list[tuple[dict[str, Any], bool]] = []
    for tree, is_bare in branches:
        last = found[-1] if found else None
        if last and is_bare and last[1] and "values" in tree and tree.get("min", 1) == 1 and _same(last[0], tree):
            found[-1] = ({**last[0], "values": [*last[0]["values"], *tree["values"]]}, True)
        else:
            found.append((tree, is_bare))
    return found


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one.get(key) == other.get(key) for key in ("op", "code", "min")) and "values" in one
