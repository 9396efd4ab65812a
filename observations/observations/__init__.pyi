from .services import (
    ObservationInput as ObservationInput,
    draft_observation as draft_observation,
    lay_on_table as lay_on_table,
)
