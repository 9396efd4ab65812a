from .models import FollowUp as FollowUp
from .selectors import (
    agreed_observations as agreed_observations,
    due_soon as due_soon,
    is_shared_of as is_shared_of,
)
from .services import (
    FollowUpInput as FollowUpInput,
    record_follow_up as record_follow_up,
    share_follow_up as share_follow_up,
)
