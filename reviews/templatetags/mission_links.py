"""The link of a mission in its mail. Made when the mail leaves, so that the secret in it is never stored."""

from uuid import UUID

from django import template
from django.urls import reverse

from accounts.links import token_of

register = template.Library()


@register.simple_tag
def mission_link_path(link_id: str) -> str:
    return reverse("reviews:mission-link-follow", args=[token_of(UUID(link_id))])
