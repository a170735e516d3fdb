"""A weight of 0 is false, so the next entry is asked.

check: test_most_exact
says: The most exact entry decides
"""


def quality(offer: str, accept: str) -> float:
    """Return how much the client likes a format: the most exact entry decides, 0 means no."""
    weights = dict(take_apart(entry) for entry in accept.split(","))
    family = offer.partition("/")[0] + "/*"
    for name in (offer, family, "*/*"):
        if weights.get(name):
            return weights[name]
    return 0.0
