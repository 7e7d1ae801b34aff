"""The drop folder: what is taken when, where it ends, and what two desks, crashes and full disks do to it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from intake_samples import calendar, count, event, mail, value

from ob_buero_tui.services.desks import BASKET_INITIALS, known_initials
from ob_buero_tui.services.history import recent_actions
from ob_buero_tui.services.intake import drop_files, drop_folder
from ob_buero_tui.services.intake.drop_folder import DropFolder, DropNews
from ob_buero_tui.services.intake.drop_listing import listing, taken_in, try_again
from ob_buero_tui.services.intake.files import import_files
from ob_buero_tui.services.intake.report import FileLine, ImportReport, Status
from ob_buero_tui.services.requests.verbs import note
from ob_buero_tui.services.undo import redo, undo, undo_action
from ob_buero_tui.services.workplace import Workplace

NOW = datetime.fromisoformat("2026-11-25T09:42")
DAY = "erledigt/2026-11-25"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty drop folder."""
    made = tmp_path / "eingangskorb"
    made.mkdir()
    return made


@pytest.fixture
def drop(place: Workplace, folder: Path) -> DropFolder:
    """The watcher of the desk."""
    return DropFolder(place, folder)


def looks(drop: DropFolder, times: int = 2, now: datetime = NOW) -> DropNews:
    """Look several times and return the last news."""
    return [drop.poll(now) for _ in range(times)][-1]


def tree(folder: Path) -> list[str]:
    """All files below a folder."""
    return sorted(item.relative_to(folder).as_posix() for item in folder.rglob("*") if not item.is_dir())


def test_a_file_is_taken_when_it_rested_for_one_look(
    place: Workplace, drop: DropFolder, folder: Path
) -> None:
    path = mail(folder, "brief.eml")
    assert not drop.poll(NOW)
    with path.open("ab") as file:
        file.write(b"noch eine Zeile\r\n")
    assert not drop.poll(NOW)
    assert count(place, "request") == 0
    news = drop.poll(NOW)
    assert news.sentence == "1 neuer Eingang aus dem Eingangskorb."
    assert (len(news.ids), tree(folder)) == (1, [f"{DAY}/brief.eml"])
    assert not looks(drop)


def test_several_files_are_several_steps_and_one_sentence(
    place: Workplace, drop: DropFolder, folder: Path
) -> None:
    for number in range(3):
        mail(folder, f"{number}.eml", message_id=f"{number}@x.example.org")
    calendar(folder, event(), name="termine.ics")
    news = looks(drop)
    told = "3 neue Eingänge aus dem Eingangskorb. 1 Datei aus dem Eingangskorb eingelesen."
    assert news.sentence == told
    assert count(place, "action") == 4


def test_a_refused_file_goes_to_fehler_with_the_reason(drop: DropFolder, folder: Path) -> None:
    (folder / "bild.xyz").write_bytes(b"nichts, was jemand liest")
    news = looks(drop)
    assert news.failed == ("bild.xyz",)
    assert news.sentence.startswith("Nicht gelesen: „bild.xyz“. Strg+P „Eingangskorb zeigen“")
    assert tree(folder) == ["fehler/bild.xyz", "fehler/bild.xyz.txt"]
    told = (folder / "fehler" / "bild.xyz.txt").read_text(encoding="utf-8-sig")
    assert "Datei: bild.xyz\nAm: Mi 25.11.2026 09:42\nWarum: Unbekanntes Format „.xyz“." in told
    [entry] = listing(folder, {})
    assert (entry.name, entry.failed, entry.reason[:24]) == ("bild.xyz", True, "Unbekanntes Format „.xyz")
    (folder / "bild.xyz").write_bytes(b"ein anderes")
    looks(drop)
    assert "fehler/bild (2026-11-25).xyz" in tree(folder)
    try_again(folder, "bild.xyz")
    assert [name for name in tree(folder) if "/" not in name] == ["bild.xyz"]


