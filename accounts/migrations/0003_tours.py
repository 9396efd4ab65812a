"""A person's account keeps which tours of pages were left."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_walls")]
    operations = [
        migrations.AddField(
            "user",
            "tours_left",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=20),
                default=list,
                blank=True,
                verbose_name="tours that the person has left",
            ),
        ),
    ]
