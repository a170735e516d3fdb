"""`python -m workshop.runner`: wait for one job, do it and be gone.

The checker starts this, keeps the time and ends it. What comes first says whether there is time to
rehearse before.
"""

from __future__ import annotations

from workshop.runner.subreaper import stand_between


def main() -> None:
    """Wait for a job, or for what to rehearse and then for a job; do it."""
    stand_between()
    from workshop.runner.channel import Channel  # the process in between has no use for it
    from workshop.runner.messages import WarmUp
    from workshop.runner.worker import do

    channel = Channel()
    first = channel.hear()
    if isinstance(first, WarmUp):
        from workshop.runner.warm_up import wait  # a cold check does without

        first = wait(first, channel)
    if first:  # otherwise the checker is gone
        do(first, channel)


if __name__ == "__main__":
    main()
