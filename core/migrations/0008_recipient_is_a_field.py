from django.db import migrations, models

# Who a mail went to could be said by a word in its context, and was, by mistake: the address of a computer.
_MAILBOXES = """
    UPDATE core_notification SET other_address = context ->> 'address', context = context - 'address'
    WHERE context ->> 'address' ~ '^[^@[:space:]]+@[^@[:space:]]+$'
"""
_COMPUTERS = """
    UPDATE core_notification
    SET context = context - 'address' || jsonb_build_object('client_address', context -> 'address')
    WHERE context ? 'address'
"""
# Of those the words were written for the account: what has not arrived goes there.
_BACK = """
    UPDATE core_notification SET context = context || jsonb_build_object('address', other_address)
    WHERE other_address <> ''
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_door"),
    ]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="other_address",
            field=models.EmailField(
                blank=True,
                default="",
                max_length=254,
                verbose_name="to be sent to, instead of the address of the account",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL([_MAILBOXES, _COMPUTERS], [_BACK]),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("other_address", ""), ("other_address__regex", "^[^@\\s]+@[^@\\s]+$"), _connector="OR"
                ),
                name="another_address_is_of_a_mailbox",
            ),
        ),
    ]
