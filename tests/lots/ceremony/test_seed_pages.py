"""Recording the seed: first every commitment, then the values, which must fit."""

import shutil
import subprocess
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.people.models import User
from lots.ceremony.instructions import COMMITMENT_COMMANDS, EXAMPLE
from lots.ceremony.seeding import commitment_to
from lots.draws.enums import DrawStatus
from lots.draws.models import Draw, SeedPart
from tests.lots.making import PUBLIC_VALUE, Officers, commit, make_draw, reveal
from tests.lots.pages import address_of, errors_of, messages_of, read, text_of
from tests.sharing import shared

pytestmark = pytest.mark.django_db
LoginAs = Callable[[User], Client]
GIVEN = {"delegate": "Rahima Delaware", "commitment": commitment_to("4711", "our secret words")}
SAID = {"value": "4711", "secret": "our secret words"}


@shared
def announced() -> tuple[Officers, Draw]:
    officers = Officers()
    return officers, make_draw(DrawStatus.ANNOUNCED, officers=officers, public_values=(PUBLIC_VALUE,))


@pytest.fixture
def officers(announced: tuple[Officers, Draw]) -> Officers:
    return announced[0]


@pytest.fixture
def draw(announced: tuple[Officers, Draw]) -> Draw:
    return announced[1]


@pytest.fixture
def client(login_as: LoginAs, officers: Officers) -> Client:
    return login_as(officers.keeper)


def part_of(draw: Draw, source: str = "african") -> SeedPart:
    return draw.seed_parts.get(source=source)


def commit_others(draw: Draw, officers: Officers, *, but: str = "african") -> None:
    for part in draw.seed_parts.filter(kind="delegate").exclude(source=but):
        commit(part, officers.keeper)


def test_a_commitment_is_recorded(client: Client, draw: Draw) -> None:
    spaced = " ".join(GIVEN["commitment"].upper()[start : start + 8] for start in range(0, 64, 8))
    page = client.post(address_of(draw, "seed-commit", "african"), {**GIVEN, "commitment": spaced}, follow=True)
    assert page.redirect_chain == [(f"{address_of(draw)}#seed", 302)]
    assert messages_of(page) == ["The commitment is recorded: African States."]
    part = part_of(draw)
    assert (part.delegate, part.commitment) == ("Rahima Delaware", GIVEN["commitment"])
    assert "Rahima Delaware" in text_of(page)


def test_the_page_tells_delegates_how_to_commit(client: Client, draw: Draw) -> None:
    words = read(client, address_of(draw, "seed-commit", "african"))
    for _system, command in COMMITMENT_COMMANDS:
        assert " ".join(command.split()) in words
    assert "Whoever records a commitment or a value cannot run the draw." in words


@pytest.mark.parametrize("system", ["Linux", "macOS", "Python"])
def test_the_commands_give_the_commitment(system: str) -> None:
    """PowerShell is not on the machines of the tests."""
    command = dict(COMMITMENT_COMMANDS)[system]
    program = command.split("|")[-1].split()[0]
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not on this machine")
    printed = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True).stdout
    assert printed.split()[0] == commitment_to(*EXAMPLE.split("/"))


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"delegate": ""}, {"delegate": ["Write the name of the delegate."]}),
        ({"commitment": ""}, {"commitment": ["Write the commitment of the delegate."]}),
        (
            {"commitment": "12ab"},
            {"commitment": ["A SHA-256 has 64 digits from 0 to 9 and a to f; this is not one."]},
        ),
        (
            {"commitment": "z" * 64},
            {"commitment": ["A SHA-256 has 64 digits from 0 to 9 and a to f; this is not one."]},
        ),
        ({"delegate": "x" * 151}, {"delegate": ["This is 151 characters long. The limit is 150."]}),
    ],
)
def test_a_wrong_commitment_is_refused_by_the_field(
    client: Client, draw: Draw, given: dict[str, str], errors: dict[str, list[str]]
) -> None:
    page = client.post(address_of(draw, "seed-commit", "african"), {**GIVEN, **given})
    assert errors_of(page) == errors
    form = page.context["form"]
    assert {name: form[name].value() for name in form.fields} == {**GIVEN, **given}
    assert part_of(draw).commitment == ""


