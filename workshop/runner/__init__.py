"""Run the suite of an exercise in a worker process, and make a report of it.

The checker's side: `checker`, `pool`, `process`, `events`, `report_builder`.
The worker's side: `worker`, `guards`, `integrity`, `stack_sampler`. Between them: `protocol`.
"""
