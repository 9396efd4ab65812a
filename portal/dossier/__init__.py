"""The whole record of a review to take away: all that its reader may read there, as one archive."""
