"""Print the permission tables: every person x every moment x every action, for people who do not read code.

    python tools/matrix.py            writes tests/permissions/*_matrix.csv, docs/permissions.md and the counts
                                      in docs/security.md
    python tools/matrix.py --check    says which of them are not what the code says; exit status 1 then

The code is the source, the files are the reviewed result: a change of a rule shows as a difference in them.
"""

import argparse
import csv
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402

django.setup()

from reviews.capacities.policy import PERMISSIONS as ON_REVIEWS, CaseFacts  # noqa: E402
from reviews.programme.enums import StepKind  # noqa: E402
from tools.matrix_access import access_rows  # noqa: E402
from tools.matrix_accounts import account_rows, state_rows  # noqa: E402
from tools.matrix_bringing import bringing_rows  # noqa: E402
from tools.matrix_cells import INVISIBLE, NOTHING, MatrixRow, cells, everybody, merged  # noqa: E402
from tools.matrix_concerns import concern_rows  # noqa: E402
from tools.matrix_counts import with_counts  # noqa: E402
from tools.matrix_draw import draw_rows  # noqa: E402
from tools.matrix_editing import editing_rows  # noqa: E402
from tools.matrix_exchange import exchange_rows, text_rows  # noqa: E402
from tools.matrix_language_sets import language_set_rows  # noqa: E402
from tools.matrix_mechanisms import mechanism_rows  # noqa: E402
from tools.matrix_meetings import meeting_rows  # noqa: E402
from tools.matrix_naming import naming_rows  # noqa: E402
from tools.matrix_nominations import nomination_rows  # noqa: E402
from tools.matrix_notes import notes_rows  # noqa: E402
from tools.matrix_plain import PLAIN, plain_rows  # noqa: E402
from tools.matrix_polls import poll_rows  # noqa: E402
from tools.matrix_public import public_pages  # noqa: E402
from tools.matrix_responses import response_rows  # noqa: E402
from tools.matrix_suggestions import suggestion_rows  # noqa: E402
from tools.matrix_threads import thread_rows  # noqa: E402
from tools.matrix_translations import translation_rows  # noqa: E402


def review_rows() -> list[MatrixRow]:
    return [
        MatrixRow(who, str(kind.label), cells(ON_REVIEWS, CaseFacts(capacity=who.capacity, role=who.role, kind=kind)))
        for who in everybody()
        for kind in StepKind
    ]


def as_csv(rows: Sequence[MatrixRow], moment: str) -> str:
    """The whole table, a line for each person and moment."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["Who", "Side", moment, *rows[0].cells])
    writer.writerows([row.who.name, row.who.side, row.moment, *row.cells.values()] for row in rows)
    return out.getvalue()


def as_markdown(rows: Sequence[MatrixRow], moment: str) -> str:
    """The table with moments that do not differ taken together, and the reasons as notes below it."""
    notes: dict[str, int] = {}

    def short(cell: str) -> str:
        if not cell.startswith("no: "):
            return {"yes": "**yes**", INVISIBLE: "–", NOTHING: ""}[cell]
        return f"no ({notes.setdefault(cell.removeprefix('no: '), len(notes) + 1)})"

    header = ["Who", "Side", moment, *rows[0].cells]
    lines = [f"| {' | '.join(header)} |", f"|{'---|' * len(header)}"]
    for row, moments in merged(rows):
        cells = [row.who.name, row.who.side, moments, *map(short, row.cells.values())]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, "", *(f"{number}. {reason}" for reason, number in notes.items())])


def documents() -> dict[Path, str]:
    """Path and content of every file that this tool writes."""
    tables = {
        "review": (review_rows(), "Step of the review"),
        "response": (response_rows(), "The self-assessment"),
        "exchange": (exchange_rows(), "What it is about"),
        "text": (text_rows(), "The text"),
        "suggestion": (suggestion_rows(), "The suggestion"),
        "translation": (translation_rows(), "The translation"),
        "language_set": (language_set_rows(), "The version"),
        "naming": (naming_rows(), "When"),
        "draw": (draw_rows(), "The draw"),
        "editing": (editing_rows(), "Asked about"),
        "accounts": (account_rows(), "The staff session"),
        "states": (state_rows(), "Asked about"),
        "nomination": (nomination_rows(), "The note verbale"),
        "access": (access_rows(), "The request"),
        "bringing": (bringing_rows(), "What it is about"),
        "meeting": (meeting_rows(), "The meeting"),
        "poll": (poll_rows(), "The poll"),
        "notes": (notes_rows(), "The notes"),
        "threads": (thread_rows(), "The message"),
        "mechanisms": (mechanism_rows(), "What was chosen"),
        "concern": (concern_rows(), "The consultation"),
    }
    tables |= {name: (plain_rows(plain), plain.head) for name, plain in PLAIN.items()}
    folder = ROOT / "tests" / "permissions"
    files = {folder / f"{name}_matrix.csv": as_csv(rows, moment) for name, (rows, moment) in tables.items()}
    parts = {name: as_markdown(rows, moment) for name, (rows, moment) in tables.items()}
    printed = [each for rows, _moment in tables.values() for row in rows for each in row.cells.values()]
    decisions = len(printed) - printed.count(NOTHING)
    security = ROOT / "docs" / "security.md"
    return {
        **files,
        ROOT / "docs" / "permissions.md": _PAGE.format(public=public_pages(), **parts),
        security: with_counts(security, decisions),
    }


_PAGE = """# Who may do what

Generated from the permission tables of the code by `tools/matrix.py`; do not edit it, change the feature's `policy.py`
and run the tool. Every line, one for each step or status, stands in `tests/permissions/*_matrix.csv`.

