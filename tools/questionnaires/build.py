"""``python -m tools.questionnaires.build [--check]``: write the four fixtures, or check those committed."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.questionnaires.assemble import CLUSTER_OF_ANNEX, assemble
from tools.questionnaires.parser import parse_annex

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "mechanisms" / "untoc"


def built_fixtures() -> Iterator[tuple[Path, str]]:
    """Yield the path and the content of each fixture."""
    for annex in CLUSTER_OF_ANNEX:
        source = (FOLDER / "source" / f"annex-{annex}.txt").read_text(encoding="utf-8")
        questionnaire = assemble(parse_annex(source))
        content = json.dumps(questionnaire, ensure_ascii=False, indent=1) + "\n"
        yield FOLDER / "questionnaires" / f"{questionnaire['slug'].removeprefix('untoc-')}.json", content


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0 when the fixtures are written or, with ``--check``, equal to what would be written."""
    parser = argparse.ArgumentParser(description="Make the questionnaire fixtures from the official text.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a committed fixture differs")
    options = parser.parse_args(arguments)
    stale = []
    for path, content in built_fixtures():
        if not options.check:
            path.write_text(content, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != content:
            stale.append(path.name)
    if stale:
        print(
            f"differ from the source: {', '.join(stale)}; run python -m tools.questionnaires.build",
            file=sys.stderr,
        )
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
