"""From an error to a sentence and an action; the catalogue of misconceptions."""
