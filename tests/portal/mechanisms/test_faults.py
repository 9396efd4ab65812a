"""What is wrong with a file of a mechanism is told by file, key and row, and nothing of it is stored."""

import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from core.errors import ServiceError
from portal.mechanisms.checking import MOST_FAULTS, faults_of
from portal.mechanisms.checking.archive import open_folder
from portal.mechanisms.checking.rules import PortalFacts, SharedInstrument
from tests.portal.mechanisms.folders import SHIPPED, changed, files_of, zipped

pytestmark = pytest.mark.unit
SMALL = min(SHIPPED, key=lambda slug: len(files_of(slug)["mechanism.json"]))
RULES, BLUEPRINTS = "mechanism.json", "blueprints.json"
QUESTIONNAIRE = next(name for name in files_of(SMALL) if name.startswith("questionnaires/"))


def portal(**facts: Any) -> PortalFacts:
    files = files_of(SMALL)
    states = {line.split(",")[0] for line in files.get("adherences.csv", "").splitlines()[1:]}
    return PortalFacts(states=frozenset(states), **facts)


def told(files: dict[str, str], **facts: Any) -> set[tuple[str, str]]:
    return {(fault.file, fault.place) for fault in faults_of(files, portal(**facts))}


@pytest.mark.parametrize("slug", SHIPPED)
def test_what_comes_with_the_portal_has_no_fault(slug: str) -> None:
    text = "".join(files_of(slug).get("adherences.csv", "").splitlines(keepends=True)[1:])
    states = frozenset(line.split(",")[0] for line in text.splitlines())
    assert faults_of(files_of(slug), PortalFacts(states=states)) == []


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("", lambda data: data.pop("steps")),
        ("colour", lambda data: data.update(colour="blue")),
        ("slug", lambda data: data.update(slug="Night Sky")),
        ("name.en", lambda data: data["name"].update(en="")),
        ("name.pt", lambda data: data["name"].update(pt="Céu")),
        ("short_name.en", lambda data: data["short_name"].update(en="x" * 101)),
        ("instruments[1].slug", lambda data: data["instruments"][1].update(slug=data["instruments"][0]["slug"])),
        ("instruments[0].days_to_force", lambda data: data["instruments"][0].update(days_to_force="60")),
        ("instruments[0].in_force_on", lambda data: data["instruments"][0].update(in_force_on="2012-02-30")),
        ("instruments[0].supplements", lambda data: data["instruments"][0].update(supplements="no-such")),
        ("articles[2].instrument", lambda data: data["articles"][2].update(instrument="no-such")),
        ("articles[1].number", lambda data: data["articles"].insert(1, data["articles"][0])),
        ("clusters[0].conditions[0].unless_party_to", lambda data: _condition(data).update(unless_party_to="no-such")),
        ("clusters[0].conditions[0].articles", lambda data: _condition(data).update(articles=[99])),
        ("clusters[1].roman", lambda data: data["clusters"][1].update(roman=data["clusters"][0]["roman"])),
        ("phases[0].cluster", lambda data: data["phases"][0].update(cluster=9)),
        ("phases[0].starts[0].review_group", lambda data: data["phases"][0]["starts"][0].update(review_group=9)),
        ("phases[0].starts[0].ends_on", lambda data: data["phases"][0]["starts"][0].update(ends_on="2000-01-01")),
        ("steps[0].kind", lambda data: data["steps"][0].update(kind="interview")),
        ("steps[0].name", lambda data: data["steps"][0].update(name="Report")),
        ("step_plan[0].step", lambda data: data["step_plan"][0].update(step="no-such")),
        ("step_plan[0].counted_from", lambda data: data["step_plan"][0].update(counted_from="no-such")),
        ("step_plan[1].kind", lambda data: data["step_plan"][1].update(kind=data["step_plan"][0]["kind"])),
        ("step_plan[0].clock_stops", lambda data: data["step_plan"][0].update(clock_stops="no")),
        ("limits", lambda data: data.update(limits=[row for row in data["limits"] if row["key"] != "summary_words"])),
        ("limits[0].evidence", lambda data: data["limits"][0].update(evidence="X")),
        ("draw_rules[0].switch", lambda data: data["draw_rules"][0].update(switch="dice", default="six")),
        ("symbol_shapes[1]", lambda data: data.update(symbol_shapes=["CTOC/#", "C TOC"])),
        ("words.pt", lambda data: data["words"].update(pt={})),
        ("words.en.feedback", lambda data: data["words"]["en"].update(feedback="<b>comments</b>")),
        ("words.en", lambda data: data["words"].update(en={f"word {number}": "other" for number in range(101)})),
        ("reminder_rules[0].days", lambda data: data["reminder_rules"][0].update(days=91)),
    ],
)
def test_what_is_wrong_in_the_rules_is_told_by_its_key(place: str, change: Callable[[Any], Any]) -> None:
    assert (RULES, place) in told(changed(files_of(SMALL), RULES, change))


