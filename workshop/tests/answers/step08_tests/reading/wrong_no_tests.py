# whole
"""There are no tests at all.

check: test_right
says: There is no test in reading.py
"""

from steps.step08_tests.tests.people import Client

POSTS = [1, 2]
