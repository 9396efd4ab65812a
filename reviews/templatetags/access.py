"""The link in the mail to the old address. Made when the mail leaves, so that the secret in it is never stored."""

from uuid import UUID

from django import template
from django.urls import reverse

from reviews.access import make_stop_token

register = template.Library()


@register.simple_tag
def stop_path(request_id: str) -> str:
    return reverse("reviews:access-stop-link", args=[make_stop_token(UUID(request_id))])
