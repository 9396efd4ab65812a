"""Whether a file has the shape of a questionnaire: which keys there are, and what stands under each. Pure.

What its content has to keep besides is said in ``rules``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaires.files.rules import LANGUAGES
from questionnaires.files.trees import gettext_noop

_WORDS = [str]
_FOOTNOTE: dict[str, Any] = {"mark": str, "text": str}
_CITATION: dict[str, Any] = {"instrument": str, "article": str, "para": (str, None)}
_TREE = "tree"
_ITEM: dict[str, Any] = {
    "number": _WORDS,
    "code": str,
    "articles": [_CITATION],
    "text": str,
    "kind": str,
    "options": _WORDS,
    "free_text_options": _WORDS,
    "footnotes": [_FOOTNOTE],
    "voluntary": bool,
    "condition": (_TREE, None),
    "self_assessed": bool,
    "deviation": (str, None),
}
_SECTION: dict[str, Any] = {
    "slug": str,
    "heading": str,
    "parent_heading": (str, None),
    "articles": _WORDS,
    "guidance": _WORDS,
    "footnotes": [_FOOTNOTE],
    "applicability": (str, None),
    "items": [_ITEM],
}
_PART: dict[str, Any] = {
    "instrument": str,
    "title": str,
    "cluster_title": str,
    "guidance": _WORDS,
    "sections": [_SECTION],
}
_QUESTIONNAIRE: dict[str, Any] = {
    "format_version": int,
    "mechanism": str,
    "cluster": str,
    "slug": str,
    "language": str,
    "title": str,
    "source": str,
    "guidance": _WORDS,
    "parts": [_PART],
}
_LEAF_KEYS = {"in": {"code", "values"}, "selected": {"code", "min", "values"}, "answered": {"code"}}
_EXPECTED = {
    str: gettext_noop("a text is expected here"),
    int: gettext_noop("a number is expected here"),
    bool: gettext_noop("true or false is expected here"),
    list: gettext_noop("a list is expected here"),
    dict: gettext_noop("an object with keys is expected here"),
}
_DEEPEST = 20  # branches of a condition in one another


@dataclass(frozen=True, slots=True)
class Misfit:
    """A place in a file ("parts[0].sections[2].heading") and what is wrong there."""

    place: str
    message: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.place}: {self.message % self.facts}" if self.place else self.message % self.facts


def misfits(data: Any) -> Iterator[Misfit]:
    """What does not have the shape of a questionnaire, in the order of the file."""
    if not isinstance(data, Mapping):
        yield Misfit("", _EXPECTED[dict])
        return
    yield from _misfits({key: value for key, value in data.items() if key != "translations"}, _QUESTIONNAIRE, "")
    yield from _misfits_of_translations(data.get("translations", {}))


def _misfits(value: Any, shape: Any, place: str) -> Iterator[Misfit]:
    if isinstance(shape, tuple):
        if value is not None:
            yield from _misfits(value, shape[0], place)
    elif shape is _TREE:
        yield from _misfits_of_tree(value, place, is_root=True)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield Misfit(place, _EXPECTED[list])
            return
        for number, each in enumerate(value):
            yield from _misfits(each, shape[0], f"{place}[{number}]")
    elif isinstance(shape, dict):
        yield from _misfits_of_keys(value, shape, place)
    elif not isinstance(value, shape) or (shape is int and isinstance(value, bool)):
        yield Misfit(place, _EXPECTED[shape])


def _misfits_of_keys(value: Any, shape: Mapping[str, Any], place: str) -> Iterator[Misfit]:
    if not isinstance(value, Mapping):
        yield Misfit(place, _EXPECTED[dict])
        return
    for key, below in shape.items():
        if key not in value:
            yield Misfit(place, gettext_noop("the key '%(key)s' is missing"), {"key": key})
        else:
            yield from _misfits(value[key], below, f"{place}.{key}" if place else key)
    for key in value.keys() - shape.keys():
        yield Misfit(place, gettext_noop("the key '%(key)s' is not known"), {"key": str(key)})


def _misfits_of_translations(value: Any) -> Iterator[Misfit]:
    if not isinstance(value, Mapping):
        yield Misfit("translations", _EXPECTED[dict])
        return
    for code, texts in value.items():
        place = f"translations.{code}"
        if code not in LANGUAGES:
            yield Misfit(place, gettext_noop("this is none of the six languages"))
        if not isinstance(texts, Mapping) or not all(isinstance(text, str) for text in texts.values()):
            yield Misfit(place, gettext_noop("texts with their translations are expected here"))


def _misfits_of_tree(tree: Any, place: str, *, is_root: bool = False, depth: int = 0) -> Iterator[Misfit]:
    if not isinstance(tree, Mapping) or not isinstance(tree.get("op"), str) or depth > _DEEPEST:
        yield Misfit(place, gettext_noop("a condition is expected here"))
        return
    if is_root and not isinstance(tree.get("source"), str):
        yield Misfit(place, gettext_noop("the key '%(key)s' is missing"), {"key": "source"})
    op, of = tree["op"], tree.get("of")
    if op in {"any", "all"}:
        keys = {"of"}
        if not isinstance(of, list):
            yield Misfit(f"{place}.of", _EXPECTED[list])
        else:
            for number, branch in enumerate(of):
                yield from _misfits_of_tree(branch, f"{place}.of[{number}]", depth=depth + 1)
    elif op == "not":
        keys = {"of"}
        yield from _misfits_of_tree(of, f"{place}.of", depth=depth + 1)
    else:
        keys = _LEAF_KEYS.get(op, set())
        yield from _misfits_of_leaf(tree, place)
    for key in tree.keys() - keys - {"op", *(("source",) if is_root else ())}:
        yield Misfit(place, gettext_noop("the key '%(key)s' is not known"), {"key": str(key)})


def _misfits_of_leaf(leaf: Mapping[str, Any], place: str) -> Iterator[Misfit]:
    if leaf["op"] not in _LEAF_KEYS:
        yield Misfit(f"{place}.op", gettext_noop("there is no such operator"))
        return
    yield from _misfits(leaf.get("code"), str, f"{place}.code")
    if "values" in leaf or leaf["op"] == "in":
        yield from _misfits(leaf.get("values"), _WORDS, f"{place}.values")
    if leaf["op"] == "selected":
        yield from _misfits(leaf.get("min"), int, f"{place}.min")
