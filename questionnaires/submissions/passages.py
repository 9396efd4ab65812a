"""A provision in the text of a law: where it begins, and what belongs to it; pure."""

import re

_NUMBER = re.compile(r"\d+(?:[.-]?\w+)*")
# What stands before the number ("Article", "§", "Art.") with the spaces after it, and the number. Of a paragraph it
# looks at so many signs and no more, for a text may come from anybody.
_HEADING = re.compile(r"([^\d(\n]{0,40})(\d+(?:[.-]?\w+)*)")


def passage_of(text: str, provision: str) -> str:
    """The paragraphs of ``text`` from the one that begins with the number of ``provision`` up to the next of its like.

    "art. 5 (2)" finds "Article 5. …", with the paragraphs "(1)" and "(2)" after it. Empty where there is none.
    """
    wanted = _NUMBER.search(provision)
    if wanted is None:
        return ""
    found: list[str] = []
    lead = ""
    for paragraph in (each for each in text.split("\n") if each.strip()):
        heading = _HEADING.match(paragraph.lstrip())
        if heading and not found and heading[2] == wanted[0]:
            lead, found = _lead(heading), [paragraph]
        elif heading and found and _lead(heading) == lead:
            break
        elif found:
            found.append(paragraph)
    return "\n".join(found)


def _lead(heading: re.Match[str]) -> str:
    return heading[1].rstrip().casefold()
