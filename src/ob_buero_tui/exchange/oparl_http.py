"""Pages of an OParl endpoint over HTTP: with limits of time and size, and never from another host."""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from ob_buero_tui.exchange.oparl_address import NOT_FETCHED, beside
from ob_buero_tui.exchange.oparl_wires import Wires
from ob_buero_tui.rules import limits
from ob_buero_tui.rules.german import number
from ob_buero_tui.rules.refusals import Refusal

PIECE = 65_536
REDIRECTS = frozenset((301, 302, 303, 307, 308))
LATER = frozenset((408, 425, 429))
HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
    "User-Agent": "ob-buero (OParl-Client)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long and how much is waited for.

    Args:
        connect_seconds: Until the server takes the call.
        silence_seconds: Without a byte coming.
        page_seconds: For a whole page, so that a trickle ends too.
        page_bytes: Of one page, unpacked.
        total_bytes: Of all pages of one run.
        redirects: How often a page may point on.
        attempts: How often a page is asked for, where a second time may help.
    """

    connect_seconds: float = limits.CONNECT_SECONDS
    silence_seconds: float = limits.SILENCE_SECONDS
    page_seconds: float = limits.PAGE_SECONDS
    page_bytes: int = limits.PAGE_BYTES
    total_bytes: int = limits.FETCH_BYTES
    redirects: int = limits.REDIRECTS
    attempts: int = 2


class FetchFailed(Refusal):
    """A page did not come.

    Args:
        later: Whether the same call may go through another time.
        gone: Whether the server cannot be reached at all, so that no other page will come either.
    """

    def __init__(self, why: str, now: str = "", *, later: bool = False, gone: bool = False) -> None:
        super().__init__(NOT_FETCHED, why, now)
        self.later = later
        self.gone = gone


class OparlClient:
    """Reads pages of one endpoint.

    Args:
        endpoint: Its address; pages of other hosts are refused.
    """

    def __init__(self, endpoint: str, limits: Limits) -> None:
        import requests

        self._endpoint = endpoint
        self._limits = limits
        self._taken = 0
        self._session = requests.Session()
        self._session.headers.update(HEADERS)
        # Without this, names and passwords of a .netrc would go out.
        self._session.auth = lambda request: request
        self._wires = Wires(self._session)

    def __enter__(self) -> OparlClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def get(self, address: str) -> bytes:
        """The bytes of one page.

        Raises:
            FetchFailed: it did not come whole, in time, or at all.
            NotAllowed: it lies on another host.
        """
        attempt = 1
        while True:
            try:
                return self._page(address)
            except FetchFailed as failed:
                if not failed.later or failed.gone or attempt >= self._limits.attempts:
                    raise
            attempt += 1

    def _page(self, address: str) -> bytes:
        """Ask for a page, follow where it points on, and read it."""
        import requests
        from urllib3.exceptions import HTTPError

        end = time.monotonic() + self._limits.page_seconds
        wanted = beside(self._endpoint, self._endpoint, address)
        try:
            with self._wires.limited(self._limits.page_seconds):
                for _ in range(self._limits.redirects + 1):
                    with self._asked(wanted) as answer:
                        if answer.status_code not in REDIRECTS:
                            return self._read(answer, end)
                        wanted = beside(self._endpoint, wanted, answer.headers.get("Location", ""))
        except requests.exceptions.ReadTimeout:
            raise _too_slow() from None
        except (requests.exceptions.ConnectTimeout, requests.exceptions.ConnectionError) as error:
            raise (_too_slow() if time.monotonic() >= end else _unreachable(error)) from None
        except (requests.exceptions.RequestException, HTTPError, OSError) as error:
            raise (_too_slow() if time.monotonic() >= end else _broken_off(error)) from None
        raise FetchFailed("Der Server verweist immer weiter, ohne etwas zu liefern.")

    def _asked(self, address: str) -> Any:
        limits = self._limits
        return self._session.get(
            address,
            stream=True,
            allow_redirects=False,
            timeout=(limits.connect_seconds, limits.silence_seconds),
        )

    def _read(self, answer: Any, end: float) -> bytes:
        status = answer.status_code
        if status != 200:
            later = status >= 500 or status in LATER
            raise FetchFailed(_told(status), AGAIN if later else "", later=later)
        length = answer.headers.get("Content-Length", "")
        if length.isdigit() and int(length) > self._limits.page_bytes:
            raise self._too_much()
        pieces, size = [], 0
        while piece := answer.raw.read1(PIECE, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            self._taken += len(piece)
            if size > self._limits.page_bytes:
                raise self._too_much()
            if self._taken > self._limits.total_bytes:
                raise _enough(self._limits.total_bytes)
            if time.monotonic() >= end:
                raise _too_slow()
        if time.monotonic() >= end:
            raise _too_slow()  # it was cut, maybe between two headers
        coded = answer.headers.get("Content-Encoding", "")
        if length.isdigit() and not coded and size != int(length):
            raise FetchFailed("Die Verbindung brach mitten in einer Seite ab.", AGAIN, later=True)
        return b"".join(pieces)

    def _too_much(self) -> FetchFailed:
        most = number(self._limits.page_bytes // 1_000_000)
        return FetchFailed(f"Eine Seite ist größer als {most} MB.", "Fragen Sie den Betreiber.")


AGAIN = "Beim nächsten Mal geht es dort weiter."


def _too_slow() -> FetchFailed:
    return FetchFailed("Der Server antwortet zu langsam.", AGAIN, later=True)


def _enough(most: int) -> FetchFailed:
    gone = f"Es kamen mehr als {number(most // 1_000_000)} MB."
    return FetchFailed(gone, AGAIN, later=True, gone=True)


def _unreachable(error: Exception) -> FetchFailed:
    """The server cannot be reached, or hung up before it said anything."""
    import requests

    told = str(error)
    if isinstance(error, requests.exceptions.SSLError):
        why = "Sein Zertifikat gilt nicht."
        return FetchFailed(why, "Fragen Sie die IT, ob der Rechner der richtige ist.", gone=True)
    if "timed out" in told and "Read" in told:
        return _too_slow()
    if "Connection aborted" in told or "RemoteDisconnected" in told:
        return FetchFailed("Der Server legte auf, ohne zu antworten.", AGAIN, later=True)
    return FetchFailed("Der Server ist nicht zu erreichen.", AGAIN, later=True, gone=True)


def _broken_off(error: Exception) -> FetchFailed:
    if "timed out" in str(error):
        return _too_slow()
    return FetchFailed("Die Verbindung brach mitten in einer Seite ab.", AGAIN, later=True)


def _told(status: int) -> str:
    """What an answer that is no page means."""
    if status in (401, 403):
        return f"Der Server verlangt eine Anmeldung ({status})."
    if status in (404, 410):
        return f"Diese Adresse gibt es dort nicht ({status})."
    if status in LATER:
        return f"Der Server bittet um Geduld ({status})."
    return f"Der Server meldet einen Fehler ({status})."
