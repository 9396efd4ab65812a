"""What only Debian's packages bring: text shaping and fonts for PDFs, and the browser for the tests."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import time

from tools.bootstrap import STAMPS, say, stamps

FOR_PDF = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-noto-core", "fonts-noto-cjk")
FOR_TESTS = ("chromium", "poppler-utils")
FOR_MESSAGES = ("gettext",)

# What WeasyPrint loads; asked for by name where there is no dpkg to ask.
PDF_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")

# After a failed attempt (no network, no such package) we do not try again at each start (seconds).
PAUSE = 24 * 60 * 60


def missing(packages: tuple[str, ...]) -> list[str]:
    """Return those of the packages that are not installed; none where this is no Debian."""
    if not shutil.which("dpkg-query"):
        return []
    command = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *packages]
    answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    installed = {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}
    return [package for package in packages if package not in installed]


def lacks_pdf_libraries() -> bool:
    """Tell whether WeasyPrint would fail to load."""
    for library in PDF_LIBRARIES:
        try:
            ctypes.CDLL(library)
        except OSError:
            return True
    return False


def privilege() -> list[str] | None:
    """Return what to put before a command so that root runs it, or None where that needs a password."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def apt_get(prefix: list[str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run apt-get without questions."""
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    command = [*prefix, *environment, "apt-get", "-q", "-y", *words]
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


def install(packages: list[str]) -> str:
    """Install packages; return nothing, or why it could not be done."""
    prefix = privilege()
    if prefix is None or not shutil.which("apt-get"):
        return "that needs root"
    stamp, wanted = STAMPS / "debian-attempt", " ".join(packages)
    if stamps.is_current(stamp, wanted) and time.time() - stamp.stat().st_mtime < PAUSE:
        return "an attempt failed less than a day ago"
    say(f"Installing Debian's packages {wanted} ...")
    words = ("install", "--no-install-recommends", *packages)
    result = apt_get(prefix, *words)
    if result.returncode:  # no lists yet, or old ones
        apt_get(prefix, "update")
        result = apt_get(prefix, *words)
    if result.returncode == 0:
        stamp.unlink(missing_ok=True)
        return ""
    stamps.write(stamp, wanted)
    said = (result.stderr.strip() or result.stdout.strip()).splitlines()
    return said[-1] if said else f"apt-get ended with status {result.returncode}"


def provide(packages: tuple[str, ...], purpose: str) -> None:
    """See that packages are there; where they cannot be installed, say how to, and go on."""
    absent = missing(packages)
    if not absent:
        return
    if reason := install(absent):
        say(
            f"Packages for {purpose} are missing and were not installed ({reason}). What to do:\n"
            f"  sudo apt-get install {' '.join(absent)}"
        )


def provide_for_pdf() -> None:
    """See that PDFs can be made. Without the libraries the portal runs and says so where a PDF is asked for."""
    provide(FOR_PDF, "PDF documents")
    if not shutil.which("dpkg-query") and lacks_pdf_libraries():
        say(
            "PDF documents need Pango, HarfBuzz and the Noto fonts. "
            f"Install what your system calls: {', '.join(FOR_PDF)}"
        )
