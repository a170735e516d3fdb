"""`python -m workshop`: set up if need be, then the command line."""

import sys

from workshop import preflight

if __name__ == "__main__":
    preflight.check()
    from workshop import setup

    setup.ensure(developer=sys.argv[1:2] == ["tests"])
    from workshop.cli.main import main

    main()
