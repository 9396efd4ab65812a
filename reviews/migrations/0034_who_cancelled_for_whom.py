from django.db import migrations

# Until now nobody kept for which State a meeting was given up: only that of the inviter and the secretariat could.
FOR_WHOM = """
UPDATE reviews_plannedmeeting AS meeting SET changed_for_id = meeting.invited_for_id
FROM accounts_user AS person
WHERE meeting.status = 'cancelled' AND person.id = meeting.changed_by_id AND person.secretariat_role = ''
"""


class Migration(migrations.Migration):
    dependencies = [("reviews", "0033_meeting_changed_by")]

    operations = [migrations.RunSQL(FOR_WHOM, migrations.RunSQL.noop)]
