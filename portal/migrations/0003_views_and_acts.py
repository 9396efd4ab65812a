"""Views of the cockpit, each its owner's, and acts on many reviews, which the whole secretariat reads (docs/adr/0014)."""

from django.db import migrations

from core.database.row_security import ME, THE_SYSTEM, close
from reviews.walls import EVERY_SECRETARIAT_ROLE, OFFICER

_OWN = f"owner_id = {ME}"
_READ, _WRITTEN = f"{EVERY_SECRETARIAT_ROLE} OR {THE_SYSTEM}", f"{OFFICER} OR {THE_SYSTEM}"


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_walls"), ("reviews", "0014_own_preferences")]

    operations = [
        close(
            "reviews_savedview", read=f"{_OWN} OR is_shared AND {EVERY_SECRETARIAT_ROLE}", write=f"{_OWN} AND {OFFICER}"
        ),
        close("reviews_bulkact", read=_READ, added=f"actor_id = {ME} AND {OFFICER}", write=_WRITTEN),
        close("reviews_bulkactline", read=_READ, write=_WRITTEN),
    ]
