import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_keys"),
        ("reviews", "0032_record_names_who_acts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RenameField("plannedmeeting", "cancelled_by", "changed_by"),
        migrations.RenameField("plannedmeeting", "cancelled_at", "changed_at"),
        migrations.AlterField(
            model_name="plannedmeeting",
            name="changed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="changed by",
            ),
        ),
        migrations.AlterField(
            model_name="plannedmeeting",
            name="changed_at",
            field=models.DateTimeField(null=True, verbose_name="changed at"),
        ),
        migrations.AddField(
            model_name="plannedmeeting",
            name="changed_for",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.stateparty",
                verbose_name="changed for",
            ),
        ),
    ]
