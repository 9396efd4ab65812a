"""What guardian answers follows from who takes part, and from nothing else (docs/adr/0037)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.database.reversible import made

# What each role gives: ``ROLE_GRANTS`` in ``reviews/capacities/capacities.py``; a test compares them. Asked as the role that runs the
# statement, so that row-level security of participations holds.
_VIEW = """
CREATE VIEW reviews_reviewusergrant WITH (security_invoker = true) AS
SELECT hashtextextended(part.id::text || gives.codename, 0) AS id,
    part.user_id, permission.id AS permission_id, part.review_id AS content_object_id
FROM reviews_participation part
JOIN (VALUES
    ('under_review', 'focal_point', 'view_review'), ('under_review', 'focal_point', 'read_review'),
    ('under_review', 'focal_point', 'draft_review'), ('under_review', 'focal_point', 'clear_review'),
    ('under_review', 'governmental_expert', 'view_review'), ('under_review', 'governmental_expert', 'read_review'),
    ('under_review', 'governmental_expert', 'draft_review'),
    ('under_review', 'national_contributor', 'view_review'),
    ('under_review', 'national_contributor', 'contribute_review'),
    ('under_review', 'observer', 'view_review'), ('under_review', 'observer', 'read_review'),
    ('reviewing', 'focal_point', 'view_review'), ('reviewing', 'focal_point', 'read_review'),
    ('reviewing', 'focal_point', 'draft_review'), ('reviewing', 'focal_point', 'clear_review'),
    ('reviewing', 'governmental_expert', 'view_review'), ('reviewing', 'governmental_expert', 'read_review'),
    ('reviewing', 'governmental_expert', 'draft_review'),
    ('reviewing', 'observer', 'view_review'), ('reviewing', 'observer', 'read_review')
) AS gives (side, role, codename) ON gives.side = part.side AND gives.role = part.role
JOIN django_content_type kind ON kind.app_label = 'reviews' AND kind.model = 'review'
JOIN auth_permission permission ON permission.content_type_id = kind.id AND permission.codename = gives.codename
WHERE part.ended_at IS NULL
"""
_nothing = django.db.models.deletion.DO_NOTHING


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("reviews", "0005_pages_open_nothing"),
    ]

    operations = [
        migrations.DeleteModel("ReviewUserGrant"),
        made(_VIEW),
        migrations.CreateModel(
            name="ReviewUserGrant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("content_object", models.ForeignKey(on_delete=_nothing, related_name="grants", to="reviews.review")),
                ("permission", models.ForeignKey(on_delete=_nothing, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=_nothing, to=settings.AUTH_USER_MODEL)),
            ],
            options={"managed": False},
        ),
    ]
