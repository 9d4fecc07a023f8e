"""What can go wrong with the library.

LibraryError            the root
    UnknownDocument     no visible document has this id
    UnknownParagraph    the document has no paragraph with this anchor
    IndexUnavailable    an index cannot be opened; `htx index rebuild` makes it anew
"""


class LibraryError(Exception):
    """Something about the library failed; the message says what and what to do."""


class UnknownDocument(LibraryError):
    """No visible document has this id."""


class UnknownParagraph(LibraryError):
    """The document has no paragraph with this anchor."""


class IndexUnavailable(LibraryError):
    """An index cannot be opened; `htx index rebuild` makes it anew."""
