"""The commands of `python -m workshop`, by theme; each says what it has to say through a page."""
