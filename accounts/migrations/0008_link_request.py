import uuid

from django.db import migrations, models

from core.database.row_security import AT_THE_DOOR, close


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_door"), ("core", "0007_door")]

    operations = [
        migrations.CreateModel(
            name="LinkRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="updated at")),
                ("email", models.CharField(max_length=254, verbose_name="e-mail address")),
            ],
            options={
                "verbose_name": "request for a link",
                "verbose_name_plural": "requests for links",
                "ordering": ["created_at"],
            },
        ),
        close("accounts_linkrequest", read="false", write=AT_THE_DOOR),
    ]
