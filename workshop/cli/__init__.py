"""The command line: `python -m workshop`."""
