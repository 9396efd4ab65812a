"""``export_questionnaires`` prints what other institutions read; these tests open no database."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from questionnaires.files.content import DefinitionError
from questionnaires.published.exports import export_items
from tests.questionnaires.official import FIXTURES, load_definitions

ROOT = Path(__file__).resolve().parents[3]
KEYS = [
    "cluster",
    "instrument",
    "number",
    "code",
    "heading",
    "articles",
    "text",
    "kind",
    "options",
    "free_text_options",
    "footnotes",
    "voluntary",
    "condition",
    "self_assessed",
    "deviation",
]


def run(*arguments: str) -> list[dict[str, Any]]:
    output = StringIO()
    call_command("export_questionnaires", *arguments, stdout=output)
    records: list[dict[str, Any]] = json.loads(output.getvalue())
    return records


def test_all_items_in_printed_order_with_the_agreed_keys() -> None:
    records = run()
    assert len(records) == 854
    assert all(list(record) == KEYS for record in records)
    expected = [item.code for definition in load_definitions() for item in definition.items()]
    assert [record["code"] for record in records] == expected


@pytest.mark.parametrize(("cluster", "count"), [("I", 210), ("II", 275), ("III", 110), ("IV", 259)])
def test_one_cluster(cluster: str, count: int) -> None:
    records = run("--cluster", cluster)
    assert len(records) == count
    assert {record["cluster"] for record in records} == {cluster}
    assert records == [record for record in run() if record["cluster"] == cluster]


def test_an_item_in_full() -> None:
    record = next(record for record in run("--cluster", "I") if record["code"] == "I.untoc.3.a.i")
    assert record == {
        "cluster": "I",
        "instrument": "untoc",
        "number": ["3", "a", "i"],
        "code": "I.untoc.3.a.i",
        "heading": "Article 5. Criminalization of participation in an organized criminal group",
        "articles": [{"instrument": "untoc", "article": "5", "para": "1 (a) (i)"}],
        "text": (
            "If the answer to question 3 (a) is “Yes”, does the criminal offence as provided in your "
            "domestic law require an act undertaken by one of the participants in furtherance of the "
            "agreement or involving an organized criminal group (art. 5, para. 1 (a) (i))?"
        ),
        "kind": "yes_part_no",
        "options": ["Yes", "Yes, in part", "No"],
        "free_text_options": [],
        "footnotes": [],
        "voluntary": False,
        "condition": {
            "op": "in",
            "code": "I.untoc.3.a",
            "values": ["Yes"],
            "source": "If the answer to question 3 (a) is “Yes”",
        },
        "self_assessed": False,
        "deviation": None,
    }


def test_the_footnote_of_a_heading_comes_with_the_first_item_under_it() -> None:
    marked = {
        record["code"]: note["mark"]
        for record in run("--cluster", "IV")
        for note in record["footnotes"]
        if record["instrument"] == "firearms"
    }
    assert marked == {"IV.firearms.84": "13"}


def test_characters_are_written_as_they_are() -> None:
    output = StringIO()
    call_command("export_questionnaires", stdout=output)
    assert "–1" in output.getvalue()
    assert "\\u" not in output.getvalue()


def test_an_unknown_cluster_is_refused_with_the_choices() -> None:
    with pytest.raises(CommandError, match=r"'V'.*I, II, III, IV"):
        run("--cluster", "V")
    with pytest.raises(DefinitionError, match="choose from I, II, III, IV"):
        export_items(FIXTURES, "V")


def test_the_command_runs_where_no_database_is_named() -> None:
    unset = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE")
    environment = {name: value for name, value in os.environ.items() if name not in unset}
    arguments = [sys.executable, "manage.py", "export_questionnaires", "--cluster", "III"]
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    assert len(json.loads(done.stdout.decode("utf-8"))) == 110
