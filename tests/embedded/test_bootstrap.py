"""The preparation of a fresh machine: what is installed when, and what is said where it cannot be."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from tools import build_static
from tools.bootstrap import SetupError, assets, debian, environment, stamps

pytestmark = pytest.mark.unit


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Put the environment and the stamps into a folder of the test's own."""
    for module in (environment, assets, debian):
        for name, value in (("ROOT", tmp_path), ("VENV", tmp_path / ".venv"), ("STAMPS", tmp_path / "stamps")):
            monkeypatch.setattr(module, name, value, raising=False)
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    (tmp_path / ".venv").mkdir()
    for name in (environment.RUNTIME, environment.DEVELOPMENT):
        (tmp_path / name).write_text(f"{name}\n")
    return tmp_path


def test_packages_are_installed_only_when_their_list_changed(machine, monkeypatch):
    monkeypatch.setattr(environment, "installers", lambda: [["true"]])
    assert environment.install(environment.RUNTIME)
    assert not environment.install(environment.RUNTIME)
    (machine / environment.RUNTIME).write_text("other\n")
    assert environment.install(environment.RUNTIME)


def test_the_development_set_contains_the_runtime_set(machine, monkeypatch):
    monkeypatch.setattr(environment, "installers", lambda: [["true"]])
    assert environment.install(environment.DEVELOPMENT)
    assert not environment.install(environment.RUNTIME)


def test_the_next_installer_is_tried_and_failures_are_shown(machine, monkeypatch):
    failing = ["sh", "-c", "echo no route to index >&2; exit 1"]
    monkeypatch.setattr(environment, "installers", lambda: [failing, ["true"]])
    assert environment.install(environment.RUNTIME)
    monkeypatch.setattr(environment, "installers", lambda: [failing])
    with pytest.raises(SetupError, match="no route to index"):
        environment.install(environment.DEVELOPMENT)
    monkeypatch.setattr(environment, "installers", list)
    with pytest.raises(SetupError, match="Neither uv nor pip"):
        environment.install(environment.DEVELOPMENT)


def answering(monkeypatch, status, said=""):
    """Let apt-get answer with a status; return the list of its calls."""
    calls = []

    def apt_get(_prefix, *words):
        calls.append(words[0])
        return subprocess.CompletedProcess(words, status, "", said)

    monkeypatch.setattr(debian, "missing", lambda packages: list(packages))
    monkeypatch.setattr(debian, "apt_get", apt_get)
    monkeypatch.setattr(debian, "privilege", list)
    monkeypatch.setattr(debian.shutil, "which", lambda name: f"/usr/bin/{name}")
    return calls


def test_missing_packages_are_installed_by_root(machine, monkeypatch, capsys):
    calls = answering(monkeypatch, 0)
    debian.provide(("chromium",), "the browser tests")
    assert calls == ["install"]
    assert "sudo" not in capsys.readouterr().out


def test_a_failed_installation_is_told_and_not_repeated_at_once(machine, monkeypatch, capsys):
    calls = answering(monkeypatch, 100, "E: Unable to locate package chromium")
    debian.provide(("chromium",), "the browser tests")
    assert calls == ["install", "update", "install"]
    said = capsys.readouterr().out
    assert "Unable to locate package" in said
    assert "sudo apt-get install chromium" in said
    debian.provide(("chromium",), "the browser tests")
    assert len(calls) == 3
    assert "less than a day ago" in capsys.readouterr().out


def test_without_root_the_exact_command_is_told(machine, monkeypatch, capsys):
    calls = answering(monkeypatch, 0)
    monkeypatch.setattr(debian, "privilege", lambda: None)
    debian.provide(debian.FOR_PDF, "PDF documents")
    assert calls == []
    assert f"sudo apt-get install {' '.join(debian.FOR_PDF)}" in capsys.readouterr().out


def test_no_debian_no_packages(monkeypatch):
    monkeypatch.setattr(debian.shutil, "which", lambda _name: None)
    assert debian.missing(debian.FOR_PDF) == []


def test_an_old_node_is_not_taken(tmp_path, monkeypatch):
    for name, text in (("node", "echo v18.20.4"), ("npm", "")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    assert build_static.node_of_the_machine() is None
    (tmp_path / "node").write_text("#!/bin/sh\necho v22.1.0\n")
    assert build_static.node_of_the_machine().node == tmp_path / "node"


def test_style_sheets_are_small_mirrored_and_free_of_foreign_identity():
    sheets = [build_static.TARGET / "css" / name for name in ("application.css", "application.rtl.css")]
    texts = [sheet.read_text() for sheet in sheets]
    assert all(len(gzip.compress(text.encode())) < 28_000 for text in texts)  # for light and dark screens
    assert texts[0] != texts[1]
    for text in texts:
        assert not [word for word in ("GDS Transport", "crown", "crest", "GOV.UK") if word in text]


def styles_of(sheet, files):
    """The classes of ours in a style sheet, and those of them that no file names.

    A file names a class whole, or its beginning where a template, a script or a format goes on with a value.
    """
    named = set(re.findall(r"\.(app-[a-z0-9_-]+)", sheet))
    whole = set(re.findall(r"app-[a-z0-9_-]+", files))
    begun = tuple(set(re.findall(r"(app-[a-z0-9_-]+)(?=\{\{|\$\{|\{[a-z]|%s)", files)))
    return named, sorted(name for name in named - whole if not name.startswith(begun))


def test_a_style_that_nothing_names_is_told_though_others_begin_like_it():
    sheet = ".app-row{} .app-row-of{} .app-row--a{} .app-mark--b{} .app-step--c{} .app-tone-d{}"
    page = '<p class="app-row-of{% if is_long %} app-row{% endif %} app-mark--{{ kind }}">'
    files = page + '`app-step--${kind}` f"app-tone-{tone}"'
    assert styles_of(sheet, files)[1] == ["app-row--a"]
    assert styles_of(".app-row-of{}", '<p class="app-row app-row-of-all">')[1] == ["app-row-of"]


def test_what_no_page_names_is_left_out_and_all_else_stays():
    sheet = ".govuk-link--muted:hover,.govuk-link--muted-not{a:b}@media print{.govuk-link-image{c:d}}.app-key{e:f}"
    assert build_static.without_unnamed(sheet) == ".govuk-link--muted-not{a:b}.app-key{e:f}"
    assert not [name for name in build_static.UNNAMED if re.search(rf"{name}(?![\w-])", _files_with_classes())]


def _files_with_classes():
    root, suffixes = Path(build_static.ROOT), {".html", ".js", ".py", ".mjs"}
    of_ours = ("accounts", "core", "dialogue", "lots", "observations", "portal", "questionnaires", "reviews")
    folders = [root / name for name in ("templates", "static", *of_ours)]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes]
    return "".join(path.read_text() for path in files)


def test_every_style_of_ours_is_used_somewhere():
    """By its whole name, or by the beginning of one that goes on with a value (``styles_of``)."""
    sheet = (build_static.TARGET / "css" / "application.css").read_text()
    named, unused = styles_of(sheet, _files_with_classes())
    assert (len(named) > 400, unused) == (True, [])


def test_no_lock_file_names_a_registry():
    root = Path(build_static.ROOT)
    assert '"resolved"' not in (root / "package-lock.json").read_text()
    for path in root.glob("requirements*.txt"):
        assert "://" not in path.read_text(), path.name
