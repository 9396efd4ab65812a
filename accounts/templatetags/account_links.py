"""Links that mails about an account need. Made when the mail leaves, so that the secret in them is never stored."""

from django import template
from django.urls import reverse

from accounts.models import User
from accounts.services.links import LinkKind, make_link_token

register = template.Library()


@register.simple_tag
def activation_path(user: User) -> str:
    """The path of the page on which an invited person begins."""
    return reverse("accounts:activate", args=[make_link_token(LinkKind.ACTIVATION, user)])


@register.simple_tag
def set_password_path(user: User) -> str:
    """The path of the page on which a person who has forgotten the password sets another one."""
    return reverse("accounts:password-link", args=[make_link_token(LinkKind.PASSWORD, user)])
