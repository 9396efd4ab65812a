"""Where the pages of a list of observations or a summary lie, and those of suggestions to it."""

from reviews.addresses import REVIEW

TEXT = f"{REVIEW}texts/<slug:instrument>/<slug:kind>/"
SUGGESTIONS = f"{TEXT}suggestions/"
SUGGESTION = f"{SUGGESTIONS}<uuid:suggestion>/"
