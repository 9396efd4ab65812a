"""Each night one root over the heads of all chains of the record of acts, so that its end cannot be cut unseen.

``tree`` and ``statements`` are pure; ``giving`` makes a root, ``checking`` compares the record with all that were ever
given, ``proofs`` leads a State from its chain to a root. Why, and what it does not do: docs/adr/0023.
"""
