from typing import Any

from allauth.account.signals import authentication_step_completed
from django.urls import include, path
from django.utils import timezone

urlpatterns = [path("accounts/", include("allauth.account.urls")), path("", include("allauth.idp.urls"))]


def note_proof(user: Any, **kwargs: object) -> None:
    """When the person has proven it last, also where that was asked once more: ``auth_time`` says so."""
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])


authentication_step_completed.connect(note_proof)
