"""The tables of the app, as `makemigrations` wrote them for the squash (docs/adr/0036)."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.database.columns import base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(name='Pulse', fields=[
            ('name', models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name='name')),
            ('at', models.DateTimeField(verbose_name='at')),
        ], options={'verbose_name': 'pulse', 'verbose_name_plural': 'pulses'}),
        migrations.CreateModel(name='RecordRoot', fields=[
            ('number', models.PositiveIntegerField(primary_key=True, serialize=False, verbose_name='number')),
            ('day', models.DateField(unique=True, verbose_name='day')),
            ('earlier', models.CharField(max_length=64, verbose_name='hash of the root before')),
            ('tree', models.CharField(max_length=64, verbose_name='top of the tree')),
            ('hash', models.CharField(max_length=64, unique=True, verbose_name='hash')),
            ('key', models.CharField(blank=True, max_length=64, verbose_name='fingerprint of the key')),
            ('public_key', models.CharField(blank=True, max_length=64, verbose_name='public key')),
            ('signature', models.CharField(blank=True, max_length=128, verbose_name='signature')),
        ], options={'verbose_name': 'root of the record', 'verbose_name_plural': 'roots of the record', 'ordering': ['-number']}),
        migrations.CreateModel(name='LoadedRow', fields=[
            *base(),
            ('table', models.CharField(max_length=100, verbose_name='table')),
            ('key', models.CharField(max_length=300, verbose_name='key')),
            ('row', models.UUIDField(verbose_name='row')),
            ('values', models.JSONField(default=dict, verbose_name='values as loaded')),
        ], options={
            'verbose_name': 'loaded row', 'verbose_name_plural': 'loaded rows',
            'constraints': [
                models.UniqueConstraint(fields=('table', 'key'), name='loaded_once_a_key'),
            ],
        }),
        migrations.CreateModel(name='RecordRootSecret', fields=[
            ('root', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='secret', serialize=False, to='core.recordroot')),
            ('seed', models.CharField(max_length=64, verbose_name='seed')),
        ], options={'verbose_name': 'secret of a root', 'verbose_name_plural': 'secrets of roots'}),
        migrations.CreateModel(name='TaskDay', fields=[
            *base(),
            ('task', models.CharField(max_length=100, verbose_name='task')),
            ('day', models.DateField(verbose_name='day')),
        ], options={
            'verbose_name': 'day of a task', 'verbose_name_plural': 'days of tasks',
            'constraints': [
                models.UniqueConstraint(fields=('task', 'day'), name='a_day_of_a_task_once'),
            ],
        }),
        migrations.CreateModel(name='AuditEntry', fields=[
            ('id', models.BigAutoField(primary_key=True, serialize=False)),
            ('chain', models.CharField(max_length=100, verbose_name='chain')),
            ('sequence', models.BigIntegerField(null=True, verbose_name='sequence in the chain')),
            ('at', models.DateTimeField(verbose_name='at')),
            ('actor_label', models.CharField(max_length=200, verbose_name='actor as named then')),
            ('acting_state', models.CharField(blank=True, max_length=3, verbose_name='for which State')),
            ('concerned_states', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), blank=True, default=list, size=None, verbose_name='States concerned')),
            ('room', models.CharField(blank=True, max_length=3, verbose_name='room')),
            ('address', models.CharField(max_length=45, verbose_name='from where')),
            ('address_nonce', models.CharField(max_length=32, verbose_name='random number of the address')),
            ('verb', models.CharField(db_index=True, max_length=100, verbose_name='verb')),
            ('target_type', models.CharField(max_length=100, verbose_name='kind of target')),
            ('target_id', models.CharField(max_length=64, verbose_name='key of target')),
            ('target_label', models.CharField(max_length=200, verbose_name='target as named then')),
            ('before', models.JSONField(null=True, verbose_name='before')),
            ('after', models.JSONField(null=True, verbose_name='after')),
            ('reason', models.TextField(blank=True, verbose_name='reason')),
            ('nonce', models.CharField(max_length=32, verbose_name='random number of the content')),
            ('earlier_hash', models.CharField(blank=True, max_length=64, verbose_name='hash in the one chain of before')),
            ('content_hash', models.CharField(max_length=64, verbose_name='hash of the content')),
            ('previous_hash', models.CharField(blank=True, max_length=64, verbose_name='previous hash')),
            ('hash', models.CharField(blank=True, max_length=64, verbose_name='hash')),
            ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='actor')),
        ], options={
            'verbose_name': 'audit entry', 'verbose_name_plural': 'audit entries', 'ordering': ['id'], 'indexes': [models.Index(fields=['target_type', 'target_id'], name='audit_target'), models.Index(condition=models.Q(('sequence', None)), fields=['id'], name='audit_to_be_chained')],
            'constraints': [
                models.UniqueConstraint(fields=('chain', 'sequence'), name='one_entry_a_place'),
            ],
        }),
        migrations.CreateModel(name='Job', fields=[
            *base(),
            ('kind', models.CharField(max_length=50, verbose_name='kind')),
            ('target_type', models.CharField(max_length=100, verbose_name='kind of target')),
            ('target_id', models.UUIDField(verbose_name='key of target')),
            ('language', models.CharField(max_length=10, verbose_name='language')),
            ('status', models.CharField(choices=[('queued', 'Waiting to start'), ('running', 'Being made'), ('done', 'Ready'), ('failed', 'Failed')], default='queued', max_length=10, verbose_name='status')),
            ('progress', models.PositiveSmallIntegerField(default=0, verbose_name='progress in per cent')),
            ('error', models.TextField(blank=True, verbose_name='error')),
            ('result', models.FileField(blank=True, max_length=200, upload_to='jobs/%Y/%m/', verbose_name='file')),
            ('file_name', models.CharField(blank=True, max_length=150, verbose_name='name for the download')),
            ('details', models.JSONField(default=dict, verbose_name='details')),
            ('started_at', models.DateTimeField(null=True, verbose_name='started at')),
            ('finished_at', models.DateTimeField(null=True, verbose_name='finished at')),
            ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
            ('lease_until', models.DateTimeField(null=True, verbose_name='claimed until')),
            ('queued_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='queued at')),
            ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='jobs', to=settings.AUTH_USER_MODEL, verbose_name='requested by')),
        ], options={'verbose_name': 'job', 'verbose_name_plural': 'jobs', 'ordering': ['-created_at'], 'indexes': [models.Index(fields=['target_type', 'target_id'], name='job_target'), models.Index(condition=models.Q(('status__in', ['queued', 'running'])), fields=['queued_at'], name='job_unfinished')]}),
        migrations.CreateModel(name='Notification', fields=[
            *base(),
            ('key', models.CharField(max_length=200, unique=True, verbose_name='key')),
            ('template', models.CharField(max_length=100, verbose_name='template')),
            ('context', models.JSONField(default=dict, verbose_name='context')),
            ('status', models.CharField(choices=[('queued', 'Queued'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Failed'), ('bounced', 'Bounced')], default='queued', max_length=10, verbose_name='status')),
            ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
            ('next_attempt_at', models.DateTimeField(null=True, verbose_name='next attempt at')),
            ('sent_at', models.DateTimeField(null=True, verbose_name='sent at')),
            ('error', models.TextField(blank=True, verbose_name='last error')),
            ('about', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='about')),
            ('address', models.EmailField(blank=True, max_length=254, verbose_name='sent to')),
            ('other_address', models.EmailField(blank=True, max_length=254, verbose_name='to be sent to, instead of the address of the account')),
            ('claim', models.UUIDField(null=True, verbose_name='claim')),
            ('lease_until', models.DateTimeField(null=True, verbose_name='claimed until')),
            ('handed_over_at', models.DateTimeField(null=True, verbose_name='handed over at')),
            ('doubts', models.PositiveSmallIntegerField(default=0, verbose_name='hand-overs without an answer')),
            ('bounced_at', models.DateTimeField(null=True, verbose_name='bounced at')),
            ('opened_at', models.DateTimeField(null=True, verbose_name='led to the portal at')),
            ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL, verbose_name='recipient')),
        ], options={
            'verbose_name': 'notification', 'verbose_name_plural': 'notifications', 'ordering': ['created_at'], 'indexes': [models.Index(condition=models.Q(('status', 'queued')), fields=['next_attempt_at'], name='notification_due'), models.Index(condition=models.Q(('status', 'sending')), fields=['lease_until'], name='notification_lease'), models.Index(fields=['recipient', '-created_at'], name='notification_recipient'), models.Index(condition=models.Q(('status__in', ['failed', 'bounced'])), fields=['recipient'], name='notification_missing')],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('other_address', ''), ('other_address__regex', '^[^@\\s]+@[^@\\s]+$'), _connector='OR'), name='another_address_is_of_a_mailbox'),
            ],
        }),
        migrations.CreateModel(name='RecordHead', fields=[
            ('id', models.BigAutoField(primary_key=True, serialize=False)),
            ('chain', models.CharField(max_length=100, verbose_name='chain')),
            ('sequence', models.BigIntegerField(verbose_name='number of the last entry')),
            ('hash', models.CharField(max_length=64, verbose_name='hash of the last entry')),
            ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heads', to='core.recordroot', verbose_name='since root')),
        ], options={
            'verbose_name': 'kept head', 'verbose_name_plural': 'kept heads', 'ordering': ['root', 'chain'],
            'constraints': [
                models.UniqueConstraint(fields=('chain', 'root'), name='one_head_a_chain_and_root'),
            ],
        }),
    ]
