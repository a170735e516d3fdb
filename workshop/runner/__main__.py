"""`python -m workshop.runner`: a worker process, which receives one job, runs it and ends.

The engine is imported after the fork only: the subreaper, which stays in between, imports nothing
but the standard library's smallest modules, and so starts fast and stays small.
"""

from __future__ import annotations

from workshop.runner.subreaper import fork_worker

if __name__ == "__main__":
    fork_worker()
    from workshop.runner.worker import main

    main()
