from .agreements import TextAgreement as TextAgreement, agreements_on_texts as agreements_on_texts
from .blueprint import (
    Block as Block,
    Document as Document,
    Passage as Passage,
    document_from as document_from,
    split_marker as split_marker,
)
from .documents import (
    FORMATS as FORMATS,
    TEXT_DOCX as TEXT_DOCX,
    TEXT_PDF as TEXT_PDF,
    current_document as current_document,
    document_with as document_with,
    file_name_of as file_name_of,
    find_text as find_text,
    fixed_words_of as fixed_words_of,
    hash_of_table as hash_of_table,
    page_of_text as page_of_text,
    printed_status_of as printed_status_of,
    public_document as public_document,
    word_count_of as word_count_of,
)
from .forms import LayForm as LayForm
from .own_words import FixedWords as FixedWords, key_of as key_of, with_own_words as with_own_words
from .pages import BelowText as BelowText, TextPage as TextPage
from .policy import (
    PERMISSIONS as PERMISSIONS,
    TextFacts as TextFacts,
    states_agreeing as states_agreeing,
)
from .printed_status import PrintedBringing as PrintedBringing, PrintedStatus as PrintedStatus
from .selectors import (
    ON_AGREED_LIST as ON_AGREED_LIST,
    all_observations_visible_to as all_observations_visible_to,
    count_on_table as count_on_table,
    get_observation_for as get_observation_for,
    get_publication as get_publication,
    get_text_for as get_text_for,
    headings_of as headings_of,
    observations_visible_to as observations_visible_to,
    own_draft_of as own_draft_of,
    parties_to as parties_to,
    passages_of as passages_of,
    pieces_of_version as pieces_of_version,
    publication_of as publication_of,
    publications as publications,
    source_of as source_of,
    standing_version as standing_version,
    steps_of_texts as steps_of_texts,
    text_of as text_of,
    texts_visible_to as texts_visible_to,
)
from .services.agreement import (
    clear_version as clear_version,
    object_to_version as object_to_version,
    propose_version as propose_version,
)
from .services.bringing import (
    find_or_make_text as find_or_make_text,
    receive_brought_text as receive_brought_text,
)
from .services.proposals import lock_text as lock_text, note_edit as note_edit
from .services.summaries import draft_passage as draft_passage, lay_passage as lay_passage
from .shown import shown_of_observation as shown_of_observation, shown_of_text as shown_of_text
