from reviews.forms.opening import ReviewOpenForm
from reviews.forms.participants import ParticipantForm
from reviews.forms.review_list import ReviewFilterForm
from reviews.forms.state_list import StateFilterForm

__all__ = ["ParticipantForm", "ReviewFilterForm", "ReviewOpenForm", "StateFilterForm"]
