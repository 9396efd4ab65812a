"""docker-compose.yml, Dockerfile and what they need: complete, in agreement with the code and with one another.

That everything in them also runs is shown by ``test_installation.py``.
"""

import json
import re
import shutil
import subprocess
import time
from ipaddress import ip_address, ip_network
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings
from django.core.management import get_commands

from config.celery import app
from config.embedded.binaries import find_valkey
from config.env import redis_urls
from tests.architecture import compose
from tests.architecture.settings_reader import secrets_read, settings_read

pytestmark = pytest.mark.unit

ROOT = compose.ROOT
COMPOSE = compose.installation()
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "country-review-portal"}
TOOLS = ROOT / "tools" / "docker"
HAPROXY = (TOOLS / "haproxy.cfg").read_text("utf-8")
GUNICORN: list[str] = json.loads(compose.instructions("CMD")[0])

# Read by a program before ours: which settings there are, which time local logs have.
NOT_SETTINGS = {"DJANGO_SETTINGS_MODULE"}
# What an installation does not choose: who connects how is decided by service, and the rest by what a container is.
NOT_CHOSEN = {
    "DATABASE_OWNER_URL",
    "DATABASE_DOOR_URL",
    "DATABASE_SYSTEM_URL",
    "DATABASE_URL",
    *("EMAIL_BACKEND", "METRICS_TOKEN"),
    *(f"PRACTICE_{each}" for each in ("KEY", "PROBE", "SEEN_FILE", "WAKE_FILE")),
    *(f"RECORD_{each}" for each in ("KEY_FILE", "ROOTS_DIR")),
}
FOR_MIGRATE_ALONE = {"BACKUP_BEFORE_MIGRATION", "BACKUPS_KEPT"}
# What makes documents sends no mail, shows no file to a scanner and keeps no session.
NOT_FOR_DOCUMENTS = tuple("SENTRY TRACES EMAIL DEFAULT_F MAIL UPLOAD_SCAN SESSION DATA_UP PRACTICE PORTAL".split())
# Runs once to its end, which the others wait for; a migration that failed wants a person, not another try.
ENDS_BY_ITSELF = {"migrate"}
MOST_WEB_CONTAINERS = 8
SUPERUSER_RESERVE = 3  # connections that PostgreSQL keeps back


def number(name: str, words: list[str]) -> int:
    """The value of ``--name=5`` on a command line."""
    return next(int(word.removeprefix(f"--{name}=")) for word in words if word.startswith(f"--{name}="))


def seconds(duration: str) -> int:
    return int(duration[:-1]) * {"s": 1, "m": 60}[duration[-1]]


def made_secrets(folder: Path) -> Path:
    """Run the script that makes the secrets in a place of its own; give where they are."""
    shutil.copytree(TOOLS, folder / "tools" / "docker", dirs_exist_ok=True)
    script = ["sh", str(folder / "tools" / "docker" / "make-secrets.sh")]
    subprocess.run(script, check=True, capture_output=True)
    return folder / "var" / "secrets"


# --- Services


def test_there_is_one_of_each_service() -> None:
    assert set(SERVICES) == {"database", "queue", "migrate", "proxy", "web", "worker", "pdf", "beat"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - ENDS_BY_ITSELF))
def test_a_service_is_watched_started_again_and_keeps_its_log_short(name: str) -> None:
    service = SERVICES[name]
    assert {"test", "interval", "timeout", "retries"} <= set(service["healthcheck"])
    assert service["restart"] == "unless-stopped"
    assert service["logging"] == {"driver": "json-file", "options": {"max-size": "10m", "max-file": "5"}}


@pytest.mark.parametrize("name", sorted(ENDS_BY_ITSELF))
def test_what_ends_by_itself_is_waited_for(name: str) -> None:
    assert (SERVICES[name]["restart"], "healthcheck" in SERVICES[name]) == ("no", False)
    waiting = {
        each
        for each, service in SERVICES.items()
        if service.get("depends_on", {}).get(name) == {"condition": "service_completed_successfully"}
    }
    assert waiting == set(OURS) - {name}


def test_any_number_of_web_containers_can_run() -> None:
    """Only the proxy has a port of the machine and beat a name of its own, which would hold for one container alone."""
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"proxy"}
    assert {name for name, service in SERVICES.items() if "container_name" in service} == {"beat"}
    assert compose.installation({"WEB_SCALE": "3"})["services"]["web"]["scale"] == "3"


def test_there_is_exactly_one_beat() -> None:
    assert [name for name, service in SERVICES.items() if "beat" in service.get("command", [])] == ["beat"]
    assert not {"scale", "deploy"} & set(SERVICES["beat"])
    assert not [name for name, service in OURS.items() if {"-B", "--beat"} & set(service.get("command", []))]


