"""What the code of a question may be; used by services."""

import re

from django.utils.translation import gettext as _

from core.errors import ServiceError

# As the questionnaires number their questions ("I.water.1.a"). The audit holds codes, so that no text may pass for one.
_CODE = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_LONGEST_CODE = 60


def check_question_code(code: str, *, field: str = "text") -> str:
    """The code of a question, by its shape. Raises ServiceError for anything else."""
    if len(code) > _LONGEST_CODE or not _CODE.fullmatch(code):
        raise ServiceError(_("There is no such question."), field=field)
    return code
