"""What every page that shows answers with feedback beside them draws."""

from typing import Any

from core.language.i18n import language
from dialogue.desk.desk import Desk


def desk_context(desk: Desk) -> dict[str, Any]:
    """What every page of the desk shows, and the languages in which questions and answers are written."""
    return {
        "desk": desk,
        "history": desk.history,
        "instruments": desk.instruments,
        "official": language(desk.index.definition.language),
        "answers_language": desk.submission.language,
    }
