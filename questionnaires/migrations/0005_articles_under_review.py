"""Reviews that are open get what they were opened for: what the State was party to, and the articles under review.

Here and not among the migrations of reviews, since a response knows on what it was given.
"""

from django.db import migrations

FILL = """
    UPDATE reviews_review AS review
    SET party_to = COALESCE(
        (SELECT response.party_to FROM questionnaires_response AS response WHERE response.review_id = review.id),
        ARRAY(
            SELECT instrument.slug FROM reviews_instrument AS instrument
            WHERE EXISTS (
                SELECT FROM reviews_review_instruments AS held
                WHERE held.review_id = review.id AND held.instrument_id = instrument.id
            ) OR instrument.mechanism_id IS NULL AND EXISTS (
                SELECT FROM reviews_adherence AS adherence
                WHERE adherence.instrument_id = instrument.id
                AND adherence.state_party_id = review.state_under_review_id
                AND GREATEST(adherence.deposited_on + instrument.days_to_force::int, instrument.in_force_on)
                    <= review.starts_on
            )
            ORDER BY instrument.slug
        )
    )
    WHERE party_to = '{}';

    INSERT INTO reviews_reviewarticle (id, created_at, updated_at, review_id, article_id)
    SELECT gen_random_uuid(), now(), now(), review.id, line.article_id
    FROM reviews_review AS review
    JOIN reviews_phase AS phase ON phase.id = review.phase_id
    JOIN reviews_clusterarticle AS line ON line.cluster_id = phase.cluster_id
    JOIN reviews_article AS article ON article.id = line.article_id
    JOIN reviews_review_instruments AS held
        ON held.review_id = review.id AND held.instrument_id = article.instrument_id
    LEFT JOIN reviews_instrument AS outside ON outside.id = line.unless_party_to_id
    WHERE outside.slug IS NULL OR NOT outside.slug = ANY (review.party_to)
    ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0004_row_security"),
        ("reviews", "0013_articles_under_review"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