def _condition(data: Any) -> Any:
    return data["clusters"][0]["conditions"][0]


@pytest.mark.parametrize(
    ("name", "place", "change"),
    [
        (BLUEPRINTS, "list_of_observations", lambda data: data["list_of_observations"].pop("nothing")),
        (BLUEPRINTS, "list_of_observations.title.text.en", lambda data: _title(data).update(en="{state.__class__}")),
        (BLUEPRINTS, "list_of_observations.title.text.en", lambda data: _title(data).update(en="{state")),
        (QUESTIONNAIRE, "", lambda data: data.pop("title")),
        (QUESTIONNAIRE, "format_version", lambda data: data.update(format_version=2)),
        (QUESTIONNAIRE, "mechanism", lambda data: data.update(mechanism="another")),
        (QUESTIONNAIRE, "cluster", lambda data: data.update(cluster="Z")),
        (QUESTIONNAIRE, "parts[0].sections[0].items[0].voluntary", lambda data: _item(data).update(voluntary="no")),
    ],
)
def test_what_is_wrong_in_the_others_is_told_too(name: str, place: str, change: Callable[[Any], Any]) -> None:
    assert (name, place) in told(changed(files_of(SMALL), name, change))


def _title(data: Any) -> Any:
    return data["list_of_observations"]["title"]["text"]


def _item(data: Any) -> Any:
    return data["parts"][0]["sections"][0]["items"][0]


def test_a_questionnaire_that_asks_other_states_than_the_programme_reviews_is_told() -> None:
    def change(data: Any) -> None:
        section = data["parts"][0]["sections"][0]
        section["applicability"] = None if section["applicability"] else "not_party_to_nobody"

    assert [name for name, _place in told(changed(files_of(SMALL), QUESTIONNAIRE, change))] == [QUESTIONNAIRE]


def test_who_has_joined_is_told_by_line_and_column() -> None:
    head = "iso3,instrument,deposited_on,kind,verified\n"
    slug = json.loads(files_of(SMALL)[RULES])["instruments"][0]["slug"]
    good = files_of(SMALL)["adherences.csv"].splitlines()[1]
    bad = f"QQQ,{slug},2011-02-30,marriage,maybe\n{good}\n{good}\nXAL,nothing,2011-01-01,ratification,true\n"
    files = {**files_of(SMALL), "adherences.csv": head + bad}
    found = told(files)
    assert found >= {("adherences.csv", f"line 2, {column}") for column in ("iso3", "deposited_on", "kind", "verified")}
    assert found >= {("adherences.csv", "line 4"), ("adherences.csv", "line 5, instrument")}
    assert told({**files, "adherences.csv": "State,Day\n"}) == {("adherences.csv", "line 1")}


def test_links_between_questions_are_told_by_line_and_column() -> None:
    item = json.loads(files_of(SMALL)[QUESTIONNAIRE])["parts"][0]["sections"][0]["items"][0]["code"]
    head = "block,code,method,evidence,evidence_note\n"
    good = f"a-block,{item},officer,I,\n"
    name = "question_links.csv"
    assert told({**files_of(SMALL), name: head + good}) == set()
    bad = f"A Block,X.none.1,guess,Z,{'x' * 4001}\n{good}{good}"
    found = told({**files_of(SMALL), name: head + bad})
    assert found == {(name, f"line 2, {column}") for column in head.strip().split(",")} | {(name, "line 4")}
    assert told({**files_of(SMALL), name: "block,code\n"}) == {(name, "line 1")}
    assert name in {file for file, _place in told({**files_of(SMALL), name: head + "x" * 200_000})}


