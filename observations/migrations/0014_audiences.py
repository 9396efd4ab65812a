"""What a State opens to all States parties is read by people of those of its mechanism, and by nobody else (0093).

What was public before stays so. What was shared of a follow-up had asked for a State alone, of whatever mechanism.
"""

from django.db import migrations, models
from django.db.migrations.operations import RunSQL

from core.database.guards import changed, guarded
from core.database.reversible import made
from core.database.row_security import LOOKING, THE_SYSTEM
from reviews.walls import AT_TABLE, EVERY_SECRETARIAT_ROLE, OWN_ROOM

_PUBLICATION, _SHARE = "reviews_publication", "observations_followupshare"
_AUDIENCES = [
    ("review_team", "The reviewing States of this review"), ("states_parties", "All States parties"),
    ("public", "Everybody"),
]  # fmt: skip
# Who acts for a State: in a review but as a contributor, or at its permanent mission. States for demonstration read of
# their like, and the others of theirs.
_PARTIES = """
CREATE FUNCTION acting_party_to(opened uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM reviews_review review
        JOIN accounts_stateparty reviewed ON reviewed.id = review.state_under_review_id
        JOIN reviews_instrument instrument ON instrument.mechanism_id = review.mechanism_id
        JOIN reviews_adherence adherence ON adherence.instrument_id = instrument.id
        JOIN accounts_stateparty party
            ON party.id = adherence.state_party_id AND party.is_fictional = reviewed.is_fictional
        WHERE review.id = opened AND party.id IN (
            SELECT state_party_id FROM reviews_participation
            WHERE user_id = acting_person() AND ended_at IS NULL AND role <> 'national_contributor'
            UNION ALL
            SELECT state_party_id FROM accounts_affiliation
            WHERE user_id = acting_person() AND ends_on IS NULL AND is_permanent_mission
        )
    );
END $$;
CREATE FUNCTION acting_party_to_text(opened uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    RETURN acting_party_to((SELECT review_id FROM reviews_agreedtext WHERE id = opened));
END $$;
"""
# What they are asked instead of (observations.0002).
_OF_ANY_STATE = """
CREATE FUNCTION acting_for_a_state() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM reviews_participation
        WHERE user_id = acting_person() AND ended_at IS NULL AND role <> 'national_contributor'
    ) OR EXISTS (
        SELECT FROM accounts_affiliation WHERE user_id = acting_person() AND ends_on IS NULL AND is_permanent_mission
    )
$$;
"""
# The secretariat sees on the page of a text where it stands; the text itself it reads there.
_READ = (
    f"audience = 'public' OR {EVERY_SECRETARIAT_ROLE} OR {LOOKING} OR {THE_SYSTEM}"
    " OR acting_party_to_text(agreed_text_id)"
)
_READ_SHARES = f"""{LOOKING} OR {THE_SYSTEM} OR ({OWN_ROOM}) OR (ended_at IS NULL AND (
    audience = 'public'
    OR audience = 'states_parties' AND {{party}}
    OR {AT_TABLE}
))"""


class Migration(migrations.Migration):
    dependencies = [("observations", "0013_public_as_xml")]

    operations = [
        made(_PARTIES),
        migrations.AddField("publication", "audience", models.CharField(
            "shared with", max_length=20, choices=_AUDIENCES, db_default="public"
        )),
        RunSQL(
            f"ALTER POLICY door_read ON {_PUBLICATION} USING ({_READ})",
            f"ALTER POLICY door_read ON {_PUBLICATION} USING (true)",
        ),
        RunSQL(*[
            f"ALTER POLICY door_read ON {_SHARE} USING ({_READ_SHARES.format(party=party)})"
            for party in ("acting_party_to(review_id)", "acting_for_a_state()")
        ]),
        RunSQL("DROP FUNCTION acting_for_a_state()", _OF_ANY_STATE),
        guarded(
            _PUBLICATION, "audience_stays", on="UPDATE", when=changed(["audience"]),
            words="what is opened to others is opened anew",
        ),
    ]  # fmt: skip
