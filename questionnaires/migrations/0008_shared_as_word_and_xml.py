"""Answers that were opened as Word and Akoma Ntoso, made by workers as their PDF is (docs/adr/0093)."""

from django.db import migrations, models

from core.database.guards import FOR_PAGES, refused

_SHARE = "questionnaires_answersshare"
_FILE = "TG_OP = 'INSERT' AND NEW.{name} <> '' OR TG_OP = 'UPDATE' AND NEW.{name} <> OLD.{name}"
_MADE = " OR ".join(f"({_FILE.format(name=name)})" for name in ("docx", "xml"))


def _file(label: str) -> "models.FileField":
    return models.FileField(label, upload_to="answers/%Y/", blank=True, db_default="", max_length=200)


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0007_shared_answers")]

    operations = [
        migrations.AddField("answersshare", "docx", _file("Word")),
        migrations.AddField("answersshare", "xml", _file("Akoma Ntoso")),
        refused(
            _SHARE, "other_files_by_workers", on="INSERT OR UPDATE", condition=f"{FOR_PAGES} AND ({_MADE})",
            words="the files of shared answers are made by workers",
        ),
    ]  # fmt: skip
