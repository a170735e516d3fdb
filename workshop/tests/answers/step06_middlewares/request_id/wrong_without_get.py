"""The variable itself is put in front, not its value.

check: test_lines_have_the_number
says: does not begin with
"""


class NumberedLog(logging.LoggerAdapter[logging.Logger]):
    """A log whose lines begin with the number of the request."""

    def process(
        self, msg: str, kwargs: MutableMapping[str, Any]
    ) -> tuple[str, MutableMapping[str, Any]]:
        """Return the line with the number in front."""
        return f"{CURRENT} {msg}", kwargs
