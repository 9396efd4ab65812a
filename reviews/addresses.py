"""Where the pages of a review lie: what the addresses of all features begin with."""

REVIEW = "<slug:mechanism>/reviews/<str:code>/"
