"""Laws for the tests, entered as a person would, and answers that cite them."""

import datetime as dt
from typing import Any

from accounts.people.models import User
from questionnaires.laws.models import Law
from questionnaires.laws.services import add_law
from questionnaires.laws.validators import LawInput
from tests.utils import Cast, save

PENAL_CODE = "Penal Code, 1999"
REPEALED_ON = dt.date(2025, 5, 3)


def enter(cast: Cast, title: str = PENAL_CODE, *, actor: User | None = None, **more: Any) -> Law:
    return add_law(actor=actor or cast.expert, review=cast.review, given=LawInput(title, **more))


def cited(law: str, provision: str = "", link: str = "") -> dict[str, str]:
    return {"law": law, "provision": provision, "link": link}


def cite(cast: Cast, code: str, *citations: dict[str, str], base: int = 0) -> None:
    save(cast.response, cast.expert, code, text="As the law says.", citations=citations, base=base)  # type: ignore[arg-type]
