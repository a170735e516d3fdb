"""The family is made of what stands behind the slash.

check: test_most_exact
says: must be answered with 200
"""


def quality(offer: str, accept: str) -> float:
    """Return how much the client likes a format: the most exact entry decides, 0 means no."""
    weights = dict(take_apart(entry) for entry in accept.split(","))
    family = offer.partition("/")[-1] + "/*"
    for name in (offer, family, "*/*"):
        if name in weights:
            return weights[name]
    return 0.0
