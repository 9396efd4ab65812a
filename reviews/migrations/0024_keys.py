"""Who takes part for a State is written on the errand of the one door, whoever's page it is (docs/adr/0022)."""

from django.db import migrations

from core.database.row_security import GIVING_KEYS, PERSON, written_as


class Migration(migrations.Migration):
    dependencies = [("reviews", "0023_agreed_and_opened_stays"), ("accounts", "0009_keys")]

    operations = [written_as("reviews_participation", added=GIVING_KEYS, becoming=GIVING_KEYS, was=PERSON)]
