"""`python -m workshop.sandbox`: wait for one job, do it and be gone.

The checker starts this, keeps the time and ends it. What comes first says whether there is time to
rehearse before.
"""

from __future__ import annotations

from workshop.sandbox.warden import stand_between


def main() -> None:
    """Wait for a job, or for what to rehearse and then for a job; do it."""
    stand_between()
    from workshop.sandbox.channel import Channel  # the process in between has no use for it
    from workshop.sandbox.job import do
    from workshop.sandbox.messages import WarmUp

    channel = Channel()
    first = channel.hear()
    if isinstance(first, WarmUp):
        from workshop.sandbox.spare import wait  # a cold check does without

        first = wait(first, channel)
    if first:  # otherwise the checker is gone
        do(first, channel)


if __name__ == "__main__":
    main()
