"""Freezing the input and announcing it."""

import datetime as dt
import hashlib
import json

import pytest
from django.http import Http404
from django.utils import timezone

from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from lots.algorithm import Switches
from lots.algorithm.canonical import json_bytes
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw
from lots.preparation.services import announce_draw, prepare_draw
from reviews.programme.models import PhasePeriod
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.lots.making import AS_OF, LAUNCH_SESSION, PUBLIC_VALUE, Officers, make_draw, phase_of
from tests.lots.tables import parties_of_2020

pytestmark = pytest.mark.django_db


def refusal_to_prepare(switches: Switches | None = None, as_of: dt.date = AS_OF) -> tuple[str | None, str]:
    with pytest.raises(ServiceError) as caught:
        prepare_draw(
            actor=OfficerFactory(), phase=phase_of(3), as_of=as_of, switches=switches or Switches(), is_training=True
        )
    assert Draw.objects.count() == 0
    return caught.value.field, str(caught.value)


def refusal_to_announce(*public_values: str) -> tuple[str | None, str]:
    draw = make_draw(DrawStatus.PREPARED)
    with pytest.raises(ServiceError) as caught:
        announce_draw(actor=OfficerFactory(), draw=draw, public_values=public_values)
    assert draw.seed_parts.count() == 0
    return caught.value.field, str(caught.value)


def test_the_input_of_the_real_draw_has_the_bytes_of_the_command() -> None:
    draw = make_draw(DrawStatus.PREPARED, is_training=False, as_of=LAUNCH_SESSION, phase=1)
    file = draw.files.get()
    assert (file.name, bytes(file.content)) == ("input.csv", parties_of_2020().csv_bytes)
    assert file.sha256 == draw.input_sha256 == hashlib.sha256(bytes(file.content)).hexdigest()
    assert draw.entries.count() == 190


def test_the_commitment_fixes_day_input_and_switches() -> None:
    draw = make_draw(DrawStatus.PREPARED, switches=Switches(load="soft", volunteer=("XVE",)))
    announced = {
        "format_version": 1,
        "as_of": "2024-11-01",
        "input_sha256": draw.input_sha256,
        "switches": {
            "stratify": "on",
            "load": "soft",
            "reio_group": "Western European and other States",
            "legal_system": "off",
            "consent": [],
            "defer": "off",
            "exclude": [],
            "volunteer": ["XVE"],
            "redraw": [],
            "late": [],
        },
    }
    assert draw.switches == announced["switches"]
    assert draw.commitment_sha256 == hashlib.sha256(json_bytes(announced)).hexdigest()


def test_a_state_without_a_regional_group_is_drawn_with_the_one_that_is_set() -> None:
    switches = Switches(reio_group="African States")
    draw = make_draw(DrawStatus.PREPARED, is_training=False, as_of=LAUNCH_SESSION, phase=1, switches=switches)
    assigned = draw.entries.filter(is_group_assigned=True)
    assert [(entry.state_party.iso3, entry.regional_group.slug) for entry in assigned] == [("EUE", "african")]


def test_training_takes_fictional_states_and_a_real_draw_none() -> None:
    training = make_draw(DrawStatus.PREPARED)
    real = make_draw(DrawStatus.PREPARED, is_training=False)
    assert set(training.entries.values_list("state_party__is_fictional", flat=True)) == {True}
    assert set(real.entries.values_list("state_party__is_fictional", flat=True)) == {False}


def test_an_entry_says_what_the_state_had_joined_on_the_day() -> None:
    # XQU acceded to the Smuggling of Migrants Protocol on 17 May 2021.
    before = make_draw(DrawStatus.PREPARED, as_of=dt.date(2021, 5, 16))
    after = make_draw(DrawStatus.PREPARED, as_of=dt.date(2021, 5, 17))
    joined = [draw.entries.get(state_party__iso3="XQU").instruments for draw in (before, after)]
    assert joined == [["untoc", "tip", "firearms"], ["untoc", "tip", "som", "firearms"]]


def test_codes_count_on_for_each_phase_and_for_training() -> None:
    made = [(3, True), (3, False), (3, True), (2, True), (3, False)]
    codes = [make_draw(DrawStatus.PREPARED, phase=phase, is_training=training).code for phase, training in made]
    assert codes == ["3-T1", "3-1", "3-T2", "2-T1", "3-2"]


def test_freezing_is_audited() -> None:
    officer = OfficerFactory()
    draw = make_draw(DrawStatus.PREPARED, officers=Officers(keeper=officer))
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.target_id) == ("lots.draw.prepared", officer, str(draw.pk))
    assert entry.after == {
        "phase": 3,
        "as_of": "2024-11-01",
        "is_training": True,
        "switches": json.loads(json.dumps(draw.switches)),
        "input_sha256": draw.input_sha256,
        "commitment_sha256": draw.commitment_sha256,
    }


def test_a_day_to_come_is_refused() -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert refusal_to_prepare(as_of=tomorrow) == ("as_of", "This day is still to come.")


def test_a_day_before_the_first_party_is_refused() -> None:
    message = "No State was party to the instrument “Organized Crime Convention” on this day."
    assert refusal_to_prepare(as_of=dt.date(2001, 1, 1)) == ("as_of", message)


