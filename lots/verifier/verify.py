"""Check a drawing of lots from its published files: does it keep every rule, and is every hash right?

    python3 verify.py DIR [DIR ...]

DIR holds input.csv, draw.json, result.json, certificate.json; a draw on others comes after all of those, the oldest
first. Python 3.8 and nothing else. Each check prints `holds`, or `DOES NOT HOLD` with the reason; the exit status is 0
when all holds, 1 otherwise, 2 without a DIR. `read_file` knows how files are written, `take_contents` what is in them,
`broken_by_...` the rules; `dealt_groups` deals again, `require_claim` does the sums. See docs/draw-files.md.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import Counter, namedtuple
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from itertools import combinations, count, product
from pathlib import Path
from typing import Any

FILES = ("input.csv", "draw.json", "result.json", "certificate.json")
HEADING = ["iso3", "name_en", "regional_group", "legal_system", "instruments"]
ROLES, GROUPS, ON_OFF = ("same_group", "other_group"), (1, 2, 3), ("on", "off")
STATE_LINE = r"[A-Z]{3}\n[^\x00-\x1f]+\n[^\x00-\x1f]+\n[^\x00-\x1f]*\n[^\x00-\x1f]+"
OF_TEAMS = "instruments_covered roles reviewers_are_parties no_mutual_reviews base_reviewers".split()
OF_TEAMS += "extra_reviewers_fill_gaps at_most_four load exclusions deferral".split()
KEPT, EVEN = ["groups_kept", "teams_kept"], ["groups_even", "groups_stratified"]
KINDS = {"first": (["anew"], [*EVEN, "groups_from_seed"]), "next_phase": (["kept", "completed", "anew"], KEPT)}
KINDS.update(supplementary=(["kept"], KEPT), brought_in=(["as_made"], EVEN))
FIRST_FORMAT: Any = {"kind": "first", "previous": [], "teams": "anew", "replace": [], "source": "", "roles": [*ROLES]}
FIRST_FORMAT.update(instruments=["untoc", "tip", "som", "firearms"], supplements=None)
State = namedtuple("State", "name region joined")
Pairing = namedtuple("Pairing", "under_review reviewer role extra instruments")


def require(condition: object, reason: str) -> None:
    if not condition:
        raise ValueError(reason)


def read_file(path: Path) -> tuple[str, Any]:
    """Give the hash of a file and what it says, which written again must be the same bytes."""
    require(path.is_file(), "is missing, or no file")
    require(0 < path.stat().st_size <= 20_000_000, "is empty, or larger than 20 megabytes")
    content = path.read_bytes()
    require(not content.startswith(b"\xef\xbb\xbf"), "begins with a byte order mark")
    if path.suffix == ".csv":
        value: Any = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    else:
        value = json.loads(content.decode("utf-8"), parse_int=lambda digits: int(digits[:40]))
        require(isinstance(value, dict), "is not an object")
    require(canonical(value) == content, "is not in canonical form (order, a key twice, spaces, line ends, numbers)")
    return sha256(content).hexdigest(), value


def canonical(value: Any) -> bytes:
    """Write a list of rows as CSV, and an object as JSON, in the only way that is allowed."""
    if isinstance(value, list):
        csv.writer(rows := io.StringIO(newline=""), lineterminator="\n").writerows(value)
        return rows.getvalue().encode("utf-8")
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2, sort_keys=True) + "\n").encode("utf-8")


def require_shape(value: Any, shape: Any, where: str) -> None:
    """Compare with a type, a tuple of values, named shapes, a list of [one] or [several], a {sorted} list of one."""
    if isinstance(shape, list) and len(shape) > 1 and isinstance(value, list):
        value, shape = dict(enumerate(value, 1)), dict(enumerate(shape, 1))
    if isinstance(shape, dict):
        require(isinstance(value, dict), f"{where} must be an object")
        for key in sorted({*shape} ^ {*value}):
            raise ValueError(f"{where}: {'missing' if key in shape else 'unknown'} key {key}")
        for key in shape:
            require_shape(value[key], shape[key], f"{where}, {key}")
    elif isinstance(shape, (list, set)):
        require(isinstance(value, list), f"{where} must be a list")
        for place, item in enumerate(value, 1):
            require_shape(item, next(iter(shape)), f"{where}, {place}")
        require(isinstance(shape, list) or value == sorted({*value}), f"{where} must be sorted, each once")
    elif isinstance(shape, tuple):
        fits = any(type(value) is type(one) and value == one for one in shape)
        require(fits, f"{where} is {value}, not {shape[0] if len(shape) == 1 else 'one of those allowed'}")
    else:
        require(shape in (type(value), object), f"{where} must be of type {shape.__name__}, is {value}")


def say(text: str) -> None:
    """Print; what the terminal cannot show, or might obey, becomes an escape."""
    safe = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(safe.encode(encoding, "backslashreplace").decode(encoding) + "\n")


class Verifier:
    """Says what holds and what does not; `broken_by_...` give each rule that is broken, and how."""

    def __init__(self, before: list[str], standing: dict[str, int], phases: dict[str, Any]) -> None:
        self.failed, self.before, self.standing, self.phases = 0, before, standing, phases

    def after(self, result: Any, began: str) -> tuple[dict[str, int], dict[str, Any], dict[str, list[Pairing]]]:
        """Give, this result added, the group of each State, all teams by the draw that began a phase, and its own."""
        teams = dict(self.teams_before) if self.is_added else {}
        added = [Pairing(**{**it, "instruments": (*it["instruments"],)}) for it in result["pairings"]]
        teams.update({it[0]: [each for each in added if each[0] == it[0]] for it in added})
        return {**self.standing, **result["groups"]}, {**self.phases, began: teams}, teams

    def check(self, subject: str, action: Callable[..., Any], *arguments: Any) -> Any:
        """Print whether an action finds anything wrong, and give its result."""
        try:
            value, reason = action(*arguments), ""
        except (ValueError, OSError, RecursionError, csv.Error) as error:
            value, reason = None, f": {error}"[:1000]
            self.failed += 1
        say(("DOES NOT HOLD  " if reason else "holds          ") + subject + reason)
        return value

    def take_contents(self, rows: list[list[str]], draw: Any, result: Any) -> None:
        require(rows[0] == HEADING and rows[1:], f"input.csv must be the heading {','.join(HEADING)} and the States")
        for row in rows[1:]:
            require(len(row) == 5 and re.fullmatch(STATE_LINE, "\n".join(row)), f"input.csv: no State: {','.join(row)}")
        self.states = {row[0]: State(f"{row[1]} ({row[0]})", row[2], frozenset(row[4].split(" "))) for row in rows[1:]}
        self.codes = code = (*self.states,)
        require_shape([row[0] for row in rows[1:]], {code}, "input.csv")
        values = {"stratify": ON_OFF, "load": ("hard", "soft", "two"), "legal_system": ON_OFF, "reio_group": str}
        values.update(consent={code}, volunteer={code}, redraw=[code], late=[code], defer=object, exclude={str})
        shape = {"as_of": str, "input_sha256": str, "seed": str, "switches": values}
        named = {"supplements": (str(draw["supplements"]),)} if "supplements" in draw else {}
        self.version: Any = {"format": (2 + len(named),), **named} if "format" in draw else {"format_version": (1,)}
        terms = {"kind": (*KINDS,), "previous": [str], "teams": str, "replace": {str}, "source": str}
        terms.update(roles=[ROLES], instruments=[str]) if "format" in draw else terms.clear()
        require_shape(draw, {**self.version, **terms, **shape}, FILES[1])
        self.take_terms({**FIRST_FORMAT, **draw}, rows[1:])
        require(str(date.fromisoformat(draw["as_of"])) == draw["as_of"], "draw.json, as_of must be YYYY-MM-DD")
        self.rows, self.draw, self.switches = rows, {key: draw[key] for key in draw if key != "seed"}, draw["switches"]
        self.commitment, own, name = (sha256(canonical(it)).hexdigest() for it in (self.draw, draw, result))
        self.seed = draw["seed"] if "format" in draw else draw["seed"].split("\n")[0]
        defer, self.late = self.switches["defer"], self.switches["late"]
        require_shape(defer, {code} if isinstance(defer, list) else ON_OFF, "draw.json, defer")
        require_shape([pair.split(">") for pair in self.switches["exclude"]], [[code, code]], "draw.json, exclude")
        asked = self.switches["legal_system"] == "on" or not any(row[3] for row in rows[1:])
        require(asked, "input.csv has legal systems although that switch is off")
        self.excluded = {*self.terms["replace"], *self.switches["exclude"]}
        self.deferring = {it for it in code if defer == "on" or it in defer}
        self.drawn = [it for it in code if it not in self.late]
        require(0 < len(self.drawn) == len(code) - len(self.late), "draw.json, late names a State twice, or all States")
        self.part = {it: self.states[it].region if self.switches["stratify"] == "on" else "" for it in self.drawn}
        pairing = {"under_review": code, "reviewer": code, "role": self.roles, "extra": bool}
        shape = {**self.version, **({"kind": (self.kind,), "draw_sha256": (own,)} if terms else {})}
        shape.update(groups=dict.fromkeys(self.late if self.is_added else code, GROUPS))
        require_shape(result, {**shape, "pairings": [{**pairing, "instruments": self.joinable}]}, "result.json")
        pairs = [(it["under_review"], it["reviewer"]) for it in result["pairings"]]
        require_shape(pairs, {object}, "result.json, pairings")
        self.stands = self.after(result, self.began if self.is_added else name)
        self.groups = {it: group for it, group in self.stands[0].items() if it in self.states}
        self.all_pairings = [it for team in self.stands[2].values() for it in team if {*it[:2]} <= {*code}]
        self.scope = {*self.late, *self.switches["redraw"], *self.replaced} if self.is_added else {*code}
        strange = {*code} ^ {*self.groups} | ({it[0] for it in pairs} ^ self.scope if self.is_added else set())
        require(not strange, f"result.json and the draws before do not fit input.csv: {', '.join(sorted(strange))}")
        self.pairings = [it for it in self.all_pairings if it.under_review in self.scope]
        self.extras = sum(pairing.extra for pairing in self.pairings)
        self.squares = sum(load**2 for load in Counter(it.reviewer for it in self.all_pairings).values())

    def take_terms(self, terms: Any, rows: list[list[str]]) -> None:
        self.terms, self.kind, self.roles, names = terms, terms["kind"], (*terms["roles"],), terms["instruments"]
        require(self.roles and self.roles == tuple(role for role in ROLES if role in self.roles), "draw.json, roles")
        require(names and len({*names}) == len(names), "draw.json, instruments names one twice, or none")
        self.joinable = tuple(list(some) for size in range(1, len(names) + 1) for some in combinations(names, size))
        for row in rows:
            right = [some for some in self.joinable if some[0] == names[0]]
            require(row[4].split(" ") in right, f"input.csv: no State: {','.join(row)}")
        require_shape(terms["teams"], (*KINDS[self.kind][0],), "draw.json, teams")
        self.is_added, self.is_anew = self.kind == "supplementary", terms["teams"] == "anew"
        fits = terms["previous"] == self.before and bool(self.before) == (self.kind in ("next_phase", "supplementary"))
        require(fits, f"builds on {len(terms['previous'])} draws, which are not those given before it")
        named, self.replaced = terms["supplements"], {pair[4:] for pair in terms["replace"]}
        self.began = named or ["", *self.phases][-1]
        self.teams_before = self.phases.get(self.began, {})
        lists = [{*terms["switches"]["late"]}, {*terms["switches"]["redraw"]}, self.replaced]
        fits = self.is_added == any(lists) and sum(map(len, lists)) == len(set().union(*lists))
        fits = fits and not lists[0] & {*(self.teams_before if named else self.standing)}
        fits = fits and (self.kind == "first" or not terms["switches"]["volunteer"])
        fits = fits and named in (None, *(self.phases if self.is_added else ()))
        fits = fits and {*terms["replace"]} <= {f"{it[1]}>{it[0]}" for its in self.teams_before.values() for it in its}
        require(fits or "format" not in terms, "draw.json: late, redraw, replace, volunteer or supplements do not fit")

    def broken_by_groups(self) -> Iterator[tuple[str, str]]:
        builds = self.terms["previous"]
        for part in sorted({"", *self.part.values()} if not builds else ()):
            sizes = Counter(self.groups[code] for code in self.drawn if part in ("", self.part[code]))
            if max(sizes.values()) - min(sizes[group] for group in GROUPS) > 1:
                rule = "groups_stratified" if part else "groups_even"
                yield rule, f"{part or 'all States'}: {sizes[1]}, {sizes[2]} and {sizes[3]} in groups 1, 2 and 3"
        dealt = self.placed(self.standing) if builds else self.kind == "first" and self.dealt_groups()
        for code, group in sorted((dealt or {}).items()):
            if group != self.groups[code]:
                who = f"{self.states[code].name} is in group {self.groups[code]}"
                yield ("groups_kept" if builds else "groups_from_seed"), f"{who}, not {group}"

    def broken_by_pairings(self) -> Iterator[tuple[str, str]]:
        pairs = {pairing[:2] for pairing in self.all_pairings}
        told = {pair for pair in pairs if pair[0] in self.scope and pair[0] >= pair[1]}  # each is told once
        base = {(it.under_review, it.role): self.states[it.reviewer].joined for it in self.pairings if not it.extra}
        for code, other, role, extra, instruments in self.pairings:
            state, reviewer, taken = self.states[code], self.states[other], {*instruments}
            who, what = f"{reviewer.name} reviews {state.name}", " ".join(instruments)
            shared, gap = state.joined & reviewer.joined, state.joined - base.get((code, role), set())
            for rule, broken, how in (
                ("roles", code == other or role != ROLES[state.region != reviewer.region], f"as {role}"),
                ("reviewers_are_parties", not taken <= reviewer.joined, f"on {what} without having joined that"),
                ("no_mutual_reviews", (other, code) in pairs - told, "and the other way round"),
                ("base_reviewers", not extra and taken != shared, f"on {what}, not on all that both have joined"),
                ("extra_reviewers_fill_gaps", extra and not taken <= gap, f"on {what}, where there is no gap"),
                ("exclusions", f"{other}>{code}" in self.excluded, "although that is excluded"),
                ("deferral", other in self.deferring and self.groups[other] == self.groups[code], "in its review year"),
            ):
                if broken:
                    yield rule, f"{who} {how}"

    def broken_by_numbers(self) -> Iterator[tuple[str, str]]:
        number = Counter((it[0], it.role, what) for it in self.pairings for what in (*it.instruments, it.extra))
        own = {it.reviewer for it in self.pairings}
        duty = Counter((it.reviewer, it.role) for it in self.pairings if not it.extra and it.under_review in self.drawn)
        reviewers, loads = (Counter(pairing[place] for pairing in self.all_pairings) for place in (0, 1))
        for code, state in self.states.items():
            for role, what in product(self.roles if code in self.scope else (), (False, *sorted(state.joined))):
                if number[code, role, what] != 1:  # False: who is not extra
                    rule = "instruments_covered" if what else "base_reviewers"
                    yield rule, f"{state.name} has {number[code, role, what]} {role} reviewers ({what or 'base'})"
            if code in self.scope and reviewers[code] > 4 and code not in self.switches["consent"]:
                yield "at_most_four", f"{state.name} has {reviewers[code]} reviewers without having consented"
            load, two = loads[code], all(duty[code, role] == 1 for role in self.roles)
            hard = 1 <= load <= 3 if self.is_anew else load <= 3 or code not in own
            allowed = {"hard": hard, "soft": True, "two": hard and (two or not self.is_anew)}[self.switches["load"]]
            if not (code not in own if code in self.late else allowed):
                yield "load", f"{state.name} reviews {load} States"

    def broken_by_keeping(self) -> Iterator[tuple[str, str]]:
        for code, role in product(sorted(self.replaced) if self.is_added else self.codes, self.roles):
            kept, team = self.kept(code, role), {it for it in self.pairings if it[0] == code and it.role == role}
            is_whole = self.states[code].joined == {name for it in kept for name in it.instruments}
            if not kept <= team or (is_whole and kept != team):
                yield "teams_kept", f"{self.states[code].name} has not kept its {role} reviewers"

    def kept(self, code: str, role: str) -> set[Pairing]:
        """Give the reviewers of before that stay: the base one, and those that fill its gap, with what they review."""
        state, before = self.states[code], self.teams_before.get(code, ())
        team = [it for it in before if it.reviewer in self.states and f"{it.reviewer}>{code}" not in self.excluded]
        team = [it for it in team if it.role == role == ROLES[self.states[it.reviewer].region != state.region]]
        team = [it for it in team if it.reviewer not in self.deferring or self.groups[it.reviewer] != self.groups[code]]
        base, extras = [it.reviewer for it in team if not it.extra], sorted(it for it in team if it.extra)
        if len(base) != 1:
            return set()
        taken: dict[str, set[str]] = {it.reviewer: set() for it in extras}
        shared, order = state.joined & self.states[base[0]].joined, self.terms["instruments"].index
        gap = {*state.joined - shared}
        for is_known, it in product((True, False), extras):
            share = gap & self.states[it.reviewer].joined & ({*it.instruments} if is_known else gap)
            if is_known or taken[it.reviewer]:
                taken[it.reviewer] |= share
                gap -= share
        teams = [(base[0], False, shared), *((who, True, what) for who, what in taken.items() if what)]
        return {Pairing(code, who, role, extra, tuple(sorted(what, key=order))) for who, extra, what in teams}

    def placed(self, groups: dict[str, int]) -> dict[str, int]:
        groups = {it: group for it, group in groups.items() if it in self.states}
        for code in [it for it in self.late or self.codes if it not in groups]:
            full, near = [*groups.values()], [groups[it] for it in groups if self.states[it][1] == self.states[code][1]]
            groups[code] = min(GROUPS, key=lambda group: (full.count(group), near.count(group), -group))
        return groups

    def dealt_groups(self) -> dict[str, int]:
        """Deal the States to the groups as cards are dealt, let the volunteers into group 1, add the late States."""
        number_below, volunteers, part = self.chance("groups"), self.switches["volunteer"], self.part
        numbers, order = self.shuffled(GROUPS, number_below), []
        for name in self.shuffled(sorted({*part.values()}), number_below):
            order += self.shuffled([code for code in self.drawn if part[code] == name], number_below)
        groups = {code: numbers[place % 3] for place, code in enumerate(order)}
        for code in volunteers:
            others = sorted({it for it in groups if groups[it] == 1 and part[it] == part.get(code)} - {*volunteers})
            if others and groups[code] != 1:
                other = others[number_below(len(others))]
                groups[code], groups[other] = 1, groups[code]
        return self.placed(groups)

    def chance(self, purpose: str) -> Callable[[int], int]:
        """Give the function that draws a number below its argument, from the stream of this purpose."""
        listed = {name: value for name, value in self.switches.items() if isinstance(value, list)}
        kept = {name: [it for it in value if not {*self.late} & {*it.split(">")}] for name, value in listed.items()}
        rows = sha256(canonical([row for row in self.rows if row[0] not in self.late])).hexdigest()
        first = {**self.draw, "input_sha256": rows, "switches": {**self.switches, **kept, "redraw": []}}
        start = "country-review-draw-2" if "format" in self.draw else "country-review-draw-1"
        key = sha256(f"{start}\n{sha256(canonical(first)).hexdigest()}\n{self.seed}".encode()).digest()
        stream = sha256(key + purpose.encode()).digest()
        blocks = (sha256(stream + number.to_bytes(8, "big")).digest() for number in count())
        words = (int.from_bytes(block[start : start + 8], "big") for block in blocks for start in (0, 8, 16, 24))
        return lambda limit: next(word for word in words if word < 2**64 // limit * limit) % limit

    def shuffled(self, items: Any, number_below: Callable[[int], int]) -> list[Any]:
        cards = list(items)
        for last in range(len(cards) - 1, 0, -1):
            other = number_below(last + 1)
            cards[last], cards[other] = cards[other], cards[last]
        return cards

    def require_claim(self, claim: Any, key: str, counted: int) -> None:
        """Compare a claim with what was counted here, and its bound with the one that its evidence proves."""
        shape = {"bound": int, "proved": bool, "evidence": object} if self.is_anew else {}
        require_shape(claim, {key: (counted,), **shape}, "it")
        if not self.is_anew:
            return
        bound, evidence, of_load = claim["bound"], claim["evidence"], key == "sum_of_squares"
        prices = {"scale": int, "extra_weight": int, "pair_prices": [[self.codes, self.codes, int]]}
        prices["prices"] = {role: dict.fromkeys(self.drawn, int) for role in ROLES}
        kinds = {"search": {}, "prices": prices, "balance" if of_load else "none_below_zero": {}}
        kind = evidence.get("kind") if isinstance(evidence, dict) else None
        require_shape(evidence, {"kind": (*kinds,), **kinds.get(str(kind), {})}, "evidence")
        load, more = divmod(len(self.roles) * len(self.codes) + self.extras, len(self.drawn))
        least = of_load * (len(self.drawn) * load**2 + more * (2 * load + 1))
        right = self.bound_of_prices(evidence, of_load) if kind == "prices" else bound if kind == "search" else least
        require(bound == right, f"bound is {bound}, but by {kind} it is {right}")
        require(least <= bound <= counted, f"bound is {bound}, not from {least} to {counted}")
        require_shape(claim["proved"], (bound == counted,), "proved")

    def bound_of_prices(self, evidence: Any, of_load: bool) -> int:
        scale, weight, prices = evidence["scale"], evidence["extra_weight"], evidence["prices"]
        require(scale > 0 <= weight and (of_load or weight == 1), f"scale {scale} or extra_weight {weight} is wrong")
        of_pair = {frozenset(entry[:2]): entry[2] for entry in evidence["pair_prices"]}
        sound = len(of_pair) == len(evidence["pair_prices"]) and min(of_pair.values(), default=0) >= 0
        require(sound, "pair_prices has a price below zero, or two for a pair")
        value = -sum(of_pair.values())
        for code, role in product(self.codes, self.roles):
            extras = self.extras_needed(code, role)
            price = {it: prices[role][it] + of_pair.get(frozenset((code, it)), 0) for it in extras}
            value += min((scale * weight * extras[it] + price[it] for it in extras), default=0)
        hard, two = (self.switches["load"] == load for load in ("hard", "two"))
        for code in self.drawn:
            same, other = (prices[role][code] for role in ROLES)
            require(two or same == other, f"{self.states[code].name} has different prices in the two roles")
            least = hard and len(self.states[code].joined) == 1  # who can fill no gap has at least one base duty
            loads = [2] if two else range(least, 4 if hard else len(self.codes))
            value += min(scale * of_load * max(load, hard) ** 2 - load * (same + other) // 2 for load in loads)
        return -(-value // scale) - of_load * weight * self.extras

    def extras_needed(self, code: str, role: str) -> dict[str, int]:
        """Give who may be base reviewer of a State, with the least number of others that fill the gap it leaves."""
        state, barred = self.states[code], {it for it in self.deferring if self.groups[it] == self.groups[code]}
        barred |= {code, *(pair[:3] for pair in self.switches["exclude"] if pair[4:] == code)}
        able = [it for it in self.drawn if it not in barred and role == ROLES[state.region != self.states[it].region]]
        joined, n = {it: self.states[it].joined for it in able}, len(self.terms["instruments"])
        teams = [team for size in range(n) for team in combinations({*joined.values()}, size)]
        sizes = {it: next((len(team) for team in teams if state.joined <= joined[it].union(*team)), n) for it in able}
        return {it: size for it, size in sizes.items() if size < n}

    def check_all(self, certificate: Any, hashes: dict[str, Any]) -> None:
        broken = [*self.broken_by_groups(), *self.broken_by_pairings(), *self.broken_by_numbers()]
        broken += [] if self.is_anew else self.broken_by_keeping()
        rules, bad = KINDS[self.kind][1] + OF_TEAMS, {name for name, _ in broken if self.kind == "brought_in"}
        for rule in rules:
            reasons = "; ".join(reason for name, reason in broken if name == rule)
            self.check(f"rule {rule}", require, not reasons, reasons)
        self.check("input_sha256 of draw.json", require_shape, self.draw["input_sha256"], hashes["input.csv"], "it")
        shape = {**self.version, "commitment_sha256": (self.commitment,), "hashes": hashes, "extra_reviewers": object}
        holds = [{"rule": (it,), "holds": (it not in bad,), "evidence": object} for it in rules]
        shape.update(load=object, rules=holds)
        self.check("certificate.json: hashes and rules", require_shape, certificate, shape, "it")
        for name, key, real in (("extra_reviewers", "number", self.extras), ("load", "sum_of_squares", self.squares)):
            self.check(f"certificate.json: {name}", self.require_claim, certificate.get(name), key, real)
        say("Not checked: that the seed gives these pairings, and bounds by search. Only running the draw again shows")
        say("that (verify_draw of the portal, or the published program). Nor that input.csv is true, and was published")
        say(f"before the seed was known (SHA-256 {hashes['input.csv'][0]}, commitment {self.commitment}).")


def main(arguments: list[str]) -> int:
    if not arguments:
        say(f"Usage: python3 verify.py DIR [DIR ...], the folders that hold {', '.join(FILES)}, the oldest draw first")
        return 2
    before: Any = [[], {}, {}]
    failed = 0
    for folder in map(Path, arguments):
        say(f"Draw in {folder.name}:") if len(arguments) > 1 else None
        verifier = Verifier(*before)
        files = {name: verifier.check(f"file {name}", read_file, folder / name) for name in FILES}
        if not verifier.failed:
            verifier.check("contents of the files", verifier.take_contents, *(files[name][1] for name in FILES[:3]))
        if not verifier.failed:
            verifier.check_all(files["certificate.json"][1], {name: (files[name][0],) for name in FILES[:3]})
        failed += verifier.failed
        if not hasattr(verifier, "stands"):
            break
        before = [[*before[0], files["result.json"][0]], *verifier.stands[:2]]
    say("Verdict: not right, see above." if failed else "Verdict: every rule and every hash holds.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
