from .arranging import mark_discussed as mark_discussed
from .links import CLARIFICATION as CLARIFICATION, ShownLink as ShownLink, kinds_in as kinds_in, links_for as links_for
from .selectors import (
    all_observations_visible_to as all_observations_visible_to,
    count_on_table as count_on_table,
    headings_among as headings_among,
    observations_visible_to as observations_visible_to,
)
from .services import (
    ObservationInput as ObservationInput,
    draft_observation as draft_observation,
    edit_observation as edit_observation,
    lay_on_table as lay_on_table,
)
