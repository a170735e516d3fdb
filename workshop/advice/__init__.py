"""Advice: from an error to a sentence, an action and a place; the catalogue of misconceptions."""
