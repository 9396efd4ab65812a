"""The seed: commitments first, values afterwards, and nothing recorded can be changed."""

import pytest
from django.http import Http404

from core.errors import ServiceError
from core.models import AuditEntry
from core.policy import PolicyRefusedError
from lots.ceremony.seeding import commitment_to
from lots.ceremony.services.seeds import commit_seed_part, reveal_seed_part
from lots.draws.enums import DrawStatus, SeedKind
from lots.draws.models import Draw, SeedPart
from tests.factories.accounts import AuditorFactory, OfficerFactory, UserFactory
from tests.lots.making import PUBLIC_VALUE, commit, make_draw, reveal, secret_of
from tests.sharing import shared

pytestmark = pytest.mark.django_db


@shared
def draw() -> Draw:
    return make_draw(DrawStatus.ANNOUNCED, public_values=(PUBLIC_VALUE,))


@pytest.fixture
def committed(draw: Draw) -> Draw:
    for part in draw.seed_parts.filter(kind=SeedKind.DELEGATE):
        commit(part, OfficerFactory())
    return draw


def part_of(draw: Draw, source: str = "african") -> SeedPart:
    return draw.seed_parts.get(source=source)


def refusal_to_commit(part: SeedPart, commitment: str, delegate: str = "Amara Diallo") -> tuple[str | None, str]:
    with pytest.raises(ServiceError) as caught:
        commit_seed_part(actor=OfficerFactory(), part=part, commitment=commitment, delegate=delegate)
    return caught.value.field, str(caught.value)


def refusal_to_reveal(part: SeedPart, value: str = "7", secret: str | None = None) -> tuple[str | None, str]:
    given = secret_of(part) if secret is None else secret
    with pytest.raises(ServiceError) as caught:
        reveal_seed_part(actor=OfficerFactory(), part=part, value=value, secret=given)
    stored = SeedPart.objects.get(pk=part.pk)
    assert (stored.value, stored.secret, stored.revealed_at) == (part.value, part.secret, part.revealed_at)
    return caught.value.field, str(caught.value)


def test_a_commitment_is_recorded_with_the_name_of_the_delegate(draw: Draw) -> None:
    officer, commitment = OfficerFactory(), commitment_to("4711", "our secret words")
    commit_seed_part(
        actor=officer, part=part_of(draw), commitment=f" {commitment.upper()}\n", delegate="  Amara   Diallo "
    )
    part = part_of(draw)
    assert (part.commitment, part.delegate, part.committed_by) == (commitment, "Amara Diallo", officer)
    assert part.committed_at is not None
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.actor, entry.target_id) == ("lots.seed_part.committed", officer, str(part.pk))
    assert entry.after == {"draw": "3-T1", "delegate": "Amara Diallo", "commitment": commitment}


@pytest.mark.parametrize("wrong", ["", "4711", "g" * 64, "a" * 63, "a" * 65, "٠" * 64])
def test_what_is_no_sha256_is_refused(draw: Draw, wrong: str) -> None:
    message = "A SHA-256 has 64 digits from 0 to 9 and a to f; this is not one."
    assert refusal_to_commit(part_of(draw), wrong) == ("commitment", message)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (" ", "Write the name of the delegate."),
        ("a" * 151, "This is 151 characters long. The limit is 150."),
        ("A\x07B", "This holds signs that cannot be seen. Type it instead of pasting it."),
    ],
)
def test_a_delegate_needs_a_name(draw: Draw, name: str, message: str) -> None:
    assert refusal_to_commit(part_of(draw), "a" * 64, name) == ("delegate", message)


def test_a_commitment_is_never_replaced(draw: Draw) -> None:
    commit(part_of(draw), OfficerFactory())
    message = "A commitment is recorded for this source; it cannot be changed."
    assert refusal_to_commit(part_of(draw), "a" * 64) == ("commitment", message)
    assert part_of(draw).commitment == commitment_to("7", secret_of(part_of(draw)))


def test_nobody_copies_the_commitment_of_another_delegate(draw: Draw) -> None:
    commit_seed_part(actor=OfficerFactory(), part=part_of(draw), commitment="a" * 64, delegate="Amara Diallo")
    message = "Another delegate has committed to the same. Each chooses a value and words of his or her own."
    assert refusal_to_commit(part_of(draw, "asia-pacific"), "A" * 64) == ("commitment", message)


