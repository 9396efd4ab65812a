"""What somebody has set for the own reminders is nobody else's to change (docs/adr/0014).

Whoever sends a mail, or looks who would get one, has to know it of others: it is read by whoever is somebody.
What hangs on a milestone goes with it, where an officer moves a review to a plan without that one.
"""

from django.db import migrations

from core.database.row_security import PERSON, also_taken_out, close
from reviews.walls import MINE, OFFICER

_OWN = ("reviews_mute", "reviews_reminderhour", "reviews_snooze", "reviews_taskdelegation")


class Migration(migrations.Migration):
    dependencies = [("reviews", "0013_meeting_notes")]

    operations = [
        *[close(table, read=PERSON, write=MINE) for table in _OWN],
        *[also_taken_out(table, "with_milestone", OFFICER) for table in ("reviews_snooze", "reviews_taskdelegation")],
    ]
