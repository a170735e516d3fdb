"""Mutation testing of the exercises' suites: mutants of the solutions (`nox -s mutants`)."""
