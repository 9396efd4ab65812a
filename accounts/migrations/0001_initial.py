"""The tables of the app, as `makemigrations` wrote them for the squash (docs/adr/0036)."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.states.models
from core.database.columns import base, translated


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(name='ConfidentialityTerms', fields=[
            *base(),
            ('number', models.PositiveSmallIntegerField(unique=True, verbose_name='number')),
            *translated('text', models.TextField, verbose_name='text'),
            ('valid_from', models.DateField(verbose_name='valid from')),
        ], options={'verbose_name': 'terms of confidentiality', 'verbose_name_plural': 'terms of confidentiality', 'ordering': ['-number']}),
        migrations.CreateModel(name='LinkRequest', fields=[
            *base(),
            ('email', models.CharField(max_length=254, verbose_name='e-mail address')),
        ], options={'verbose_name': 'request for a link', 'verbose_name_plural': 'requests for links', 'ordering': ['created_at']}),
        migrations.CreateModel(name='RegionalGroup', fields=[
            *base(),
            ('slug', models.SlugField(unique=True, verbose_name='short name in addresses')),
            *translated('name', models.CharField, max_length=100, verbose_name='name'),
            ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
        ], options={'verbose_name': 'regional group', 'verbose_name_plural': 'regional groups', 'ordering': ['order']}),
        migrations.CreateModel(name='User', fields=[
            ('password', models.CharField(max_length=128, verbose_name='password')),
            ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
            ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
            *base(),
            ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
            ('full_name', models.CharField(max_length=150, verbose_name='name')),
            ('job_title', models.CharField(blank=True, max_length=150, verbose_name='title')),
            ('organization', models.CharField(blank=True, max_length=200, verbose_name='ministry or office')),
            ('phone', models.CharField(blank=True, max_length=40, verbose_name='office telephone')),
            ('language', models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], default='en', max_length=10, verbose_name='language')),
            ('working_languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10), blank=True, default=list, size=None, verbose_name='languages in which the person works')),
            ('office_hours', models.CharField(blank=True, max_length=100, verbose_name='hours of work')),
            ('office_place', models.CharField(blank=True, max_length=200, verbose_name='place of work')),
            ('time_zone', models.CharField(blank=True, max_length=50, verbose_name='time zone')),
            ('activated_at', models.DateTimeField(blank=True, null=True, verbose_name='activated at')),
            ('secretariat_role', models.CharField(blank=True, choices=[('officer', 'Officer'), ('administrator', 'Administrator'), ('auditor', 'Auditor')], max_length=20, verbose_name='role in the secretariat')),
            ('status', models.CharField(choices=[('invited', 'Invited'), ('active', 'Active'), ('ended', 'Ended')], default='active', max_length=10, verbose_name='status')),
            ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
            ('is_staff', models.BooleanField(default=False, verbose_name='may open the administration of reference data')),
            ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
            ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
        ], options={
            'verbose_name': 'person', 'verbose_name_plural': 'people', 'ordering': ['full_name'],
            'constraints': [
                models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='email_unique_whatever_the_case'),
            ],
        }),
        migrations.CreateModel(name='AccountRule', fields=[
            *base(),
            ('key', models.CharField(choices=[('activation_link', 'How long an activation link is valid'), ('password_link', 'How long a link for a forgotten passphrase is valid'), ('second_factor_grace', 'How long one may work without a second factor'), ('focal_point_grace', 'How long a focal point may work without a second factor'), ('secretariat_grace', 'How long the secretariat may work without a second factor'), ('idle_session', 'After how long without a page a session ends'), ('longest_session', 'After how long a session ends in any case'), ('recent_sign_in', 'How recent the sign-in is for acts that bind a State'), ('staff_session', 'How long a staff session lasts'), ('access_wait', 'How long a State may refuse a request for access'), ('access_wait_alone', 'How long a request of the only officer left waits')], max_length=40, unique=True, verbose_name='rule')),
            ('value', models.PositiveIntegerField(verbose_name='value')),
            ('unit', models.CharField(choices=[('minutes', 'minutes'), ('hours', 'hours'), ('days', 'days')], max_length=10, verbose_name='unit')),
            ('source', models.TextField(blank=True, verbose_name='source')),
        ], options={
            'verbose_name': 'rule of accounts', 'verbose_name_plural': 'rules of accounts', 'ordering': ['key'],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('value__gt', 0), ('key__in', ['second_factor_grace', 'focal_point_grace', 'secretariat_grace']), _connector='OR'), name='a_rule_is_above_zero_or_none_of_grace'),
            ],
        }),
        migrations.CreateModel(name='StateParty', fields=[
            *base(),
            ('iso3', models.CharField(max_length=3, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z]{3}\\Z', 'Three capital letters.')], verbose_name='code')),
            ('iso2', models.CharField(blank=True, max_length=2, verbose_name='two-letter code')),
            *translated('name', models.CharField, max_length=120, verbose_name='name'),
            ('legal_system', models.CharField(blank=True, max_length=60, verbose_name='legal system (unverified)')),
            ('un_language', models.CharField(blank=True, choices=[('ar', 'Arabic'), ('zh-hans', 'Chinese'), ('en', 'English'), ('fr', 'French'), ('ru', 'Russian'), ('es', 'Spanish')], max_length=10, verbose_name='language mostly used with the United Nations (unverified)')),
            ('time_zone', models.CharField(blank=True, max_length=64, validators=[accounts.states.models._check_zone], verbose_name='time zone')),
            ('weekend', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)]), blank=True, default=accounts.states.models.saturday_and_sunday, size=None, verbose_name='weekend (1 is Monday, 7 is Sunday)')),
            ('is_reio', models.BooleanField(default=False, verbose_name='is a regional organization')),
            ('is_fictional', models.BooleanField(default=False, verbose_name='is fictional')),
            ('regional_group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='states', to='accounts.regionalgroup', verbose_name='regional group')),
        ], options={
            'verbose_name': 'State', 'verbose_name_plural': 'States', 'ordering': ['iso3'],
            'constraints': [
                models.CheckConstraint(condition=models.Q(('is_fictional', models.Q(('iso3__startswith', 'X')))), name='fictional_codes_begin_with_x', violation_error_message='Only fictional States have codes that begin with X.'),
            ],
        }),
        migrations.CreateModel(name='StaffSession', fields=[
            *base(),
            ('reason', models.TextField(verbose_name='reason')),
            ('started_at', models.DateTimeField(verbose_name='started at')),
            ('expires_at', models.DateTimeField(verbose_name='ends by itself at')),
            ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended at')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='staff_sessions', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ('state_party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.stateparty', verbose_name='State concerned')),
        ], options={
            'verbose_name': 'staff session', 'verbose_name_plural': 'staff sessions', 'ordering': ['-started_at'],
            'constraints': [
                models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user',), name='one_open_staff_session'),
            ],
        }),
        migrations.CreateModel(name='Affiliation', fields=[
            *base(),
            ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
            ('ends_on', models.DateField(blank=True, null=True, verbose_name='until')),
            ('is_permanent_mission', models.BooleanField(default=False, verbose_name='belongs to the permanent mission')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ('state_party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to='accounts.stateparty', verbose_name='State')),
        ], options={
            'verbose_name': 'affiliation', 'verbose_name_plural': 'affiliations',
            'constraints': [
                models.UniqueConstraint(condition=models.Q(('ends_on', None)), fields=('user', 'state_party'), name='one_open_affiliation'),
            ],
        }),
        migrations.CreateModel(name='TermsAcceptance', fields=[
            *base(),
            ('accepted_at', models.DateTimeField(verbose_name='accepted at')),
            ('terms', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acceptances', to='accounts.confidentialityterms', verbose_name='terms of confidentiality')),
            ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to=settings.AUTH_USER_MODEL, verbose_name='person')),
        ], options={
            'verbose_name': 'acceptance of the terms', 'verbose_name_plural': 'acceptances of the terms',
            'constraints': [
                models.UniqueConstraint(fields=('user', 'terms'), name='terms_are_accepted_once'),
            ],
        }),
    ]
