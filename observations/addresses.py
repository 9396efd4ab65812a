"""Where the pages of a list of observations or a summary lie."""

from reviews.addresses import REVIEW

TEXT = f"{REVIEW}texts/<slug:instrument>/<slug:kind>/"
