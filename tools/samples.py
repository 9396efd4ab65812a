"""Make docs/samples anew: `make samples`. A public list of observations of an invented State in the six languages.

As PDF, Word and Akoma Ntoso, out of the texts by which the tests look at documents; on a new, empty database.
"""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import django
from django.core.management import call_command

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "samples"


def make() -> None:
    """Write every file of the folder."""
    from core.language.i18n import code_in_files
    from observations.documents.akn import render_text_akn
    from observations.documents.docx import render_text_docx
    from observations.documents.pdf import render_text_pdf
    from observations.wording.printed_status import PrintedParty
    from reviews.symbols.enums import Distribution
    from reviews.symbols.printed import PrintedSymbol
    from tests.observations.documents.agreed_samples import LANGUAGES, STATES, public
    from tests.observations.wording.blueprints import reference

    day = dt.date(2022, 3, 4)
    symbol = PrintedSymbol("CTOC/COP/WG.10/2022/CRP.1", Distribution.GENERAL, day, "en")
    makers = {"pdf": render_text_pdf, "docx": render_text_docx, "xml": render_text_akn}
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        document, status = public(language)
        parties = (PrintedParty("XVE", STATES.get(language, "Veskaria")),)
        name = reference("mechanism.json")["name"][code_in_files(language)]
        status = replace(status, mechanism_name=name, symbol=symbol, day=day, parties=parties)
        for ending, render in makers.items():
            (FOLDER / f"list-of-observations-{language}.{ending}").write_bytes(render(document, status))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    make()
