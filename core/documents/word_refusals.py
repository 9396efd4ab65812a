"""What of a Word file cannot be carried over, and what is to be done about it; pure."""

from django.utils.translation import gettext as _


def no_joined_cells() -> str:
    return _("A table with joined cells cannot be carried over. Divide them.")


def no_such_rows() -> str:
    return _("This table cannot be carried over. Give each row as many cells as the first one.")


def no_link() -> str:
    return _("This link cannot be carried over. Write its address as words.")


def why_not(tag: str) -> str:
    name = tag.rpartition("}")[2]
    if name in {"ins", "del", "moveFrom", "moveTo", "delText", "moveFromRangeStart", "moveToRangeStart"}:
        return _("Changes that were tracked cannot be carried over. Accept or reject them in Word.")
    if name in {"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"}:
        return _("Comments of Word cannot be carried over. Take them out.")
    if name in {"footnoteReference", "endnoteReference", "footnoteRef", "endnoteRef"}:
        return _("A footnote cannot be carried over. Write it into the text.")
    if name in {"drawing", "pict", "object", "AlternateContent"}:
        return _("A picture, drawing or text box cannot be carried over. Say in words what it shows.")
    if name in {"oMath", "oMathPara"}:
        return _("A formula cannot be carried over. Write it in words.")
    if name == "sym":
        return _("A sign of a font of its own cannot be carried over. Write another sign.")
    return _("This paragraph holds something that cannot be carried over. Write it as plain text.")
