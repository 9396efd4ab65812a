"""The planted words: no archive holds one that its reader must not meet, whatever else there is."""

import pytest

from core.documents.pdf import missing_pdf_libraries
from core.policy import can
from portal.dossier.enums import DossierAction
from tests.permissions.canaries import WORD
from tests.permissions.urls_base import CLOSED, DIALOGUE, OBSERVATIONS, SUMMARY, Scene
from tests.portal.dossier.dossiers import content_of, made_for, printed

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(bool(missing_pdf_libraries()), reason="this machine cannot make PDF documents"),
]
# Who opens what their States exchange. Every day one of the State under review, of a reviewing State, and of the
# secretariat; a print takes a second of the processor.
READERS = ("focal_point", "same_group_expert", "officer")
OTHERS = pytest.param(("observer", "other_group_focal_point", "administrator"), marks=pytest.mark.prove)
SHOWN = {
    DIALOGUE: {"dialogue.WrittenFeedback.document", "dialogue.ClarificationAnswer.text"},
    OBSERVATIONS: {"observations.TextVersion.document", "observations.Objection.reason"},
    SUMMARY: {"observations.SummaryPassage.text"},
    CLOSED: {"observations.TextVersion.document", "questionnaires.ResponseSubmission.document"},
}


@pytest.mark.scene
@pytest.mark.parametrize("stage", list(SHOWN))
@pytest.mark.parametrize("readers", [READERS, OTHERS], ids=", ".join)
def test_an_archive_holds_no_word_that_its_reader_must_not_meet(
    scene: Scene, stage: str, readers: tuple[str, ...]
) -> None:
    people = scene.cast.people
    assert {name for name in readers if not can(people[name], DossierAction.TAKE, scene.cast.review)} == set()
    leaks, met = {}, {}
    for name in readers:
        files = content_of(made_for(people[name], scene.cast.review))
        everything = "\n".join(content.decode(errors="replace") for content in files.values())
        text = everything + "".join(printed(files).split())
        leaks[name] = scene.canaries.leaked_to(name, text)
        met[name] = {scene.canaries.fields[word] for word in WORD.findall(text)}
    assert {name: leaked for name, leaked in leaks.items() if leaked} == {}
    assert {name: SHOWN[stage] - found for name, found in met.items() if SHOWN[stage] - found} == {}, "words are there"
