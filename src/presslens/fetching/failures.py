"""FetchError: why a page was not fetched, and whether asking again may help."""

from __future__ import annotations


class FetchError(Exception):
    """A page that was not fetched.

    Attributes:
        reason: what was wrong, without the URL.
        advice: what to do about it.
        again: whether it may pass, so that asking again makes sense.
        wait: for how many seconds the host asks to be left alone, where it says so.
        status: the HTTP status, where there was an answer.
    """

    def __init__(
        self,
        reason: str,
        advice: str,
        *,
        again: bool = False,
        wait: float | None = None,
        status: int | None = None,
    ) -> None:
        super().__init__(f"{reason}; {advice}")
        self.reason = reason
        self.advice = advice
        self.again = again
        self.wait = wait
        self.status = status


class StoppedError(Exception):
    """The whole run is being stopped, by Ctrl-C or by an error elsewhere."""
