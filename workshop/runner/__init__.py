"""Run a check in a worker process, and make a report of it.

The checker's side: `checker`, `pool`, `process`, `events`, `verdict`. The worker's side: `worker`,
`guards`, `integrity`, `stack_sampler`. Between them: `messages`.
"""