def test_every_queue_that_a_task_goes_to_has_a_worker_and_only_those() -> None:
    app.loader.import_default_modules()
    ours = [name for name in app.tasks if not name.startswith("celery.")]
    routed = {app.amqp.router.route({}, name)["queue"].name for name in ours}
    listened_to = [
        queue
        for service in OURS.values()
        for word in service.get("command", [])
        if word.startswith("--queues=")
        for queue in word.removeprefix("--queues=").split(",")
    ]
    assert sorted(listened_to) == sorted(routed)


def test_routes_name_tasks_that_there_are() -> None:
    app.loader.import_default_modules()
    assert set(settings.CELERY_TASK_ROUTES) <= set(app.tasks)


def test_files_and_results_are_where_every_process_finds_them() -> None:
    assert {name for name, service in OURS.items() if service["volumes"] != ["files:/data"]} == set()
    assert compose.image_environment()["DATA_DIR"] == "/data"
    named = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if not volume.startswith(".")
    }
    assert named == set(COMPOSE["volumes"]) == {"database", "queue", "files"}


def test_what_is_mounted_from_the_project_is_there() -> None:
    mounted = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", [])
        if volume.startswith(".")
    }
    assert {path for path in mounted if not (ROOT / path).is_file()} == set()


def test_each_image_is_one_and_no_other() -> None:
    """A name can become another image tomorrow; a name with a digest cannot."""
    images = {service["image"] for name, service in SERVICES.items() if name not in OURS}
    pinned = re.compile(r"[a-z/]+:\d[^@]*@sha256:[0-9a-f]{64}")
    assert {image for image in images | compose.bases() if not pinned.fullmatch(image)} == set()
    assert len(images | compose.bases()) == 5


def test_the_image_is_built_on_what_the_choices_say() -> None:
    assert OURS["migrate"]["build"]["args"] == {
        name: value for name, value in compose.variables().items() if name in {"PYTHON_IMAGE", "NODE_IMAGE", "WATCHING"}
    }
    assert compose.bases() == set(OURS["migrate"]["build"]["args"].values()) - {"false"}


def test_the_image_is_built_once() -> None:
    assert {name: (service.get("build"), service["pull_policy"]) for name, service in OURS.items()} == {
        name: (OURS["migrate"]["build"], "build") if name == "migrate" else (None, "never") for name in OURS
    }


