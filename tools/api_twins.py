"""Count which pages programs have too: every page address with its twin in the API, or why there is none.

    python -m tools.api_twins            writes tests/permissions/api_twins.csv and prints the number
    python -m tools.api_twins --check    says what is not what the code says; exit status 1 then

Twins are what the views of the API say of themselves (``twin_of``). Reasons are written by hand, in the file: they
begin with ``never:`` or ``later:``. A page with neither has an empty line there, and a test fails.
"""

import argparse
import csv
import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "tests" / "permissions" / "api_twins.csv"
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402

django.setup()

from django.urls import URLPattern, URLResolver, get_resolver  # noqa: E402

from core.api.addresses import NAMESPACE, api_addresses  # noqa: E402

COLUMNS = ("page", "twin", "reason")
NO_PAGES = {"admin", NAMESPACE}


def pages(patterns: Sequence[URLPattern | URLResolver] | None = None, namespace: str = "") -> Iterator[str]:
    """The names of all page addresses; the administration of reference data is Django's."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            if each.namespace not in NO_PAGES:
                yield from pages(each.url_patterns, f"{namespace}{each.namespace}:" if each.namespace else namespace)
        elif each.name != "no-api":
            yield f"{namespace}{each.name}"


def twins() -> dict[str, list[str]]:
    """By page, the names of the addresses of the API that say that they are its twin."""
    found: dict[str, list[str]] = {}
    for address in api_addresses():
        for page in address.view.twin_of:
            found.setdefault(page, []).append(address.name)
    return found


def kept_reasons() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["page"]: row["reason"] for row in csv.DictReader(file)}


def rows() -> list[tuple[str, str, str]]:
    known, reasons = twins(), kept_reasons() if FILE.exists() else {}
    return [
        (page, " ".join(known.get(page, [])), "" if page in known else reasons.get(page, ""))
        for page in sorted(set(pages()))
    ]


def as_csv(table: Sequence[tuple[str, str, str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([COLUMNS, *table])
    return out.getvalue()


def counted(table: Sequence[tuple[str, str, str]]) -> str:
    """The number, in a sentence."""
    have = sum(bool(twin) for _page, twin, _reason in table)
    never = sum(reason.startswith("never:") for _page, _twin, reason in table)
    share = 100 * have / (len(table) - never)
    return (
        f"{have} of {len(table) - never} pages have a twin ({share:.0f} %); "
        f"of {never} others there will be none, of {len(table)} in all."
    )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Count which pages programs have too.")
    parser.add_argument("--check", action="store_true", help="only say what is out of date")
    is_check, table = parser.parse_args(arguments).check, rows()
    text = as_csv(table)
    is_stale = not FILE.exists() or FILE.read_text("utf-8") != text
    if is_stale and not is_check:
        FILE.write_text(text, "utf-8")
    bare = [page for page, twin, reason in table if not (twin or reason)]
    for page in bare:
        print(f"{page} has no twin and no reason: write it into {FILE.relative_to(ROOT)}")
    print(counted(table))
    return 1 if bare or (is_check and is_stale) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
