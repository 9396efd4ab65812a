"""Who reads what is saved on an observation, and which version of its list a save would cancel."""

from observations.texts.models import Observation
from observations.versions import shown_of_text
from reviews.drafts import Shown, shown_in_room


def shown_of_observation(observation: Observation) -> Shown:
    """Where it lies now. In a room no save touches a version that stands."""
    if observation.room_id is not None:
        return shown_in_room(observation.review, observation.room_id)
    return shown_of_text(observation.agreed_text)
