"""Mechanisms that are brought in by pages (docs/adr/0054), and who practises (docs/adr/0057)."""

from django.db import migrations

from core.database.guards import keeps, kept_from_pages
from core.database.row_security import AT_THE_DOOR, ME, THE_SYSTEM, close, protect
from reviews.walls import EVERY_SECRETARIAT_ROLE, OFFICER

_CHOICE = "portal_mechanismchoice"
_CHOSEN = "way slug short_name files file_name sha256 chosen_by_id created_at".split()
# Somebody chooses in the own name, and decides in it; what was withdrawn stays so, and a worker alone says that it is
# loaded.
_NOT_OF_PAGES = f"""NEW.status = 'loaded'
    OR TG_OP = 'INSERT' AND (
        NOT acting_secretariat('{{administrator}}') OR NEW.chosen_by_id IS DISTINCT FROM {ME}
        OR NEW.decided_by_id IS NOT NULL
    )
    OR TG_OP = 'UPDATE' AND NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id
        AND NEW.decided_by_id IS DISTINCT FROM {ME}
    OR TG_OP = 'UPDATE' AND NEW.status IS DISTINCT FROM OLD.status AND (
        OLD.status = 'withdrawn' OR OLD.status = 'loaded' OR NEW.decided_by_id IS DISTINCT FROM {ME}
    )"""
_OWN_NAMES = "people choose mechanisms in their own names, and a worker alone loads them"
_LOOKS = "(SELECT acting_role() = 'officer' OR acting_role() = 'administrator')"
_AT_THE_DOOR = f"{AT_THE_DOOR} OR {THE_SYSTEM}"


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial"), ("reviews", "0003_walls")]

    operations = [
        keeps(_CHOICE, _CHOSEN),
        kept_from_pages(_CHOICE, condition=_NOT_OF_PAGES, words=_OWN_NAMES),
        protect(_CHOICE, read=EVERY_SECRETARIAT_ROLE, write=OFFICER),
        # Oneself, and the secretariat, which only looks.
        close("portal_learner", read=f"user_id = {ME} OR {_LOOKS} OR {THE_SYSTEM}", write=f"user_id = {ME}"),
        # A learner is nobody of the database: exercises are found at the door, by the session alone.
        close("portal_handover", read=_AT_THE_DOOR, write=_AT_THE_DOOR),
        close("portal_exercise", read=_AT_THE_DOOR, write=_AT_THE_DOOR),
    ]
