"""Everything in docker-compose.yml runs: each command, each health check, and what docs/operations/ tells to type."""

import json
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded.folders import temporary_base
from config.embedded.processes import server_account
from tests.architecture import compose
from tests.architecture.installation import Host, Image, finish
from tests.architecture.mailbox import Mailbox, open_mailbox
from tests.core.mail.test_bounces import REPORT

# One installation for all: they run in one process.
pytestmark = [pytest.mark.prove, pytest.mark.integration, pytest.mark.xdist_group("installation")]

SITE = "reviews.example.org"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="reviews-", dir=temporary_base(server_account())))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as one:
        yield one


def make_host(root: Path, image: Image, choices: dict[str, str]) -> Host:
    root.mkdir()
    root.chmod(0o711)
    host = Host(root, image, choices)
    (host.project / ".env").write_text("".join(f"{name}={value}\n" for name, value in choices.items()))
    host.make_secrets()
    return host


@pytest.fixture(scope="module")
def host(folder: Path, mailbox: Mailbox) -> Iterator[Host]:
    """The whole installation; its choices are those that ``.env`` would hold.

    The image is built while the migration runs, to save time. Nobody starts before that has ended (config.start).
    """
    image = Image(folder / "image")
    build = image.start_build()
    host = make_host(folder / "host", image, {"SITE_HOST": SITE, "EMAIL_PORT": str(mailbox.port)})
    try:
        host.start_database()
        host.start_queue()
        host.wait_until_well("database")
        migrate = host.begin("migrate")
        finish(build)
        finish(migrate)
        for name in ("web", "worker", "pdf", "beat"):
            host.start(name)
        yield host
    finally:
        build.kill()
        host.stop()


@pytest.fixture(scope="module")
def deploy_check(host: Host) -> Iterator[subprocess.Popen[str]]:
    """Under way beside the other tests."""
    with host.begin("web", *"python manage.py check --deploy --fail-level WARNING --database default".split()) as check:
        yield check


