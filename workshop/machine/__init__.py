"""This machine: its ports, its packages, the app that it runs."""
