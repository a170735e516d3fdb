"""Three waits, one after the other."""

from .drawing import show
from .waits import WAITS, fetch


async def main() -> None:
    """Ask for a page when the one before is here."""
    for page, seconds in WAITS.items():
        await fetch(page, seconds)


if __name__ == "__main__":
    show(main())
