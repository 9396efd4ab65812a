"""The reviewed tables of permissions, as tests read them."""

import csv
from pathlib import Path

TABLES = [
    "access_matrix.csv",
    "bringing_matrix.csv",
    "cockpit_matrix.csv",
    "review_matrix.csv",
    "response_matrix.csv",
    "answers_matrix.csv",
    "law_matrix.csv",
    "exchange_matrix.csv",
    "text_matrix.csv",
    "suggestion_matrix.csv",
    "poll_matrix.csv",
    "notes_matrix.csv",
    "threads_matrix.csv",
    "follow_up_matrix.csv",
    "naming_matrix.csv",
    "translation_matrix.csv",
    "language_set_matrix.csv",
    "dossier_matrix.csv",
    "draw_matrix.csv",
    "editing_matrix.csv",
    "accounts_matrix.csv",
    "states_matrix.csv",
    "nomination_matrix.csv",
    "meeting_matrix.csv",
    "setup_matrix.csv",
    "mechanisms_matrix.csv",
    "practice_matrix.csv",
    "reading_matrix.csv",
    "concern_matrix.csv",
]


def rows_of(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
