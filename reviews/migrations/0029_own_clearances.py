"""Each focal point clears for the own State alone, and a version that was cancelled never stands again (docs/adr/0022).

That a text is agreed on only where each State has cleared it (reviews.0027) rests on these rows.
"""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from core.database.guards import stays_once_set
from core.database.row_security import LOOKING, ME, THE_SYSTEM, close

_FOCAL_POINT = """
CREATE FUNCTION acting_focal_point(review uuid, state uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_participation part
        WHERE part.user_id = acting_person() AND part.ended_at IS NULL AND part.role = 'focal_point'
            AND part.review_id = review AND part.state_party_id = state
    );
END $$;
"""
_SEES_REVIEW = (
    "review_id IN (SELECT acting_reviews()) OR (SELECT acting_secretariat('{officer,administrator,auditor}'))"
    f" OR {LOOKING}"
)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0028_mails_of_their_own_person")]

    operations = [
        RunSQL(_FOCAL_POINT, "DROP FUNCTION acting_focal_point(uuid, uuid)"),
        close(
            "reviews_clearance",
            read=_SEES_REVIEW,
            write=f"focal_point_id = {ME} AND acting_focal_point(review_id, state_party_id) OR {THE_SYSTEM}",
        ),
        stays_once_set("reviews_textversion", "cancelled_at"),
    ]
