"""A check in a worker process: pool, process, events, limits, verdict."""
