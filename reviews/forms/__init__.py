from reviews.forms.consultations import ConsultationForm
from reviews.forms.opening import ReviewOpenForm
from reviews.forms.partial_teams import GoAheadForm
from reviews.forms.participants import ContributorForm
from reviews.forms.publication_list import PublicationFilterForm
from reviews.forms.review_list import ReviewFilterForm
from reviews.forms.rooms import RoomsForm
from reviews.forms.state_list import DirectoryFilterForm, ExpertFilterForm, StateFilterForm

__all__ = [
    "ConsultationForm",
    "ContributorForm",
    "DirectoryFilterForm",
    "ExpertFilterForm",
    "GoAheadForm",
    "PublicationFilterForm",
    "ReviewFilterForm",
    "ReviewOpenForm",
    "RoomsForm",
    "StateFilterForm",
]
