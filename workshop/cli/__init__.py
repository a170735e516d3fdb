"""The command line of Click: `python -m workshop …`, one module for each group of commands."""
