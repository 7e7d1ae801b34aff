"""A council information system on loopback: it pages, filters, and does whatever else a test asks of it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PAGE = 2
SCHEMA = "https://schema.oparl.org/1.1"


@dataclass(frozen=True)
class Answer:
    """What a path answers.

    Args:
        length: What Content-Length says, where it is not the truth.
        stall: Say nothing at all.
        trickle: Send a byte now and then, for ever.
        drip: Send a header byte by byte, for ever.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    stall: bool = False
    trickle: bool = False
    drip: bool = False


class Ris:
    """The system: lists by name, each a list of objects, and the odd answers of single paths.

    Args:
        port: Where it is heard on 127.0.0.1.
    """

    def __init__(self, port: int) -> None:
        self.home = f"http://127.0.0.1:{port}"
        self.lists: dict[str, list[dict[str, Any]]] = {name: [] for name in ("organizations", "people")}
        self.lists |= {"meetings": [], "papers": []}
        self.odd: dict[str, Answer] = {}
        self.body: dict[str, Any] = {}
        self.asked: list[str] = []
        self.on_request: Callable[[], None] = lambda: None
        self.over = threading.Event()

    @property
    def system(self) -> str:
        """The address to fetch from."""
        return f"{self.home}/system"

    def since(self) -> list[str]:
        """The filters asked for, in order."""
        return [
            found for path in self.asked for found in parse_qs(urlsplit(path).query).get("modified_since", [])
        ]

    def answer(self, path: str) -> Answer:
        """What a request gets."""
        self.on_request()
        self.asked.append(path)
        if path in self.odd:
            return self.odd[path]
        parts = urlsplit(path)
        name, query = parts.path.strip("/"), parse_qs(parts.query)
        if name == "system":
            version = {"oparlVersion": f"{SCHEMA}/", "name": "RIS", "body": f"{self.home}/bodies"}
            return self._json({"id": self.system, "type": f"{SCHEMA}/System", **version})
        if name == "bodies":
            return self._json(self._page("bodies", [self._body()], 1, None))
        if name in self.lists:
            since = query.get("modified_since", [None])[0]
            found = [one for one in self.lists[name] if since is None or one.get("modified", "") >= since]
            found = [one for one in found if since is not None or not one.get("deleted")]
            return self._json(self._page(name, found, int(query.get("page", ["1"])[0]), since))
        return Answer(status=404)

    def _body(self) -> dict[str, Any]:
        names = {
            "organization": "organizations",
            "person": "people",
            "meeting": "meetings",
            "paper": "papers",
        }
        lists = {name: f"{self.home}/{path}" for name, path in names.items()}
        more = {"legislativeTerm": [], "name": "Stadt Beispiel", **lists, **self.body}
        return {"id": f"{self.home}/body/1", "type": f"{SCHEMA}/Body", **more}

    def _page(self, name: str, objects: list[Any], page: int, since: str | None) -> dict[str, Any]:
        more = f"&modified_since={since.replace('+', '%2B')}" if since else ""
        last = max(1, -(-len(objects) // PAGE))
        links = {"next": f"{self.home}/{name}?page={page + 1}{more}"} if page < last else {}
        return {"data": objects[(page - 1) * PAGE : page * PAGE], "pagination": {}, "links": links}

    def _json(self, value: Any) -> Answer:
        return Answer(json.dumps(value).encode(), headers={"Content-Type": "application/json"})


@contextmanager
def serving() -> Iterator[Ris]:
    """A running system; it ends with the block."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = ris.answer(self.path)
            with suppress(OSError):
                self._send(answer)

        def _send(self, answer: Answer) -> None:
            if answer.stall:
                ris.over.wait(5)
                self.close_connection = True
                return
            self.send_response(answer.status)
            length = len(answer.body) if answer.length is None else answer.length
            for name, value in {**answer.headers, "Content-Length": str(length)}.items():
                self.send_header(name, value)
            if answer.drip:
                self.flush_headers()
                self.wfile.write(b"X-Endless: ")
            while answer.drip and not ris.over.wait(0.02):
                self.wfile.write(b"a")
            self.end_headers()
            self.wfile.write(answer.body)
            while answer.trickle and not ris.over.wait(0.02):
                self.wfile.write(b" ")
                self.wfile.flush()
            self.close_connection = answer.length is not None

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    ris = Ris(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield ris
    finally:
        ris.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
