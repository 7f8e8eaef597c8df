"""Opens local pages and the pages they link to in headless Chromium and says what is wrong there.

Wrong is: a request that fails or leaves this machine, an error on the console, no title, a picture
that does not show, a link that leads nowhere, a page wider than its window; and, in a report
(any page but an index.html), no figure.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import websocket

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--remote-debugging-port=0",
)
LOCAL = {"file", "data", "blob", "about"}
START_SECONDS = 60
LOAD_SECONDS = 60
QUIET_SECONDS = 0.5

WHAT_IS_THERE = """({
  title: document.title,
  text: document.body ? document.body.innerText.length : 0,
  figures: [...document.querySelectorAll("img, svg, canvas")]
    .filter(e => e.tagName !== "IMG" || e.naturalWidth > 0)
    .filter(e => e.getBoundingClientRect().width >= 100).length,
  broken: [...document.images].filter(i => !i.naturalWidth).map(i => i.alt || i.src.slice(0, 80)),
  silent: [...document.images].filter(i => !i.alt).length,
  lost: [...document.querySelectorAll("a[href^='#']")].map(a => a.getAttribute("href").slice(1))
    .filter(id => id && !document.getElementById(decodeURIComponent(id))),
  links: [...document.querySelectorAll("a[href]")].map(a => a.href),
  excess: document.documentElement.scrollWidth - window.innerWidth,
})"""


class Browser:
    """A headless Chromium and the one tab of it that is talked to."""

    def __init__(self, address: str) -> None:
        self.socket = websocket.create_connection(address, suppress_origin=True)
        self.events: list[dict[str, Any]] = []
        self.count = 0
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> Any:
        """Send one command of the DevTools protocol and return its result."""
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": parameters}))
        self.socket.settimeout(LOAD_SECONDS)
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") != self.count:
                self.events.append(message)
            elif "error" in message:
                raise RuntimeError(f"{method}: {message['error']['message']}")
            else:
                return message["result"]

    def open(self, url: str) -> list[dict[str, Any]]:
        """Load a page and return the events until a while after it has loaded."""
        self.events = []
        answer = self.call("Page.navigate", url=url)
        if text := answer.get("errorText"):
            raise RuntimeError(f"{url} does not open: {text}")
        deadline = time.monotonic() + LOAD_SECONDS
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            self._listen(deadline - time.monotonic())
        while self._listen(QUIET_SECONDS):
            pass
        return self.events

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return result["result"]["value"]

    def picture(self) -> bytes:
        """The whole page as PNG."""
        result = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        return base64.b64decode(result["data"])

    def pdf(self) -> bytes:
        """The page as it prints."""
        return base64.b64decode(self.call("Page.printToPDF", printBackground=True)["data"])

    def _listen(self, seconds: float) -> bool:
        if seconds <= 0:
            raise RuntimeError(f"the page did not load within {LOAD_SECONDS} seconds")
        self.socket.settimeout(seconds)
        try:
            self.events.append(json.loads(self.socket.recv()))
        except websocket.WebSocketTimeoutException:
            return False
        return True


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A fresh Chromium with an empty profile, ended afterwards."""
    names = [os.environ.get("CHROMIUM", ""), *BROWSERS]
    path = next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("no Chromium found. Debian: apt install chromium; or set CHROMIUM to its path")
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [path, *flags, f"--user-data-dir={profile}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield Browser(_tab(process, Path(profile) / "DevToolsActivePort"))
        finally:
            process.terminate()
            process.wait(START_SECONDS)


def _tab(process: subprocess.Popen[bytes], port_file: Path) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if port_file.exists() and len(lines := port_file.read_text().splitlines()) > 1:
            root = websocket.create_connection(
                f"ws://127.0.0.1:{lines[0]}{lines[1]}", suppress_origin=True, timeout=START_SECONDS
            )
            root.send(json.dumps({"id": 1, "method": "Target.getTargets"}))
            targets = json.loads(root.recv())["result"]["targetInfos"]
            root.close()
            for target in targets:
                if target["type"] == "page":
                    return f"ws://127.0.0.1:{lines[0]}/devtools/page/{target['targetId']}"
        time.sleep(0.1)
    sys.exit("Chromium did not start; run it by hand to see why")


def trouble(events: list[dict[str, Any]]) -> list[str]:
    """A sentence for each failed or foreign request and each error on the console."""
    found, addresses = [], {}
    for event in events:
        method, told = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent":
            url = addresses[told["requestId"]] = told["request"]["url"]
            if urlsplit(url).scheme not in LOCAL:
                found.append(f"asks another machine for {url[:200]}")
        elif method == "Network.loadingFailed":
            found.append(f"{addresses.get(told['requestId'], '?')[:200]}: {told['errorText']}")
        elif method == "Runtime.exceptionThrown":
            details = told["exceptionDetails"]
            error = details.get("exception", {}).get("description", details["text"])
            found.append(f"script error: {error[:300]}")
        elif method == "Runtime.consoleAPICalled" and told["type"] in {"error", "assert"}:
            words = [str(a.get("value", a.get("description"))) for a in told["args"]]
            found.append(f"console: {' '.join(words)[:300]}")
        elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
            found.append(f"console: {told['entry']['text'][:300]}")
    return found


def faults(page: dict[str, Any], *, figures: bool) -> list[str]:
    """A sentence for each thing that the page lacks."""
    found = [f"picture does not show: {name}" for name in page["broken"]]
    found += [f"link to #{name}, which is not on the page" for name in page["lost"]]
    found += [f"link to a missing file: {path}" for path in _missing(page["links"])]
    if not page["title"].strip():
        found.append("has no title")
    if not page["text"]:
        found.append("shows no text")
    if figures and not page["figures"]:
        found.append("shows no figure")
    if page["silent"]:
        found.append(f"{page['silent']} pictures have no alternative text")
    if page["excess"] > 1:
        found.append(f"is {page['excess']} pixels wider than the window")
    return found


def local_file(link: str) -> Path | None:
    """The file that a file: link leads to, or None for any other link."""
    parts = urlsplit(urldefrag(link).url)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def _missing(links: list[str]) -> list[Path]:
    files = {path for link in links if (path := local_file(link))}
    return sorted(path for path in files if not path.exists())


def look(browser: Browser, first: Path, arguments: argparse.Namespace) -> int:
    """Look at a page and the HTML pages it links to; print and count what is wrong."""
    waiting, seen, wrong = [first.resolve()], set(), 0
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        figures = path.name != "index.html" or (arguments.figures and path == first.resolve())
        events = list(browser.open(path.as_uri()))
        page = browser.evaluate(WHAT_IS_THERE)
        found = trouble(events) + faults(page, figures=figures)
        print(f"{path}: {page['title']!r}, {page['figures']} figures, {len(found)} faults")
        for fault in found:
            print(f"  {fault}")
        wrong += len(found)
        _keep(browser, path, arguments, len(seen))
        if path == first.resolve():
            files = filter(None, map(local_file, page["links"]))
            waiting += [p.resolve() for p in files if p.suffix == ".html" and p.exists()]
    return wrong


def _keep(browser: Browser, path: Path, arguments: argparse.Namespace, number: int) -> None:
    folder = arguments.screenshots
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    mode = "dark" if arguments.dark else "light"
    name = f"{number:02}-{path.stem}-{mode}-{arguments.width}"
    (folder / f"{name}.png").write_bytes(browser.picture())
    if arguments.print:
        (folder / f"{name}.pdf").write_bytes(browser.pdf())


def main() -> int:
    """Look at every page named on the command line; the exit code is 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="+", type=Path, help="HTML files, as reports/index.html")
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help="keep pictures there")
    parser.add_argument("--dark", action="store_true", help="as with a dark colour scheme")
    parser.add_argument("--width", type=int, default=1280, help="of the window, in pixels")
    parser.add_argument("--print", action="store_true", help="keep a PDF beside each picture")
    parser.add_argument("--figures", action="store_true", help="the first page needs one too")
    arguments = parser.parse_args()
    with chromium() as browser:
        scheme = {"name": "prefers-color-scheme", "value": "dark" if arguments.dark else "light"}
        browser.call("Emulation.setEmulatedMedia", features=[scheme])
        browser.call(
            "Emulation.setDeviceMetricsOverride",
            width=arguments.width,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        wrong = sum(look(browser, page, arguments) for page in arguments.pages)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
