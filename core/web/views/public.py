from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator

from core.web.appearance import appearance_of
from core.web.pages import Page

# How long a copy of a public page may be shown after what it shows has changed.
PUBLIC_FOR = 60  # seconds


@method_decorator(login_not_required, name="dispatch")
class PublicPage(Page):
    """For everybody, signed in or not. It gets what it shows from among what is public, and from nowhere else."""

    frame = "public_base.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        http_response = super().dispatch(request, *args, **kwargs)
        # The page of somebody signed in bears a name, and one in chosen colours is for whoever chose them.
        if not request.user.is_authenticated and not appearance_of(request):
            patch_cache_control(http_response, public=True, max_age=PUBLIC_FOR)
        return http_response
