"""Links that mails about an account need. Made when the mail leaves, so that the secret in them is never stored."""

import datetime as dt

from django import template
from django.urls import reverse

from accounts.invitations import LinkKind, make_link_token
from accounts.people.models import User
from accounts.sessions import device_words

register = template.Library()


@register.simple_tag
def activation_path(user: User) -> str:
    """The path of the page on which an invited person begins."""
    return reverse("accounts:activate", args=[make_link_token(LinkKind.ACTIVATION, user)])


@register.simple_tag
def set_password_path(user: User) -> str:
    """The path of the page on which a person who has forgotten the passphrase sets another one."""
    return reverse("accounts:password-link", args=[make_link_token(LinkKind.PASSWORD, user)])


@register.filter
def device(user_agent: str) -> str:
    """What a browser says of itself, in words."""
    return device_words(user_agent)


@register.filter
def iso_moment(value: str) -> dt.datetime:
    """A moment that was kept as text (in the context of a mail) as a moment again."""
    return dt.datetime.fromisoformat(value)
