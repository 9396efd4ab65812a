"""Makes the questionnaire fixtures from the official text of resolution 10/1.

``python -m tools.questionnaires.build`` reads ``fixtures/mechanisms/untoc/source/annex-*.txt`` and the
settled cases in ``overrides.py`` and writes ``questionnaires/cluster-*.json`` beside it.
"""