@pytest.mark.parametrize("name", sorted(OURS))
def test_our_processes_can_change_nothing_but_their_data(name: str) -> None:
    service = OURS[name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert compose.instructions("USER") == ["10001"], "a host that wants nobody to be root can tell"


def test_database_queue_and_documents_have_no_way_out() -> None:
    assert [name for name, network in COMPOSE["networks"].items() if not network.get("internal")] == ["front"]
    assert {name: service["networks"] for name, service in SERVICES.items()} == {
        "proxy": ["front"],  # from the outermost there is no way to the database
        "web": ["front", "back"],
        "worker": ["front", "back"],
        "migrate": ["back"],
        "beat": ["back"],
        "database": ["back", "documents"],
        "queue": ["back", "documents"],
        "pdf": ["documents"],  # nor from what reads hostile text to the other processes
    }


def test_what_makes_documents_holds_no_secret_that_it_does_not_need() -> None:
    """It reads what people wrote and uploaded: it signs nothing, sends nothing, and decrypts no second factor."""
    assert set(OURS["pdf"]["secrets"]) == {"database_system_url", "redis_url", "documents_key"}
    assert compose.environment_of(OURS["pdf"])["SECRET_KEY_FILE"] == "/run/secrets/documents_key"
    assert {name for name, service in OURS.items() if "documents_key" in service["secrets"]} == {"pdf"}
    assert {name for name in compose.environment_of(OURS["pdf"]) if name.startswith("EMAIL")} == set()


def test_the_queue_takes_nobody_without_its_password(tmp_path: Path) -> None:
    """The server itself, with its command and its secret."""
    program, settings_file, *words = SERVICES["queue"]["command"]
    assert (program, settings_file) == ("valkey-server", "/run/secrets/queue_settings")
    made = made_secrets(tmp_path)
    socket = tmp_path / "queue.sock"
    server = subprocess.Popen(
        [find_valkey(), made / "queue_settings", *words, "--port", "0", "--unixsocket", socket, "--dir", tmp_path],
        stdout=subprocess.DEVNULL,
    )
    try:
        limit = time.monotonic() + 30
        while not socket.exists():
            assert time.monotonic() < limit
            time.sleep(0.05)
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(unix_socket_path=str(socket)).ping()
        password = urlsplit((made / "redis_url").read_text()).password
        assert redis.Redis(unix_socket_path=str(socket), password=password).ping()
    finally:
        server.terminate()
        server.wait(20)


def test_only_named_proxies_say_who_the_client_is() -> None:
    """That HAProxy does so shows ``test_proxy.py``, where there is one."""
    rules = re.findall(r"^ +http-request del-header (\S+) unless is_proxy_of_ours$", HAPROXY, re.MULTILINE)
    assert set(rules) == {"X-Forwarded-For", "X-Forwarded-Proto"}
    named = compose.environment_of(SERVICES["proxy"])["TRUSTED_PROXIES"]
    network = ip_network(COMPOSE["networks"]["front"]["ipam"]["config"][0]["subnet"])
    assert ip_address(named) == next(network.hosts()), "the machine, as the containers see it"


def test_documents_cannot_take_the_memory_of_the_pages() -> None:
    assert SERVICES["pdf"]["mem_limit"] == "2g"


# --- Settings and secrets


def test_every_variable_is_a_setting() -> None:
    for name, service in OURS.items():
        given = set(compose.environment_of(service)) | set(compose.image_environment())
        files = {each for each in given if each.endswith("_FILE")}
        plain = given - files - NOT_SETTINGS - {"PATH"}
        assert {each for each in plain if not each.startswith("PYTHON")} - settings_read() == set(), name
        assert {each.removesuffix("_FILE") for each in files - settings_read()} - secrets_read() == set(), name


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_setting_reaches_the_containers(name: str) -> None:
    given = set(compose.environment_of(OURS[name])) | set(compose.image_environment())
    missing = settings_read() - {each.removesuffix("_FILE") for each in given} - NOT_CHOSEN
    missing -= set() if name == "migrate" else FOR_MIGRATE_ALONE
    if name == "pdf":
        missing = {each for each in missing if not each.startswith(NOT_FOR_DOCUMENTS)}
    assert missing == set()


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_file_that_is_named_is_a_secret_that_is_mounted(name: str) -> None:
    files = {value for each, value in compose.environment_of(SERVICES[name]).items() if each.endswith("_FILE")}
    mounted = SERVICES[name].get("secrets", [])
    assert len(mounted) == len(set(mounted))
    assert files <= {f"/run/secrets/{each}" for each in mounted}
    if name in OURS:
        assert files == {f"/run/secrets/{each}" for each in mounted}, "and none is mounted that nobody reads"


def test_secrets_are_made_declared_and_used(tmp_path: Path) -> None:
    made = made_secrets(tmp_path)
    first = {path.name: path.read_text() for path in made.iterdir()}
    made_secrets(tmp_path)
    assert {path.name: path.read_text() for path in made.iterdir()} == first, "what is there is kept"
    assert {name: secret["file"] for name, secret in COMPOSE["secrets"].items()} == {
        name: f"./var/secrets/{name}" for name in first
    }
    assert {name for service in SERVICES.values() for name in service.get("secrets", [])} == set(first)
    assert made.stat().st_mode & 0o077 == 0
    assert first["database_url"] == f"postgres://portal_app:{first['app_password']}@database:5432/portal"
    assert len(first["secret_key"]) >= 50
    assert len({first["secret_key"], first["documents_key"]}) == 2
    assert first["redis_url"] == f"redis://:{first['queue_settings'].removeprefix('requirepass ')}@queue:6379"
    assert redis_urls(first["redis_url"])[1] == f"{first['redis_url']}/1"


def test_the_password_of_the_owner_of_the_tables_is_for_the_migration_alone() -> None:
    assert {name for name, service in OURS.items() if "database_owner_url" in service["secrets"]} == {"migrate"}


def test_no_page_can_connect_as_the_system_and_no_worker_as_a_page() -> None:
    with_secret = {
        each: {name for name, service in OURS.items() if each in service["secrets"]} for each in COMPOSE["secrets"]
    }
    assert with_secret["database_door_url"] == {"web", "migrate"}
    assert with_secret["database_system_url"] == set(OURS) - {"web"}
    assert with_secret["database_url"] == {"web", "migrate"}
    roles = {name: compose.environment_of(service)["DATABASE_ROLE"] for name, service in OURS.items()}
    assert roles == dict.fromkeys(OURS, "system") | {"web": "app", "migrate": "owner"}


def test_what_signs_roots_alone_has_the_key(tmp_path: Path) -> None:
    assert {name for name, service in OURS.items() if "record_key" in service["secrets"]} == {"worker"}
    assert compose.environment_of(OURS["worker"])["RECORD_KEY_FILE"] == "/run/secrets/record_key"
    assert len(bytes.fromhex((made_secrets(tmp_path) / "record_key").read_text())) == 32


def test_choices_of_an_installation_are_shown_with_the_values_that_hold_without_them() -> None:
    shown = dict(
        line.split("=", 1)
        for line in (TOOLS / "env.example").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )
    asked = {name: value for name, value in compose.variables().items() if name != "COMPOSE_PROJECT_NAME"}
    assert {name: value.strip('"') for name, value in shown.items()} == asked


def test_choices_of_an_installation_are_described() -> None:
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "docs" / "operations").glob("*.md"))
    assert {name for name in compose.variables() if f"`{name}`" not in pages} == {"COMPOSE_PROJECT_NAME"}


