"""What a writer is told of who reads a text, and of the version that a save cancels: then, and now."""

from types import SimpleNamespace

import pytest

from accounts.states.models import StateParty
from core.errors import ConflictError, ServiceError
from reviews.drafts.services import past_own, require_base, require_seen, require_shown, rewrite
from reviews.drafts.shown import NOTHING_SHOWN, Audience, Shown, StandingVersion
from reviews.drafts.situations import audience_now, shown_to_own_state, version_words, what_changed

pytestmark = pytest.mark.django_db

HASH = "0" * 64
ONE, BOTH = frozenset({"ALB"}), frozenset({"ALB", "AUT"})
ROOM, COMMON, TABLE = Shown(Audience.ROOM, ONE), Shown(Audience.COMMON_ROOM, BOTH), Shown(Audience.TABLE, BOTH)


def table(number: int, cleared: frozenset[str] = frozenset()) -> Shown:
    return Shown(Audience.TABLE, BOTH, StandingVersion(number, HASH, cleared))


@pytest.mark.parametrize(
    ("shown", "then", "now"),
    [
        (
            ROOM,
            "When you opened this form, only your State read this text: Albania.",
            "In the room of your State: only Albania reads what is saved there.",
        ),
        (
            COMMON,
            "When you opened this form, only the reviewing States read this text: Albania and Austria.",
            "In the common room of the reviewing States: Albania and Austria read what is saved there.",
        ),
        (
            TABLE,
            "When you opened this form, the text lay on the shared table, where Albania and Austria read it.",
            "On the shared table: Albania and Austria and the secretariat read what is saved there.",
        ),
    ],
    ids=lambda each: each.audience if isinstance(each, Shown) else "",
)
def test_who_read_it_then_and_who_reads_it_now_is_said_by_where_it_lies(shown: Shown, then: str, now: str) -> None:
    other = TABLE if shown == ROOM else ROOM
    assert what_changed(shown, other).then == [then]
    assert what_changed(other, shown).now == [now] == [audience_now(shown)]
    assert what_changed(shown, shown) == ([], [])


def test_other_states_in_the_same_place_are_another_audience() -> None:
    then, now = what_changed(TABLE, Shown(Audience.TABLE, ONE))
    assert (len(then), now) == (1, ["On the shared table: Albania and the secretariat read what is saved there."])


def test_a_form_that_showed_nothing_is_told_who_reads_now() -> None:
    then, now = what_changed(NOTHING_SHOWN, table(2))
    assert then == [
        "The form did not say who was to read what you write.",
        "When you opened this form, no version was proposed that a change would cancel.",
    ]
    assert now == [
        audience_now(TABLE),
        "Version 2 has been proposed since. No State has cleared it. Saving would cancel that.",
    ]


@pytest.mark.parametrize(
    ("shown", "stands", "then", "now"),
    [
        (
            TABLE,
            table(1, ONE),
            "When you opened this form, no version was proposed that a change would cancel.",
            "Version 1 has been proposed since. It has been cleared by Albania. Saving would cancel that.",
        ),
        (
            table(1),
            table(1, BOTH),
            "When you opened this form, version 1 was proposed. No State has cleared it.",
            "Version 1 still stands. It has been cleared by Albania and Austria. Saving would cancel that.",
        ),
        (
            table(1, ONE),
            table(2),
            "When you opened this form, version 1 was proposed. It has been cleared by Albania.",
            "Version 2 has been proposed since. No State has cleared it. Saving would cancel that.",
        ),
        (
            table(1),
            TABLE,
            "When you opened this form, version 1 was proposed. No State has cleared it.",
            "No version stands any more.",
        ),
    ],
    ids=["proposed", "cleared", "proposed anew", "cancelled"],
)
def test_what_became_of_the_version_is_said_alone_where_the_audience_is_the_same(
    shown: Shown, stands: Shown, then: str, now: str
) -> None:
    assert what_changed(shown, stands) == ([then], [now])


def test_what_a_save_cancels_is_said_before() -> None:
    assert version_words(StandingVersion(3, HASH, ONE)) == (
        "Version 3 is proposed. It has been cleared by Albania. Saving cancels it, and the focal points are told."
    )


