"""Where each piece of the exchange is read."""

from dialogue.exchange.enums import ClarificationSubject, SupplementKind

# By the subject of a request, or the kind of what the State under review gives: the name of the address.
PAGE_OF: dict[str, str] = {
    ClarificationSubject.QUESTION: "dialogue:clarification-list",
    SupplementKind.SOURCE: "dialogue:dialogue",
    **{each: "dialogue:preparation" for each in (*ClarificationSubject, *SupplementKind) if each.is_open_early},
}
