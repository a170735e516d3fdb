"""The process that a check runs in, seen from inside: `python -m workshop.sandbox`."""