def test_what_never_leaves_a_state_is_read_there_alone_whether_its_code_was_at_hand_or_not() -> None:
    state = StateParty.objects.get(iso3="ALB").pk
    assert shown_to_own_state(state) == shown_to_own_state(state, iso3="ALB") == ROOM


def test_a_code_that_is_no_states_stays_as_it_is() -> None:
    assert audience_now(Shown(Audience.ROOM, frozenset({"QQQ"}))) == (
        "In the room of your State: only QQQ reads what is saved there."
    )


def row(text: str, revision: int) -> SimpleNamespace:
    return SimpleNamespace(text=text, revision=revision)


def test_the_same_words_are_written_by_nobody_and_refused_to_nobody() -> None:
    there = row("Words", 7)
    assert rewrite(there, "Words", 1, written_by="Ana") is False
    assert there == row("Words", 7)
    assert rewrite(there, "Other words", 7, written_by="Ana") is True
    assert there == SimpleNamespace(text="Other words", revision=8, written_by="Ana")


def test_what_a_colleague_saved_meanwhile_is_not_written_over() -> None:
    for refused in (lambda: rewrite(row("Theirs", 7), "Mine", 6), lambda: require_base(row("Theirs", 7), 8)):
        with pytest.raises(ConflictError) as refusal:
            refused()
        assert (refusal.value.current, refusal.value.revision) == ("Theirs", 7)


@pytest.mark.parametrize(
    ("base", "lost", "rests_on"),
    [
        (5, ["Before", "Words"], 7),
        (6, ["Words"], 7),
        (6, ["\0", "Words"], 7),  # what is no text was never saved
        (5, ["Words"], 5),  # somebody has saved between
        (4, ["Words", "Words"], 4),
        (6, ["Other words"], 6),
        (6, [], 6),
        (7, ["Words"], 7),
        (8, ["Words"], 8),
    ],
)
def test_a_text_rests_on_ones_own_saves_whose_replies_were_lost(base: int, lost: list[str], rests_on: int) -> None:
    assert past_own(row("Words", 7), base, lost, is_own=True) == rests_on
    assert past_own(row("Words", 7), base, lost, is_own=False) == base
    assert past_own(None, base, lost, is_own=True) == base


@pytest.mark.parametrize(("base", "is_text_changed"), [(7, False), (6, True)])
def test_where_others_read_than_was_shown_nothing_is_saved_and_it_is_said_whether_the_words_changed_too(
    base: int, is_text_changed: bool
) -> None:
    require_shown(ROOM, Shown(Audience.ROOM, ONE), row("Theirs", 7), base=base)
    with pytest.raises(ConflictError) as refusal:
        require_shown(ROOM, TABLE, row("Theirs", 7), base=base)
    error = refusal.value
    assert (error.current, error.revision, error.is_text_changed) == ("Theirs", 7, is_text_changed)
    assert (error.then, error.now) == what_changed(ROOM, TABLE)


def test_of_what_is_new_there_are_no_words_that_could_have_changed() -> None:
    with pytest.raises(ConflictError) as refusal:
        require_shown(ROOM, TABLE, base=1)
    assert (refusal.value.current, refusal.value.revision, refusal.value.is_text_changed) == ("", 0, False)


def test_nobody_sends_or_throws_away_what_was_not_shown() -> None:
    require_seen(3, 3)
    for base in (2, 4):
        with pytest.raises(ServiceError, match="has changed since you opened"):
            require_seen(3, base)


@pytest.mark.parametrize(
    "token",
    ["", "room", "room:", ":ALB", "moon:ALB", "table:ALB;", "table:ALB;x:0:ALB", "table:ALB;1", "table:ALB;1:0:ALB:x"],
)
def test_a_word_that_no_page_has_written_is_nothing_shown(token: str) -> None:
    expected = Shown(Audience.TABLE, ONE) if token == "table:ALB;" else NOTHING_SHOWN
    assert Shown.from_token(token) == expected
