"""Alerts and the board ask for what ``/metrics`` really gives, and the runbook says of each alert what to do."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from django.core.cache import cache
from django.core.management import call_command, get_commands
from django.test import Client

from core import health
from tests.architecture import compose
from tests.core.watch.test_metrics import TOKEN, take

ROOT = Path(__file__).resolve().parents[3]
WATCH = ROOT / "tools" / "watch"
RULES: list[dict[str, Any]] = [
    rule for group in yaml.safe_load((WATCH / "alerts.yml").read_text("utf-8"))["groups"] for rule in group["rules"]
]
PANELS = json.loads((WATCH / "grafana.json").read_text("utf-8"))["panels"]
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text("utf-8")
EXPRESSIONS = [rule["expr"] for rule in RULES] + [target["expr"] for panel in PANELS for target in panel["targets"]]
OF_PROMETHEUS = {"up": {"job": {"portal"}}}  # what it says itself of whom it asks
Given = Mapping[str, Mapping[str, set[str]]]


def selectors(expression: Any) -> Iterator[Any]:
    """What a query reads, wherever it stands in it."""
    if isinstance(expression, promql_parser.VectorSelector):
        yield expression
    elif isinstance(expression, promql_parser.Call):
        for argument in expression.args:
            yield from selectors(argument)
    else:
        for name in ("lhs", "rhs", "expr", "vector_selector"):
            if (part := getattr(expression, name, None)) is not None:
                yield from selectors(part)


def asked(selector: Any) -> Iterator[tuple[str, str]]:
    """Each label and value that a selector names; of a regular expression, each of its alternatives."""
    for matcher in selector.matchers.matchers:
        for value in matcher.value.split("|"):
            yield matcher.name, value


@pytest.fixture
def given(settings: Any) -> Given:
    """The names of all samples, with the values of their labels, of a portal that has begun to work."""
    settings.METRICS_TOKEN = TOKEN
    cache.clear()
    for part in (health.BEAT, health.WEB, health.RECORD):
        health.show_life(part)
    health.show_queue()
    call_command("note_backup")
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for family in take(Client()).values():
        for sample in family.samples:
            for name, value in {"": "", **sample.labels}.items():
                found[sample.name][name].add(value)
    return {**found, **OF_PROMETHEUS}


@pytest.mark.django_db
def test_alerts_and_board_ask_for_what_there_is(given: Given) -> None:
    asks = 0
    for words in EXPRESSIONS:
        for selector in selectors(promql_parser.parse(words)):
            asks += 1
            assert selector.name in given, words
            labels = given[selector.name]
            assert [pair for pair in asked(selector) if pair[1] not in labels.get(pair[0], set())] == [], words
    assert asks >= len(EXPRESSIONS), "each of them reads something"


@pytest.mark.unit
def test_each_alert_is_named_once_and_says_whom_it_wakes() -> None:
    names = [rule["alert"] for rule in RULES]
    assert len(set(names)) == len(names)
    assert {rule["labels"]["severity"] for rule in RULES} == {"critical", "warning"}
    assert [rule["alert"] for rule in RULES if not rule["annotations"]["summary"].endswith(".")] == []


@pytest.mark.unit
def test_the_runbook_has_each_alert_and_no_other() -> None:
    headings = re.findall(r"^## (\w+)$", RUNBOOK, re.MULTILINE)
    assert sorted(headings) == sorted(rule["alert"] for rule in RULES)
    assert set(re.findall(r"\(#([a-z]+)\)", RUNBOOK)) <= {heading.lower() for heading in headings}


@pytest.mark.unit
def test_what_the_runbook_tells_to_type_can_be_typed() -> None:
    services = set(compose.installation()["services"])
    typed = re.findall(r"docker compose (?:ps|logs|restart|exec|up)((?: [a-z\d=-]+)*)", RUNBOOK)
    named = {word for words in typed for word in re.sub(r"--since \w+|--scale |=\d", "", words).split()}
    assert {word for word in named if not word.startswith("-") and word not in {"python", "psql"}} <= services
    assert len(typed) >= len(RULES)
    commands = set(re.findall(r"manage\.py ([a-z_]+)", RUNBOOK))
    assert commands <= set(get_commands()) and {"verify_audit", "note_backup"} <= commands
    assert [path for path in re.findall(r"tools/[\w./-]+", RUNBOOK) if not (ROOT / path).is_file()] == []
