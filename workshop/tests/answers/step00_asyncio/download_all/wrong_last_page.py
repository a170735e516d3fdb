"""A range ends before its second number: the last page is missing.

check: test_pages
says: the seven numbers
"""

PAGES = range(8010, 8016)
