"""The switches of a draw: what the rules leave open, with the values that hold where nobody says otherwise."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

CODE = re.compile(r"[A-Z]{3}")
LOADS = ("hard", "soft", "two")
WESTERN = "Western European and other States"


class SwitchError(ValueError):
    """A switch that nobody knows, or a value that it does not have; ``key`` names the switch."""

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Switches:
    """See docs/draw-files.md for each. Lists are sorted, but ``redraw`` and ``late`` are carried out in their order."""

    stratify: bool = True
    load: str = "hard"
    reio_group: str = WESTERN
    legal_system: bool = False
    consent: tuple[str, ...] = ()
    defer: bool | tuple[str, ...] = False
    exclude: tuple[tuple[str, str], ...] = ()
    volunteer: tuple[str, ...] = ()
    redraw: tuple[str, ...] = ()
    late: tuple[str, ...] = ()

    @classmethod
    def parse(cls, given: Iterable[str]) -> "Switches":
        """Read ``KEY=VALUE``; what takes a list may be given several times, or with commas. Raises SwitchError."""
        values: dict[str, list[str]] = {}
        known = {field.name for field in fields(cls)}
        for each in given:
            key, equals, value = each.partition("=")
            if key not in known or not equals:
                raise SwitchError(key, f"there is no switch {each!r}; there are {', '.join(sorted(known))}")
            parts = [value] if key == "reio_group" else value.split(",")
            values.setdefault(key, []).extend(part.strip() for part in parts)
        return cls(**{key: _READERS[key](key, parts) for key, parts in values.items()})

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Switches":
        """Read what ``to_json`` wrote. Raises SwitchError."""
        if not isinstance(content, Mapping) or set(content) != {field.name for field in fields(cls)}:
            raise SwitchError("switches", "the switches are not those of this format")
        given: list[str] = []
        for key, value in content.items():
            listed = value if isinstance(value, list) else [value]
            if not all(isinstance(each, str) for each in listed):
                raise SwitchError(key, f"the switch {key} has a value that is not text")
            given += [f"{key}={each}" for each in listed]
        return cls.parse(given)

    def to_json(self) -> dict[str, Any]:
        """Every switch with its value, also those that nobody touched."""
        defer = [*self.defer] if isinstance(self.defer, tuple) else _on_off(self.defer)
        return {
            "stratify": _on_off(self.stratify),
            "load": self.load,
            "reio_group": self.reio_group,
            "legal_system": _on_off(self.legal_system),
            "consent": [*self.consent],
            "defer": defer,
            "exclude": [f"{reviewer}>{under_review}" for reviewer, under_review in self.exclude],
            "volunteer": [*self.volunteer],
            "redraw": [*self.redraw],
            "late": [*self.late],
        }

    def defers(self, code: str) -> bool:
        """Whether the State does not review in the year of its own review."""
        return code in self.defer if isinstance(self.defer, tuple) else self.defer

    def of_the_first_draw(self) -> "Switches":
        """As they were before any redraw, and before anybody joined late."""
        late = self.late
        return replace(
            self,
            consent=tuple(code for code in self.consent if code not in late),
            defer=tuple(code for code in self.defer if code not in late)
            if isinstance(self.defer, tuple)
            else self.defer,
            exclude=tuple(pair for pair in self.exclude if not {*pair} & {*late}),
            redraw=(),
            late=(),
        )

    @property
    def without_states(self) -> "Switches":
        """What they say of all States alike."""
        defer = self.defer if isinstance(self.defer, bool) else False
        return Switches(
            stratify=self.stratify,
            load=self.load,
            reio_group=self.reio_group,
            legal_system=self.legal_system,
            defer=defer,
        )

    @property
    def named(self) -> Mapping[str, tuple[str, ...]]:
        """The codes of the States that each switch names."""
        return {
            "consent": self.consent,
            "defer": self.defer if isinstance(self.defer, tuple) else (),
            "exclude": tuple(code for pair in self.exclude for code in pair),
            "volunteer": self.volunteer,
            "redraw": self.redraw,
            "late": self.late,
        }


def _on_off(value: bool) -> str:
    return "on" if value else "off"


def _last(key: str, parts: list[str]) -> str:
    if len(set(parts)) > 1:
        raise SwitchError(key, f"the switch {key} takes one value")
    return parts[0]


def _switch(key: str, parts: list[str]) -> bool:
    value = _last(key, parts)
    if value not in {"on", "off"}:
        raise SwitchError(key, f"the switch {key} is on or off, not {value!r}")
    return value == "on"


def _load(key: str, parts: list[str]) -> str:
    value = _last(key, parts)
    if value not in LOADS:
        raise SwitchError(key, f"the switch load is one of {', '.join(LOADS)}, not {value!r}")
    return value


def _in_order(key: str, parts: list[str]) -> tuple[str, ...]:
    if wrong := [part for part in parts if not CODE.fullmatch(part)]:
        raise SwitchError(key, f"the switch {key} takes codes of three capital letters, not {wrong[0]!r}")
    return tuple(parts)


def _codes(key: str, parts: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(_in_order(key, parts))))


def _late(key: str, parts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_in_order(key, parts)))


def _defer(key: str, parts: list[str]) -> bool | tuple[str, ...]:
    return _switch(key, parts) if parts[0] in {"on", "off"} else _codes(key, parts)


def _pairs(key: str, parts: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = set()
    for part in parts:
        reviewer, _arrow, under_review = part.partition(">")
        if not CODE.fullmatch(reviewer) or not CODE.fullmatch(under_review) or reviewer == under_review:
            raise SwitchError(key, f"the switch exclude takes AAA>BBB (AAA does not review BBB), not {part!r}")
        pairs.add((reviewer, under_review))
    return tuple(sorted(pairs))


_READERS: Mapping[str, Any] = {
    "stratify": _switch,
    "load": _load,
    "reio_group": _last,
    "legal_system": _switch,
    "consent": _codes,
    "defer": _defer,
    "exclude": _pairs,
    "volunteer": _codes,
    "redraw": _in_order,
    "late": _late,
}
