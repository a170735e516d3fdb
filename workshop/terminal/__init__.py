"""Views in the terminal: reports and lists as text, and the watch screen."""