- **yes**: the action is open.
- no (1): it is refused, and the person is told the reason with that number below the table.
- –: the person does not learn that there is such a thing; the page answers “not found”.
- An empty cell: there is nothing yet that the action could be done to.

People who are not signed in see the pages of the next section and nothing else. Everybody who is signed in may see
the list of States, the published questionnaires, his or her own profile and the (perhaps empty) list of his or her own
reviews.

## Without signing in

{public}

## On a review

{review}

## On a self-assessment

{response}

## On opening the answers to others

The State under review opens answers that it has sent, whole or by section, to all States parties or to everybody; they
read a copy of what was chosen, on pages of their own (`docs/adr/0093-audiences-of-what-a-state-opens.md`).

{answers}

## On the legal library of a State

It belongs to the State under review, for all of its reviews, and is asked about in one of them. What the answers cite
is sent with them; nobody else reads the library (`docs/adr/0058-laws-by-their-names.md`).

{law}

## On what the States exchange

Written feedback, requests for clarification and supplementary information lie in the room of the State that writes them
until its focal point sends them. Where each reviewing State has opened its room to the others, they read
each other's drafts; only the State that wrote a draft changes it, sends it or clears it.

{exchange}

## On messages of the dialogue

A message lies in the room of its State until it is released: by its focal point, or by an expert where the State has
chosen so for the review (`docs/adr/0095-threads-on-any-object.md`).

{threads}

## On meetings of the experts to come

All who read what the States exchange see when a meeting is planned, what about, and what each State has said. Whoever
invites speaks for his or her State by that.

{meeting}

## On polls for the time of a meeting

All who read what the States exchange see which times are named and what each State has said of each. Whoever asks
says for his or her State that all of them suit.

{poll}

## On the notes of a meeting

One of those who met drafts them, in the room of the own State, or, of the secretariat, before all at once. The focal
point lays them on the shared table, and each State that met agrees or objects.

{notes}

## On lists of observations and summaries

A text belongs to the State under review and to the reviewing States that cover the instrument. An observation lies in
the room of the State that drafts it until its focal point lays it on the shared table.

{text}

## On suggestions of wording

Every State that agrees on a text suggests other wordings of what lies on the shared table; whoever may change that
decides. An expert's lies in the room of the own State until its focal point lays it on the table
(`docs/adr/0087-suggestions-beside-the-text.md`).

{suggestion}

## On translations of texts

A focal point of a State that agrees on a text has the version that stands translated by somebody who sees nothing else
of the review. The translation lies in the room of that State until its focal point confirms it
(`docs/adr/0092-translators-read-one-text.md`).

{translation}

## On the languages in which a text is agreed

The States may agree on a version in several languages: which they are is proposed by one, and agreed by the word of all
(`docs/adr/0098-agreed-in-several-languages.md`).

{language_set}

## On the follow-up of a review

Each observation of an agreed list is an item of the State under review. Others read what its focal point shares: the
reviewing States on the page of the review, all States parties and everybody on a page of their own
(`docs/adr/0071-a-state-follows-up-by-itself.md`).

{follow_up}

## On the names of experts in what is published

Each expert answers for the own name alone (`docs/adr/0093-audiences-of-what-a-state-opens.md`).

{naming}

## On the whole record of a review

Each takes away what he or she may read; what was made for somebody is nobody else's
(`docs/adr/0083-a-record-to-take-away.md`).

{dossier}

## On the drawing of lots

From its announcement on everybody, signed in or not, sees the public page of a draw: the input and the seed first,
groups and reviewing States once they are published. Everything else is for the secretariat.

{draw}

## On drafts of questionnaires

What is published everybody reads. A draft is the secretariat's, and whoever has edited it does not publish it.

{editing}

## On accounts, and with the rare powers of the secretariat

A staff session is for a while and for a reason; the State concerned reads both, and what was done in it
(`docs/adr/0012-staff-sessions.md`).

{accounts}

## On the directory, and on the staff sessions that concerned a State

{states}

## On nominations

A State's focal points and its permanent mission name its people in notes verbales; officers record for them. Another
officer than the one who recorded a note checks it. People of other States do not learn that there is a note.

{nomination}

## On requests for access

What gives somebody a key to a State's room, or takes one away, is prepared by one officer, approved by another, told to
the State, and in effect when the State confirms or has not refused in time (`docs/adr/0021-one-door.md`).

{access}

## On what is brought in from another place

One officer brings in a file, another one confirms it; a piece that came of it is marked, and the State whose own it is
confirms it or objects (`docs/adr/0050-what-is-brought-in-says-so.md`).

{bringing}

## On the cockpit of the secretariat

{cockpit}

## On private consultations on concerns

Whoever takes no part does not learn of one: auditors, administrators and other officers neither
(`docs/adr/0049-before-experts-begin.md`).

{concern}

## On the list of publications and tools

{reading}

## On setting up the portal

Its name, its looks, its languages, and a test of its mails. Where mails go is set by whoever runs the machine, and by
no page.

{setup}

## On mechanisms that come into the portal

What comes with the portal, and an empty one, an administrator has loaded; a file takes two members of the secretariat
(`docs/adr/0054-a-mechanism-by-pages.md`).

{mechanisms}

## On practising

An exercise is played in another portal, of which this one knows two days of each person
(`docs/adr/0057-practice-is-another-portal.md`).

{practice}
"""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Print the permission tables.")
    parser.add_argument("--check", action="store_true", help="only say which files are out of date")
    is_check = parser.parse_args(arguments).check
    stale = [path for path, text in documents().items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        name = path.relative_to(ROOT)
        if is_check:
            print(f"{name} is not what the code says: run `python tools/matrix.py` and review the difference")
        else:
            path.write_text(documents()[path], "utf-8")
            print(f"wrote {name}")
    return 1 if is_check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
