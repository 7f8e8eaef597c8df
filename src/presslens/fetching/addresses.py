"""Addresses: which URLs may be asked for, and which hosts, so that no page leads inside."""

from __future__ import annotations

import ipaddress
import re
import socket

import httpx

from presslens.fetching.failures import FetchError

# Browsers and servers stop at 2,000 to 8,000 characters.
MAX_URL = 4_096
PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_.])?")
# Addresses that stand for an IPv4 address on the other side of a translator (RFC 6052).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_CHECK = "check the address"


def web_address(text: str) -> httpx.URL:
    """A URL in its normal form, without the fragment.

    Raises:
        FetchError: if it is none, or not one of a public web page.
    """
    if len(text) > MAX_URL:
        raise FetchError(f"the URL has more than {MAX_URL:,} characters", _CHECK)
    try:
        url = normal(httpx.URL(text.strip()))
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError(f"it is no URL ({error})", _CHECK) from None
    return checked(url)


def normal(url: httpx.URL) -> httpx.URL:
    """The URL without its fragment, and with "/" where it has no path."""
    url = url.copy_with(fragment=None)
    return url.copy_with(raw_path=url.raw_path) if url.host else url


def checked(url: httpx.URL) -> httpx.URL:
    """The same URL, if it may be asked for; raises FetchError otherwise."""
    if url.scheme not in PORTS:
        kind = f"{url.scheme}:" if url.scheme else "without a scheme"
        raise FetchError(
            f"the URL is {kind}, but only http: and https: are fetched",
            "give the page's address as the browser shows it, beginning with https://",
        )
    if url.userinfo:
        raise FetchError(
            "the URL holds a user name or password",
            "take it out, or save the page by hand if it needs one",
        )
    if not _is_host(url.raw_host.decode("latin-1")):
        raise FetchError(f"the URL's host {url.host!r} is no name of a host", _CHECK)
    if url.port is not None and not 0 < url.port < 2**16:
        raise FetchError(f"the URL's port {url.port} does not exist", _CHECK)
    return url


def _is_host(host: str) -> bool:
    if ":" in host:
        return _address(host) is not None and "%" not in host
    return bool(_HOST.fullmatch(host)) and all(
        len(label) < 64 for label in host.rstrip(".").split(".")
    )


def resolve(url: httpx.URL, *, allow_private: bool = False) -> list[str]:
    """The IP addresses of a URL's host that may be asked, in the order of the system's choice.

    They are looked up once; whoever connects must connect to one of these, since a name that is
    looked up again may have got another address in the meantime (DNS rebinding).

    Raises:
        FetchError: if there is none.
    """
    host = url.raw_host.decode("ascii")
    port = url.port or PORTS[url.scheme]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
        raise FetchError(
            f"the host {url.host} was not found",
            "check the address and the network, and run again",
            again=passing,
        ) from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [text for text in addresses if allow_private or is_public(text)]
    if not allowed:
        raise FetchError(
            f"the host {url.host} is at {', '.join(addresses[:3])}, which is this machine or a"
            " private or reserved address",
            "only public pages are fetched: save this one by hand",
        )
    return allowed


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public Internet.

    It is not where it is private, loopback, link-local, multicast, reserved or unspecified, or
    an IPv6 address that stands for such an IPv4 address.
    """
    address = _address(text)
    if address is None:
        return False
    if isinstance(address, ipaddress.IPv6Address) and (inner := _inner(address)) is not None:
        return is_public(str(inner))
    local = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    return address.is_global and not (
        local
        or address.is_multicast
        or address.is_reserved
        or address.is_loopback
        or address.is_link_local
        or address.is_unspecified
    )


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour
