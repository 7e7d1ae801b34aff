"""The erasure itself: one transaction, then the files, then no free page keeps what stood there."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, insert

from ob_buero_tui.rules.person_words import PersonWords
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.system_errors import system_reason
from ob_buero_tui.services.erasing.file_search import remove_beside
from ob_buero_tui.services.faults import translated
from ob_buero_tui.services.undo import FINAL
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import erasure_list
from ob_buero_tui.store.engine import WORKER_PATIENCE_MS, WRITES
from ob_buero_tui.store.erasure_list import ErasedRow, ErasureGroup, Step
from ob_buero_tui.store.journal import Action
from ob_buero_tui.store.redacting import WITH_UIDS, Redacted, redact
from ob_buero_tui.store.retention import Erasure, ErasureGround
from ob_buero_tui.store.types import utc_text
from ob_buero_tui.store.uid_stand_in import StandIns, ready_stand_ins


def database_of(place: Workplace) -> Path:
    """The database file of an open office."""
    folder = place.attachments.folder
    return folder.with_name(folder.name.removesuffix(".anhang"))


def erase_rows(
    work: Work,
    rows: Collection[ErasedRow],
    words: PersonWords | None,
    ground: ErasureGround,
) -> Redacted:
    """Empty these records inside a use case.

    Returns:
        Among others the kept files that nothing names any more by them.

    Raises:
        Refusal: the list beside the database cannot be written.
    """
    connection = work.session.connection()
    work.session.flush()
    done = redact(connection, rows, words, _stand_ins(work, rows))
    work.session.expire_all()
    for table, ids in done.touched.items():
        work.recorder.touched[table] |= ids
        work.references |= {(table, key) for key in ids}
    work.recorder.count += max(1, len(rows))  # the journal must not keep what was erased, so it tells nothing
    proof = [
        {
            "at": work.at,
            "desk_id": work.desk.id,
            "table_name": row.table,
            "row_id": row.row_id,
            "ground": ground.value,
        }
        for row in rows
    ]
    if proof:
        connection.execute(insert(Erasure), proof)
    return done


def _stand_ins(work: Work, rows: Iterable[ErasedRow]) -> StandIns:
    """What stands in place of the UIDs of these records."""
    if not any(row.table in WITH_UIDS for row in rows):
        return StandIns()
    try:
        return ready_stand_ins(database_of(work.place), work.place.attachments.file_mode)
    except OSError as error:
        raise _unlisted(error) from error


def begin(work: Work, group: ErasureGroup) -> None:
    """Write the step into the list beside the database, before its transaction ends.

    Raises:
        Refusal: the list cannot be written; then nothing is erased, as a restored copy would bring it back.
    """
    work.tell(tokens=[group.token])
    try:
        erasure_list.append_group(database_of(work.place), group, work.place.attachments.file_mode)
    except OSError as error:
        raise _unlisted(error) from error


def _unlisted(error: OSError) -> Refusal:
    return Refusal(
        "Es wurde nichts gelöscht.",
        f"Die Löschliste neben der Datenbank lässt sich nicht schreiben: {system_reason(error)}.",
        "Bitten Sie die IT um Schreibrecht im Ordner der Datenbank.",
    )


def with_gone(group: ErasureGroup, digests: Collection[str], gone: Redacted) -> ErasureGroup:
    """A step with what went by it.

    Args:
        digests: Hashes of files that go besides those of its rows.
    """
    files, uids, alive = (tuple(sorted(one)) for one in ({*digests, *gone.files}, gone.uids, gone.alive))
    return replace(group, files=files, uids=uids, alive=alive)


def new_group(
    work: Work, rows: Sequence[ErasedRow], ground: ErasureGround, person_id: int = 0
) -> ErasureGroup:
    """A step for the list."""
    return ErasureGroup(
        token=erasure_list.new_token(),
        at=utc_text(work.at),
        ground=ground.value,
        person_id=person_id,
        origin=origin_of(work.session.connection()),
        rows=tuple(rows),
    )


def origin_of(connection: Connection) -> str:
    """Names a database by how its history began: copies of it say the same, others do not."""
    first = connection.exec_driver_sql("SELECT id, at, verb FROM action ORDER BY id LIMIT 1").one_or_none()
    return hashlib.sha256(repr(tuple(first or ())).encode()).hexdigest()[:16]


def known_tokens(connection: Connection) -> set[str]:
    """The steps of the list that this database knows."""
    marks = ", ".join("?" for _ in FINAL)
    rows = connection.exec_driver_sql(
        f"SELECT j.value FROM {Action.__tablename__} a, json_each(a.params, '$.tokens') j"  # noqa: S608 our own
        f" WHERE a.verb IN ({marks})",
        FINAL,
    )
    return set(rows.scalars())


def clean_up(place: Workplace, path: Path, groups: Iterable[ErasureGroup]) -> None:
    """After the commit: remove the files, then rewrite the database so that no free page keeps a byte.

    Raises:
        Refusal: another desk holds the file, or the disk is full; the next start goes on from the list.
        OSError: a file cannot be removed.
    """
    listed = list(groups)
    tokens = [group.token for group in listed]
    mode = place.attachments.file_mode
    erasure_list.mark(path, tokens, Step.GILT, mode)
    digests = {digest for group in listed for digest in group.files}
    remove_unneeded(place, digests)
    remove_beside(place, digests)
    rewrite(place)
    erasure_list.mark(path, tokens, Step.FERTIG, mode)


def remove_unneeded(place: Workplace, files: Collection[str]) -> int:
    """Remove the kept files of these hashes that no record and no step of the journal names."""
    gone = 0
    with place.reading() as session:
        connection = session.connection()
        unneeded = [digest for digest in sorted(files) if not _needed(connection, digest)]
    for digest in unneeded:
        target = place.attachments.path(digest)
        if target.exists():
            target.unlink()
            gone += 1
    return gone


def _needed(connection: Connection, digest: str) -> bool:
    question = (
        "SELECT EXISTS (SELECT 1 FROM attachment WHERE sha256 = :d)"
        " OR EXISTS (SELECT 1 FROM message WHERE original_sha256 = :d)"
        " OR EXISTS (SELECT 1 FROM document WHERE sha256 = :d)"
        " OR EXISTS (SELECT 1 FROM change WHERE table_name IN ('attachment', 'message', 'document')"
        "  AND (instr(before, :d) > 0 OR instr(after, :d) > 0))"
    )
    return bool(connection.exec_driver_sql(question, {"d": digest}).scalar())


def rewrite(place: Workplace) -> None:
    """Build the search index anew and rewrite the whole file: deleted words stay in neither.

    Raises:
        Refusal: another desk holds the file, or the disk is full.
    """
    with translated():
        raw = place.engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute(f"PRAGMA busy_timeout={WORKER_PATIENCE_MS}")
            raw.info.pop(WRITES, None)
            cursor.execute("PRAGMA query_only=OFF")
            cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
            cursor.execute("VACUUM")
            cursor.close()
        finally:
            raw.close()
