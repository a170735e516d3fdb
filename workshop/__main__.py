"""`python -m workshop`: set up if need be, then the command line."""

import sys

from workshop import setup

if __name__ == "__main__":
    setup.ensure(developer=sys.argv[1:2] == ["tests"])
    from workshop.cli import main

    main()
