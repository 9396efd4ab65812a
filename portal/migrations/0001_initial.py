"""The tables of the app, as `makemigrations` wrote them for the squash (docs/adr/0036)."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.database.columns import base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('reviews', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(name='BulkAct', fields=[
            *base(),
            ('kind', models.CharField(choices=[('remind', 'Remind whoever owes the next act'), ('assign_officer', 'Put an officer in charge'), ('ask_for_nominations', 'Ask for the people whom States have not named'), ('extend', 'Ask for more time for the next milestone')], max_length=30, verbose_name='act')),
            ('extend_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='days more')),
            ('extend_until', models.DateField(blank=True, null=True, verbose_name='until')),
            ('reason', models.TextField(blank=True, verbose_name='reason')),
            ('status', models.CharField(choices=[('prepared', 'To be confirmed'), ('running', 'Under way'), ('done', 'Done')], default='prepared', max_length=10, verbose_name='status')),
            ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed at')),
            ('finished_at', models.DateTimeField(null=True, verbose_name='finished at')),
            ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulk_acts', to=settings.AUTH_USER_MODEL, verbose_name='prepared by')),
            ('mechanism', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bulk_acts', to='reviews.mechanism', verbose_name='mechanism')),
            ('officer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='officer')),
        ], options={
            'verbose_name': 'act on many reviews', 'verbose_name_plural': 'acts on many reviews', 'db_table': 'reviews_bulkact', 'ordering': ['-created_at'],
            'constraints': [
                models.CheckConstraint(condition=models.Q(models.Q(('extend_days__gt', 0), ('extend_days__isnull', False), ('extend_until', None), ('kind', 'extend')), models.Q(('extend_days', None), ('extend_until__isnull', False), ('kind', 'extend')), models.Q(models.Q(('kind', 'extend'), _negated=True), ('extend_days', None), ('extend_until', None)), _connector='OR'), name='an_extension_has_days_or_a_date'),
            ],
        }),
        migrations.CreateModel(name='BulkActLine', fields=[
            *base(),
            ('status', models.CharField(choices=[('foreseen', 'Foreseen'), ('skipped', 'Left out'), ('done', 'Done'), ('failed', 'Not done')], max_length=10, verbose_name='status')),
            ('reason', models.CharField(blank=True, choices=[('closed', 'The review is closed.'), ('nothing_owed', 'Nothing is owed.'), ('nobody', 'Nobody whom the portal knows could be written to.'), ('today', 'This mail has gone out today already.'), ('in_charge', 'This officer is in charge already.'), ('complete', 'All States have named their people.'), ('asked', 'An extension of this milestone is being asked for already.'), ('not_later', 'The new date would not be later than the present one.')], max_length=20, verbose_name='why it is left out')),
            ('people', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(default=uuid.uuid4), default=list, size=None, verbose_name='who gets a mail')),
            ('due_on', models.DateField(blank=True, null=True, verbose_name='due on')),
            ('until', models.DateField(blank=True, null=True, verbose_name='until')),
            ('foreseen', models.CharField(max_length=64, verbose_name='SHA-256 of what was foreseen')),
            ('is_changed', models.BooleanField(default=False, verbose_name='changed since the preview')),
            ('mails', models.PositiveSmallIntegerField(default=0, verbose_name='mails')),
            ('error', models.CharField(blank=True, max_length=300, verbose_name='error')),
            ('act', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='portal.bulkact', verbose_name='act')),
            ('milestone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='reviews.reviewmilestone', verbose_name='milestone')),
            ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.review', verbose_name='review')),
        ], options={
            'verbose_name': 'review of an act on many', 'verbose_name_plural': 'reviews of an act on many', 'db_table': 'reviews_bulkactline', 'ordering': ['review__code'],
            'constraints': [
                models.UniqueConstraint(fields=('act', 'review'), name='a_review_once_an_act'),
            ],
        }),
        migrations.CreateModel(name='SavedView', fields=[
            *base(),
            ('name', models.CharField(max_length=80, verbose_name='name')),
            ('query', models.CharField(blank=True, max_length=1000, verbose_name='filter')),
            ('is_shared', models.BooleanField(default=False, verbose_name='shared with the secretariat')),
            ('is_default', models.BooleanField(default=False, verbose_name='opens first')),
            ('mechanism', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to='reviews.mechanism', verbose_name='mechanism')),
            ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
        ], options={
            'verbose_name': 'saved view', 'verbose_name_plural': 'saved views', 'db_table': 'reviews_savedview', 'ordering': ['name'],
            'constraints': [
                models.UniqueConstraint(fields=('owner', 'mechanism', 'name'), name='one_view_a_name'),
                models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('owner', 'mechanism'), name='one_view_opens_first'),
            ],
        }),
    ]
