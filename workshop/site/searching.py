"""The search finds numbers, too: a status such as 404 is a word of this course."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish


class SearchNumbers(SearchEnglish):
    """English, with numbers; `frontend/src/page/sphinx.ts` lets the page ask for them."""

    def word_filter(self, word: str) -> bool:
        """Return whether a word is one to be found."""
        return word.isdigit() or super().word_filter(word)


def setup(app: Sphinx) -> None:
    """Take the place of Sphinx's own English."""
    app.add_search_language(SearchNumbers)
