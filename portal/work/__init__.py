"""My work: what is due, from whom, by when, over all reviews and hats of a person.

A registry of kinds of task (``portal.work.kinds``): each is one function that takes a constant number of queries,
whatever the number of reviews, and offers only what the policy lets the person do.
"""
