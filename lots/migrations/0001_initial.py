"""The tables of the app, as `makemigrations` wrote them for the squash (docs/adr/0036)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.database.columns import base, translated


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('reviews', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(name='Draw', fields=[
            *base(),
            ('code', models.CharField(max_length=20, verbose_name='code')),
            ('is_training', models.BooleanField(default=False, verbose_name='is for training')),
            ('status', models.CharField(choices=[('prepared', 'Input frozen'), ('announced', 'Announced'), ('seeded', 'Seed complete'), ('drawn', 'Drawn, not published'), ('published', 'Published'), ('voided', 'Voided')], default='prepared', max_length=12, verbose_name='status')),
            ('as_of', models.DateField(verbose_name='parties as of')),
            ('switches', models.JSONField(verbose_name='switches')),
            ('input_sha256', models.CharField(max_length=64, verbose_name='checksum of the input (SHA-256)')),
            ('commitment_sha256', models.CharField(max_length=64, verbose_name='commitment (SHA-256)')),
            ('seed', models.TextField(blank=True, verbose_name='seed')),
            ('announced_at', models.DateTimeField(blank=True, null=True, verbose_name='announced')),
            ('seeded_at', models.DateTimeField(blank=True, null=True, verbose_name='seed complete')),
            ('run_at', models.DateTimeField(blank=True, null=True, verbose_name='run')),
            ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
            ('void_reason', models.TextField(blank=True, verbose_name='reason for voiding')),
            ('void_requested_at', models.DateTimeField(blank=True, null=True, verbose_name='voiding asked for')),
            ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='voided')),
            ('announced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='announced by')),
            ('mechanism', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='reviews.mechanism', verbose_name='mechanism')),
            ('phase', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='reviews.phase', verbose_name='phase')),
            ('prepared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='prepared by')),
            ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ('run_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='run by')),
            ('void_requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='voiding asked for by')),
            ('voided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='voided by')),
        ], options={
            'verbose_name': 'draw', 'verbose_name_plural': 'draws', 'ordering': ['-created_at'],
            'constraints': [
                models.UniqueConstraint(fields=('mechanism', 'code'), name='one_draw_a_code'),
                models.UniqueConstraint(condition=models.Q(('status', 'published')), fields=('phase', 'is_training'), name='one_published_draw_a_phase'),
                models.CheckConstraint(condition=models.Q(('voided_by', None), models.Q(('voided_by', models.F('void_requested_by')), _negated=True), _connector='OR'), name='a_second_person_voids_a_draw'),
            ],
        }),
        migrations.CreateModel(name='DrawEntry', fields=[
            *base(),
            ('is_group_assigned', models.BooleanField(default=False, verbose_name='drawn with a group that is not its own')),
            ('instruments', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=50), size=None, verbose_name='instruments')),
            ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='lots.draw', verbose_name='draw')),
            ('regional_group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.regionalgroup', verbose_name='regional group')),
            ('review', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='draw_entries', to='reviews.review', verbose_name='review')),
            ('review_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.reviewgroup', verbose_name='review group')),
            ('state_party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='State')),
        ], options={
            'verbose_name': 'State in a draw', 'verbose_name_plural': 'States in draws', 'ordering': ['draw', 'state_party__iso3'],
            'constraints': [
                models.UniqueConstraint(fields=('draw', 'state_party'), name='one_entry_a_state'),
            ],
        }),
        migrations.CreateModel(name='DrawFile', fields=[
            *base(),
            ('name', models.CharField(max_length=40, verbose_name='name')),
            ('content', models.BinaryField(verbose_name='content')),
            ('sha256', models.CharField(max_length=64, verbose_name='checksum (SHA-256)')),
            ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='lots.draw', verbose_name='draw')),
        ], options={
            'verbose_name': 'file of a draw', 'verbose_name_plural': 'files of draws', 'ordering': ['draw', 'name'],
            'constraints': [
                models.UniqueConstraint(fields=('draw', 'name'), name='one_file_a_name'),
            ],
        }),
        migrations.CreateModel(name='DrawRule', fields=[
            *base(),
            ('evidence_mark', models.CharField(choices=[('S', 'Stated in resolution 10/1 or its annexes'), ('U', "Stated on the mechanism's public pages"), ('P', 'Another published page'), ('I', 'An inference'), ('M', 'Not verified')], max_length=1, verbose_name='evidence')),
            ('evidence_note', models.TextField(blank=True, verbose_name='note on the evidence')),
            ('key', models.SlugField(verbose_name='key')),
            ('order', models.PositiveSmallIntegerField(verbose_name='order')),
            *translated('name', models.CharField, max_length=200, verbose_name='name'),
            *translated('text', models.TextField, verbose_name='rule'),
            ('switch', models.CharField(blank=True, max_length=30, verbose_name='switch')),
            ('default', models.CharField(blank=True, max_length=100, verbose_name='value to begin with')),
            ('mechanism', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draw_rules', to='reviews.mechanism', verbose_name='mechanism')),
        ], options={
            'verbose_name': 'rule of the draw', 'verbose_name_plural': 'rules of the draw', 'ordering': ['mechanism', 'order'],
            'constraints': [
                models.UniqueConstraint(fields=('mechanism', 'key'), name='one_draw_rule_a_key'),
            ],
        }),
        migrations.CreateModel(name='Pairing', fields=[
            *base(),
            ('basis', models.CharField(choices=[('same_group', 'From the same regional group'), ('other_group', 'From another regional group')], max_length=20, verbose_name='basis')),
            ('is_extra', models.BooleanField(default=False, verbose_name='is an extra reviewer')),
            ('instruments', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=50), size=None, verbose_name='instruments')),
            ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairings', to='lots.draw', verbose_name='draw')),
            ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='lots.drawentry', verbose_name='reviewing State')),
            ('under_review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviewers', to='lots.drawentry', verbose_name='State under review')),
        ], options={
            'verbose_name': 'pairing', 'verbose_name_plural': 'pairings', 'ordering': ['draw', 'under_review__state_party__iso3', 'reviewer__state_party__iso3'],
            'constraints': [
                models.UniqueConstraint(fields=('under_review', 'reviewer'), name='one_pairing_a_reviewer'),
                models.CheckConstraint(condition=models.Q(('under_review', models.F('reviewer')), _negated=True), name='nobody_reviews_itself_in_a_draw'),
            ],
        }),
        migrations.CreateModel(name='SeedPart', fields=[
            *base(),
            ('order', models.PositiveSmallIntegerField(verbose_name='order')),
            ('kind', models.CharField(choices=[('delegate', 'A number that a delegate reads aloud'), ('public_value', 'A public value that nobody can know beforehand')], max_length=12, verbose_name='kind')),
            ('source', models.SlugField(verbose_name='source')),
            ('announcement', models.TextField(blank=True, verbose_name='which value')),
            ('delegate', models.CharField(blank=True, max_length=150, verbose_name='read aloud by')),
            ('commitment', models.CharField(blank=True, max_length=64, verbose_name='commitment (SHA-256)')),
            ('committed_at', models.DateTimeField(blank=True, null=True, verbose_name='committed')),
            ('value', models.CharField(blank=True, max_length=200, verbose_name='value')),
            ('secret', models.CharField(blank=True, max_length=200, verbose_name='secret words')),
            ('revealed_at', models.DateTimeField(blank=True, null=True, verbose_name='revealed')),
            ('committed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='commitment recorded by')),
            ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seed_parts', to='lots.draw', verbose_name='draw')),
            ('regional_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.regionalgroup', verbose_name='regional group')),
            ('revealed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='value recorded by')),
        ], options={
            'verbose_name': 'part of a seed', 'verbose_name_plural': 'parts of seeds', 'ordering': ['draw', 'order'],
            'constraints': [
                models.UniqueConstraint(fields=('draw', 'source'), name='one_seed_part_a_source'),
                models.UniqueConstraint(fields=('draw', 'order'), name='one_seed_part_a_place'),
            ],
        }),
    ]
