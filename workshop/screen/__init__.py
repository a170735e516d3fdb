"""The watch screen in the terminal: the exercise that is open, its verdict, and keys."""
