"""Access tokens for all that the API has (docs/adr/0102): what may be chosen, which the database does not check."""

from django.db import migrations, models

from core.database.columns import list_of

_SCOPES = [
    ("reviews:read", "Read reviews, dates and my work"),
    ("reviews:write", "Act in reviews: meetings, dates, participants"),
    ("answers:read", "Read questionnaires, answers and laws"),
    ("answers:write", "Write answers and laws"),
    ("dialogue:read", "Read what the States exchange: feedback, requests, messages"),
    ("dialogue:write", "Write and send what the States exchange"),
    ("texts:read", "Read observations, texts, suggestions and translations"),
    ("texts:write", "Write observations, texts, suggestions and translations"),
    ("office:read", "Read what the secretariat looks after: accounts, draws, periods"),
    ("office:write", "Change what the secretariat looks after: accounts, draws, periods"),
    ("account:read", "Read my own profile and settings"),
    ("account:write", "Change my own profile and settings"),
    ("bind", "Acts that bind your State, such as sending the self-assessment"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_tokens")]

    operations = [
        migrations.AlterField(
            "apitoken", "scopes", list_of(models.CharField(max_length=20, choices=_SCOPES), "scopes")
        ),
    ]
