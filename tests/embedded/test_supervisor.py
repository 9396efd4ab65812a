"""`make run` itself, from an empty folder: started, killed, started again, stopped."""

import re
import signal
import time

import pytest

pytestmark = [pytest.mark.integration, pytest.mark.prove]


def test_a_killed_portal_leaves_no_process_and_loses_nothing(start):
    portal = start(DEMO="0")
    portal.wait_until_ready()
    assert "is already running" in portal.refused()
    assert re.search(
        rf"Port {portal.port} is taken by another program; try: PORT=\d+ make run",
        portal.refused(DATA_DIR=f"{portal.data}-2"),
    )
    with portal.database() as connection:
        connection.execute("INSERT INTO django_session VALUES ('kept', 'text', now())")

    portal.process.kill()
    portal.wait_until_gone()
    portal.process.communicate()

    portal.process = portal.launch()
    portal.wait_until_ready()
    with portal.database() as connection:
        found = connection.execute("SELECT session_data FROM django_session WHERE session_key = 'kept'").fetchall()
    assert found == [("text",)]


@pytest.mark.parametrize("programs", ["wheel"], indirect=True)  # about the supervisor, whatever it runs
@pytest.mark.parametrize("ready", [False, True], ids=["while starting", "when ready"])
def test_a_signal_stops_all_of_it(start, ready):
    portal = start(DEMO="0")
    if ready:
        portal.wait_until_ready()
    else:
        while not (portal.data / "logs").exists():  # from then on it listens to signals
            time.sleep(0.05)
        time.sleep(0.5)
    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(15) == 0
    assert portal.processes() == []
    assert not (portal.data / "children.json").exists()


@pytest.mark.parametrize("programs", ["wheel"], indirect=True)
def test_the_demo_can_be_made_anew_in_place_of_all_data(start):
    """What `make demo` does: everything that was there is gone, and the demo stands as on a first start."""
    portal = start(DEMO="0")
    portal.wait_until_ready()
    with portal.database() as connection:
        connection.execute("INSERT INTO django_session VALUES ('old', 'text', now())")
    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(15) == 0
    portal.process.communicate()

    portal.process = portal.launch("--reset-demo", DEMO="1")
    portal.wait_until_ready()
    with portal.database() as connection:
        kept = connection.execute("SELECT count(*) FROM django_session").fetchone()
        reviews = connection.execute("SELECT count(*) > 5 FROM reviews_review").fetchone()
    assert (kept, reviews) == ((0,), (True,))


@pytest.mark.parametrize("programs", ["wheel"], indirect=True)
def test_an_empty_portal_gives_its_first_link_and_commands_run_beside_it_and_without_it(start):
    """The link of a start ends that of the one before; commands find the servers, or start them."""
    portal = start(DEMO="0")
    portal.wait_until_ready()
    old = portal.first_link()
    assert portal.leads_on(old)
    portal.stop()

    checked = portal.manage("verify_audit")
    assert (checked.returncode, "The record of acts is whole" in checked.stdout) == (0, True), checked.stdout
    assert portal.manage("no_such_command").returncode == 1

    portal.process = portal.launch()
    portal.wait_until_ready()
    new = portal.first_link()
    assert (portal.leads_on(old), portal.leads_on(new)) == (False, True)
    invited = portal.manage("invite_officer", "amina@secretariat.example", "Amina Rahal")
    assert invited.stdout.startswith("Amina Rahal (officer) is invited")
    portal.stop()
    portal.process = portal.launch()
    portal.wait_until_ready()
    assert "first administrator" not in portal.said_until("Stop it with Ctrl-C."), "there is somebody"
