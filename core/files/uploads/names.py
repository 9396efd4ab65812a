"""What a person calls a file, made fit to be shown and to be offered as the name of a download."""

import re
import unicodedata

LONGEST_NAME = 150  # characters
LONGEST_NAME_BYTES = 240  # in UTF-8; file systems take 255
# Names that Windows keeps for devices, whatever ending follows.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*]')
# Letters of Persian and of Indic scripts are joined and parted by these two; other invisible characters go.
_JOINERS = "\u200c\u200d"


def shown_name(name: str) -> str:
    """The last part of a path without what misleads or harms.

    Control characters, marks that turn the direction (``fdp.exe`` for ``exe.pdf``), surrogates, characters that file
    systems refuse and names of devices go; at most ``LONGEST_NAME`` characters stay, the ending among them.
    """
    text = unicodedata.normalize("NFC", "".join(filter(_is_visible, re.split(r"[/\\]", name)[-1])))
    text = _FORBIDDEN.sub("_", re.sub(r"\s+", " ", text)).strip().rstrip(" .")
    stem, dot, last = text.rpartition(".") if "." in text else (text, "", "")
    stem, ending = stem.strip(" .") or "file", f"{dot}{last}"[:20].rstrip()
    if _RESERVED.fullmatch(stem.split(".")[0].strip()):
        stem = f"_{stem}"
    stem = stem[: LONGEST_NAME - len(ending)]
    while len(f"{stem}{ending}".encode()) > LONGEST_NAME_BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip(' .') or 'file'}{ending}"


def _is_visible(character: str) -> bool:
    category = unicodedata.category(character)
    return character in _JOINERS or character == " " or category not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
