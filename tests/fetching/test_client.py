"""Client: bounds of time and size hold against a server that does not keep to any."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import subprocess
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest

from presslens.fetching import addresses
from presslens.fetching.addresses import web_address
from presslens.fetching.client import WHOLE, Answer, Client
from presslens.fetching.failures import FetchError
from presslens.fetching.unpacking import unpack

TIMEOUT = 0.3
LIMIT = 100_000
NAME = "harbour.example"


@pytest.fixture
def get() -> Iterator[Callable[..., Answer]]:
    client = Client(timeout=TIMEOUT, user_agent="presslens/test", allow_private=True)
    yield lambda url, **options: client.get(web_address(url), **{"limit": LIMIT, **options})
    client.close()


def refused(get: Callable[..., Answer], url: str, reason: str, **options: Any) -> FetchError:
    """The failure of a request, which must come within the time for all of it."""
    began = time.monotonic()
    with pytest.raises(FetchError, match=reason) as caught:
        get(url, **options)
    assert time.monotonic() - began < WHOLE * TIMEOUT + 1
    return caught.value


def trickle(handler: Any, pieces: Iterator[bytes]) -> None:
    end = time.monotonic() + 20
    for piece in pieces:
        if time.monotonic() > end:
            return
        handler.wfile.write(piece)
        handler.wfile.flush()
        time.sleep(0.05)


def endless(piece: bytes) -> Iterator[bytes]:
    while True:
        yield piece


def test_a_request_says_who_asks_and_wants_nothing_packed_nor_kept_open(site, get) -> None:
    answer = get(site.serve("/a", ETag='"1"'))
    assert (answer.status, answer.headers["etag"]) == (200, '"1"')
    assert answer.body.startswith(b"<!DOCTYPE")
    [(_, headers, _)] = site.asked
    assert headers["host"] == f"127.0.0.1:{site.port}"
    assert headers["user-agent"] == "presslens/test"
    assert (headers["accept-encoding"], headers["connection"]) == ("identity", "close")
    assert "cookie" not in headers


def test_cookies_are_not_sent_back(site, get) -> None:
    get(site.serve("/a", Set_Cookie="reader=1; Path=/"))
    get(site.serve("/b"))
    assert "cookie" not in site.asked[1][1]


def test_a_proxy_in_the_environment_is_not_used(site, get, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    client = Client(timeout=TIMEOUT, user_agent="presslens/test", allow_private=True)
    assert client.get(web_address(site.serve("/a")), limit=LIMIT).status == 200


def test_a_silent_server_is_given_up(site, get) -> None:
    url = site.do("/a", lambda handler: time.sleep(5))
    assert refused(get, url, "answered not in time").again


def test_a_server_that_trickles_its_page_is_given_up(site, get) -> None:
    def serve(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        trickle(handler, endless(b"a"))

    assert refused(get, site.do("/a", serve), "answered too slowly").again


def test_a_server_that_trickles_its_headers_is_given_up(site, get) -> None:
    def serve(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        trickle(handler, endless(b"a"))

    assert refused(get, site.do("/a", serve), "answered too slowly").again


def test_a_server_that_trickles_the_size_of_a_chunk_is_given_up(site, get) -> None:
    def serve(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=")
        trickle(handler, endless(b"a"))

    assert refused(get, site.do("/a", serve), "answered too slowly").again


def test_a_connection_that_is_reset_is_a_failure_that_may_pass(site, get) -> None:
    def serve(handler: Any) -> None:
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.connection.close()

    assert refused(get, site.do("/a", serve), "broke off").again


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<html>half",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"HTTP/1.1 banana\r\n\r\n",
        b"\x00\xff\xfe no http at all\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 300_000 + b"\r\n\r\n",
    ],
)
def test_an_answer_that_is_cut_off_or_garbled_is_a_failure_that_may_pass(site, get, sent) -> None:
    assert refused(get, site.do("/a", lambda handler: handler.wfile.write(sent)), "broke off").again


def test_a_host_that_nobody_listens_at_cannot_be_reached(get) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{bound.getsockname()[1]}/"
        assert refused(get, url, "could not be reached .*refused").again


def test_a_page_that_is_announced_too_large_is_not_downloaded(site, get) -> None:
    sent = []

    def serve(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
        for piece in endless(b"a" * 10_000):
            sent.append(len(piece))
            handler.wfile.write(piece)

    refused(get, site.do("/a", serve), r"larger than 0\.\d+ MB")
    assert sum(sent) < 10_000_000


def test_a_page_without_end_is_cut_off_at_the_limit(site, get) -> None:
    def serve(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for piece in endless(b"a" * 10_000):
            handler.wfile.write(piece)

    url = site.do("/a", serve)
    assert not refused(get, url, r"larger than 0\.\d+ MB").again
    assert get(url, shorten=True).body == b"a" * LIMIT


def test_a_page_as_large_as_the_limit_is_taken(site, get) -> None:
    assert len(get(site.serve("/a", b"a" * LIMIT)).body) == LIMIT
    refused(get, site.serve("/b", b"a" * (LIMIT + 1)), "larger")


def test_a_body_that_is_not_wanted_is_not_read(site, get) -> None:
    url = site.serve("/a", b"%PDF", Content_Type="application/pdf")
    answer = get(url, wants=lambda status, kind: kind != "application/pdf")
    assert (answer.status, answer.body) == (200, b"")


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("X-GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("br", brotli.compress),
        ("identity", lambda body: body),
        ("gzip", lambda body: body),  # by what the server says alone
    ],
)
def test_a_page_that_is_packed_all_the_same_is_unpacked(site, get, encoding, pack) -> None:
    body = b"<p>The ferry</p>" * 50
    assert get(site.serve("/a", pack(body), Content_Encoding=encoding)).body == body


def test_a_bomb_does_not_unfold(site, get) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < LIMIT
    refused(get, site.serve("/a", bomb, Content_Encoding="gzip"), "unpacks to more than")
    tracemalloc.start()
    with pytest.raises(FetchError, match="unpacks to more than"):
        unpack(bomb, "gzip", LIMIT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * LIMIT


@pytest.mark.parametrize(
    ("encoding", "body"),
    [("br", b"x"), ("sdch", b"x"), ("gzip", gzip.compress(b"abc" * 99)[:-12])],
)
def test_what_cannot_be_unpacked_is_refused(site, get, encoding, body) -> None:
    refused(get, site.serve("/a", body, Content_Encoding=encoding), "packed")


def resolves_once(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A name server that knows harbour.example, and would answer a second time with a trap."""
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *more: Any, **options: Any) -> Any:
        if host != NAME:
            return real(host, port, *more, **options)
        looked_up.append(host)
        address = "127.0.0.1" if len(looked_up) == 1 else "127.0.0.99"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)
    return looked_up


