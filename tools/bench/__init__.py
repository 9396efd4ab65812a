"""``make bench``: figures on this machine, as ratios where a ratio says more than a number."""
