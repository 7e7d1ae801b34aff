"""Going back to a copy brings everything, keeps what stood there, and changes nothing where it is refused."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from backup_kit import House, subject_of

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.catalog.papers import paper_rules
from ob_buero_tui.config import Mode, Settings
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.backups.age_copies import opened_copy
from ob_buero_tui.services.backups.looking import find_copy, list_copies, loss_of
from ob_buero_tui.services.backups.trying import try_copy
from ob_buero_tui.services.checking import check_database
from ob_buero_tui.services.council.paper_numbers import give_number, proposed_number
from ob_buero_tui.services.desks import basket_desk
from ob_buero_tui.services.erasing import carrying_out
from ob_buero_tui.services.requests.numbers import next_serial
from ob_buero_tui.services.work import USE_CASES, Work, transaction
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store import erasure_list
from ob_buero_tui.store.attachments import AttachmentFolder
from ob_buero_tui.store.backup import restoring
from ob_buero_tui.store.council import Paper
from ob_buero_tui.store.documents import Document, ImportedFile
from ob_buero_tui.store.erasure_list import ErasedRow, ErasureGroup, Step
from office_fixtures import Clock


@pytest.fixture
def house(database: Path, catalog: Catalog, clock: Clock) -> House:
    """An office that nobody has open."""
    return House(path=database, settings=Settings(), catalog=catalog, clock=clock)


def test_going_back_brings_everything_and_keeps_what_was(house: House, clock: Clock) -> None:
    first = house.request("Bleibt")
    sha256 = house.attach(first, b"Plan")
    before = house.content()
    copy = house.copy()
    assert copy is not None
    clock.advance(hours=2)
    lost = house.request("Geht verloren")
    kept_file = house.open()
    file = kept_file.place.attachments.path(sha256)
    kept_file.close()
    file.unlink()
    house.work(_left_since)
    loss = loss_of(copy, list_copies(house.there)[0].contents, house.there)
    assert loss is not None
    assert loss.sentence == (
        "Verloren gehen 3 Schritte seit Mi 25.11. 09:42, darunter 2 neue Eingänge. Seither ging"
        " 1 Antwort hinaus; sie fehlt dann hier. 1 Datei aus dem Eingangskorb liegt in"
        " „eingangskorb/erledigt“; von dort lässt sie sich wieder einlegen."
    )
    present = house.content()
    done = house.restore(copy)
    assert house.content() == before
    assert done.lines[1:] == ("Die 5 Nummern, die seither vergeben wurden, kommen nicht noch einmal.",)
    assert house.work(_next_numbers) == [4, "BV 2026 0003"]
    assert not house.work(lambda place: check_database(house.path, place).problems)
    assert file.read_bytes() == b"Plan"
    assert done.missing == 0
    assert done.kept is not None
    assert done.kept.name == "buero-2026-11-25-104200-vor-rueckkehr.sqlite"
    assert done.kept.stat().st_mode & 0o777 == 0o600
    assert subject_of(replace(house, path=done.kept), lost) == "Geht verloren"
    assert any(name.endswith("-vor-rueckkehr.sqlite") for name in house.copies)
    # What was given up is newer, but nobody wants it first.
    assert find_copy(house.there, "letzte", clock.now) == copy
    # And back again: what was given up is not gone. The checked copy is one way, the file itself another.
    given_up = find_copy(house.there, "buero-2026-11-25-104200-vor-rueckkehr.sqlite")
    house.restore(given_up)
    assert house.content() == present
    assert find_copy(house.there, "letzte", clock.now) == given_up
    (view,) = [view for view in list_copies(house.there) if view.path == done.kept]
    assert (view.label, view.fault, view.contents and view.contents.requests) == ("ersetzte Datenbank", "", 3)
    assert view.kept_until == view.made + timedelta(days=2)
    house.restore(copy)
    assert not try_copy(done.kept, house.there, clock.now).fault
    house.restore(done.kept)
    assert house.content() == present


def _left_since(place: Workplace) -> None:
    """An answer that goes out, a file of the drop folder, and numbers of papers, one of them typed."""
    basket = replace(place, desk=basket_desk(place))
    with transaction(basket, "import_scan") as work:
        request = USE_CASES["test_create_request"].function(work, {"subject": "Aus dem Korb"})
        file = ImportedFile(sha256="a" * 64, name="brief.pdf", format="pdf", imported_at=work.at)
        work.session.add(file)
    with transaction(place, "send_answers") as work:
        work.session.add(Document(request_id=request, kind="antwort", title="Antwort", state="hinaus"))
        _papers(work)


def _papers(work: Work) -> None:
    for typed in ("", "", "2026/Sonder"):
        paper = Paper(name="Neubau", extra={})
        work.session.add(paper)
        work.session.flush()
        give_number(work, paper, paper_rules(work.catalog).kinds["beschlussvorlage"], None, typed)


def _next_numbers(place: Workplace) -> list[int | str]:
    """Which numbers the next letter and the next paper would get."""
    with transaction(place, "test_next") as work:
        kind = paper_rules(work.catalog).kinds["beschlussvorlage"]
        paper = proposed_number(work.session, work.catalog, kind, None, work.today)
        return [next_serial(work, work.today.year), paper]


def test_while_another_desk_has_it_open_nobody_goes_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "LOCK_SECONDS", 0.0)
    copy = house.copy()
    assert copy is not None
    marker = house.elsewhere()
    before = house.path.read_bytes()
    with pytest.raises(Refusal, match="noch an einem anderen Platz"):
        house.restore(copy)
    marker.unlink()
    with closing(sqlite3.connect(house.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Refusal, match="wird gerade benutzt"):
            house.restore(copy)
        other.execute("ROLLBACK")
    assert house.path.read_bytes() == before
    assert not list(house.path.parent.glob("*rueckkehr-*"))


def test_in_another_place_come_back_the_attachments_and_what_was_erased_goes_again(
    house: House, clock: Clock, tmp_path: Path
) -> None:
    """The disaster for which there is a second folder: nothing else is left, and the name is a new one."""
    away = tmp_path / "platte"
    away.mkdir()
    house.settings = replace(house.settings, backup_folder=away)
    request = house.request("Mit Plan")
    sha256 = house.attach(request, b"Plan")
    copy = house.copy()
    assert copy is not None
    group = ErasureGroup(token="ab", at="x", origin=_origin(house), rows=(ErasedRow("request", request),))
    erasure_list.append_group(house.path, group)
    erasure_list.mark(house.path, ["ab"], Step.GILT)
    clock.advance(days=1)
    house.copy(forced=True)
    shutil.rmtree(house.path.parent)
    there = replace(house, path=tmp_path / "neu" / "amt.sqlite", settings=Settings())
    done = there.restore(away / copy.name)
    assert (done.missing, done.erased) == (0, 1)
    assert done.lines == ("Nach der Löschliste wurde 1 Datensatz noch einmal gelöscht.",)
    assert try_copy(away / copy.name, there.there, clock.now).files == 1
    assert AttachmentFolder(there.path).read(sha256) == b"Plan"
    assert [one.token for one in erasure_list.read_groups(there.path)] == ["ab"]


def test_another_key_encrypts_the_attachments_anew(house: House, clock: Clock, tmp_path: Path) -> None:
    x25519 = pytest.importorskip("pyrage", reason="the extra tresor is not installed").x25519
    away = tmp_path / "platte"
    away.mkdir()
    house.settings = replace(house.settings, backup_folder=away)
    sha256 = house.attach(house.request("Mit Plan"), b"Plan")
    for _ in range(2):
        key = x25519.Identity.generate()
        house.settings = replace(house.settings, backup_recipient=str(key.to_public()))
        house.copy(forced=True)
        clock.advance(minutes=1)
    there = replace(house, path=tmp_path / "neu" / "amt.sqlite", settings=Settings())
    with opened_copy(max(away.glob("*.age")), there.there, str(key)) as plain:
        assert there.restore(plain).missing == 0
    assert AttachmentFolder(there.path).read(sha256) == b"Plan"


def test_a_full_disk_on_the_way_back_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    copy = house.copy()
    assert copy is not None
    monkeypatch.setattr("ob_buero_tui.services.backups.restoring.seal_like", full)
    with pytest.raises(Refusal, match="Prüfen Sie freien Platz"):
        house.restore(copy)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="gives a file to another group")
def test_what_comes_back_belongs_to_the_group_of_what_stood_there(house: House, tmp_path: Path) -> None:
    os.chown(house.path, -1, 1234)
    copy = house.copy()
    assert copy is not None
    house.restore(copy)
    assert house.path.stat().st_gid == 1234
    there = replace(house, path=tmp_path / "neu" / "b.sqlite", settings=replace(Settings(), mode=Mode.GRUPPE))
    there.restore(copy)
    assert there.path.parent.stat().st_mode & 0o777 == 0o770


def _origin(house: House) -> str:
    def read(place: Workplace) -> str:
        with place.reading() as session:
            return carrying_out.origin_of(session.connection())

    return str(house.work(read))


def _spoil(copy: Path) -> None:
    data = bytearray(copy.read_bytes())
    data[-3000] ^= 1
    copy.write_bytes(bytes(data))


def _foreign(copy: Path) -> None:
    copy.with_name(copy.name + ".sha256").unlink()
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE t (x)")
        connection.commit()


def _newer(copy: Path) -> None:
    copy.with_name(copy.name + ".sha256").unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA user_version=999")


def _text(copy: Path) -> None:
    copy.with_name(copy.name + ".sha256").unlink()
    copy.write_text("keine Datenbank", encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (_spoil, "verändert worden"),
        (_foreign, "keine Datenbank von OB-Büro"),
        (_newer, "neueren Fassung"),
        (_text, "keine lesbare Datenbank"),
    ],
)
def test_an_unfit_copy_changes_nothing(house: House, clock: Clock, harm, why: str) -> None:  # type: ignore[no-untyped-def]
    copy = house.copy()
    assert copy is not None
    harm(copy)
    before = house.path.read_bytes()
    with pytest.raises(Refusal, match=why):
        house.restore(copy)
    assert house.path.read_bytes() == before
    tried = try_copy(copy, house.there, clock.now)
    assert tried.fault
    with pytest.raises(Refusal, match="keine brauchbare Sicherung"):
        find_copy(house.there, "letzte")


def test_a_damaged_present_file_is_kept_and_its_journal_is_not_played_into_the_copy(house: House) -> None:
    request = house.request("Bleibt")
    copy = house.copy()
    assert copy is not None
    house.path.write_bytes(b"\0" * 8192)
    journal = house.path.with_name(house.path.name + "-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\0" * 1000)
    done = house.restore(copy)
    assert done.kept is not None
    assert done.kept.read_bytes() == b"\0" * 8192
    assert "war nicht zu lesen" in done.lines[-1]
    assert not journal.exists()
    assert done.kept.with_name(done.kept.name + "-journal").exists()
    assert subject_of(house, request) == "Bleibt"
    (view,) = [view for view in list_copies(house.there) if view.path == done.kept]
    assert (view.contents, view.fault) == (None, "ein Schritt brach darin ab; die Rückkehr nimmt ihn zurück")
    with pytest.raises(Refusal, match="keine lesbare Datenbank"):
        house.restore(done.kept)
    assert subject_of(house, request) == "Bleibt"


def test_a_replaced_file_comes_back_without_the_step_that_broke_off_in_it(house: House) -> None:
    copy, journal = house.copy(), house.path.with_name(house.path.name + "-journal")
    assert copy is not None
    with closing(sqlite3.connect(house.path, isolation_level=None)) as writing:
        rows = ((f"{number:x<400}",) for number in range(60))
        writing.executemany("INSERT INTO desk(account, initials) VALUES (?, 'ganz')", rows)
        before = house.content()
        writing.execute("PRAGMA cache_size=5")
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE desk SET initials = 'halb'")
        torn = [(path, path.read_bytes()) for path in (house.path, journal)]
        writing.execute("ROLLBACK")
    for path, data in torn:
        path.write_bytes(data)
    assert b"halb" in torn[0][1]
    kept = house.restore(copy).kept
    assert kept is not None
    assert kept.read_bytes() == torn[0][1]
    house.restore(kept)
    assert house.content() == before


def test_where_no_second_name_can_be_given_the_present_file_is_copied(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object) -> None:
        raise OSError(1, "no links here")

    copy = house.copy()
    request = house.request("Geht verloren")
    assert copy is not None
    monkeypatch.setattr(os, "link", refused)
    done = house.restore(copy)
    assert done.kept is not None
    assert subject_of(replace(house, path=done.kept), request) == "Geht verloren"
