"""Public documents as Akoma Ntoso, made by workers as their other files are (docs/adr/0089)."""

from django.db import migrations, models

from core.database.guards import FOR_PAGES, refused

_FILE = "TG_OP = 'INSERT' AND NEW.xml <> '' OR TG_OP = 'UPDATE' AND NEW.xml <> OLD.xml"


class Migration(migrations.Migration):
    dependencies = [("observations", "0012_found_in_what_is_public")]

    operations = [
        migrations.AddField("publication", "xml", models.FileField(
            "Akoma Ntoso", upload_to="publications/%Y/", blank=True, db_default="", max_length=200
        )),
        refused(
            "reviews_publication", "xml_by_workers", on="INSERT OR UPDATE", condition=f"{FOR_PAGES} AND ({_FILE})",
            words="the files of a publication are made by workers",
        ),
    ]  # fmt: skip
