"""Why a paper could not be taken in.

IngestError              the root; its text says what to do
    UnreadableFile       it cannot be opened
    EmptyFile            it holds no text
    TooLarge             it is over the size limit
    NotText              it is binary, or in an encoding that cannot be told
"""


class IngestError(Exception):
    """A paper could not be taken in; the message says why and what to do."""


class UnreadableFile(IngestError):
    """The file cannot be opened."""


class EmptyFile(IngestError):
    """The file holds no text."""


class TooLarge(IngestError):
    """The file is over the size limit."""


class NotText(IngestError):
    """The file is binary, or its encoding cannot be told."""