def test_nobody_commits_to_a_public_value(draw: Draw) -> None:
    message = "Nobody commits to a public value: nobody can know it yet."
    assert refusal_to_commit(part_of(draw, "public-1"), "a" * 64) == ("commitment", message)


def test_no_value_is_recorded_before_all_have_committed(draw: Draw) -> None:
    first, *others = draw.seed_parts.filter(kind=SeedKind.DELEGATE)
    for part in others:
        commit(part, OfficerFactory())
    message = "No value is recorded before all delegates have committed to theirs."
    assert refusal_to_reveal(part_of(draw, others[0].source)) == ("value", message)
    assert refusal_to_reveal(part_of(draw, "public-1"), "88.13") == ("value", message)
    commit(first, OfficerFactory())
    assert reveal(part_of(draw, others[0].source), OfficerFactory()).value == "7"


def test_a_value_is_recorded_as_it_was_read(committed: Draw) -> None:
    officer = OfficerFactory()
    part = reveal_seed_part(
        actor=officer, part=part_of(committed), value=" 7 ", secret=f"  {secret_of(part_of(committed))} "
    )
    part.refresh_from_db()
    assert (part.value, part.secret, part.revealed_by) == ("7", secret_of(part), officer)
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.actor, entry.target_id) == ("lots.seed_part.revealed", officer, str(part.pk))
    assert entry.after == {"draw": "3-T1", "value": "7"}
    committed.refresh_from_db()
    assert (committed.status, committed.seed) == ("announced", "")


@pytest.mark.parametrize(("value", "secret"), [("8", None), ("7", "other words")])
def test_what_does_not_give_the_commitment_is_refused(committed: Draw, value: str, secret: str | None) -> None:
    message = "Value and secret words do not give the commitment that was recorded. Check both."
    assert refusal_to_reveal(part_of(committed), value, secret) == ("value", message)


@pytest.mark.parametrize("value", ["4/7", "4=7"])
def test_a_value_holds_no_sign_that_divides_the_seed(committed: Draw, value: str) -> None:
    message = "A value holds neither of the signs that divide the seed: / =."
    assert refusal_to_reveal(part_of(committed), value) == ("value", message)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (" ", "Write the value as it was read aloud."),
        ("1" * 201, "This is 201 characters long. The limit is 200."),
        ("4\u200b7", "This holds signs that cannot be seen. Type it instead of pasting it."),
    ],
)
def test_a_value_that_nobody_can_read_is_refused(committed: Draw, value: str, message: str) -> None:
    assert refusal_to_reveal(part_of(committed), value) == ("value", message)


def test_a_delegate_has_secret_words(committed: Draw) -> None:
    assert refusal_to_reveal(part_of(committed), "7", " ") == ("secret", "Write the secret words of the delegate.")


def test_a_value_is_never_replaced(committed: Draw) -> None:
    reveal(part_of(committed), OfficerFactory())
    message = "A value is recorded for this source; it cannot be changed."
    assert refusal_to_reveal(part_of(committed)) == ("value", message)


def test_the_last_value_completes_the_seed(committed: Draw) -> None:
    officer = OfficerFactory()
    for part in committed.seed_parts.filter(kind=SeedKind.DELEGATE).order_by("-order"):
        reveal(part, officer)
    reveal_seed_part(actor=officer, part=part_of(committed, "public-1"), value="88.13")
    committed.refresh_from_db()
    assert committed.status == "seeded"
    assert committed.seed == (
        "african=7/asia-pacific=7/eastern-european=7/latin-american-caribbean=7/western-european-other=7/public-1=88.13/"
    )
    assert committed.seeded_at is not None
    assert part_of(committed, "public-1").secret == ""
    entry = AuditEntry.objects.order_by("-id")[0]
    assert (entry.verb, entry.after) == ("lots.draw.seeded", {"seed": committed.seed})


@pytest.mark.parametrize("status", [DrawStatus.SEEDED, DrawStatus.DRAWN])
def test_a_complete_seed_is_closed(status: str) -> None:
    part = part_of(make_draw(status))
    with pytest.raises(PolicyRefusedError, match="The seed is complete"):
        commit(part, OfficerFactory())
    with pytest.raises(PolicyRefusedError, match="The seed is complete"):
        reveal(part, OfficerFactory())


def test_only_officers_record(committed: Draw) -> None:
    part = part_of(committed)
    with pytest.raises(PolicyRefusedError):
        reveal(part, AuditorFactory())
    with pytest.raises(Http404):
        reveal(part, UserFactory())
    assert part_of(committed).value == ""
