"""`python -m workshop.runner`: a worker process, which receives one job, runs it and ends.

The engine is imported after the fork only, so the subreaper process stays small: it has imported a
few modules of the standard library.
"""

from __future__ import annotations

from workshop.runner.subreaper import fork_worker

if __name__ == "__main__":
    fork_worker()
    from workshop.runner.worker import main

    main()
