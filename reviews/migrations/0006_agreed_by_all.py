"""That more time or a meeting is agreed follows from the words of the States, in the database too (docs/adr/0038, 0080).

As ``reviews.agreement`` has it: every State that takes part now has said yes, or is not waited for. A page wrote it
before the last one, or without any.
"""

from django.db import migrations

from core.database.guards import FOR_PAGES, changed, refused

_MEETING, _TIME = "reviews_plannedmeeting", "reviews_timechange"
_STATES = """(
        SELECT row.state_party_id AS state FROM reviews_reviewingstate row WHERE row.review_id = NEW.review_id
        UNION SELECT review.state_under_review_id FROM reviews_review review WHERE review.id = NEW.review_id
    ) part"""
# A State without which the others go ahead is not waited for; its no counts.
_ABSENT = """EXISTS (
        SELECT FROM reviews_partialteam row WHERE row.review_id = NEW.review_id AND row.state_party_id = part.state
    )"""
_MEETING_WAITS = f"""EXISTS (
    SELECT FROM {_STATES}
    LEFT JOIN reviews_meetinganswer said
        ON said.meeting_id = NEW.id AND said.revision = NEW.revision AND said.state_party_id = part.state
    WHERE NOT COALESCE(said.agrees, {_ABSENT})
)"""
# Whoever asks has agreed by that.
_TIME_WAITS = f"""EXISTS (
    SELECT FROM {_STATES}
    LEFT JOIN reviews_timechangeanswer said ON said.change_id = NEW.id AND said.state_party_id = part.state
    WHERE NOT COALESCE(said.agrees, part.state IS NOT DISTINCT FROM NEW.asked_for_id)
)"""
_AGREED = "NEW.status = 'agreed' AND OLD.status <> 'agreed'"
_OTHERWISE = changed(("starts_at", "time_zone", "minutes", "means"))


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_in_their_own_names")]

    operations = [
        refused(
            _TIME, "said_by_all", on="UPDATE", when=_AGREED,
            condition=f"{FOR_PAGES} AND (OLD.status <> 'asked' OR NEW.recorded_by_id IS NULL AND {_TIME_WAITS})",
            words="more time is agreed once all States have said so, or an officer records it",
        ),
        refused(
            _TIME, "starts_as_asked", on="INSERT", when="NEW.status <> 'asked' OR NEW.recorded_by_id IS NOT NULL",
            condition=FOR_PAGES, words="more time begins as a request",
        ),
        refused(
            _MEETING, "said_by_all", on="UPDATE", when=_AGREED, condition=f"{FOR_PAGES} AND {_MEETING_WAITS}",
            words="a meeting is agreed once all States have said yes to it as it stands",
        ),
        refused(
            _MEETING, "said_of_this_time", on="UPDATE", condition=FOR_PAGES,
            when=f"OLD.status = 'agreed' AND NEW.status = 'agreed' AND ({_OTHERWISE})",
            words="another time of a meeting is asked for anew",
        ),
        refused(
            _MEETING, "starts_as_invited", on="INSERT", when="NEW.status <> 'invited' OR NEW.agreed_at IS NOT NULL",
            condition=FOR_PAGES, words="a meeting begins as an invitation",
        ),
    ]  # fmt: skip