def fetch(host: Host, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """Ask a web process as the proxy does; redirects are not followed."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: object) -> None:
            return None

    request = urllib.request.Request(f"http://127.0.0.1:{host.port}{path}", headers={"Host": SITE, **headers})
    try:
        with urllib.request.build_opener(Stay).open(request, timeout=20) as answer:
            return answer.status, dict(answer.headers), answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, dict(error.headers), error.read().decode()


TLS = {"X-Forwarded-Proto": "https"}


# --- Health


@pytest.fixture(scope="module")
def pulse(host: Host, deploy_check: object) -> tuple[Path, float]:
    """The file that beat touches, and when it was touched first."""
    host.wait_until_well("beat")
    file = host.root / "tmp" / "beat" / "beat-pulse"
    return file, file.stat().st_mtime


@pytest.mark.parametrize("name", ["beat", "web", "worker", "pdf"])
def test_a_service_runs_and_its_health_check_says_so(host: Host, pulse: object, name: str) -> None:
    host.wait_until_well(name)


def test_the_queue_answers_its_health_check(host: Host) -> None:
    kind, words = host.services["queue"]["healthcheck"]["test"]
    if shutil.which("valkey-cli") is None:
        pytest.skip("this machine has no valkey-cli")
    assert kind == "CMD-SHELL"
    words = words.replace("valkey-cli", f"valkey-cli -p {host.queue_port}")
    answer = host.run("queue", "sh", "-c", words)
    assert (answer.returncode, answer.stdout) == (0, "PONG\n")


def test_a_health_check_fails_where_nothing_runs(host: Host, folder: Path) -> None:
    empty = make_host(folder / "empty", host.image, {})
    assert (empty.check("web").returncode, empty.check("beat").returncode) == (1, 1)


def test_the_database_takes_its_command(host: Host) -> None:
    assert host.database is not None
    program, *words = host.services["database"]["command"]
    answer = host.run("database", program, "-C", "max_connections", "-D", str(host.database.data), *words)
    assert answer.stdout == "600\n"


# --- Pages


def test_pages_are_served_behind_a_proxy_with_tls(host: Host) -> None:
    host.wait_until_well("web")
    status, headers, page = fetch(host, "/en/sign-in/", **TLS)
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert re.findall(r"csrftoken=[^\n]*; Secure", headers["Set-Cookie"]) != []
    style = re.findall(r'href="(/static/css/[^"]+)"', page)[0]
    assert fetch(host, style, **TLS)[0] == 200, "static files are in the image"
    assert fetch(host, "/ar/sign-in/", **TLS)[2].count("تسجيل الدخول") > 0, "and the catalogues"


def test_without_tls_the_way_leads_there(host: Host) -> None:
    host.wait_until_well("web")
    status, headers, _page = fetch(host, "/en/sign-in/")
    assert (status, headers["Location"]) == (301, f"https://{SITE}/en/sign-in/")


def test_the_portal_answers_to_no_other_name(host: Host) -> None:
    host.wait_until_well("web")
    assert fetch(host, "/en/sign-in/", **TLS, Host="somewhere.example")[0] == 400


@pytest.mark.parametrize("name", ["web", "worker", "pdf", "beat"])
def test_after_a_reboot_nobody_starts_on_a_database_that_has_lost_a_wall(host: Host, name: str) -> None:
    """The daemon waits for no ``migrate`` then: each looks for itself, as the role that it has."""

    def sql(statement: str) -> None:
        done = host.run("database", "psql", "--username=postgres", "--dbname=portal", "-qc", statement)
        assert done.returncode == 0, done.stderr

    sql("ALTER TABLE core_auditentry DISABLE TRIGGER core_audit_guard")
    try:
        refused = host.run(name)
    finally:
        sql("ALTER TABLE core_auditentry ENABLE TRIGGER core_audit_guard")
    assert refused.returncode == 1
    assert "trigger core_auditentry.core_audit_guard is not what it was made to be" in refused.stderr, refused.stderr
    # What is all right gives way to the program of the service, which is another one here.
    look, words = host.command_of(name)[:3], ["python", "-c", "print('begun')"]
    assert host.run(name, *look, *words).stdout == "begun\n"


def test_djangos_deploy_check_is_clean(deploy_check: subprocess.Popen[str]) -> None:
    assert finish(deploy_check) == "System check identified no issues (0 silenced).\n"


# --- What the guides tell to type


def line_with(page: str, words: str) -> str:
    """The first line of a guide with these words in it."""
    return next(line for line in compose.lines_to_type(page) if words in line)


def type_in(host: Host, line: str) -> subprocess.CompletedProcess[str]:
    """Type a line of a guide on the host."""
    return subprocess.run(
        ["sh", "-euc", line], cwd=host.project, env=host.docker(), capture_output=True, text=True, check=False
    )


def test_the_first_officer_is_invited_by_mail(host: Host, mailbox: Mailbox) -> None:
    """Command, database, queue, worker, mail server, page: one thread through all of it."""
    line = line_with("deploying.md", "invite_officer")
    typed = type_in(host, line)
    assert typed.returncode == 0, typed.stderr
    mail = mailbox.first_mail(seconds=40)
    assert mail["To"] == shlex.split(line)[shlex.split(line).index("invite_officer") + 1]
    body = mail.get_body(("plain",))
    assert body is not None
    address = re.findall(rf"https://{SITE}(/\S+)", body.get_content())[0]
    host.wait_until_well("web")
    status, headers, _page = fetch(host, address, **TLS)
    assert (status, headers["Location"].rsplit("/", 2)[-2]) == (302, "activate"), "the link is valid"
    report = REPORT.format(action="failed", kind="text/rfc822-headers", message_id=mail["Message-ID"])
    (host.project / "report.eml").write_text(report)
    read = type_in(host, line_with("mail.md", "report.eml"))
    assert (read.returncode, read.stdout) == (0, "Bounced: 1.\n"), read.stderr


def test_a_backup_comes_back_in_an_empty_place(host: Host, folder: Path) -> None:
    document = host.files / "files" / "jobs" / "list.pdf"
    document.parent.mkdir(parents=True)
    document.write_bytes(b"%PDF-1.7 a result")
    words = ("back-up.sh", "tar --create", "tar --extract", "restore.sh")
    back_up, keep_secrets, bring_secrets, restore = (line_with("backing-up.md", each) for each in words)
    places = {"/srv/backups": str(folder / "backups"), "/mnt/safe": str(folder)}

    def typed(where: Host, line: str) -> str:
        for place, here in places.items():
            line = line.replace(place, here)
        result = type_in(where, line)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    typed(host, keep_secrets)
    typed(host, back_up)
    (backup,) = (folder / "backups").iterdir()
    parts = {"portal.dump", "files.tar.gz", "secrets.tar.gz", "manifest.json", "SHA256SUMS"}
    assert {path.name for path in backup.iterdir()} == parts - ({"secrets.tar.gz"} if "SECRETS=0" in back_up else set())
    backup.rename(backup.with_name(Path(shlex.split(restore)[-1]).name))  # it was made at another time

    other = make_host(folder / "other", host.image, {"SITE_HOST": SITE})
    try:
        shutil.rmtree(other.secrets)
        typed(other, bring_secrets)
        assert (other.secrets / "secret_key").read_text() == (host.secrets / "secret_key").read_text()
        other.use_own_database()
        other.start_database()
        other.start_queue()
        said = typed(other, restore)
        assert "The record of acts is whole." in said
        assert (other.files / "files" / "jobs" / "list.pdf").read_bytes() == document.read_bytes()
        assert rows(other) == rows(host)
        # What is there steps aside for what is whole, and for nothing else.
        (other.files / "files" / "jobs" / "list.pdf").write_bytes(b"later")
        assert_damaged_ones_are_refused(other, folder / "backups" / Path(shlex.split(restore)[-1]).name)
        assert (other.files / "files" / "jobs" / "list.pdf").read_bytes() == b"later"
        typed(other, restore)
        assert (other.files / "files" / "jobs" / "list.pdf").read_bytes() == document.read_bytes()
        assert rows(other) == rows(host)
        assert databases(other) == 3
        assert_interrupted_ones_are_carried_on(other, folder / "backups" / Path(shlex.split(restore)[-1]).name)
        assert (rows(other), databases(other)) == (rows(host), 5)
        typed(other, line_with("backing-up.md", "--forget"))
        assert databases(other) == 1
    finally:
        other.stop()


def assert_damaged_ones_are_refused(host: Host, backup: Path) -> None:
    damages = (cut, "FAILED"), (cut_and_sealed, "end of file"), (of_another, "policy of.another is missing")
    for damage, words in damages:
        copy = Path(shutil.copytree(backup, backup.with_name(damage.__name__)))
        damage(copy)
        refused = type_in(host, f"sh tools/docker/restore.sh {copy}")
        assert (refused.returncode, words in refused.stdout + refused.stderr) == (1, True), refused.stderr


# Where a restore is killed in the test below: once all is verified, and once the databases are swapped.
KILLED_AT = ('put_in_place\ndocker compose up --detach --wait\necho "The portal', "  in_files 'set -eu; before=")


def assert_interrupted_ones_are_carried_on(host: Host, backup: Path) -> None:
    script, document = host.project / "tools" / "docker" / "restore.sh", host.files / "files" / "jobs" / "list.pdf"
    for words in KILLED_AT:
        text, wanted = script.read_text("utf-8"), document.read_bytes()
        assert text.count(words) == 1
        script.with_name("killed.sh").write_text(text.replace(words, f"exit 9\n{words}"))
        document.write_bytes(b"later")
        assert type_in(host, f"sh tools/docker/killed.sh {backup}").returncode == 9
        assert document.read_bytes() == b"later"
        for name in ("migrate", "web", "worker", "pdf", "beat"):
            refused = host.run(name)
            assert (refused.returncode, "A restore was interrupted" in refused.stderr) == (1, True), refused.stderr
        again = type_in(host, f"sh tools/docker/restore.sh {backup}")
        assert (again.returncode, "Carrying on" in again.stdout) == (0, True), again.stderr
        assert document.read_bytes() == wanted
        assert not (host.files / "beside").exists()
        assert host.run("migrate").returncode == 0


def cut(backup: Path) -> None:
    content = (backup / "portal.dump").read_bytes()
    (backup / "portal.dump").write_bytes(content[: len(content) // 2])


def cut_and_sealed(backup: Path) -> None:
    cut(backup)
    seal(backup)


def of_another(backup: Path) -> None:
    """The manifest knows of a policy that the dump does not bring."""
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["schema"]["policy of.another"] = "0"
    (backup / "manifest.json").write_text(json.dumps(manifest))
    seal(backup)


def seal(backup: Path) -> None:
    """Let the checksums fit what is there."""
    names = sorted({path.name for path in backup.iterdir()} - {"SHA256SUMS"})
    done = subprocess.run(["sha256sum", *names], cwd=backup, check=True, capture_output=True, text=True)
    (backup / "SHA256SUMS").write_text(done.stdout)


def databases(host: Host) -> int:
    """How many databases of the portal there are: its own, and those that restores have replaced."""
    query = "SELECT count(*) FROM pg_database WHERE datname LIKE 'portal%'"
    return int(host.run("database", "psql", "--username=postgres", "--no-align", "-tc", query).stdout)


def rows(host: Host) -> list[str]:
    """The number of rows of every table that has a history, and who is known."""
    query = "SELECT count(*) FROM core_auditentry UNION ALL SELECT count(*) FROM accounts_stateparty"
    answer = host.run("database", "psql", "--username=postgres", "--dbname=portal", "--no-align", "-tc", query)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.split()


def test_before_a_version_changes_tables_what_is_there_is_kept(host: Host) -> None:
    """Without a backup nothing is migrated."""
    names = sorted(path.stem for path in (host.image.folder / "observations" / "migrations").glob("0*.py"))
    assert host.run("migrate", "python", "manage.py", "migrate", "observations", names[-2]).returncode == 0
    backups = host.files / "backups"
    backups.write_text("in the way")
    refused = host.run("migrate")
    assert (refused.returncode, "Nothing was migrated" in refused.stderr) == (1, True), refused.stderr
    assert pending(host) == [f"observations.{names[-1]}"]
    backups.unlink()
    went_on = host.run("migrate")
    assert went_on.returncode == 0, went_on.stderr
    (backup,) = backups.iterdir()
    assert f"The backup is in {backup}" in went_on.stdout
    assert {path.name for path in backup.iterdir()} == {"portal.dump", "files.tar.gz", "manifest.json", "SHA256SUMS"}
    assert pending(host) == []
    assert host.run("migrate").stdout.count("backup") == 0, "nothing is new any more"


def pending(host: Host) -> list[str]:
    said = host.run("migrate", "python", "manage.py", "showmigrations", "--plan").stdout
    return [line.split()[-1] for line in said.splitlines() if line.startswith("[ ]")]


# --- Going on, and stopping


def test_beat_goes_on_turning(pulse: tuple[Path, float]) -> None:
    file, first = pulse
    limit = time.monotonic() + 12
    while file.stat().st_mtime == first and time.monotonic() < limit:
        time.sleep(0.1)
    assert file.stat().st_mtime > first


def test_all_of_it_stops_when_told_to(host: Host) -> None:
    """Docker sends SIGTERM to the first process of a container and then waits."""
    for name in ("web", "worker", "pdf", "beat"):
        host.wait_until_well(name)
    for child in host.children[2:]:
        child.ask_to_stop()
    ended = {child.name: child.process.wait(20) for child in host.children[2:]}
    # Beat keeps nothing of its own: it may as well end by the signal itself, as it did once on a busy machine.
    assert ended.pop("beat") in {0, -signal.SIGTERM}
    assert ended == dict.fromkeys(("web", "worker", "pdf"), 0)
