"""Make docs/samples anew: `make samples`. Two documents of an invented State in the six languages.

A public list of observations and a completed questionnaire as PDF, Word, HTML and Akoma Ntoso, out of the texts by
which the tests look at documents; on a new, empty database.
"""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import django
from django.core.management import call_command

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "samples"


def make() -> None:
    """Write every file of the folder, and no other stays there."""
    from tests.observations.documents.agreed_samples import LANGUAGES
    from tests.questionnaires.documents.sheets import PRINTERS, printed

    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for language in LANGUAGES:
        _list_of_observations(language)
        for ending in PRINTERS:
            path = FOLDER / f"completed-questionnaire-{language}.{ending}"
            path.write_bytes(printed(language, ending))


def _list_of_observations(language: str) -> None:
    from core.language.i18n import babel_locale, code_in_files
    from core.time.dates import day_in_words
    from observations.documents.akn import render_text_akn
    from observations.documents.docx import render_text_docx
    from observations.documents.pdf import render_text_html, render_text_pdf
    from observations.wording.printed_status import PrintedParty
    from reviews.symbols.enums import Distribution
    from reviews.symbols.printed import PrintedSymbol
    from tests.observations.documents.agreed_samples import STATES, public
    from tests.observations.wording.blueprints import reference

    day = dt.date(2022, 3, 4)
    document, status = public(language)
    status = replace(
        status,
        mechanism_name=reference("mechanism.json")["name"][code_in_files(language)],
        symbol=PrintedSymbol("CTOC/COP/WG.10/2022/CRP.1", Distribution.GENERAL, day, "en"),
        day=day,
        agreed_on=day_in_words(day, "long", babel_locale(language)),
        parties=(PrintedParty("XVE", STATES.get(language, "Veskaria")),),
    )
    makers = {"pdf": render_text_pdf, "docx": render_text_docx, "html": render_text_html, "xml": render_text_akn}
    for ending, render in makers.items():
        (FOLDER / f"list-of-observations-{language}.{ending}").write_bytes(render(document, status))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    make()
