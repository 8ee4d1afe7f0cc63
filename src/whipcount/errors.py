"""What can go wrong, said to the person at the keyboard."""


class WhipcountError(Exception):
    """Base of every error that whipcount raises on purpose; its message says what to do."""


class PageError(WhipcountError):
    """Raised when a page cannot be read; the message begins with the page's path."""


class CodingError(PageError):
    """Raised when an article cannot be coded; the message begins with its page's path."""


class IssueError(WhipcountError):
    """Raised when an issue file is missing, malformed or contradicts itself."""


class BodyError(WhipcountError):
    """Raised when a body file is missing, malformed or has no member on the day asked for."""


class ActorsError(WhipcountError):
    """Raised when an actors file is missing, malformed or contradicts itself."""


class CountError(WhipcountError):
    """Raised when a count cannot be made, for instance without any date to count as of."""


class VotesError(WhipcountError):
    """Raised when a file of recorded votes is missing, malformed or doesn't fit the body."""


class NetworkError(WhipcountError):
    """Raised when a network cannot be built: a variable that isn't there, options that clash."""


class DnaError(WhipcountError):
    """Raised when a `.dna` file cannot be read or written; the message begins with its path."""


class PlotError(WhipcountError):
    """Raised when a picture cannot be drawn, for instance without matplotlib."""


class ModelError(WhipcountError):
    """Raised when a model's files are missing or do not match their checksum."""


class ProjectError(WhipcountError):
    """Raised when a project file can't be opened, read or changed; nothing was lost by it."""
