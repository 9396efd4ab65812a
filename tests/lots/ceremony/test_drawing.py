"""Running a draw."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.http import Http404

from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from lots.algorithm import DrawInput, Switches, draw
from lots.ceremony.services.drawing import run_draw
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw, DrawFile, Pairing
from lots.files.programs import PROGRAMS
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.lots.making import LAUNCH_SESSION, Officers, make_draw
from tests.lots.tables import parties_of_2020

pytestmark = pytest.mark.django_db

# Veskaria's regional group has three parties to the Firearms Protocol; the two others may not review it.
IMPOSSIBLE = Switches.parse(["exclude=XHV>XVE,XLE>XVE"])


def test_the_result_is_that_of_the_algorithm_byte_for_byte() -> None:
    made = make_draw(DrawStatus.DRAWN, is_training=False, as_of=LAUNCH_SESSION, phase=1)
    drawn = draw(parties_of_2020(), Switches(), as_of="2020-10-12", seed=made.seed)
    files = drawn.files() | {name: content() for name, content in PROGRAMS.items()}
    assert {file.name: bytes(file.content) for file in made.files.all()} == files
    assert {file.sha256 for file in made.files.all()} == {
        hashlib.sha256(content).hexdigest() for content in files.values()
    }
    groups = made.entries.values_list("state_party__iso3", "review_group__number")
    assert dict(groups) == drawn.groups
    rows = made.pairings.select_related("under_review__state_party", "reviewer__state_party")
    assert {
        (
            row.under_review.state_party.iso3,
            row.reviewer.state_party.iso3,
            row.basis,
            row.is_extra,
            tuple(row.instruments),
        )
        for row in rows
    } == {(each.under_review, each.reviewer, each.role, each.extra, each.instruments) for each in drawn.pairings}


def test_the_stored_files_convince_the_stand_alone_verifier(tmp_path: Path) -> None:
    for file in make_draw(DrawStatus.DRAWN).files.all():
        (tmp_path / file.name).write_bytes(bytes(file.content))
    verifier = settings.BASE_DIR / "lots" / "verifier" / "verify.py"
    checked = subprocess.run([sys.executable, "-I", str(verifier), str(tmp_path)], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout.decode()


def test_running_is_dated_and_audited() -> None:
    by = Officers()
    made = make_draw(DrawStatus.DRAWN, officers=by)
    made.refresh_from_db()
    assert (made.status, made.run_by) == ("drawn", by.runner)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.actor, entry.target_id) == ("lots.draw.run", by.runner, str(made.pk))
    assert entry.at >= made.run_at
    assert entry.after == {"seed": made.seed, "files": {file.name: file.sha256 for file in made.files.all()}}


def test_another_seed_gives_another_result() -> None:
    results = {make_draw(DrawStatus.DRAWN, value=value).files.get(name="result.json").sha256 for value in ("7", "8")}
    assert len(results) == 2


def test_an_impossible_draw_says_why_and_stores_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lots.preparation.services.require_possible", lambda given: None)  # as chance may have it
    by = Officers()
    made = make_draw(DrawStatus.SEEDED, officers=by, switches=IMPOSSIBLE)
    with pytest.raises(ServiceError) as caught:
        run_draw(actor=by.runner, draw=made)
    assert str(caught.value).splitlines() == [
        "These cannot all be met together; without any one of them the others can:",
        "A reviewing State from its own regional group that is party to the Firearms Protocol is needed by: "
        "Veskaria (XVE).",
        "Halvonia (XHV) does not review Veskaria (XVE) (exclusion).",
        "Lestovia (XLE) does not review Veskaria (XVE) (exclusion).",
        "Any one of these changes would make a draw possible:",
        "The exclusion goes by which Halvonia (XHV) does not review Veskaria (XVE).",
        "The exclusion goes by which Lestovia (XLE) does not review Veskaria (XVE).",
        "Veskaria (XVE) is left out for the Firearms Protocol, and gets reviewing States for it in a later draw.",
    ]
    made.refresh_from_db()
    assert (made.status, made.run_at, DrawFile.objects.count(), Pairing.objects.count()) == ("seeded", None, 3, 0)


def test_an_input_that_is_not_the_announced_one_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    by = Officers()
    made = make_draw(DrawStatus.SEEDED, officers=by)
    other = DrawInput(parties_of_2020(), Switches(), made.as_of.isoformat())
    monkeypatch.setattr("lots.ceremony.services.drawing.input_of", lambda draw: other)
    with pytest.raises(ServiceError, match="does not fit the commitment that was announced"):
        run_draw(actor=by.runner, draw=made)
    assert Draw.objects.get().status == "seeded"


def test_a_program_that_was_changed_since_the_announcement_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    by = Officers()
    made = make_draw(DrawStatus.SEEDED, officers=by)
    monkeypatch.setattr("lots.ceremony.services.drawing.PROGRAMS", {"replay.pyz": lambda: b"another program"})
    with pytest.raises(ServiceError, match="no longer the one that was announced"):
        run_draw(actor=by.runner, draw=made)
    assert Draw.objects.get().status == "seeded"


def test_the_officer_of_the_seed_does_not_run_the_draw() -> None:
    by = Officers()
    made = make_draw(DrawStatus.SEEDED, officers=by)
    with pytest.raises(PolicyRefusedError, match="Two different officers are needed: you have recorded a part"):
        run_draw(actor=by.keeper, draw=made)
    assert Draw.objects.get().status == "seeded"


def test_a_draw_is_run_once() -> None:
    made = make_draw(DrawStatus.DRAWN)
    before = {file.name: file.sha256 for file in made.files.all()}
    with pytest.raises(PolicyRefusedError, match="This draw has been run"):
        run_draw(actor=OfficerFactory(), draw=made)
    assert {file.name: file.sha256 for file in made.files.all()} == before


def test_a_draw_without_its_seed_is_not_run() -> None:
    with pytest.raises(PolicyRefusedError, match="The seed is not complete yet"):
        run_draw(actor=OfficerFactory(), draw=make_draw(DrawStatus.ANNOUNCED))


def test_only_officers_run() -> None:
    made = make_draw(DrawStatus.SEEDED)
    with pytest.raises(PolicyRefusedError):
        run_draw(actor=AuditorFactory(), draw=made)
    with pytest.raises(Http404):
        run_draw(actor=UserFactory(), draw=made)
