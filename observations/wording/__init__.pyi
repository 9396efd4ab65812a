from .blueprint import (
    Block as Block,
    Document as Document,
    Passage as Passage,
    document_from as document_from,
    split_marker as split_marker,
)
from .documents import (
    current_document as current_document,
    document_of as document_of,
    document_with as document_with,
    fixed_words_of as fixed_words_of,
    hash_of_table as hash_of_table,
    printed_status_of as printed_status_of,
    public_document as public_document,
    public_form as public_form,
    word_count_of as word_count_of,
)
from .given import is_worded_in as is_worded_in
from .own_words import FixedWords as FixedWords, key_of as key_of, with_own_words as with_own_words
from .paragraphs import NumberedParagraph as NumberedParagraph, paragraphs_of as paragraphs_of, parts_of as parts_of
from .printed_status import PrintedBringing as PrintedBringing, PrintedStatus as PrintedStatus
