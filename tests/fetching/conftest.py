"""A web site on this machine, which can misbehave; no request of these tests leaves it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from presslens.fetching import FetchReport, asking, fetch

Serve = Callable[[BaseHTTPRequestHandler], None]
PAGE = b"<!DOCTYPE html><title>Ferry</title><p>The ferry to Sundby will run all night.</p>"


class Site:
    """Paths and what is served there; anything else is 404, as is /robots.txt at first.

    Attributes:
        asked: for each request its path and headers, and when it came.
    """

    def __init__(self) -> None:
        self.served: dict[str, Serve] = {}
        self.asked: list[tuple[str, dict[str, str], float]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.asked.append((self.path, headers, time.monotonic()))
                self.close_connection = True
                site.served.get(self.path, _missing)(self)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Clients that hang up are what these tests are about."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.root = f"http://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    def serve(self, path: str, body: bytes = PAGE, status: int = 200, **headers: str | None) -> str:
        """Serve a body at a path and return its URL; headers as in `Content_Type`."""
        given = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(body))}

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {**given, **headers}.items():
                if value is not None:
                    handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        return self.do(path, answer)

    def do(self, path: str, serve: Serve) -> str:
        """Do anything at a path and return its URL."""
        self.served[path] = serve
        return self.root + path

    def paths(self) -> list[str]:
        """The paths that were asked for, but for /robots.txt."""
        return [path for path, *_ in self.asked if path != "/robots.txt"]


def _missing(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(404)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "FIRST_PAUSE", 0.01)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "pages"


@pytest.fixture
def save(out: Path) -> Callable[..., FetchReport]:
    """`fetch` to the folder `out`, from this machine and without pauses."""

    def call(*inputs: str, **options: Any) -> FetchReport:
        usual = {"delay": 0, "timeout": 5, "retries": 0, "allow_private": True, "out": out}
        return fetch(inputs, **{**usual, **options})

    return call
