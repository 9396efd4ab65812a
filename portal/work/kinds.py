"""All kinds of task, and the list that is made of them.

Each kind is one function that takes a constant number of queries, whatever the number of reviews, and offers only what
the policy lets the person do.
"""

from portal.work.access import requests_of_state, requests_to_check
from portal.work.answers import answers, answers_to_read, main_acts, new_versions
from portal.work.bringing import files, missing_here, words_of_state
from portal.work.concluding import conclusions
from portal.work.consulting import consultations
from portal.work.exchange import clarifications, drafts_to_send
from portal.work.follow_up import dated_items
from portal.work.meetings import invitations, notes as notes_of_meetings, polls
from portal.work.mentions import mentions
from portal.work.naming import names
from portal.work.nominating import missing_people, returned_notes
from portal.work.replies import joint_clearances, replies, second_readings
from portal.work.secretariat import in_charge, notes, received, unreached_people
from portal.work.split import sections_to_review
from portal.work.suggestions import suggestions
from portal.work.tasks import Kind, Task, Workload
from portal.work.texts import texts
from portal.work.threads import internal, messages
from portal.work.translations import languages, translations

KINDS: tuple[Kind, ...] = (
    requests_of_state,
    consultations,
    answers,
    answers_to_read,
    mentions,
    main_acts,
    new_versions,
    clarifications,
    drafts_to_send,
    messages,
    internal,
    second_readings,
    joint_clearances,
    replies,
    sections_to_review,
    words_of_state,
    invitations,
    polls,
    notes_of_meetings,
    conclusions,
    texts,
    suggestions,
    languages,
    translations,
    dated_items,
    names,
    missing_people,
    returned_notes,
    notes,
    requests_to_check,
    received,
    files,
    missing_here,
    unreached_people,
    in_charge,
)


def tasks_of(workload: Workload) -> list[Task]:
    """What the person has to do by date, then what he or she waits for by date."""
    return sorted((task for kind in KINDS for task in kind(workload)), key=lambda task: task.order)