def test_a_broken_questionnaire_is_told_and_not_every_link_to_it() -> None:
    item = _item(json.loads(files_of(SMALL)[QUESTIONNAIRE]))["code"]
    rows = "".join(f"block-{number},{item},officer,I,\n" for number in range(MOST_FAULTS + 1))
    links = {"question_links.csv": f"block,code,method,evidence,evidence_note\n{rows}"}
    misfit = changed(files_of(SMALL), QUESTIONNAIRE, lambda data: data.update(colour="blue"))
    for broken in (misfit, {**files_of(SMALL), QUESTIONNAIRE: "{"}):
        assert {file for file, _place in told({**broken, **links})} == {QUESTIONNAIRE}
    unlike = {"question_links.csv": links["question_links.csv"].replace(item, "X.none.1")}
    other = changed(files_of(SMALL), QUESTIONNAIRE, lambda data: data.update(mechanism="another"))
    assert faults_of({**other, **unlike}, portal())[0].file == QUESTIONNAIRE, "before the rows that rest on it"


@pytest.mark.parametrize("cell", ["x" * 200_000, "X\0L"])
def test_a_table_that_is_none_is_told_and_breaks_nothing(cell: str) -> None:
    text = f"iso3,instrument,deposited_on,kind,verified\n{cell},a,b,c,d\n"
    assert "adherences.csv" in {name for name, _place in told({**files_of(SMALL), "adherences.csv": text})}


@pytest.mark.parametrize("name", [RULES, QUESTIONNAIRE])
def test_what_no_database_holds_is_told_wherever_it_stands(name: str) -> None:
    files = files_of(SMALL)
    spoilt = files[name].replace('"title": "', '"title": "\\u0000', 1).replace('"en": "', '"en": "\\ud800', 1)
    assert (name, "") in told({**files, name: spoilt})


def test_short_names_that_are_given_away_are_told() -> None:
    data = json.loads(files_of(SMALL)[RULES])
    slug = data["instruments"][0]["slug"]
    found = told(files_of(SMALL), mechanisms={data["slug"]}, instruments={slug: False})
    assert found == {(RULES, "slug"), (RULES, "instruments[0].slug")}


def test_a_short_name_that_is_an_address_of_the_portal_is_told() -> None:
    files = changed(files_of(SMALL), RULES, lambda data: data.update(slug="draws"))
    assert (RULES, "slug") in told(files, addresses={"draws"})
    assert (RULES, "slug") not in told(files)


def test_a_small_file_with_a_million_faults_is_read_no_further_than_they_are_told() -> None:
    files = {**files_of(SMALL), RULES: files_of(SMALL)[RULES].replace('"limits": [', f'"limits": [{"1," * 1_000_000}')}
    tracemalloc.start()
    try:
        assert len(faults_of(files, portal())) == MOST_FAULTS
        assert tracemalloc.get_traced_memory()[1] < 60 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_an_instrument_that_the_portal_has_already_says_the_same() -> None:
    """And so do its articles and acts; what nobody has noted of it here, a file does not add."""
    files, own = files_of(SMALL), json.loads(files_of(SMALL)[RULES])["instruments"][0]
    slug, act = "elsewhere", files["adherences.csv"].splitlines()[1].split(",")
    other = {**own, "slug": slug, "order": 9}

    def change(data: Any) -> None:
        data["other_instruments"] = [other]
        data["articles"].append({"instrument": slug, "number": 1, "title": {"en": "Aims"}})

    head, *lines = files["adherences.csv"].splitlines()
    joined = {"deposited_on": "2012-05-01", "kind": "accession", "verified": "true", "source": "=C.N.77"}
    line = ",".join([act[0], slug, "2012-05-01", "accession", "true", "'=C.N.77"])
    files = {**changed(files, RULES, change), "adherences.csv": "\n".join([f"{head},source", *lines, line, ""])}
    same = SharedInstrument(other, {1: {"en": "Aims", "fr": "Buts"}}, {act[0]: joined})

    def said(shared: SharedInstrument, files: dict[str, str] = files) -> set[str]:
        return {place for _file, place in told(files, instruments={slug: False}, shared={slug: shared})}

    def noted(**otherwise: str) -> SharedInstrument:
        return replace(same, acts={act[0]: {**joined, **otherwise}})

    last = len(json.loads(files[RULES])["articles"]) - 1
    at = f"line {len(files['adherences.csv'].splitlines())}"
    assert said(same) == set()
    assert said(replace(same, columns={**other, "days_to_force": 1})) == {"other_instruments[0].days_to_force"}
    assert said(replace(same, columns={**other, "order": 3})) == {"other_instruments[0].order"}
    assert said(replace(same, titles={1: {"en": "Means"}})) == {f"articles[{last}].title"}
    assert said(replace(same, acts={})) == {f"{at}, instrument"}
    assert said(noted(deposited_on="2011-05-01", verified="false")) == {f"{at}, deposited_on", f"{at}, verified"}
    assert said(noted(source="C.N.78")) == {f"{at}, source"}
    silent = {**files, "adherences.csv": files["adherences.csv"].replace("'=C.N.77", "")}
    assert said(noted(source="C.N.78"), silent) == set(), "a source that is left out stays as it is"


