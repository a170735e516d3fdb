"""Only the exact names are looked for; */* is unknown.

check: test_json_unless_told
says: Without a wish
"""


def quality(offer: str, accept: str) -> float:
    """Return how much the client likes a format: the most exact entry decides, 0 means no."""
    weights = dict(take_apart(entry) for entry in accept.split(","))
    return weights.get(offer, 0.0)
