"""The programme of a mechanism: when each phase runs for each review group, and the change of these dates."""
