"""What the walls cost: row-level security on hot reads and saves, and the policy on a list of 760 reviews.

Both sides of a comparison are measured in turns, so that what else the machine does falls on both.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

import psycopg
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from psycopg import sql

from accounts.people.models import User
from core.database.proof import proof_of
from core.database.row_security import protected_tables
from dialogue.exchange.enums import ClarificationStatus
from dialogue.exchange.models import ClarificationRequest
from questionnaires.sending.document import hash_of_draft
from questionnaires.sending.services import clear_response, submit_response_for_clearance
from reviews.cases.enums import ParticipationRole, Side
from reviews.cases.models import Participation, Review
from reviews.programme.models import Instrument
from reviews.registration.services.participation import register_participant
from reviews.visibility.selectors import reviews_visible_to
from tools.bench.pages import BACKEND, largest_section, require_page
from tools.bench.saves import real
from tools.bench.world import OFFICER, World, answer_everything, grow_to, person

ROUNDS, REPEATS = 7, 30


@contextmanager
def no_row_security(tables: set[str]) -> Iterator[None]:
    """Take the wall away for a while, with what asks at a write whether a drafter of the room acts."""
    _alter(tables, "DISABLE")
    try:
        yield
    finally:
        _alter(tables, "ENABLE")


def _alter(tables: set[str], verb: str) -> None:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {quote(table)} {verb} ROW LEVEL SECURITY")
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE NOT tgisinternal AND proname = 'reviews_written_by_drafters'"
        )
        for table, trigger in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER {quote(trigger)}")


def measure(world: World) -> Iterator[tuple[str, str]]:
    """The lines of docs/performance.md on row-level security and on the policy."""
    tables = protected_tables()
    answer_everything(world)
    grow_to(world, 1521)
    pages = {
        "section page": (world.expert, largest_section(world)),
        "list of reviews": (world.officer, reverse("reviews:review-list", args=["untoc"])),
    }
    for name, (user, path) in pages.items():
        yield from _reads(name, user, path, tables)
    yield from _saves(world, tables)
    reviewer = send_answers(world)
    desk = largest_section(world).replace("/response/", "/desk/")
    yield from _reads("desk", reviewer, desk, tables)
    yield from _policy_on_list(world)


def _reads(name: str, user: User, path: str, tables: set[str]) -> Iterator[tuple[str, str]]:
    """The statements of a page once more, as the plain role that serves it."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    require_page(client.get(path))
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    statements = [query["sql"] for query in captured.captured_queries if query["sql"].startswith("SELECT")]
    database = settings.DATABASES["default"]["NAME"]
    # Each statement is planned anew, as at the first times on a connection.
    way = {"dbname": database, "autocommit": True, "prepare_threshold": None}
    with psycopg.connect(os.environ["DATABASE_URL"], **way) as plain:

        def replay() -> None:
            with plain.transaction():
                plain.execute("SELECT set_config('app.actor', %s, true)", [proof_of(f"{user.pk}|")])
                for statement in statements:
                    plain.execute(sql.SQL(statement)).fetchall()

        inside, outside = _in_turns(replay, replay, around=lambda: no_row_security(tables))
        ours, usual = _in_turns(replay, replay, around=lambda: _usual_planning(plain))
    count = len(statements)
    yield (
        f"{name}: {count} queries with row-level security",
        f"{count / inside:.0f} queries a second, {inside * 1000:.2f} ms",
    )
    yield (f"{name}: without", f"{count / outside:.0f} queries a second, {outside * 1000:.2f} ms")
    yield (f"{name}: ratio", f"{outside / inside:.2f}, {(inside - outside) * 1000:+.2f} ms a page")
    yield (
        f"{name}: time of the usual planning / of ours",
        f"{usual / ours:.2f}, {(usual - ours) * 1000:+.2f} ms a page",
    )


