"""Text views of reports, and the watch screen."""