def test_the_checked_address_is_the_one_connected_to_in_the_name_of_the_host(
    site, get, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = resolves_once(monkeypatch)
    site.serve("/a")
    answer = get(f"http://{NAME}:{site.port}/a")
    assert (answer.status, looked_up) == (200, [NAME])
    assert site.asked[0][1]["host"] == f"{NAME}:{site.port}"
    assert str(answer.url) == f"http://{NAME}:{site.port}/a"


def test_the_next_address_is_tried_where_the_first_is_not_reached(
    site, get, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = ["127.0.0.99", "127.0.0.1"]
    monkeypatch.setattr("presslens.fetching.client.resolve", lambda *_, **__: both)
    assert get(site.serve("/a")).status == 200


@pytest.fixture
def tls(tmp_path: Path) -> Iterator[tuple[int, Path, list[str]]]:
    """A port that answers over TLS as harbour.example, its certificate, the names asked for."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    try:
        subprocess.run(
            [*command, "-keyout", str(key), "-out", str(certificate)],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("openssl, which makes the certificate, is not installed")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    names: list[str] = []
    context.sni_callback = lambda connection, name, _: names.append(name)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nferry")
            except OSError:
                continue

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1], certificate, names
    listener.close()


def test_tls_is_spoken_in_the_name_of_the_host(tls, monkeypatch: pytest.MonkeyPatch) -> None:
    port, certificate, names = tls
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    resolves_once(monkeypatch)
    client = Client(timeout=5, user_agent="presslens/test", allow_private=True)
    assert client.get(web_address(f"https://{NAME}:{port}/"), limit=LIMIT).body == b"ferry"
    assert names == [NAME]
    with pytest.raises(FetchError, match="could not prove that it is that host"):
        client.get(web_address(f"https://localhost:{port}/"), limit=LIMIT)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    tls, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, _, _ = tls
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    resolves_once(monkeypatch)
    client = Client(timeout=5, user_agent="presslens/test", allow_private=True)
    with pytest.raises(FetchError, match="could not prove") as caught:
        client.get(web_address(f"https://{NAME}:{port}/"), limit=LIMIT)
    assert not caught.value.again


def test_a_server_that_is_silent_in_the_handshake_is_given_up(get) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        assert refused(get, url, "answered not in time").again


def test_abort_cuts_what_is_running(site) -> None:
    client = Client(timeout=10, user_agent="presslens/test", allow_private=True)
    url = web_address(site.do("/a", lambda handler: time.sleep(9)))
    threading.Timer(0.3, client.abort).start()
    began = time.monotonic()
    with pytest.raises(FetchError):
        client.get(url, limit=LIMIT)
    assert time.monotonic() - began < 5


def test_abort_cuts_what_begins_after_it(site) -> None:
    client = Client(timeout=10, user_agent="presslens/test", allow_private=True)
    client.abort()
    began = time.monotonic()
    with pytest.raises(FetchError):
        client.get(web_address(site.do("/a", lambda handler: time.sleep(9))), limit=LIMIT)
    assert time.monotonic() - began < 5
