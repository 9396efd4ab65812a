from .forms import ProfileForm as ProfileForm
from .language import remember_language as remember_language
from .services import update_profile as update_profile
