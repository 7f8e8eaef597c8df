"""Addresses: only URLs of public web pages are asked, however they are written."""

from __future__ import annotations

import socket

import pytest

from presslens.fetching import addresses
from presslens.fetching.addresses import MAX_URL, is_public, resolve, web_address
from presslens.fetching.failures import FetchError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.9.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 -- nothing listens there
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::",
        "::1",
        "::7f00:1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:0:53aa:64c:0:0:80ff:fffe",
        "no address",
    ],
)
def test_inner_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_public_addresses_are(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("HTTPS://Harbour.Example:443", "https://harbour.example/"),
        (" https://harbour.example/a b?q=ä#top ", "https://harbour.example/a%20b?q=%C3%A4"),
        ("http://hafen-müll.example/", "http://xn--hafen-mll-w9a.example/"),
        ("http://[2606:2800:21f::1]:8080/x", "http://[2606:2800:21f::1]:8080/x"),
    ],
)
def test_a_url_gets_its_normal_form(text: str, url: str) -> None:
    assert str(web_address(text)) == url


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "without a scheme"),
        ("www.harbour.example/a", "without a scheme"),
        ("file:///etc/passwd", "is file:"),
        ("javascript:alert(1)", "is javascript:"),
        ("ftp://harbour.example/a", "is ftp:"),
        ("https://mira:secret@harbour.example/", "user name or password"),
        ("https://harbour.example@evil.example/", "user name or password"),
        ("https://harbour.example\\@evil.example/", "user name or password"),
        ("https://", "no name of a host"),
        ("https:///a", "no name of a host"),
        ("https://har bour.example/", "no name of a host"),
        ("https://-harbour.example/", "no name of a host"),
        ("https://harbour..example/", None),
        ("https://[fe80::1%25eth0]/", "no name of a host"),
        ("https://[::1/", "no URL"),
        ("https://harbour.example:0/", "port 0"),
        ("https://harbour.example:99999/", "port 99999"),
        ("https://harbour.example/\x00", "no URL"),
        ("https://harbour.example/a\r\nHost: evil", "no URL"),
        ("https://harbour.example/\ud800", "no URL"),
        (f"https://{'a' * 64}.example/", "no name of a host"),
        (f"https://harbour.example/{'a' * MAX_URL}", "characters"),
    ],
)
def test_what_is_no_url_of_a_web_page_is_refused(text: str, reason: str | None) -> None:
    if reason is None:  # odd, but for the resolver to say
        web_address(text)
        return
    with pytest.raises(FetchError, match=reason):
        web_address(text)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_this_machine_is_refused_in_every_spelling(url: str) -> None:
    with pytest.raises(FetchError, match=r"private or reserved|Invalid IPv4"):
        resolve(web_address(url))


def test_a_name_that_points_inside_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.7.7", 80))]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: inside)
    with pytest.raises(FetchError, match=r"harbour\.example is at 192\.168\.7\.7"):
        resolve(web_address("http://harbour.example/"))


def test_of_several_addresses_only_the_public_ones_are_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = [(0, 0, 0, "", (text, 80)) for text in ("10.0.0.1", "93.184.215.14", "93.184.215.14")]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: found)
    assert resolve(web_address("http://harbour.example/")) == ["93.184.215.14"]


def test_a_host_that_does_not_exist_is_said_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no")

    monkeypatch.setattr(addresses.socket, "getaddrinfo", missing)
    with pytest.raises(FetchError, match=r"harbour\.example was not found; check") as caught:
        resolve(web_address("http://harbour.example/"))
    assert not caught.value.again
