"""``tools/docker/pin-images.sh``: an installation is made of exactly the images whose digests it has written down."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture import compose

pytestmark = pytest.mark.unit

SCRIPT = "tools/docker/pin-images.sh"
IMAGES = {name: value.partition("@")[0] for name, value in compose.variables().items() if name.endswith("_IMAGE")}
# Stands for Docker: gives a digest made of the name that it is asked about, and notes the question.
DOCKER = """#!/bin/sh
for image; do :; done
echo "$*" >>"$(dirname "$0")/asked"
[ "$image" != "$REFUSED" ] || { echo "no such image"; exit ${REFUSED_WITH:-1}; }
echo "sha256:$(printf %s "$image" | sha256sum | cut -c1-64)"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(compose.ROOT / "tools" / "docker", tmp_path / "tools" / "docker")
    (tmp_path / ".env").write_text("SITE_HOST=reviews.example.org\nQUEUE_IMAGE=valkey/valkey:8.1\n")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "docker").write_text(DOCKER)
    (tmp_path / "bin" / "docker").chmod(0o755)
    return tmp_path


def run(project: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{project}/bin:{os.environ['PATH']}", "REFUSED": "", **more}
    command = ["sh", SCRIPT, *words]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def chosen(project: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (project / ".env").read_text().splitlines())


def test_every_image_gets_the_digest_of_its_name_and_other_choices_stay(project: Path) -> None:
    assert run(project).returncode == 0
    found = chosen(project)
    assert found.pop("SITE_HOST") == "reviews.example.org"
    assert set(found) == set(IMAGES)
    for name, image in {**IMAGES, "QUEUE_IMAGE": "valkey/valkey:8.1"}.items():
        assert re.fullmatch(re.escape(image) + r"@sha256:[0-9a-f]{64}", found[name])
    assert run(project, "--check").returncode == 0


def test_asking_again_asks_by_name_and_writes_each_once(project: Path) -> None:
    run(project)
    before = chosen(project)
    assert run(project).returncode == 0
    assert chosen(project) == before
    assert len((project / ".env").read_text().splitlines()) == len(IMAGES) + 1
    assert "@" not in (project / "bin" / "asked").read_text()


def test_what_the_example_names_is_pinned(project: Path) -> None:
    (project / ".env").unlink()
    assert run(project, "--check").returncode == 0


def test_a_release_with_a_name_alone_is_refused_without_asking_anybody(project: Path) -> None:
    (project / ".env").write_text("".join(f"{name}={image}\n" for name, image in IMAGES.items()))
    checked = run(project, "--check")
    assert checked.returncode == 1
    assert {line.split()[0] for line in checked.stderr.splitlines()} == set(IMAGES)
    run(project)
    text = (project / ".env").read_text()
    (project / ".env").write_text(re.sub(r"(?<=PROXY_IMAGE=).*", "haproxy:3.0-alpine@sha256:abc", text))
    (project / "bin" / "asked").unlink()
    checked = run(project, "--check")
    assert (checked.returncode, checked.stderr.split()[0]) == (1, "PROXY_IMAGE")
    assert not (project / "bin" / "asked").exists()


@pytest.mark.parametrize("status", ["1", "0"])
def test_nothing_is_changed_where_one_registry_does_not_answer(project: Path, status: str) -> None:
    """Or gives something else than a digest."""
    before = (project / ".env").read_text()
    assert run(project, REFUSED=IMAGES["PYTHON_IMAGE"], REFUSED_WITH=status).returncode == 1
    assert (project / ".env").read_text() == before
    assert {path.name for path in project.iterdir()} == {".env", "bin", "tools"}
