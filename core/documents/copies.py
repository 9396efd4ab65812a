"""Whose copy of a confidential document it is, as its masthead says."""

import datetime as dt

from django.utils.translation import gettext as _

from core.time.dates import binding_moment


def copy_words(person: str, at: dt.datetime) -> str:
    """In the active language: who has asked for the file, and when it was made."""
    return _("Confidential – fetched by %(person)s on %(date)s") % {"person": person, "date": binding_moment(at)}
