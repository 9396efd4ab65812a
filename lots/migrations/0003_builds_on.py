"""Draws build on each other (docs/adr/0047): what kind one is, and on which results it rests."""

from django.db import migrations, models

from core.database.guards import also_keeps
from lots.draws.enums import DrawKind


class Migration(migrations.Migration):
    dependencies = [("lots", "0002_guards"), ("reviews", "0009_members_of_the_secretariat")]

    operations = [
        migrations.RemoveConstraint(model_name="draw", name="one_published_draw_a_phase"),
        migrations.AddField(
            model_name="draw",
            name="kind",
            field=models.CharField(choices=DrawKind.choices, default="first", max_length=20, verbose_name="kind"),
        ),
        migrations.AddField(
            model_name="draw", name="terms", field=models.JSONField(default=dict, verbose_name="terms")
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "published"), models.Q(("kind", "supplementary"), _negated=True)),
                fields=("phase", "is_training"),
                name="one_published_draw_a_phase",
            ),
        ),
        also_keeps("lots_draw", ("kind", "terms")),
    ]