@pytest.mark.parametrize(
    "name", [".versteckt.eml", "a.eml.part", "~$brief.eml", "a.crdownload", "b.TMP", "Thumbs.db", "leer.eml"]
)
def test_what_is_unfinished_stays(place: Workplace, drop: DropFolder, folder: Path, name: str) -> None:
    path = mail(folder, name)
    if name == "leer.eml":
        path.write_bytes(b"")
    assert not looks(drop, 4)
    assert (tree(folder), count(place, "request")) == ([name], 0)


def test_links_and_special_files_are_never_followed(
    place: Workplace, drop: DropFolder, folder: Path, tmp_path: Path
) -> None:
    outside = mail(tmp_path, "draussen.eml")
    (folder / "link.eml").symlink_to(outside)
    os.mkfifo(folder / "rohr.eml")
    (folder / "ordner").mkdir()
    mail(folder / "ordner", "innen.eml")
    assert not looks(drop, 3)
    assert count(place, "request") == 0
    assert outside.exists()
    told = {one.name: one.reason for one in listing(folder, {})}
    assert told["link.eml"].startswith("eine Verknüpfung")
    assert told["ordner"].startswith("ein Ordner")
    assert told["rohr.eml"] == "keine gewöhnliche Datei"


def test_a_link_in_the_place_of_erledigt_takes_nothing_out_of_the_folder(
    drop: DropFolder, folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "anderswo"
    elsewhere.mkdir()
    (folder / "erledigt").symlink_to(elsewhere)
    mail(folder)
    news = looks(drop)
    assert "ließ sich aber nicht weglegen" in news.sentence
    assert (tree(elsewhere), "brief.eml" in tree(folder)) == ([], True)
    assert not looks(drop)


def test_undoing_does_not_bring_the_file_in_again(place: Workplace, drop: DropFolder, folder: Path) -> None:
    mail(folder)
    looks(drop)
    [line] = taken_in(place)
    undo_action(place, line.action_id)
    assert (looks(drop, 3), taken_in(place)) == (DropNews(), ())
    assert count(place, "request") == 0
    (folder / DAY / "brief.eml").rename(folder / "brief.eml")
    assert looks(drop).ids


def test_an_import_is_no_step_of_the_clerk(
    place: Workplace, drop: DropFolder, folder: Path, make_request: Callable[..., int]
) -> None:
    """`u` takes back what the clerk did last, whatever came in meanwhile; the import is the folder's own."""
    request = make_request()
    note(place, [request], "angerufen")
    mail(folder)
    looks(drop)
    [line] = taken_in(place)
    assert (line.desk, recent_actions(place)[0].action_id) == (BASKET_INITIALS, line.action_id)
    assert undo(place).records[0][0] == "note"
    assert count(place, "request") == 2
    assert redo(place).records[0][0] == "note", "nor does an import stand in the way of U"
    assert known_initials(place) == (place.desk.initials,), "nobody assigns anything to a folder"
    assert undo_action(place, line.action_id).sentence
    assert (count(place, "request"), taken_in(place)) == (1, ())


def test_what_is_personal_in_an_import_belongs_to_the_account(
    place: Workplace, drop: DropFolder, folder: Path
) -> None:
    calendar(folder, event(CLASS="PRIVATE"))
    looks(drop)
    assert value(place, "SELECT owner FROM event") == place.desk.account


def test_a_crash_between_commit_and_move_only_moves(
    place: Workplace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail(folder)
    with monkeypatch.context() as crash:
        crash.setattr(drop_files, "move", _die)
        with pytest.raises(KeyboardInterrupt):
            looks(DropFolder(place, folder))
    assert count(place, "request") == 1
    [claimed] = tree(folder)
    assert claimed.startswith(".in-arbeit/")
    assert not looks(DropFolder(place, folder))  # that process may still be at it
    monkeypatch.setattr(drop_folder, "token_lives", lambda _token: False)
    news = looks(DropFolder(place, folder), 3)
    assert (news.known, news.ids) == (1, ())
    assert (tree(folder), count(place, "request")) == ([f"{DAY}/brief.eml"], 1)


def _die(*_args: object, **_more: object) -> Path:
    raise KeyboardInterrupt


def test_two_desks_at_one_folder_take_each_file_once(
    place: Workplace, other_place: Workplace, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        mail(folder, f"{number}.eml", message_id=f"{number}@x.example.org")
    here, there = DropFolder(place, folder), DropFolder(other_place, folder)
    news = [here.poll(NOW), there.poll(NOW)]

    def meanwhile(office: Workplace, paths: list[Path]) -> ImportReport:
        monkeypatch.setattr(drop_folder, "import_files", import_files)
        news.append(there.poll(NOW))
        return import_files(office, paths)

    monkeypatch.setattr(drop_folder, "import_files", meanwhile)
    news.append(here.poll(NOW))
    assert sum(len(each.ids) for each in news) == 4
    assert (count(place, "request"), not any(each.failed for each in news)) == (4, True)
    assert tree(folder) == [f"{DAY}/{number}.eml" for number in range(4)]


@pytest.mark.parametrize("status", [Status.REFUSED])
def test_a_full_disk_loses_nothing_and_is_told_once(
    drop: DropFolder, folder: Path, monkeypatch: pytest.MonkeyPatch, status: Status
) -> None:
    mail(folder)
    full = FileLine(path="", status=status, text="Der Datenträger ist voll.", later=True)
    monkeypatch.setattr(drop_folder, "import_files", lambda *_args: ImportReport(lines=(full,)))
    told = [drop.poll(NOW).sentence for _ in range(6)]
    assert [text for text in told if text] == [
        "Der Eingangskorb wird nicht geleert: Der Datenträger ist voll."
    ]
    assert tree(folder) == ["brief.eml"]
    monkeypatch.setattr(drop_folder, "import_files", import_files)
    assert drop.poll(NOW).ids


def test_an_error_of_the_disk_is_not_blamed_on_the_file(
    place: Workplace, drop: DropFolder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail(folder)
    monkeypatch.setattr(type(place.attachments), "store", _full)
    monkeypatch.setattr("ob_buero_tui.services.intake.formats.import_mail", _full)
    news = looks(drop, 3)
    assert "der Datenträger ist voll" in news.sentence
    assert tree(folder) == ["brief.eml"]


def _full(*_args: object) -> None:
    raise OSError(errno.ENOSPC, "no space")


def test_a_database_that_is_only_read_takes_nothing(place: Workplace, folder: Path) -> None:
    drop = DropFolder(replace(place, read_only=True), folder)
    mail(folder)
    said = [drop.poll(NOW).sentence for _ in range(6)]
    text = "Die Datenbank ist nur zum Lesen geöffnet; was im Eingangskorb liegt, bleibt dort."
    assert [each for each in said if each] == [f"Der Eingangskorb wird nicht geleert: {text}"]
    assert tree(folder) == ["brief.eml"]


def test_a_claim_that_lies_too_long_is_put_back(drop: DropFolder, folder: Path) -> None:
    claim = folder / ".in-arbeit" / "anderer-rechner-17-4711_1"
    claim.mkdir(parents=True)
    mail(claim)
    looks(drop, 3)
    assert tree(folder) == [".in-arbeit/anderer-rechner-17-4711_1/brief.eml"]
    assert looks(drop, 3, NOW + timedelta(minutes=10)).ids
    assert tree(folder) == [f"{DAY}/brief.eml"]


def test_an_unreachable_folder_is_told_once(place: Workplace, tmp_path: Path) -> None:
    drop = DropFolder(place, tmp_path / "weg")
    told = [drop.poll(NOW).sentence for _ in range(5)]
    assert len([text for text in told if text]) == 1
    assert "ist nicht zu leeren: der Ort ist nicht zu finden" in "".join(told)


def test_a_sheet_with_unconfirmed_columns_stays_and_is_told(
    drop: DropFolder, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "liste.csv").write_text("Name;Anlass\nMuster;Feier\n", encoding="utf-8")
    waits = FileLine(path="", status=Status.WAITING, text="Spalten noch nicht bestätigt.")
    monkeypatch.setattr(drop_folder, "import_files", lambda *_args: ImportReport(lines=(waits,)))
    told = [drop.poll(NOW).sentence for _ in range(5)]
    assert [text for text in told if text] == [
        "„liste.csv“ bleibt im Eingangskorb: Spalten noch nicht bestätigt."
    ]
    assert tree(folder) == ["liste.csv"]
    assert [one.reason for one in listing(folder, drop.parked())] == ["Spalten noch nicht bestätigt"]
    drop.recheck()
    assert not drop.poll(NOW)
    assert not drop.poll(NOW + timedelta(minutes=2))


def test_erledigt_is_cleared_after_seven_days_of_what_we_put_there(drop: DropFolder, folder: Path) -> None:
    mail(folder)
    looks(drop)
    kept = folder / "erledigt"
    (kept / "eigenes.eml").write_text("von Hand", encoding="utf-8")
    (kept / "2026-11-01").mkdir()
    (kept / "2026-11-01" / "unter").mkdir()
    (kept / "2026-11-01" / "alt.eml").touch()
    (kept / "2026-99-99").mkdir()
    (folder / "fehler").mkdir()
    (folder / "fehler" / "2026-11-01.eml").touch()
    looks(drop, now=NOW + timedelta(days=7))
    assert f"{DAY}/brief.eml" in tree(folder)
    looks(drop, now=NOW + timedelta(days=8))
    assert tree(folder) == ["erledigt/eigenes.eml", "fehler/2026-11-01.eml"]
    assert (kept / "2026-11-01" / "unter").is_dir()
    assert date(2026, 11, 25) == NOW.date()


def test_parts_left_out_are_named_beside_the_file(drop: DropFolder, folder: Path) -> None:
    broken = event("zwei@example.org").replace("DTSTART", "DTSTERT")
    calendar(folder, event(), broken, name="termine.ics")
    news = looks(drop)
    assert news.partly == ("termine.ics",)
    assert "Nur zum Teil gelesen: „termine.ics“; in „fehler“ steht daneben, warum." in news.sentence
    assert tree(folder) == ["fehler/termine.ics", "fehler/termine.ics.txt"]
    assert "nur zum Teil" in (folder / "fehler" / "termine.ics.txt").read_text(encoding="utf-8-sig")


HOSTILE = [
    b"\x1b[2Jbrief.eml",
    b"zeile\nzwei.eml",
    "rechnung\u202elme.exe.eml".encode(),
    "u\u0308ber.eml".encode(),
    b"\xff\xfe.eml",
    b"x" * 251 + b".eml",
    ("ä" * 125 + ".eml").encode(),
    b"-rf *.eml",
]


@pytest.mark.parametrize("raw", HOSTILE)
def test_hostile_names_come_in_and_go_to_their_place(
    place: Workplace, drop: DropFolder, folder: Path, raw: bytes
) -> None:
    name = os.fsdecode(raw)
    mail(folder, name)
    news = looks(drop)
    assert (len(news.ids), tree(folder)) == (1, [f"{DAY}/{name}"])
    mail(folder, name, message_id="2@x.example.org")
    assert looks(drop).ids
    assert len(tree(folder)) == 2


@pytest.mark.parametrize("raw", HOSTILE)
def test_hostile_names_are_refused_with_a_harmless_sentence(
    drop: DropFolder, folder: Path, raw: bytes
) -> None:
    for _ in range(3):
        (folder / os.fsdecode(raw[:-4] + b".zzz")).write_bytes(b"unbekannt")
        news = looks(drop)
        assert not {"\x1b", "\n", "\u202e"} & set(news.sentence)
    entries = listing(folder, {})
    assert (len(entries), len(tree(folder))) == (3, 6)
    for entry in entries:
        assert entry.failed
        assert entry.reason.startswith("Unbekanntes Format")
        assert not {"\x1b", "\n", "\u202e"} & set(entry.shown)
