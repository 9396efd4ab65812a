"""The tables of the app, as `makemigrations` wrote them for the squash (docs/adr/0036)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import dialogue.exchange.models
from core.database.columns import base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('reviews', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(name='ClarificationRequest', fields=[
            *base(),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ('question_code', models.CharField(max_length=60, verbose_name='question')),
            ('text', models.TextField(verbose_name='request')),
            ('text_html', models.TextField(blank=True, default='', editable=False, verbose_name='the text as it is shown')),
            ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
            ('status', models.CharField(choices=[('draft', 'Draft'), ('asked', 'Asked'), ('answered', 'Answered'), ('closed', 'Closed')], default='draft', max_length=10, verbose_name='status')),
            ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked at')),
            ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed at')),
            ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.instrument', verbose_name='instrument')),
            ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.review', verbose_name='review')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='room')),
            ('state_party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='asked by')),
            ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
        ], options={'verbose_name': 'request for clarification', 'verbose_name_plural': 'requests for clarification', 'db_table': 'reviews_clarificationrequest', 'ordering': ['instrument__order', 'question_code', 'created_at']}),
        migrations.CreateModel(name='SupplementaryInformation', fields=[
            *base(),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ('title', models.CharField(max_length=300, verbose_name='title')),
            ('pages', models.CharField(blank=True, max_length=100, verbose_name='relevant pages')),
            ('link', models.URLField(blank=True, max_length=1000, verbose_name='link')),
            ('file', models.FileField(blank=True, max_length=200, upload_to=dialogue.exchange.models._place_of_file, verbose_name='file')),
            ('file_name', models.CharField(blank=True, max_length=200, verbose_name='name of the file')),
            ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the file')),
            ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
            ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
            ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
            ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.review', verbose_name='review')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='room')),
        ], options={'verbose_name': 'supplementary information', 'verbose_name_plural': 'supplementary information', 'db_table': 'reviews_supplementaryinformation', 'ordering': ['created_at']}),
        migrations.CreateModel(name='WrittenFeedback', fields=[
            *base(),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ('status', models.CharField(choices=[('draft', 'Draft'), ('sent', 'Sent')], default='draft', max_length=10, verbose_name='status')),
            ('document', models.JSONField(blank=True, null=True, verbose_name='document')),
            ('rendered', models.JSONField(blank=True, default=dict, editable=False, verbose_name='the texts as they are shown')),
            ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
            ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
            ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.review', verbose_name='review')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='room')),
            ('state_party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='reviewing State')),
        ], options={
            'verbose_name': 'written feedback', 'verbose_name_plural': 'written feedback', 'db_table': 'reviews_writtenfeedback', 'ordering': ['state_party__iso3'],
            'constraints': [
                models.UniqueConstraint(fields=('review', 'state_party'), name='one_feedback_a_state'),
            ],
        }),
        migrations.CreateModel(name='FeedbackComment', fields=[
            *base(),
            ('question_code', models.CharField(blank=True, max_length=60, verbose_name='question')),
            ('text', models.TextField(blank=True, verbose_name='text')),
            ('text_html', models.TextField(blank=True, default='', editable=False, verbose_name='the text as it is shown')),
            ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
            ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.article', verbose_name='article')),
            ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reviews.instrument', verbose_name='instrument')),
            ('saved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='saved by')),
            ('feedback', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='dialogue.writtenfeedback', verbose_name='written feedback')),
        ], options={
            'verbose_name': 'comment of a written feedback', 'verbose_name_plural': 'comments of a written feedback', 'db_table': 'reviews_feedbackcomment', 'ordering': ['instrument__order', 'article__number', 'question_code'],
            'constraints': [
                models.CheckConstraint(condition=models.Q(models.Q(('article__isnull', False), ('question_code', '')), models.Q(models.Q(('question_code', ''), _negated=True), ('article', None)), _connector='OR'), name='comment_on_a_question_or_an_article'),
                models.UniqueConstraint(condition=models.Q(('article', None)), fields=('feedback', 'question_code'), name='one_comment_a_question'),
                models.UniqueConstraint(condition=models.Q(('question_code', '')), fields=('feedback', 'article'), name='one_comment_an_article'),
            ],
        }),
        migrations.CreateModel(name='ClarificationAnswer', fields=[
            *base(),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language')),
            ('text', models.TextField(verbose_name='answer')),
            ('text_html', models.TextField(blank=True, default='', editable=False, verbose_name='the text as it is shown')),
            ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
            ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
            ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reviews.review', verbose_name='review')),
            ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='room')),
            ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='dialogue.clarificationrequest', verbose_name='request for clarification')),
        ], options={
            'verbose_name': 'answer to a request for clarification', 'verbose_name_plural': 'answers to requests for clarification', 'db_table': 'reviews_clarificationanswer', 'ordering': ['created_at'],
            'constraints': [
                models.UniqueConstraint(fields=('request',), name='one_answer_a_request'),
            ],
        }),
    ]
