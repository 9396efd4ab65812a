"""Who is named with an @ in a text; pure."""

import re
from collections.abc import Iterable

from accounts.people.models import User

# A name ends where no letter goes on, nor a hyphen with one; Chinese leaves no space between words.
_ENDS = r"(?!-?[^\W\u3400-\u9fff])"


def named_in(text: str, people: Iterable[User]) -> list[User]:
    """Those of ``people`` whose whole name stands after an @, in their order.

    The longest names are looked for first and each is cut out, so that "@Ana Lima" does not name "Ana Li" as well.
    """
    known = list(people)
    names = sorted({each.full_name.casefold() for each in known if each.full_name}, key=len, reverse=True)
    left, found = text.casefold(), set()
    for name in names:
        left, times = re.subn(f"@{re.escape(name)}{_ENDS}", " ", left)
        if times:
            found.add(name)
    return [each for each in known if each.full_name.casefold() in found]
