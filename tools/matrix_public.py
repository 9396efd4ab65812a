"""The pages for people who are not signed in, for ``tools.matrix``: what each shows, by the name of its address."""

PUBLIC = {
    "accounts:sign-in": "the way in",
    "account_login": "signing in, with a passphrase or a passkey",
    "accounts:sign-on-find": "by which provider people with addresses of a domain sign in",
    "accounts:forgot-password": "asking for a new passphrase; the answer tells nobody whether there is an account",
    "accounts:set-password": "choosing it, behind the link of a mail that works once",
    "calendar-feed": "dates for a calendar program: whoever holds the secret address reads as its person",
    "lots:public-draw-list": "the draws that were announced or published",
    "lots:public-draw": "a draw: its input and seed once it is announced, its result once it is published",
    "lots:public-draw-file": "the files to check a draw with",
    "questionnaires:questionnaire-list": "the official questionnaires",
    "questionnaires:questionnaire-detail": "such a questionnaire",
    "questionnaires:questionnaire-search": "where words stand in such questionnaires",
    "questionnaires:questionnaire-word": "such a questionnaire as a Word document",
    "questionnaires:shared-answers-list": "of which reviews States have opened answers to everybody",
    "questionnaires:shared-answers": "such answers: the sections that were chosen, and no others",
    "questionnaires:shared-answers-version": "such answers, at an address of that content alone",
    "questionnaires:shared-answers-file": "such answers as PDF, Word, XML and data",
    "questionnaires:shared-answers-version-file": "the same files, at an address of that content alone",
    "reviews:state-list": "the States, and what each has joined and when",
    "observations:publication-list": "the documents that States have published",
    "observations:publication-detail": "such a document",
    "observations:publication-version": "such a document in the version that is public, at an address of its own",
    "observations:publication-file": "its files",
    "observations:publication-translation": "such a document in another language, where it is published in that too",
    "observations:publication-translation-version": "the same of the version that is public, at an address of its own",
    "observations:publication-translation-file": "its files",
    "observations:publication-feed": "the documents that were published last, for programs",
    "sitemaps": "where search engines find what is public",
    "sitemap": "the addresses of the published documents",
    "observations:follow-up-shared": "what States share with everybody of what they do about agreed observations",
    "reviews:status": "the steps of reviews, of a mechanism that shows them, for the States that agree",
    "reviews:status-json": "the same for programs",
    "open-data": "what there is as data of all this: a data package and a catalogue",
    "open-data-table": "States, instruments, draws, published texts and the public status, as data",
    "core:root-list": "the roots over the record of acts, one a night",
    "core:root-detail": "such a root",
    "core:root-file": "its file, to check a State's record with",
    "core:root-key": "the public key of the roots",
    "institution-style": "the colours of the institution",
    "healthz": "whether the portal is alive",
    "readyz": "whether it can write, its clock turns and its queue moves",
    "robots": "what search engines may read",
}


def public_pages() -> str:
    """A table of them."""
    rows = (f"| `{name}` | {what} |" for name, what in PUBLIC.items())
    return "\n".join(["| address | what it shows |", "|---|---|", *rows])
