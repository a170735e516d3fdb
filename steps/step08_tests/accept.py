"""Which format does the client want? The Accept header says it, with weights from 0 to 1."""

from collections.abc import Iterable


def best(accept: str, offers: Iterable[str]) -> str | None:
    """Return the offer that the client likes best, or None; the first one wins a tie."""
    weights = weights_of(accept or "*/*")
    favourite = max(offers, key=lambda offer: liking(offer, weights))
    return favourite if liking(favourite, weights) > 0 else None


def liking(offer: str, weights: dict[str, float]) -> float:
    """Return the weight of an offer: the most exact entry decides."""
    family = offer.partition("/")[0] + "/*"
    for entry in (offer, family, "*/*"):
        if entry in weights:
            return weights[entry]
    return 0.0


def weights_of(accept: str) -> dict[str, float]:
    """Return the weight of each entry: "text/html, */*;q=0.1" has one of 1.0 and one of 0.1."""
    weights = {}
    for entry in accept.lower().split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        quality = [part.removeprefix("q=") for part in parameters if part.startswith("q=")]
        weights[name] = number(quality[0]) if quality else 1.0
    return weights


def number(text: str) -> float:
    """Return a weight; one that makes no sense counts as 0."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0
