"""Do the tests find mistakes? Small ones are made in a copy of the code, one at a time: `make mutate`."""