# --- Guides


@pytest.mark.parametrize("page", ["deploying.md", "upgrading.md", "backing-up.md", "mail.md"])
def test_what_a_guide_tells_to_type_can_be_typed(page: str) -> None:
    """Services, commands and scripts that it names are there; that the scripts run shows ``test_installation.py``."""
    lines = compose.lines_to_type(page)
    text = "\n".join(lines)
    services = {
        word
        for line in lines
        if (found := re.match(r"docker compose (?:exec|run|stop|start|pull|logs|up) (.*)", line))
        for word in re.sub(r"--since \S+|--scale (\w+)=\d", r"\1", re.split(" (?:python|bash) ", found[1])[0]).split()
        if not word.startswith("-")
    }
    assert services <= set(SERVICES)
    assert set(re.findall(r"manage\.py (\w+)", text)) <= set(get_commands())
    assert [path for path in re.findall(r"tools/docker/\S+", text) if not (ROOT / path).is_file()] == []
    volumes = {f"{COMPOSE['name']}_{name}" for name in COMPOSE["volumes"]}
    removed = re.findall(r"docker volume rm (.*)", text)
    assert {name for names in removed for name in names.split()} <= volumes


# --- The image


@pytest.mark.parametrize("each", compose.copied(last_stage=False), ids=lambda each: each.source)
def test_what_the_image_takes_is_there_and_reaches_the_builder(each: compose.Copied) -> None:
    assert list(compose.files_copied(each)) != []


def test_every_package_of_ours_is_in_the_image() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "tools"}
    others = {"fixtures", "locale", "static", "templates"}
    assert {each.source for each in compose.copied() if each.source == each.target} >= packages | others


@pytest.mark.parametrize("path", ["tests/conftest.py", "var/secrets/secret_key"])
def test_what_is_not_for_serving_people_stays_out(path: str) -> None:
    assert compose.is_left_out(PurePosixPath(path))


# --- Numbers that belong together


def test_the_database_has_connections_for_all() -> None:
    """Eight web containers, each thread with a way of pages and one of the door; workers; who looks."""
    threads = number("threads", GUNICORN)
    assert int(OURS["web"]["environment"]["DATABASE_POOL_MAX"]) == threads, "no thread waits, no connection idles"
    web = MOST_WEB_CONTAINERS * number("workers", GUNICORN) * threads * 2
    workers = sum(number("concurrency", OURS[name]["command"]) + 1 for name in ("worker", "pdf"))
    allowed = next(int(word.split("=")[1]) for word in SERVICES["database"]["command"] if "max_connections" in word)
    assert web + workers + len(["beat", "migrate", "backup", "a person"]) <= allowed - SUPERUSER_RESERVE


def test_who_stops_gets_the_time_for_what_is_under_way() -> None:
    graceful = number("graceful-timeout", GUNICORN)
    hard_stop = int(re.findall(r"hard-stop-after (\d+)s", HAPROXY)[0])
    assert graceful < seconds(SERVICES["web"]["stop_grace_period"])
    assert graceful < hard_stop < seconds(SERVICES["proxy"]["stop_grace_period"])


def test_the_proxy_waits_longer_than_gunicorn() -> None:
    assert number("timeout", GUNICORN) < int(re.findall(r"timeout server (\d+)s", HAPROXY)[0])


def test_the_proxy_finds_the_web_containers() -> None:
    port = number("bind", [word.replace("0.0.0.0:", "") for word in GUNICORN])
    most, name, found = re.findall(r"server-template web 1-(\d+) (\w+):(\d+) resolvers docker", HAPROXY)[0]
    assert (name, int(found)) == ("web", port)
    assert int(most) >= MOST_WEB_CONTAINERS
    assert compose.instructions("EXPOSE") == [str(port)]
    assert "localhost" in OURS["web"]["environment"]["ALLOWED_HOSTS"].split(","), "the name that health checks use"