def test_a_regional_group_that_is_none_is_refused() -> None:
    switches = Switches(reio_group="Southern States")
    assert refusal_to_prepare(switches) == ("reio_group", "This is not one of the regional groups.")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ("consent=ABC", "consent"),
        ("defer=ABC,XVE", "defer"),
        ("exclude=XVE>ABC", "exclude"),
        ("volunteer=ABC", "volunteer"),
        ("redraw=ABC", "redraw"),
        ("late=ABC", "late"),
    ],
)
def test_a_switch_that_names_a_state_outside_the_draw_is_refused_by_its_name(given: str, field: str) -> None:
    message = "No State with this code takes part in the draw: ABC."
    assert refusal_to_prepare(Switches.parse([given])) == (field, message)


@pytest.mark.parametrize("other", ["redraw", "volunteer"])
def test_a_late_state_is_nothing_else(other: str) -> None:
    switches = Switches.parse(["late=XVE,XLE", f"{other}=XVE"])
    message = "A State that joined late cannot be drawn anew or volunteer as well: XVE."
    assert refusal_to_prepare(switches) == ("late", message)


def test_a_late_state_is_taken_with_what_it_joined_after_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lots.preparation.services.require_possible", lambda given: None)
    draw = make_draw(DrawStatus.PREPARED, as_of=dt.date(2012, 1, 1), switches=Switches(late=("XLA",)))
    assert draw.entries.get(state_party__iso3="XLA").instruments == ["untoc"]  # since 2014


def test_a_phase_without_a_beginning_for_each_group_is_refused() -> None:
    PhasePeriod.objects.filter(phase=phase_of(3), review_group__number=2).delete()
    message = "The rule data do not say when this phase begins for each group."
    assert refusal_to_prepare() == ("phase", message)


def test_only_officers_freeze() -> None:
    given = {"phase": phase_of(3), "as_of": AS_OF, "switches": Switches(), "is_training": True}
    with pytest.raises(PolicyRefusedError):
        prepare_draw(actor=AuditorFactory(), **given)
    with pytest.raises(Http404):
        prepare_draw(actor=UserFactory(), **given)
    assert Draw.objects.count() == 0


def test_the_sources_are_a_delegate_for_each_group_and_the_public_values() -> None:
    draw = make_draw(DrawStatus.ANNOUNCED, public_values=(PUBLIC_VALUE, "  The lottery of the day after.  "))
    assert [*draw.seed_parts.values_list("order", "kind", "source", "regional_group__slug", "announcement")] == [
        (1, "delegate", "african", "african", ""),
        (2, "delegate", "asia-pacific", "asia-pacific", ""),
        (3, "delegate", "eastern-european", "eastern-european", ""),
        (4, "delegate", "latin-american-caribbean", "latin-american-caribbean", ""),
        (5, "delegate", "western-european-other", "western-european-other", ""),
        (6, "public_value", "public-1", None, PUBLIC_VALUE),
        (7, "public_value", "public-2", None, "The lottery of the day after."),
    ]


def test_a_group_without_a_state_in_the_draw_sends_no_delegate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lots.preparation.services.require_possible", lambda given: None)
    draw = make_draw(DrawStatus.ANNOUNCED, as_of=dt.date(2003, 3, 31))  # XLV and XMB alone
    sources = [*draw.seed_parts.values_list("source", flat=True)]
    assert sources == ["latin-american-caribbean", "western-european-other"]


def test_announcing_is_dated_and_audited() -> None:
    by = Officers()
    draw = make_draw(DrawStatus.ANNOUNCED, officers=by)
    draw.refresh_from_db()
    assert (draw.status, draw.announced_by) == ("announced", by.keeper)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.actor, entry.target_id) == ("lots.draw.announced", by.keeper, str(draw.pk))
    assert entry.at >= draw.announced_at
    assert entry.after == {
        "input_sha256": draw.input_sha256,
        "commitment_sha256": draw.commitment_sha256,
        "sources": [*draw.seed_parts.values_list("source", flat=True)],
        "programs": dict(draw.files.exclude(name="input.csv").values_list("name", "sha256")),
    }
    assert {*entry.after["programs"]} == {"verify.py", "replay.pyz"}


def test_a_public_value_has_to_be_named() -> None:
    message = "Say which value will be read, where, and when."
    assert refusal_to_announce(PUBLIC_VALUE, "   ") == ("public_values", message)


def test_the_same_public_value_twice_is_refused() -> None:
    message = "The same public value is named twice."
    assert refusal_to_announce(PUBLIC_VALUE, f" {PUBLIC_VALUE} ") == ("public_values", message)


def test_too_many_public_values_are_refused() -> None:
    message = "A seed has at most 5 public values."
    assert refusal_to_announce(*"abcdef") == ("public_values", message)


def test_too_long_a_text_is_refused() -> None:
    message = "This is 501 characters long. The limit is 500."
    assert refusal_to_announce("a" * 501) == ("public_values", message)


def test_nothing_is_announced_twice() -> None:
    draw = make_draw(DrawStatus.ANNOUNCED)
    with pytest.raises(PolicyRefusedError, match="This draw is announced"):
        announce_draw(actor=OfficerFactory(), draw=draw)
    assert draw.seed_parts.count() == 5


def test_an_auditor_announces_nothing() -> None:
    draw = make_draw(DrawStatus.PREPARED)
    with pytest.raises(PolicyRefusedError):
        announce_draw(actor=AuditorFactory(), draw=draw)
    draw.refresh_from_db()
    assert draw.status == "prepared"
