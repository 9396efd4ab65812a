"""Formulas of spreadsheets that ask another program or another machine, or that start something."""

import re

# What fetches from an address, asks a server or another program, or runs code; in Excel, Calc and what others take over
# from Google Sheets. ``_xlfn.`` and the like stand before functions that came later.
_FUNCTIONS = re.compile(
    r"(?<![a-z0-9_])(?:_xl[a-z]+\.)*"
    r"(?:webservice|filterxml|image|import(?:data|xml|html|feed|range)|googlefinance|googletranslate|stockhistory|"
    r"rtd|dde|call|register(?:\.id)?|exec|sql\.request|cube[a-z]+|py|hyperlink)\s*\(",
    re.IGNORECASE,
)
_WORDS = re.compile(r'"(?:[^"]|"")*"')
# A link to a place in the same file, given in words: what it leads to cannot be put together from cells.
_OWN_LINK = re.compile(r'(?<![a-z0-9_.])hyperlink\s*\(\s*"#[^"]*"\s*(?=[,)])', re.IGNORECASE)
# Another program's ``cmd|'/C calc'!A0``, another workbook's ``[1]Sheet1!A1``, an address or a share.
_ELSEWHERE = re.compile(r"\||\[[^\[\]]*\][^\[\]()+*,;&<>=]*!|://|\\\\|\bfile:", re.IGNORECASE)


def reaches_out(formula: str) -> bool:
    """Whether a formula, as it stands in the file (English names, strings in quotation marks), acts on anything."""
    own = _OWN_LINK.sub("own(", formula)
    without_words = _WORDS.sub('""', own)
    return bool(_FUNCTIONS.search(without_words) or _ELSEWHERE.search(without_words))