@pytest.mark.parametrize("text", ["", "{", "[1, 2", '{"a": NaN}', "[" * 100_000])
def test_what_is_no_json_is_told(text: str) -> None:
    assert (RULES, "") in told({**files_of(SMALL), RULES: text})


@pytest.mark.parametrize("text", ["null", "[]", "3", '"text"', '{"slug": {}, "steps": 3, "instruments": [null]}'])
def test_json_of_another_shape_is_told_and_breaks_nothing(text: str) -> None:
    for name in files_of(SMALL):
        if name.endswith(".json"):
            assert any(file == name for file, _place in told({**files_of(SMALL), name: text}))


def test_faults_are_told_in_the_language_of_the_reader_and_not_without_end() -> None:
    def change(data: Any) -> None:
        data["articles"] = [{"instrument": 1}] * 1000

    files = changed(files_of(SMALL), RULES, change)
    assert len(faults_of(files, portal())) == MOST_FAULTS
    with translation.override("ar"):
        said = faults_of({**files_of(SMALL), RULES: "{"}, portal())[0].words
    assert not said.isascii()


# --- The archive


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("blueprints.json", "{}")
        archive.writestr("mechanism.json", b"\0" * (45 * 1024 * 1024))
    return content.getvalue()


WHOLE = {RULES: "{}", BLUEPRINTS: "{}"}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("mechanism.pdf", zipped(WHOLE), "not accepted"),
        ("a.zip", b"", "is empty"),
        ("a.zip", b"PK\x03\x04 nothing", "no ZIP file"),
        ("a.zip", b"x" * (10 * 1024 * 1024 + 1), "larger than 10 megabytes"),
        ("a.zip", bomb(), "unpacks to more"),
        ("a.zip", zipped({RULES: "{}"}), "blueprints.json” is missing"),
        ("a.zip", zipped({**WHOLE, "run.exe": "x"}), "run.exe” is no file of a mechanism"),
        ("a.zip", zipped({**WHOLE, "../mechanism.json": "x"}), "is no file of a mechanism"),
        ("a.zip", zipped({**WHOLE, "questionnaires/../../x.json": "x"}), "is no file of a mechanism"),
        ("a.zip", zipped({**WHOLE, "questionnaires/\u202ex.json": "x"}), "is no file of a mechanism"),
        ("a.zip", zipped({**WHOLE, RULES: b"\xff\xfe"}), "not in UTF-8"),
        ("a.zip", zipped({**WHOLE, **{f"source/{number}.txt": "" for number in range(200)}}), "more than 200 files"),
    ],
)
def test_what_is_no_archive_of_a_mechanism_is_refused_in_words(name: str, content: bytes, words: str) -> None:
    with pytest.raises(ServiceError, match=words) as refusal:
        open_folder(name, content)
    assert refusal.value.field == "file"


def test_the_folder_may_lie_in_the_archive_and_what_nobody_loads_is_left_out() -> None:
    beside = {"README.md": "Words.", "demo.json": "{}", "source/law.txt": "Law."}
    opened = open_folder("A.ZIP", zipped({**WHOLE, **beside}, folder="tides/"))
    assert dict(opened) == {BLUEPRINTS: "{}", RULES: "{}"}
    assert dict(open_folder("a.zip", zipped({**WHOLE, **beside}))) == dict(opened)
