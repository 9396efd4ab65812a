"""The four files of a small draw, written from the words of docs/draw-files.md."""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.lots.small_draws import SmallDraw

HEADING = ["iso3", "name_en", "regional_group", "legal_system", "instruments"]
RULES = [
    "groups_even", "groups_stratified", "groups_from_seed", "instruments_covered", "roles", "reviewers_are_parties",
    "no_mutual_reviews", "base_reviewers", "extra_reviewers_fill_gaps", "at_most_four", "load", "exclusions",
    "deferral",
]  # fmt: skip


def sha256(content: bytes) -> str:
    """Give the hash as it stands in the files."""
    return hashlib.sha256(content).hexdigest()


def words(key: bytes) -> Iterator[int]:
    """Give the 64-bit words of a stream."""
    block = 0
    while True:
        digest = hashlib.sha256(key + block.to_bytes(8, "big")).hexdigest()
        yield from (int(digest[place : place + 16], 16) for place in (0, 16, 32, 48))
        block += 1


def number(stream: Iterator[int], below: int) -> int:
    """Take words until one is below the greatest multiple."""
    while True:
        word = next(stream)
        if word < (1 << 64) - (1 << 64) % below:
            return word % below


def shuffle(stream: Iterator[int], cards: list[Any]) -> list[Any]:
    """Swap from the last place down."""
    place = len(cards) - 1
    while place > 0:
        swap = number(stream, place + 1)
        cards[place], cards[swap] = cards[swap], cards[place]
        place -= 1
    return cards


def deal(drawn: SmallDraw, first_commitment: str) -> dict[str, int]:
    """Give the groups that follow from the seed."""
    first_seed = drawn.seed.partition("\n")[0]
    key = hashlib.sha256(b"country-review-draw-1\n" + f"{first_commitment}\n{first_seed}".encode()).digest()
    stream = words(hashlib.sha256(key + b"groups").digest())
    parts: dict[str, list[str]] = {}
    for code in sorted(set(drawn.states) - set(drawn.late)):
        parts.setdefault(drawn.states[code].region if drawn.switches["stratify"] == "on" else "", []).append(code)
    hands = shuffle(stream, [1, 2, 3])
    names = sorted(parts)
    order = [code for name in shuffle(stream, names) for code in shuffle(stream, list(parts[name]))]
    groups = {code: hands[place % 3] for place, code in enumerate(order)}
    for code in drawn.switches["volunteer"]:
        part = next(part for part in parts.values() if code in part)
        others = [it for it in part if groups[it] == 1 and it not in drawn.switches["volunteer"]]
        if groups[code] != 1 and others:
            chosen = others[number(stream, len(others))]
            groups[chosen], groups[code] = groups[code], 1
    for code in drawn.late:
        alike = Counter(group for it, group in groups.items() if drawn.states[it].region == drawn.states[code].region)
        counted = Counter(groups.values())
        groups[code] = sorted((counted[group], alike[group], 3 - group, group) for group in (1, 2, 3))[0][-1]
    return groups


def json_bytes(value: Any) -> bytes:
    """Write JSON as the format asks."""
    return json.dumps(value, sort_keys=True, indent=2, ensure_ascii=False).encode() + b"\n"


def csv_bytes(rows: list[list[str]]) -> bytes:
    """Write CSV as the format asks."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def documents(drawn: SmallDraw) -> dict[str, Any]:
    """Give what the four files of a draw say, every hash left out."""
    rows = [[it, s.name, s.region, s.system, " ".join(s.joined)] for it, s in sorted(drawn.states.items())]
    draw = {
        "format_version": 1, "as_of": "2020-10-12", "input_sha256": sha256(csv_bytes([HEADING, *rows])),
        "switches": drawn.switches, "seed": drawn.seed,
    }  # fmt: skip
    first_switches = drawn.switches | {"redraw": [], "late": []}
    for name in ("consent", "defer", "exclude"):
        if isinstance(first_switches[name], list):
            first_switches[name] = [it for it in first_switches[name] if not any(code in it for code in drawn.late)]
    first = {key: draw[key] for key in ("format_version", "as_of")} | {"switches": first_switches}
    first["input_sha256"] = sha256(csv_bytes([HEADING, *(row for row in rows if row[0] not in drawn.late)]))
    pairings = sorted(drawn.pairings, key=lambda it: (it["under_review"], it["reviewer"]))
    groups = drawn.groups or deal(drawn, sha256(json_bytes(first)))
    extras = sum(it["extra"] for it in pairings)
    loads = Counter(it["reviewer"] for it in pairings)
    squares = sum(count**2 for count in loads.values())
    least = balance(2 * len(drawn.states) + extras, len(drawn.states) - len(drawn.late))
    extra_claim = {"number": extras, **drawn.extra_claim}
    load_claim = {"sum_of_squares": squares, "bound": least, **drawn.load_claim}
    certificate = {
        "format_version": 1,
        "rules": [{"rule": rule, "holds": True, "evidence": ["any", {"thing": 1.5}]} for rule in RULES],
        "extra_reviewers": {"proved": extra_claim["bound"] == extras, **extra_claim},
        "load": {"proved": load_claim["bound"] == squares, **load_claim},
    }
    result = {"format_version": 1, "groups": groups, "pairings": pairings}
    return {"input.csv": [HEADING, *rows], "draw.json": draw, "result.json": result, "certificate.json": certificate}


def balance(duties: int, reviewers: int) -> int:
    """Hand out duties one by one, and add up the squares."""
    return sum(len(range(place, duties, reviewers)) ** 2 for place in range(reviewers))


def seal(papers: dict[str, Any]) -> None:
    """Put in every hash."""
    draw, certificate = papers["draw.json"], papers["certificate.json"]
    draw["input_sha256"] = sha256(csv_bytes(papers["input.csv"]))
    certificate["commitment_sha256"] = sha256(json_bytes({key: draw[key] for key in draw if key != "seed"}))
    certificate["hashes"] = {
        "input.csv": draw["input_sha256"],
        "draw.json": sha256(json_bytes(draw)),
        "result.json": sha256(json_bytes(papers["result.json"])),
    }


def file_bytes(papers: dict[str, Any]) -> dict[str, bytes]:
    """Give the content of each file by its name."""
    return {name: (csv_bytes if name == "input.csv" else json_bytes)(value) for name, value in papers.items()}


def write(contents: dict[str, bytes], folder: Path) -> None:
    """Write the files."""
    for name, content in contents.items():
        (folder / name).write_bytes(content)