@contextmanager
def _usual_planning(plain: psycopg.Connection) -> Iterator[None]:
    """Let PostgreSQL plan as it does where nothing is said (``database.query_planning`` says it for the portal)."""
    plain.execute("SET join_collapse_limit = 8")
    plain.execute("SET jit = on")
    try:
        yield
    finally:
        plain.execute("RESET ALL")


def _in_turns(
    one: Callable[[], object], other: Callable[[], object], *, around: Callable[[], AbstractContextManager[None]]
) -> tuple[float, float]:
    """Seconds of ``one`` and of ``other``, which runs inside ``around``: the medians of many runs in turns."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _round in range(ROUNDS):
        seconds[0].extend(_timed(one))
        with around():
            seconds[1].extend(_timed(other))
    return statistics.median(seconds[0]), statistics.median(seconds[1])


def _timed(work: Callable[[], object]) -> list[float]:
    work()
    found = []
    for _time in range(REPEATS):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return found


def _saves(world: World, tables: set[str]) -> Iterator[tuple[str, str]]:
    """Saves over HTTP; without the wall neither the policies are asked nor is proven who acts."""
    inside, outside = [], []
    for _round in range(2):
        _forget_answers()
        inside.append(real(world).rate)
        _forget_answers()
        with no_row_security(tables):
            outside.append(real(world, "tools.bench.open_settings").rate)
    yield ("saves with row-level security", f"{statistics.median(inside):.0f} a second")
    yield ("saves without, nor the proof of who acts", f"{statistics.median(outside):.0f} a second")
    yield ("saves: ratio", f"{statistics.median(inside) / statistics.median(outside):.2f}")


def _forget_answers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE questionnaires_answer CASCADE")


def send_answers(world: World) -> User:
    """Let the State send its answers, and a reviewing State ask 80 questions back, once; give its expert."""
    review = world.review
    if asked := ClarificationRequest.objects.filter(review=review).first():
        return asked.written_by
    reviewing_state = review.reviewing_states.all()[0].state_party
    people = []
    for state, role in ((review.state_under_review, "focal_point"), (reviewing_state, "governmental_expert")):
        user = person(role)
        register_participant(actor=OFFICER, review=review, user=user, state_party=state, role=ParticipationRole(role))
        people.append(user)
    answer_everything(world)
    submit_response_for_clearance(world.expert, world.response)
    response = world.response
    clear_response(people[0], response, sha256=hash_of_draft(response), number=response.next_number)
    untoc = Instrument.objects.get(slug="untoc")
    on_the_table = {"status": ClarificationStatus.ASKED, "asked_at": timezone.now()}
    in_the_room = {"status": ClarificationStatus.DRAFT, "room": reviewing_state}
    ClarificationRequest.objects.bulk_create(
        ClarificationRequest(
            **(on_the_table if number % 2 else in_the_room),
            review=review,
            language="en",
            state_party=reviewing_state,
            instrument=untoc,
            question_code="I.untoc.23",
            text="Why?",
            written_by=people[1],
        )
        for number in range(80)
    )
    return people[1]


def _policy_on_list(world: World) -> Iterator[tuple[str, str]]:
    """The reviews in which a person takes part, when that is all of them, beside the bare table."""
    reader = person("reader")
    _let_take_part(reader)
    with CaptureQueriesContext(connection) as captured:
        count = len(reviews_visible_to(reader))
    policy, bare = _in_turns(
        lambda: list(reviews_visible_to(reader)), lambda: list(Review.objects.all()), around=nullcontext
    )
    yield (
        f"list of {count} reviews by the policy ({len(captured)} query)",
        f"{policy * 1000:.1f} ms; the bare table {bare * 1000:.1f} ms; {policy / bare:.2f} of it",
    )


def _let_take_part(reader: User) -> None:
    role, side = ParticipationRole.GOVERNMENTAL_EXPERT, Side.UNDER_REVIEW
    reviews = list(Review.objects.all())
    Participation.objects.bulk_create(
        Participation(review=review, user=reader, state_party_id=review.state_under_review_id, role=role, side=side)
        for review in reviews
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reviews_participation, reviews_review")
