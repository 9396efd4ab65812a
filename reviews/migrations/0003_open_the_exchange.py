"""Reviews whose answers were sent before there were rooms for feedback and lists of observations get them."""

from django.db import migrations

_ENGLISH = "en"  # no review had agreed on its working languages before


def open_the_exchange(apps, schema_editor):
    Review = apps.get_model("reviews", "Review")
    WrittenFeedback = apps.get_model("reviews", "WrittenFeedback")
    AgreedText = apps.get_model("reviews", "AgreedText")
    for review in Review.objects.filter(step__kind="feedback").select_related("phase"):
        cluster = review.phase.cluster_id
        states = review.reviewing_states.filter(instruments__articles__clusters=cluster)
        for state in set(states.values_list("state_party_id", flat=True)):
            WrittenFeedback.objects.get_or_create(
                review=review, state_party_id=state, defaults={"room_id": state, "language": _ENGLISH}
            )
        covered = review.instruments.filter(reviewing_states__review=review, articles__clusters=cluster)
        for instrument in set(covered.values_list("pk", flat=True)):
            AgreedText.objects.get_or_create(
                review=review,
                instrument_id=instrument,
                kind="list_of_observations",
                defaults={"language": _ENGLISH},
            )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0002_whole_journey")]

    operations = [migrations.RunPython(open_the_exchange, migrations.RunPython.noop)]
