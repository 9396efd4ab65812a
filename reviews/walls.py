"""What policies of the database say of rooms and tables, by the functions that ``reviews.0002`` makes (docs/adr/0014).

Conditions in SQL on the columns of a row. Migrations that have been applied rest on them: add others beside them rather
than change what they say.
"""

from django.db.migrations.operations import RunSQL

from core.database.guards import FOR_PAGES, guarded

OFFICER = "(SELECT acting_secretariat('{officer,administrator}'))"
EVERY_SECRETARIAT_ROLE = "(SELECT acting_secretariat('{officer,administrator,auditor}'))"
TAKES_PART = "review_id IN (SELECT acting_reviews())"
SEES_REVIEW = f"({TAKES_PART} OR {EVERY_SECRETARIAT_ROLE})"
OF_STATE = f"(state_party_id IN (SELECT acting_states()) OR {OFFICER})"


def _at(purpose: str) -> str:
    places = f"SELECT * FROM acting_places('{purpose}')"  # noqa: S608 - a word of ours
    return f"(review_id, COALESCE(room_id, review_id)) IN ({places}) OR (room_id IS NULL AND {OFFICER})"


# The row lies in the person's room or on a table at which he or she sits; officers sit at every table.
READ, WRITE = _at("read"), _at("write")
# A State's own room: a common room of the reviewing States opens none of it. The table, at which people of States sit.
OWN_ROOM = "(review_id, room_id) IN (SELECT * FROM acting_places('write'))"
AT_TABLE = "(review_id, review_id) IN (SELECT * FROM acting_places('write'))"
MINE = "user_id = (SELECT acting_person())"
# What was brought in bears a mark, which pages do not set.
MARKED = "NEW.brought_piece_id IS DISTINCT FROM OLD.brought_piece_id"
BY_A_WORKER = "a worker alone marks what was brought in"

# Who speaks for a State, and who writes for it, in a review; its experts write and do not speak.
SPEAKS, WRITES = "acting_focal_point", "acting_drafter"
OWN_WORDS = "people write in their own names, for a State for which they stand there"
ANY_OFFICER = "acting_secretariat('{officer,administrator}')"


def not_said_by(
    person: str, state: str, *, review: str = "NEW.review_id", who: str = SPEAKS, or_officer: bool = False
) -> str:
    """That a page writes in the name of another person, or for a State for which that one does not stand there.

    The columns ``person`` and ``state`` of ``NEW`` say who has said it. What an officer says is said for no State.
    """
    for_state = f"{who}({review}, NEW.{state})"
    if or_officer:
        for_state = f"({for_state} OR NEW.{state} IS NULL AND {ANY_OFFICER})"
    return f"{FOR_PAGES} AND NOT (NEW.{person} IS NOT DISTINCT FROM acting_person() AND {for_state})"


# A second reader's word is of nobody else.
SAID_BY_ANOTHER = f"{FOR_PAGES} AND NEW.read_by_id IS DISTINCT FROM acting_person()"
SAYS_ALONE = "what a reader says is his or her own word"


def written_by_drafters(table: str) -> RunSQL:
    """In a page what lies in a room is written by the focal point and experts of its State, and not by its observers.

    By a function that ``reviews.0005`` makes.
    """
    return guarded(
        table, "written_by_drafters", on="INSERT OR UPDATE", when="NEW.room_id IS NOT NULL",
        function="reviews_written_by_drafters",
    )  # fmt: skip


def taken_out_by_drafters(table: str) -> RunSQL:
    """The same of what is taken out of a room; by a function that ``reviews.0007`` makes."""
    return guarded(
        table, "taken_out_by_drafters", on="DELETE", when="OLD.room_id IS NOT NULL",
        function="reviews_taken_out_by_drafters",
    )  # fmt: skip
