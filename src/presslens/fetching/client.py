"""Client: one request to one checked address, within bounds of time and size.

Redirects, retries and robots.txt are for others; this is the only place that opens connections.
"""

from __future__ import annotations

import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import httpx

from presslens.fetching.addresses import resolve
from presslens.fetching.failures import FetchError
from presslens.fetching.unpacking import unpack

# A whole answer may take three times what one of its pieces may: enough for 20 MB on a slow line.
WHOLE = 3
# A host's further addresses are mostly the same machines over IPv6.
MAX_ADDRESSES = 4
_CONNECTED = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})
_LATER = "run again later"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from one request; the body is empty where it was not wanted."""

    url: httpx.URL
    status: int
    headers: httpx.Headers
    body: bytes = b""


class Client:
    """Asks for URLs; several threads may share one."""

    def __init__(self, *, timeout: float, user_agent: str, allow_private: bool = False) -> None:
        self._timeout = timeout
        self._allow_private = allow_private
        # No proxies: what lies behind them could not be checked. No cookies, nor connections kept
        # open: both are filed by IP address, which may be that of several hosts.
        trusted = httpx.create_ssl_context(trust_env=True)
        limits = httpx.Limits(max_keepalive_connections=0)
        self._transport = httpx.HTTPTransport(verify=trusted, limits=limits)
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml,"
            " application/xml;q=0.9, */*;q=0.1",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        self._watches: set[_Watch] = set()
        self._aborted = False

    def close(self) -> None:
        """Let go of all connections."""
        self._transport.close()

    def abort(self) -> None:
        """Cut the connections that other threads are using or open later; their requests fail."""
        self._aborted = True
        for watch in list(self._watches):
            watch.cut()

    def check(self, url: httpx.URL) -> None:
        """Raises FetchError if a URL's host has no address that may be asked."""
        resolve(url, allow_private=self._allow_private)

    def get(
        self,
        url: httpx.URL,
        *,
        limit: int,
        headers: Mapping[str, str] | None = None,
        wants: Callable[[int, str], bool] = lambda status, kind: True,  # noqa: ARG005
        shorten: bool = False,
    ) -> Answer:
        """The answer to one GET request.

        Args:
            url: a URL that passed `addresses.checked`.
            limit: size of the largest body that is taken.
            headers: further headers.
            wants: told the status and the content type, whether the body is of interest.
            shorten: whether a larger body is cut at the limit, not refused.

        Raises:
            FetchError: if there is no answer, or too large a one.
        """
        addresses = resolve(url, allow_private=self._allow_private)
        with self._watched() as watch, _explained(url, watch):
            response = self._first(url, addresses[:MAX_ADDRESSES], headers or {}, watch)
            try:
                status = response.status_code
                if not wants(status, response.headers.get("content-type", "")):
                    return Answer(url, status, response.headers)
                body = _read(response, limit, shorten=shorten)
            finally:
                response.close()
            if watch.over:  # an end of the connection may look like an end of the page
                raise httpx.ReadTimeout("cut off")
        encoding = response.headers.get("content-encoding", "")
        return Answer(url, status, response.headers, unpack(body, encoding, limit))

    def _first(
        self, url: httpx.URL, addresses: Sequence[str], headers: Mapping[str, str], watch: _Watch
    ) -> httpx.Response:
        """The answer of the first address that can be reached."""
        for address in addresses[:-1]:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return self._send(url, address, headers, watch)
        return self._send(url, addresses[-1], headers, watch)

    def _send(
        self, url: httpx.URL, address: str, headers: Mapping[str, str], watch: _Watch
    ) -> httpx.Response:
        """Send a request to this very address, in the name of the URL's host."""
        host = {"Host": url.netloc.decode("ascii")}
        left = min(self._timeout, watch.left)
        request = httpx.Request(
            "GET",
            url.copy_with(host=address),
            headers={**self._headers, **headers, **host},
            extensions={
                "timeout": {"connect": left, "read": left, "write": left, "pool": left},
                # The certificate is checked against this name, too
                "sni_hostname": url.raw_host.decode("ascii"),
                "trace": watch.trace,
            },
        )
        return self._transport.handle_request(request)

    @contextmanager
    def _watched(self) -> Iterator[_Watch]:
        watch = _Watch(WHOLE * self._timeout)
        self._watches.add(watch)
        if self._aborted:  # asked only now, so that none slips through between the two
            watch.cut()
        try:
            yield watch
        finally:
            watch.end()
            self._watches.discard(watch)


class _Watch:
    """Cuts a connection when the time for the whole request is over.

    A timeout of the socket does not: it begins anew with each byte of a server that trickles.
    """

    def __init__(self, seconds: float) -> None:
        self.over = False
        self._ends = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self.cut)
        self._timer.daemon = True
        self._timer.start()

    @property
    def left(self) -> float:
        return max(0.01, self._ends - time.monotonic())

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Called by httpx at each step of a request; notes the socket."""
        if event in _CONNECTED:
            self._socket = info["return_value"].get_extra_info("socket")
            if self.over:
                self.cut()

    def cut(self) -> None:
        self.over = True
        if self._socket is not None:
            with suppress(OSError):
                # Not SSLSocket's own, which would let the reader go on with the bare bytes
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def end(self) -> None:
        self._timer.cancel()


def _read(response: httpx.Response, limit: int, *, shorten: bool) -> bytes:
    """The body as it was sent, of at most `limit` bytes."""
    announced = response.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit and not shorten:
        raise _too_large(limit)
    body = bytearray()
    for piece in response.iter_raw():
        body += piece
        if len(body) > limit:
            if shorten:
                break
            raise _too_large(limit)
    return bytes(body[:limit])


def _too_large(limit: int) -> FetchError:
    return FetchError(
        f"the page is larger than {limit / 2**20:g} MB",
        "raise the limit (--max-mb) if you know that it is a page",
    )


@contextmanager
def _explained(url: httpx.URL, watch: _Watch) -> Iterator[None]:
    """Turn what httpx raises into a reason that says what to do."""
    try:
        yield
    except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, ValueError) as error:
        raise _failure(url, watch, error) from error


def _failure(url: httpx.URL, watch: _Watch, error: Exception) -> FetchError:
    if watch.over or isinstance(error, httpx.TimeoutException):
        pace = "too slowly" if watch.over else "not in time"
        return FetchError(
            f"{url.host} answered {pace}", f"{_LATER}, or with a longer --timeout", again=True
        )
    if certificate := _certificate_error(error):
        return FetchError(
            f"{url.host} could not prove that it is that host ({certificate.verify_message})",
            "check the address; behind a company's proxy, name its certificates in SSL_CERT_FILE",
        )
    if isinstance(error, httpx.ConnectError):
        return FetchError(
            f"{url.host} could not be reached ({_text(error)})",
            f"check the address and the network, and {_LATER}",
            again=True,
        )
    if isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError | OSError):
        return FetchError(f"{url.host} broke off its answer ({_text(error)})", _LATER, again=True)
    return FetchError(f"{url.host} cannot be asked for it ({_text(error)})", "check the address")


def _text(error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    return (os.strerror(number) if number else str(error) or type(error).__name__)[:200]


def _certificate_error(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error
        error = error.__cause__ or error.__context__
    return None
