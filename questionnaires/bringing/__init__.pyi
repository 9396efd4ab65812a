from .exports import answers_workbook as answers_workbook
from .sheet import (
    BAR as BAR,
    CITATION as CITATION,
    OFFLINE_COLUMNS as OFFLINE_COLUMNS,
    WORD as WORD,
    AnswerRow as AnswerRow,
    AskedQuestionnaire as AskedQuestionnaire,
    GivenRow as GivenRow,
    answers_from as answers_from,
    base_in as base_in,
    based_on as based_on,
    cleaned as cleaned,
    heads_others as heads_others,
    of_sheet as of_sheet,
    values_of as values_of,
)
