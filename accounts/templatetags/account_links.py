"""Links that mails about an account need."""

from django import template
from django.urls import reverse

from accounts.models import User
from accounts.services.invitations import set_password_arguments

register = template.Library()


@register.simple_tag
def set_password_path(user: User) -> str:
    """The path of the page on which this person sets a password.

    Made when the mail leaves, so that the secret in it is never stored.
    """
    return reverse("accounts:set-password", args=set_password_arguments(user))
