from django.db import migrations, models

_ACTS = [
    ("nominations", "Register the people whom a note verbale names"), ("end", "End a participation"),
    ("mission", "Register a person of the permanent mission"),
    ("end_mission", "End the access of a person of the permanent mission"),
    ("address", "Change the e-mail address of an account"), ("close", "Close an account"),
    ("reopen", "Open an account again"), ("factors", "Reset the second factor of a person"),
    ("role", "Change the role of a person in the secretariat"), ("member", "Add a member of the secretariat"),
]  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("reviews", "0008_statements")]
    operations = [migrations.AlterField("accessrequest", "kind", models.CharField("act", max_length=20, choices=_ACTS))]
