"""A report as lines: what any text view of it is made of."""
