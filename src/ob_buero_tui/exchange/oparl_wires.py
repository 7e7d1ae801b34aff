"""The open connections of a fetch, so that one which keeps no time limit can be cut from outside."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import Any
from weakref import WeakSet


class Wires:
    """Knows the direct connections of a session; those of a proxy keep the limits of the library alone."""

    def __init__(self, session: Any) -> None:
        from urllib3.connection import HTTPConnection, HTTPSConnection
        from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

        wires: WeakSet[Any] = WeakSet()
        self._open = wires

        class Plain(HTTPConnection):
            def connect(self) -> None:
                super().connect()
                wires.add(self)

        class Secure(HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                wires.add(self)

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        for adapter in session.adapters.values():
            adapter.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Cut whatever is open after this time: headers that come byte by byte end in no other way."""
        watch = Timer(seconds, self._cut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def _cut(self) -> None:
        for one in list(self._open):
            wire = one.sock
            if wire is not None:
                with suppress(OSError):
                    wire.shutdown(socket.SHUT_RDWR)
