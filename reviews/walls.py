"""What policies of the database say of rooms and tables, by the functions that ``reviews.0002`` makes (docs/adr/0014).

Conditions in SQL on the columns of a row. Migrations that have been applied rest on them: add others beside them rather
than change what they say.
"""

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
