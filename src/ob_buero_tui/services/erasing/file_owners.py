"""The records that name a kept file: it goes from all of them, or is kept while one of them must be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from ob_buero_tui.services.erasing.duties import Duties
from ob_buero_tui.services.erasing.file_search import KEPT
from ob_buero_tui.services.erasing.hiding import covered
from ob_buero_tui.services.erasing.views import FileHit
from ob_buero_tui.services.naming import record_name
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.erasure_list import ErasedRow
from ob_buero_tui.store.personal import HASHES

Key = tuple[str, int]


def owners_of(connection: Connection, digests: Collection[str]) -> dict[str, list[Key]]:
    """The records that name these files, also those that only the journal still has."""
    found: dict[str, list[Key]] = {}
    for digest in dict.fromkeys(digests):
        owners: dict[Key, None] = {}
        for table, column in HASHES.items():
            query = (
                f'SELECT id FROM "{table}" WHERE "{column}" = :d UNION'  # noqa: S608 our own names
                " SELECT row_id FROM change WHERE table_name = :t AND (instr(before, :d) OR instr(after, :d))"
            )
            rows = connection.exec_driver_sql(query, {"d": digest, "t": table}).scalars()
            owners |= dict.fromkeys((table, key) for key in rows)
        found[digest] = list(owners)
    return found


def duty_of(duties: Duties, owners: Iterable[Key]) -> str:
    """The first reason why one of these records must be kept; "" where nothing keeps them."""
    return next((reason for owner in owners if (reason := duties.of(*owner))), "")


def with_duties(place: Workplace, files: Iterable[FileHit]) -> tuple[FileHit, ...]:
    """Files, each with the reason why it must be kept now; covered where personal to another desk."""
    listed = list(files)
    with place.reading() as session:
        owners = owners_of(session.connection(), [one.digest for one in listed])
        duties = Duties(place, session)
        found = (
            replace(
                one,
                duty=duty_of(duties, owners[one.digest]),
                name=_named(place, session.connection(), one, owners[one.digest]),
            )
            for one in listed
        )
        return tuple(covered(place, session.connection(), one, owners[one.digest]) for one in found)


def _named(place: Workplace, connection: Connection, one: FileHit, owners: Sequence[Key]) -> str:
    """What a file is called; a kept one lies under its hash, and is known by the records that name it."""
    if one.place != KEPT or not owners:
        return one.name
    named = [record_name(connection, *owner, place) for owner in owners]
    return next((name for name in named if "„" in name), named[0])


def with_owners(rows: Sequence[ErasedRow], owners: Mapping[str, Iterable[Key]]) -> list[ErasedRow]:
    """The rows of an erasure with those that name its files.

    An attachment goes with its file; a letter or document stays and names its file no more.
    """
    found = {(row.table, row.row_id): row for row in rows}
    for key in dict.fromkeys(key for keys in owners.values() for key in keys):
        known = found.get(key) or ErasedRow(*key, whole=False)
        whole = known.whole or key[0] == "attachment"
        columns = () if whole else (*known.columns, HASHES[key[0]])
        found[key] = replace(known, whole=whole, columns=columns)
    return list(found.values())
