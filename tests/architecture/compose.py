"""docker-compose.yml, Dockerfile and .dockerignore, read as their programs read them, which not every machine has."""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\$\$|\$\{(?P<name>[A-Z_]+)(?::-(?P<default>[^}]*))?\}")


def compose_text() -> str:
    return (ROOT / "docker-compose.yml").read_text("utf-8")


def installation(choices: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The file as Compose takes it, with the variables of ``.env`` in their places."""
    document = _filled(yaml.safe_load(compose_text()), choices or {})
    assert isinstance(document, dict)
    return document


def _filled(value: Any, choices: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(each, choices) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, choices) for each in value]
    if not isinstance(value, str):
        return value

    def choice(match: re.Match[str]) -> str:
        return "$" if match[0] == "$$" else choices.get(match["name"]) or match["default"] or ""

    return VARIABLE.sub(choice, value)


def variables() -> dict[str, str]:
    """Each variable that the file asks of ``.env``, with what holds where it is not there."""
    return {match["name"]: match["default"] for match in VARIABLE.finditer(compose_text()) if match["name"]}


def environment_of(service: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in service.get("environment", {}).items()}


@dataclass(frozen=True)
class Copied:
    """One path that goes into an image: where it comes from, seen from the project, and where it lands."""

    source: str
    target: str


def _instructions() -> Iterator[tuple[str, str]]:
    lines = [line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines() if not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        word, _space, rest = line.partition(" ")
        if rest:
            yield word, rest.strip()


def instructions(word: str, *, last_stage: bool = True) -> list[str]:
    """What stands behind ``word`` in the Dockerfile, in the stage that becomes the image or in all."""
    found: list[str] = []
    for each, rest in _instructions():
        if each == "FROM" and last_stage:
            found = []
        if each == word:
            found.append(rest)
    return found


def bases() -> set[str]:
    """The images that ours is built on, where nobody chooses others."""
    given = dict(rest.split("=", 1) for word, rest in _instructions() if word == "ARG")
    found = {rest.split()[0] for word, rest in _instructions() if word == "FROM"}
    return {given[name[2:-1]] if name.startswith("${") else name for name in found}


def copied(*, last_stage: bool = True) -> list[Copied]:
    """What the Dockerfile takes from the project (not from another stage)."""
    words = [shlex.split(rest) for rest in instructions("COPY", last_stage=last_stage)]
    return [
        Copied(source, target)
        for *sources, target in words
        if not sources[0].startswith("--from=")
        for source in sources
    ]


def is_left_out(path: PurePosixPath) -> bool:
    """Whether .dockerignore keeps a path (seen from the project) from the builder; the last line that fits decides."""
    left_out = False
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.removeprefix("!").rstrip("/")
        if pattern and not line.startswith("#") and any(_fits(pattern, each) for each in (path, *path.parents)):
            left_out = not line.startswith("!")
    return left_out


def _fits(pattern: str, path: PurePosixPath) -> bool:
    expression = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
    return re.fullmatch(expression, str(path)) is not None


def files_copied(each: Copied) -> Iterator[PurePosixPath]:
    """The files of the project that a COPY brings in, seen from the project."""
    source = ROOT / each.source
    paths = source.rglob("*") if source.is_dir() else [source]
    relative = (PurePosixPath(path.relative_to(ROOT).as_posix()) for path in paths if path.is_file())
    return (path for path in relative if not is_left_out(path))


def image_environment() -> dict[str, str]:
    return dict(word.split("=", 1) for rest in instructions("ENV") for word in shlex.split(rest))


def lines_to_type(page: str) -> list[str]:
    """What a guide of docs/operations tells to type in a shell."""
    text = (ROOT / "docs" / "operations" / page).read_text("utf-8")
    return "".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).splitlines()
