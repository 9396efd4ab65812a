"""The tables of the app, as `makemigrations` wrote them for the squash (docs/adr/0036)."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.database.columns import base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('reviews', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(name='Question', fields=[
            *base(),
            ('code', models.CharField(max_length=60, verbose_name='code')),
            ('order', models.PositiveSmallIntegerField(verbose_name='order')),
            ('number', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), size=None, verbose_name='number as printed')),
            ('text', models.TextField(verbose_name='text')),
            ('kind', models.CharField(choices=[('yes_no', 'Yes or no'), ('yes_part_no', 'Yes, in part or no'), ('single', 'One of several'), ('multiple', 'Any of several'), ('text', 'Text'), ('group', 'Heads its sub-items')], max_length=12, verbose_name='kind')),
            ('is_voluntary', models.BooleanField(default=False, verbose_name='is voluntary')),
            ('is_self_assessed', models.BooleanField(default=False, verbose_name='is self-assessed')),
            ('articles', models.JSONField(default=list, verbose_name='articles cited')),
            ('footnotes', models.JSONField(default=list, verbose_name='footnotes')),
            ('deviation', models.TextField(blank=True, verbose_name='difference from the print')),
            ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='questionnaires.question', verbose_name='item above')),
        ], options={'verbose_name': 'question', 'verbose_name_plural': 'questions', 'ordering': ['version', 'order']}),
        migrations.CreateModel(name='Condition', fields=[
            *base(),
            ('tree', models.JSONField(verbose_name='tree')),
            ('source', models.TextField(verbose_name='words it came from')),
            ('question', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='condition', to='questionnaires.question', verbose_name='question')),
        ], options={'verbose_name': 'condition', 'verbose_name_plural': 'conditions'}),
        migrations.CreateModel(name='Questionnaire', fields=[
            *base(),
            ('slug', models.SlugField(unique=True, verbose_name='short name in addresses')),
            ('cluster', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='questionnaire', to='reviews.cluster', verbose_name='cluster')),
            ('mechanism', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questionnaires', to='reviews.mechanism', verbose_name='mechanism')),
        ], options={'verbose_name': 'questionnaire', 'verbose_name_plural': 'questionnaires', 'ordering': ['cluster__number']}),
        migrations.CreateModel(name='QuestionnaireVersion', fields=[
            *base(),
            ('number', models.PositiveSmallIntegerField(verbose_name='number')),
            ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('retired', 'Retired')], default='draft', max_length=10, verbose_name='status')),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='official language of the text')),
            ('title', models.CharField(max_length=300, verbose_name='title')),
            ('source', models.CharField(max_length=200, verbose_name='source')),
            ('guidance', models.JSONField(default=list, verbose_name='general guidance')),
            ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
            ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published at')),
            ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='questionnaires.questionnaire', verbose_name='questionnaire')),
        ], options={
            'verbose_name': 'version of a questionnaire', 'verbose_name_plural': 'versions of questionnaires', 'ordering': ['questionnaire', 'number'],
            'constraints': [
                models.UniqueConstraint(fields=('questionnaire', 'number'), name='one_version_a_number'),
            ],
        }),
        migrations.AddField(model_name='question', name='version', field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='questionnaires.questionnaireversion', verbose_name='version')),
        migrations.CreateModel(name='Part', fields=[
            *base(),
            ('order', models.PositiveSmallIntegerField(verbose_name='order')),
            ('title', models.CharField(max_length=300, verbose_name='title')),
            ('cluster_title', models.CharField(max_length=300, verbose_name='title of the cluster')),
            ('guidance', models.JSONField(default=list, verbose_name='guidance')),
            ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.instrument', verbose_name='instrument')),
            ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='questionnaires.questionnaireversion', verbose_name='version')),
        ], options={
            'verbose_name': 'part', 'verbose_name_plural': 'parts', 'ordering': ['version', 'order'],
            'constraints': [
                models.UniqueConstraint(fields=('version', 'instrument'), name='one_part_an_instrument'),
            ],
        }),
        migrations.CreateModel(name='QuestionOption', fields=[
            *base(),
            ('order', models.PositiveSmallIntegerField(verbose_name='order')),
            ('text', models.TextField(verbose_name='text')),
            ('is_free_text', models.BooleanField(default=False, verbose_name='asks for words')),
            ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='options', to='questionnaires.question', verbose_name='question')),
        ], options={
            'verbose_name': 'option', 'verbose_name_plural': 'options', 'ordering': ['question', 'order'],
            'constraints': [
                models.UniqueConstraint(fields=('question', 'order'), name='one_option_a_place'),
            ],
        }),
        migrations.CreateModel(name='Response', fields=[
            *base(),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ('party_to', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(), size=None, verbose_name='party to')),
            ('status', models.CharField(choices=[('open', 'Being drafted'), ('in_clearance', 'With the focal point for clearance'), ('sent', 'Sent')], default='open', max_length=20, verbose_name='status')),
            ('return_reason', models.TextField(blank=True, verbose_name='why it was returned')),
            ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
            ('review', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='response', to='reviews.review', verbose_name='review')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='room')),
            ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='questionnaires.questionnaireversion', verbose_name='version')),
        ], options={'verbose_name': 'response', 'verbose_name_plural': 'responses'}),
        migrations.CreateModel(name='Answer', fields=[
            *base(),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ('choices', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None, verbose_name='choices')),
            ('text', models.TextField(blank=True, verbose_name='text')),
            ('text_html', models.TextField(blank=True, default='', editable=False, verbose_name='the text as it is shown')),
            ('citations', models.JSONField(default=list, verbose_name='legal references')),
            ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
            ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.review', verbose_name='review')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='room')),
            ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
            ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.question', verbose_name='question')),
            ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='questionnaires.response', verbose_name='response')),
        ], options={
            'verbose_name': 'answer', 'verbose_name_plural': 'answers',
            'constraints': [
                models.UniqueConstraint(fields=('response', 'question'), name='one_answer_a_question'),
            ],
        }),
        migrations.CreateModel(name='ResponseSubmission', fields=[
            *base(),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ('number', models.PositiveSmallIntegerField(verbose_name='number')),
            ('document', models.JSONField(verbose_name='document')),
            ('rendered', models.JSONField(blank=True, default=dict, editable=False, verbose_name='the texts as they are shown')),
            ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
            ('sent_at', models.DateTimeField(verbose_name='sent at')),
            ('cleared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cleared by')),
            ('response', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='questionnaires.response', verbose_name='response')),
            ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.review', verbose_name='review')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='room')),
        ], options={
            'verbose_name': 'submission', 'verbose_name_plural': 'submissions', 'ordering': ['response', 'number'],
            'constraints': [
                models.UniqueConstraint(fields=('response', 'number'), name='one_submission_a_number'),
            ],
        }),
        migrations.CreateModel(name='Section', fields=[
            *base(),
            ('slug', models.SlugField(max_length=80, verbose_name='short name in addresses')),
            ('order', models.PositiveSmallIntegerField(verbose_name='order')),
            ('heading', models.TextField(verbose_name='heading')),
            ('parent_heading', models.TextField(blank=True, verbose_name='heading above')),
            ('guidance', models.JSONField(default=list, verbose_name='guidance')),
            ('footnotes', models.JSONField(default=list, verbose_name='footnotes')),
            ('applicability', models.CharField(blank=True, max_length=60, verbose_name='applies when')),
            ('articles', models.ManyToManyField(related_name='sections', to='reviews.article', verbose_name='articles')),
            ('part', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='questionnaires.part', verbose_name='part')),
        ], options={
            'verbose_name': 'section', 'verbose_name_plural': 'sections', 'ordering': ['part', 'order'],
            'constraints': [
                models.UniqueConstraint(fields=('part', 'slug'), name='one_section_a_slug'),
            ],
        }),
        migrations.AddField(model_name='question', name='section', field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='questionnaires.section', verbose_name='section')),
        migrations.CreateModel(name='SectionAssignment', fields=[
            *base(),
            ('participation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='reviews.participation', verbose_name='contributor')),
            ('response', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='questionnaires.response', verbose_name='response')),
            ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='questionnaires.section', verbose_name='section')),
        ], options={
            'verbose_name': 'assignment of a section', 'verbose_name_plural': 'assignments of sections',
            'constraints': [
                models.UniqueConstraint(fields=('response', 'section', 'participation'), name='one_assignment_a_contributor'),
            ],
        }),
        migrations.CreateModel(name='AnswerRevision', fields=[
            *base(),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ('number', models.PositiveIntegerField(verbose_name='number')),
            ('choices', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None, verbose_name='choices')),
            ('text', models.TextField(blank=True, verbose_name='text')),
            ('citations', models.JSONField(default=list, verbose_name='legal references')),
            ('is_conflict', models.BooleanField(default=False, verbose_name='came on top of an older revision')),
            ('save_key', models.UUIDField(editable=False, null=True, verbose_name='name of the save')),
            ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='questionnaires.answer', verbose_name='answer')),
            ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.review', verbose_name='review')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='room')),
            ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
        ], options={
            'verbose_name': 'revision of an answer', 'verbose_name_plural': 'revisions of answers', 'ordering': ['answer', 'created_at'],
            'constraints': [
                models.UniqueConstraint(condition=models.Q(('is_conflict', False)), fields=('answer', 'number'), name='one_revision_a_number'),
            ],
        }),
        migrations.AddConstraint(model_name='question', constraint=models.UniqueConstraint(fields=('version', 'code'), name='one_question_a_code')),
    ]
