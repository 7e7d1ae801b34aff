"""Fetches council data from an OParl endpoint: page by page, and only whole pages into the office.

The network is read outside of every transaction. What came is written in batches, each one action with the
mark of how far the fetch is; a fetch that breaks off goes on there, and never leaves half a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from ob_buero_tui.exchange.oparl_address import NotAllowed, beside, changed_since, endpoint_address
from ob_buero_tui.exchange.oparl_http import AGAIN, FetchFailed, Limits, OparlClient
from ob_buero_tui.exchange.oparl_page import OparlPage, read_page
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.council.endpoints import Endpoint, Todo, endpoint_of, remember
from ob_buero_tui.services.council.fetch_batch import Batch
from ob_buero_tui.services.intake.oparl_counts import CouncilCounts, council_text
from ob_buero_tui.services.workplace import Workplace

BATCH = 2000
"""How many objects come in as one step, so that a long fetch is not held in memory as a whole."""

PAGES = 20_000
"""More pages in one go are left for the next time."""

MARGIN = timedelta(minutes=15)
"""How far the clock of a server may be behind; what came already is known by its own time of change."""

LISTS = {
    "": "Schnittstelle",
    "body": "Körperschaften",
    "organization": "Gremien",
    "person": "Personen",
    "meeting": "Sitzungen",
    "paper": "Vorlagen",
    "agendaItem": "Tagesordnungspunkte",
    "consultation": "Beratungen",
    "file": "Dokumente",
    "locationList": "Orte",
    "legislativeTermList": "Wahlperioden",
    "membership": "Mitgliedschaften",
}
"""What the lists of an endpoint are called, by the OParl property that names them."""

Progress = Callable[[int, str], bool | None]
"""Called before each page with the pages read so far and the list; returning False ends the fetch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a fetch brought.

    Args:
        pages: How many pages were read.
        since: Only what changed since then was asked for; None for everything.
        problems: German sentences on lists, pages and objects that did not come.
        left: How many lists are left for the next time.
    """

    url: str
    name: str
    pages: int
    counts: CouncilCounts
    since: datetime | None = None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    left: int = 0
    stopped: bool = False

    @property
    def anything(self) -> bool:
        """Whether anything was written."""
        counts = self.counts
        return bool(counts.new or counts.changed or counts.deleted)

    @property
    def text(self) -> str:
        """What came, in German, as in „Stadt Lindenau: 38 Sitzungen neu (7 Seiten gelesen)“."""
        told = council_text(self.counts) if self.anything else "nichts Neues"
        return f"{self.name or self.url}: {told} ({plural(self.pages, 'Seite', 'Seiten')} gelesen)."


def fetch(
    place: Workplace,
    url: str,
    *,
    full: bool = False,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Fetched:
    """Fetch what is new at an endpoint: first what was left the last time, then what changed since.

    Args:
        url: Its address; of a System, a Body, or of one list.
        full: Fetch everything, whatever is known already.

    Raises:
        Refusal: the address is none, the office is open for reading only, or the disk takes no more.
    """
    if place.read_only:
        raise Refusal(
            "Die Ratsdaten wurden nicht geholt.",
            "Die Datenbank ist nur zum Lesen geöffnet.",
            "Bitten Sie die IT um Schreibrecht für die Datei und ihren Ordner.",
        )
    address = endpoint_address(url)
    known = endpoint_of(place, address)
    since = known.synced_at - MARGIN if known.synced_at is not None and not full else None
    began = place.clock().astimezone(UTC).replace(microsecond=0)
    if full:
        known = replace(known, left=())
    with OparlClient(address, limits or Limits()) as client:
        run = _Run(place, client, known, progress)
        if known.left:
            run.read(known.left)
        if not run.over:
            run.begin(began, since)
            run.read([Todo(address=address, origin=address, since=since, root=True)])
        return run.end(since)


@dataclass(slots=True)
class _Run:
    """One fetch while it runs."""

    place: Workplace
    client: OparlClient
    known: Endpoint
    progress: Progress | None
    batch: Batch = field(default_factory=Batch)
    left: list[Todo] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    pages: int = 0
    over: bool = False
    stopped: bool = False
    _began: datetime | None = None
    _whole: bool = False
    _seen: set[str] = field(default_factory=set)

    def begin(self, began: datetime, since: datetime | None) -> None:
        """From now on all lists are read; once they are known, this is the next time's `since`."""
        self._began, self._whole = began, since is None

    def read(self, todo: Sequence[Todo]) -> None:
        """Read pages until there are none, or the server does not answer any more."""
        waiting = list(todo)
        while waiting and not self.over:
            if self.pages >= PAGES or (self.progress and self._ask(waiting[0]) is False):
                self.over = self.stopped = True
                break
            one = waiting.pop(0)
            try:
                page = self._page(one)
            except Refusal as refusal:
                self._failed(one, refusal)
                continue
            waiting = _queue(one, self._further(one, page), waiting)
            self.batch.add(page.file)
            if self.batch.size >= BATCH:
                self._flush(waiting)
        self._keep(waiting)
        self._flush(())

    def end(self, since: datetime | None) -> Fetched:
        """Keep how it went, and say it."""
        known = replace(self._mark(()), problem=" ".join(self.problems[:1]))
        if known != self.known and (self.pages or known.id):
            self.known = remember(self.place, known)
        return Fetched(
            url=self.known.url,
            name=self.known.name,
            pages=self.pages,
            counts=self.batch.counts,
            since=since,
            problems=(*self.problems, *self.batch.problems),
            notes=tuple(self.batch.notes),
            left=len(self.left),
            stopped=self.stopped,
        )

    def _ask(self, one: Todo) -> bool | None:
        assert self.progress is not None  # noqa: S101 asked by the caller
        return self.progress(self.pages, LISTS.get(one.kind, one.kind))

    def _page(self, one: Todo) -> OparlPage:
        wanted = changed_since(one.address, one.since) if one.first and not one.root else one.address
        address = beside(self.known.url, self.known.url, wanted)
        if address in self._seen:
            raise FetchFailed("Die Seiten verweisen im Kreis aufeinander.")
        page = read_page(self.client.get(address), self.place.zone)
        self._seen.add(address)
        self.pages += 1
        return page

    def _further(self, one: Todo, page: OparlPage) -> list[Todo]:
        """The next page, and the lists that this one names; inner lists only for what was deleted there."""
        found = []
        if page.next:
            found.append(replace(one, address=page.next, first=False))
        for named in page.named:
            if named.inner and one.since is None:
                continue
            try:
                address = beside(self.known.url, one.address, named.address)
            except NotAllowed as refusal:
                self._problem(named.kind, refusal)
                continue
            found.append(
                Todo(address=address, kind=named.kind, origin=address, since=one.since, root=named.root)
            )
        return found

    def _failed(self, one: Todo, refusal: Refusal) -> None:
        """Name a page that did not come; what may come another time is left for then."""
        self._problem(one.kind, refusal)
        never = isinstance(refusal, NotAllowed) or (isinstance(refusal, FetchFailed) and not refusal.later)
        if one.root:
            self._began = None  # not all lists are known, so the next fetch begins where this one did
        elif not never:
            self._keep([one])
        self.over = isinstance(refusal, FetchFailed) and refusal.gone

    def _problem(self, kind: str, refusal: Refusal) -> None:
        why = " ".join(part for part in (refusal.why or refusal.what, refusal.now) if part)
        if not isinstance(refusal, FetchFailed | NotAllowed):
            why = f"{why} {AGAIN}"
        self.problems.append(clean(f"{LISTS.get(kind, kind)}: {why}", limit=500))

    def _keep(self, waiting: Sequence[Todo]) -> None:
        """Leave pages for the next time, each list once."""
        if any(one.root for one in waiting):
            self._began = None
        for one in waiting:
            if not one.root and not any(known.covers(one) for known in self.left if one.first):
                self.left.append(one)

    def _mark(self, waiting: Sequence[Todo]) -> Endpoint:
        """How far the fetch is, when these pages are still to be read."""
        reached = self._began is not None and not any(one.root for one in waiting)
        known = replace(
            self.known,
            name=self.batch.name or self.known.name,
            left=(*self.left, *(one for one in waiting if not one.root)),
        )
        if not reached:
            return known
        whole = self._began if self._whole else known.whole_at
        return replace(known, synced_at=self._began, whole_at=whole)

    def _flush(self, waiting: Sequence[Todo]) -> None:
        """Write what was read, with the mark of how far it is."""
        if not self.batch.size:
            return
        self.known = self.batch.bring(self.place, self._mark(waiting))


def _queue(one: Todo, further: Sequence[Todo], waiting: Sequence[Todo]) -> list[Todo]:
    """What leads on comes first: once all lists are known, the time of this fetch counts."""
    if not one.root:
        return [*further, *waiting]
    roots = [new for new in further if new.root]
    return [*roots, *waiting, *(new for new in further if not new.root)]
