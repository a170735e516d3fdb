"""Makes up a name for what has none, and keeps nothing of strange ones."""


def safe_name(name: str) -> str:
    """Return a name for a file that stays in its folder: letters, digits, dot, dash, underscore."""
    match = re.search(r"[A-Za-z0-9_-][A-Za-z0-9._-]*$", name)
    return match[0] if match else token_hex(4)
