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
        migrations.CreateModel(name='AgreedText', fields=[
            *base(),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ('kind', models.CharField(choices=[('list_of_observations', 'List of observations'), ('summary', 'Summary')], max_length=30, verbose_name='document')),
            ('status', models.CharField(choices=[('drafting', 'Being drafted'), ('proposed', 'Proposed for agreement'), ('agreed', 'Agreed')], default='drafting', max_length=10, verbose_name='status')),
            ('agreed_at', models.DateTimeField(blank=True, null=True, verbose_name='agreed at')),
            ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.instrument', verbose_name='instrument')),
            ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.review', verbose_name='review')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='room')),
        ], options={
            'verbose_name': 'agreed text', 'verbose_name_plural': 'agreed texts', 'db_table': 'reviews_agreedtext', 'ordering': ['kind', 'instrument__order'],
            'constraints': [
                models.UniqueConstraint(fields=('review', 'instrument', 'kind'), name='one_text_an_instrument_and_kind'),
            ],
        }),
        migrations.CreateModel(name='BlueprintText', fields=[
            *base(),
            ('evidence_mark', models.CharField(choices=[('S', 'Stated in resolution 10/1 or its annexes'), ('U', "Stated on the mechanism's public pages"), ('P', 'Another published page'), ('I', 'An inference'), ('M', 'Not verified')], max_length=1, verbose_name='evidence')),
            ('evidence_note', models.TextField(blank=True, verbose_name='note on the evidence')),
            ('kind', models.CharField(choices=[('list_of_observations', 'List of observations'), ('summary', 'Summary')], max_length=30, verbose_name='document')),
            ('key', models.SlugField(verbose_name='key')),
            *translated('text', models.TextField, verbose_name='text'),
            ('mechanism', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blueprint_texts', to='reviews.mechanism', verbose_name='mechanism')),
        ], options={
            'verbose_name': 'fixed text of a document', 'verbose_name_plural': 'fixed texts of documents', 'db_table': 'reviews_blueprinttext', 'ordering': ['mechanism', 'kind', 'key'],
            'constraints': [
                models.UniqueConstraint(fields=('mechanism', 'kind', 'key'), name='one_blueprint_text_a_key'),
            ],
        }),
        migrations.CreateModel(name='ObservationHeading', fields=[
            *base(),
            ('evidence_mark', models.CharField(choices=[('S', 'Stated in resolution 10/1 or its annexes'), ('U', "Stated on the mechanism's public pages"), ('P', 'Another published page'), ('I', 'An inference'), ('M', 'Not verified')], max_length=1, verbose_name='evidence')),
            ('evidence_note', models.TextField(blank=True, verbose_name='note on the evidence')),
            ('kind', models.CharField(choices=[('gap_or_challenge', 'Gap or challenge'), ('best_practice', 'Best practice'), ('suggestion', 'Suggestion'), ('assistance_need', 'Technical assistance need')], max_length=30, verbose_name='kind')),
            ('letter', models.CharField(max_length=4, verbose_name='letter')),
            ('order', models.PositiveSmallIntegerField(verbose_name='order')),
            *translated('name', models.CharField, max_length=100, verbose_name='name'),
            *translated('text', models.CharField, max_length=300, verbose_name='heading as the list prints it'),
            ('mechanism', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observation_headings', to='reviews.mechanism', verbose_name='mechanism')),
        ], options={
            'verbose_name': 'heading of observations', 'verbose_name_plural': 'headings of observations', 'db_table': 'reviews_observationheading', 'ordering': ['mechanism', 'order'],
            'constraints': [
                models.UniqueConstraint(fields=('mechanism', 'kind'), name='one_heading_a_kind'),
            ],
        }),
        migrations.CreateModel(name='Observation', fields=[
            *base(),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ('text', models.TextField(verbose_name='text')),
            ('text_html', models.TextField(blank=True, default='', editable=False, verbose_name='the text as it is shown')),
            ('question_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None, verbose_name='questions that it rests on')),
            ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
            ('tabled_revision', models.PositiveIntegerField(blank=True, null=True, verbose_name='revision laid on the table')),
            ('copied_revision', models.PositiveIntegerField(blank=True, null=True, verbose_name='revision that was copied')),
            ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
            ('agreed_text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='observations', to='observations.agreedtext', verbose_name='list of observations')),
            ('articles', models.ManyToManyField(related_name='+', to='reviews.article', verbose_name='articles')),
            ('copied_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='observations.observation', verbose_name='copied from')),
            ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.review', verbose_name='review')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='room')),
            ('state_party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='drafted by')),
            ('heading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='observations.observationheading', verbose_name='heading')),
        ], options={'verbose_name': 'observation', 'verbose_name_plural': 'observations', 'db_table': 'reviews_observation', 'ordering': ['heading__order', 'created_at']}),
        migrations.CreateModel(name='ObservationRevision', fields=[
            *base(),
            ('number', models.PositiveIntegerField(verbose_name='revision')),
            ('article_numbers', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None, verbose_name='articles')),
            ('text', models.TextField(verbose_name='text')),
            ('heading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='observations.observationheading', verbose_name='heading')),
            ('observation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='observations.observation', verbose_name='observation')),
            ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
            ('saved_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='saved for')),
        ], options={
            'verbose_name': 'revision of an observation', 'verbose_name_plural': 'revisions of observations', 'db_table': 'reviews_observationrevision', 'ordering': ['-number'],
            'constraints': [
                models.UniqueConstraint(fields=('observation', 'number'), name='one_observation_a_revision'),
            ],
        }),
        migrations.CreateModel(name='SummaryPassage', fields=[
            *base(),
            ('order', models.PositiveSmallIntegerField(verbose_name='order')),
            ('text', models.TextField(blank=True, verbose_name='text')),
            ('text_html', models.TextField(blank=True, default='', editable=False, verbose_name='the text as it is shown')),
            ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
            ('agreed_text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='observations.agreedtext', verbose_name='summary')),
            ('articles', models.ManyToManyField(related_name='+', to='reviews.article', verbose_name='articles')),
            ('heading', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='observations.observationheading', verbose_name='heading')),
            ('observations', models.ManyToManyField(related_name='passages', to='observations.observation', verbose_name='observations that it draws on')),
            ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
            ('saved_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='saved for')),
        ], options={
            'verbose_name': 'passage of a summary', 'verbose_name_plural': 'passages of summaries', 'db_table': 'reviews_summarypassage', 'ordering': ['order'],
            'constraints': [
                models.UniqueConstraint(fields=('agreed_text', 'order'), name='one_passage_a_place'),
            ],
        }),
        migrations.CreateModel(name='PassageDraft', fields=[
            *base(),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ('text', models.TextField(blank=True, verbose_name='text')),
            ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
            ('copied_revision', models.PositiveIntegerField(verbose_name='revision that was copied')),
            ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.review', verbose_name='review')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='room')),
            ('state_party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='drafted by')),
            ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ('passage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='observations.summarypassage', verbose_name='passage of a summary')),
        ], options={
            'verbose_name': 'draft of a passage', 'verbose_name_plural': 'drafts of passages', 'db_table': 'reviews_passagedraft', 'ordering': ['passage__order'],
            'constraints': [
                models.UniqueConstraint(fields=('passage', 'state_party'), name='one_passage_draft_a_state'),
            ],
        }),
        migrations.CreateModel(name='TextVersion', fields=[
            *base(),
            ('number', models.PositiveIntegerField(verbose_name='number')),
            ('document', models.JSONField(verbose_name='document')),
            ('rendered', models.JSONField(blank=True, default=dict, editable=False, verbose_name='the texts as they are shown')),
            ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
            ('words', models.PositiveIntegerField(verbose_name='words')),
            ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled at')),
            ('agreed_text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='observations.agreedtext', verbose_name='text')),
            ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
            ('proposed_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='proposed for')),
        ], options={
            'verbose_name': 'version of a text', 'verbose_name_plural': 'versions of texts', 'db_table': 'reviews_textversion', 'ordering': ['-number'],
            'constraints': [
                models.UniqueConstraint(fields=('agreed_text', 'number'), name='one_text_version_a_number'),
                models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('agreed_text',), name='one_standing_version_a_text'),
            ],
        }),
        migrations.CreateModel(name='Publication', fields=[
            *base(),
            ('names_experts', models.BooleanField(default=False, verbose_name='with the names of the experts')),
            ('published_at', models.DateTimeField(verbose_name='published at')),
            ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
            ('pdf', models.FileField(blank=True, max_length=200, upload_to='publications/%Y/', verbose_name='PDF')),
            ('docx', models.FileField(blank=True, max_length=200, upload_to='publications/%Y/', verbose_name='Word')),
            ('agreed_text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='publications', to='observations.agreedtext', verbose_name='text')),
            ('published_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by')),
            ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='observations.textversion', verbose_name='version')),
        ], options={
            'verbose_name': 'publication', 'verbose_name_plural': 'publications', 'db_table': 'reviews_publication', 'ordering': ['-published_at'],
            'constraints': [
                models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('agreed_text',), name='one_publication_a_text'),
            ],
        }),
        migrations.CreateModel(name='Objection', fields=[
            *base(),
            ('reason', models.TextField(verbose_name='reason')),
            ('focal_point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='focal point')),
            ('state_party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='State')),
            ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='observations.textversion', verbose_name='version')),
        ], options={
            'verbose_name': 'objection', 'verbose_name_plural': 'objections', 'db_table': 'reviews_objection', 'ordering': ['created_at'],
            'constraints': [
                models.UniqueConstraint(fields=('version', 'state_party'), name='one_objection_a_state'),
            ],
        }),
        migrations.CreateModel(name='VersionReading', fields=[
            *base(),
            ('agreed_text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='observations.agreedtext', verbose_name='text')),
            ('compared_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='observations.textversion', verbose_name='version seen before')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='observations.textversion', verbose_name='version')),
        ], options={
            'verbose_name': 'reading of a text', 'verbose_name_plural': 'readings of texts', 'db_table': 'reviews_versionreading',
            'constraints': [
                models.UniqueConstraint(fields=('agreed_text', 'user'), name='one_reading_a_person'),
            ],
        }),
    ]
