from .forms import ProfileForm as ProfileForm
from .language import remember_language as remember_language
from .services import (
    ProfileInput as ProfileInput,
    begin_tour_again as begin_tour_again,
    leave_tour as leave_tour,
    update_profile as update_profile,
)