def test_a_second_commitment_is_refused(client: Client, draw: Draw) -> None:
    client.post(address_of(draw, "seed-commit", "african"), GIVEN)
    page = client.post(address_of(draw, "seed-commit", "african"), {**GIVEN, "commitment": "ab" * 32})
    message = "A commitment is recorded for this source; it cannot be changed."
    assert errors_of(page) == {"commitment": [message]}
    assert message in read(client, address_of(draw, "seed-commit", "african"))
    assert part_of(draw).commitment == GIVEN["commitment"]


@pytest.mark.parametrize("source", ["public-1", "atlantis"])
def test_nobody_commits_to_a_public_value_or_for_nobody(client: Client, draw: Draw, source: str) -> None:
    assert client.get(address_of(draw, "seed-commit", source)).status_code == 404
    assert client.post(address_of(draw, "seed-commit", source), GIVEN).status_code == 404


def test_no_value_is_recorded_before_all_have_committed(client: Client, draw: Draw) -> None:
    client.post(address_of(draw, "seed-commit", "african"), GIVEN)
    address = address_of(draw, "seed-reveal", "african")
    assert "1 of 5 delegates have committed. No value is recorded before all have." in read(client, address)
    page = client.post(address, SAID)
    message = "No value is recorded before all delegates have committed to theirs."
    assert errors_of(page) == {"value": [message]}
    assert (part_of(draw).value, part_of(draw).secret) == ("", "")


def test_a_value_that_fits_its_commitment_is_recorded(client: Client, draw: Draw, officers: Officers) -> None:
    client.post(address_of(draw, "seed-commit", "african"), GIVEN)
    commit_others(draw, officers)
    address = address_of(draw, "seed-reveal", "african")
    assert GIVEN["commitment"] in read(client, address)
    page = client.post(address, {**SAID, "value": " 4711 "}, follow=True)
    assert messages_of(page) == ["The value is recorded: African States."]
    assert (part_of(draw).value, part_of(draw).secret) == ("4711", "our secret words")


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({"value": ""}, {"value": ["Write the value as it was read aloud."]}),
        ({"secret": ""}, {"secret": ["Write the secret words of the delegate."]}),
        (
            {"value": "4712"},
            {"value": ["Value and secret words do not give the commitment that was recorded. Check both."]},
        ),
        (
            {"secret": "Our secret words"},
            {"value": ["Value and secret words do not give the commitment that was recorded. Check both."]},
        ),
        ({"value": "4/711"}, {"value": ["A value holds neither of the signs that divide the seed: / =."]}),
        ({"value": "4\u200e711"}, {"value": ["This holds signs that cannot be seen. Type it instead of pasting it."]}),
    ],
)
def test_a_wrong_value_is_refused_by_the_field(
    client: Client, draw: Draw, officers: Officers, said: dict[str, str], errors: dict[str, list[str]]
) -> None:
    client.post(address_of(draw, "seed-commit", "african"), GIVEN)
    commit_others(draw, officers)
    page = client.post(address_of(draw, "seed-reveal", "african"), {**SAID, **said})
    assert errors_of(page) == errors
    form = page.context["form"]
    assert {name: form[name].value() for name in form.fields} == {**SAID, **said}
    assert part_of(draw).value == ""


def test_the_last_value_completes_the_seed(client: Client, draw: Draw, officers: Officers) -> None:
    commit_others(draw, officers, but="")
    for part in draw.seed_parts.filter(kind="delegate"):
        reveal(part, officers.keeper)
    address = address_of(draw, "seed-reveal", "public-1")
    words = read(client, address)
    assert PUBLIC_VALUE in words
    assert "Secret words" not in words
    page = client.post(address, {"value": "88.13"}, follow=True)
    assert messages_of(page) == ["The value is recorded. The seed is complete: another officer can run the draw now."]
    draw.refresh_from_db()
    assert (draw.status, draw.seed.endswith("public-1=88.13/")) == (DrawStatus.SEEDED, True)


def test_after_that_nothing_more_is_recorded(client: Client, officers: Officers) -> None:
    draw = make_draw(DrawStatus.SEEDED, officers=officers)
    page = client.post(address_of(draw, "seed-reveal", "african"), SAID)
    assert page.status_code == 403
    assert "The seed is complete." in text_of(page)
