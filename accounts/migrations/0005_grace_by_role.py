from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_access_rules"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="accountrule",
            name="a_rule_is_above_zero",
        ),
        migrations.AlterField(
            model_name="accountrule",
            name="key",
            field=models.CharField(
                choices=[
                    ("activation_link", "How long an activation link is valid"),
                    ("password_link", "How long a link for a forgotten passphrase is valid"),
                    ("second_factor_grace", "How long one may work without a second factor"),
                    ("focal_point_grace", "How long a focal point may work without a second factor"),
                    ("secretariat_grace", "How long the secretariat may work without a second factor"),
                    ("idle_session", "After how long without a page a session ends"),
                    ("longest_session", "After how long a session ends in any case"),
                    ("recent_sign_in", "How recent the sign-in is for acts that bind a State"),
                    ("staff_session", "How long a staff session lasts"),
                    ("access_wait", "How long a State may refuse a request for access"),
                    ("access_wait_alone", "How long a request of the only officer left waits"),
                ],
                max_length=40,
                unique=True,
                verbose_name="rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="accountrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value__gt", 0),
                    ("key__in", ["second_factor_grace", "focal_point_grace", "secretariat_grace"]),
                    _connector="OR",
                ),
                name="a_rule_is_above_zero_or_none_of_grace",
            ),
        ),
    ]
