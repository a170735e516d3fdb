"""The engine of the course: it finds the exercises, checks them and shows what it saw."""
