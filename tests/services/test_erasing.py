"""Erasure of a person: no byte is left anywhere, nobody else is blanked unasked, nothing comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from erasing_kit import FAMILY, TRACES, Traces, bytes_left, leave_traces
from sqlalchemy import select

from ob_buero_tui.catalog.model import Catalog
from ob_buero_tui.config import Settings
from ob_buero_tui.office import Office, open_office
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.erasing import carrying_out
from ob_buero_tui.services.erasing.erasing import erase, kept_beside
from ob_buero_tui.services.erasing.finding import find_person
from ob_buero_tui.services.erasing.replay import replay_erasures
from ob_buero_tui.services.search import search
from ob_buero_tui.services.undo import Erased, remember_named, undo
from ob_buero_tui.services.work import Work
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.erasure_list import ErasureGroup, Step, list_path, mark, read_groups
from ob_buero_tui.store.people import Person
from ob_buero_tui.store.requests import Request
from ob_buero_tui.store.retention import Erasure
from office_fixtures import Clock


@pytest.fixture
def here(place: Workplace, database: Path) -> Workplace:
    """The desk, with its drop folder."""
    return replace(place, drop_folder=database.parent / "eingangskorb")


@pytest.fixture
def traces(
    here: Workplace,
    clock: Clock,
    make_request: Callable[..., int],
    make_event: Callable[..., int],
    database: Path,
) -> Traces:
    """What the person left behind."""
    return leave_traces(here, clock, make_request, make_event, database.parent)


def _erase_all(place: Workplace, person: int) -> str:
    found = find_person(place, person)
    chosen = [hit.key for hit in found.asked]
    return erase(place, found, chosen=chosen, files=[one.digest for one in found.files], typed=FAMILY).text


def test_no_byte_is_left_and_a_restored_copy_is_cleaned_again(
    here: Workplace, traces: Traces, database: Path, tmp_path: Path
) -> None:
    before = shutil.copytree(database.parent, tmp_path / "sicherung")
    assert len(bytes_left(database.parent)) > 4
    text = _erase_all(here, traces.person)
    assert "nicht zurücknehmen" in text
    assert "frühere Stände" not in text
    assert "holt der nächste Start nach" not in text
    assert bytes_left(database.parent) == {}
    assert not traces.erledigt.exists()
    with here.reading() as session:
        assert session.get(Person, traces.person) is None
        assert session.scalars(select(Erasure.row_id).where(Erasure.table_name == "person")).all() == [
            traces.person
        ]
    shutil.copy2(before / database.name, database)
    shutil.copytree(before / f"{database.name}.anhang", here.attachments.folder, dirs_exist_ok=True)
    assert bytes_left(database.parent)
    assert replay_erasures(here, database) > 5
    assert bytes_left(database.parent) == {}
    assert replay_erasures(here, database) == 0


def test_a_copy_laid_here_by_hand_is_cleaned_when_it_is_opened(
    here: Workplace, office: Office, traces: Traces, database: Path, tmp_path: Path, catalog: Catalog
) -> None:
    before = shutil.copy2(database, tmp_path / "alt.sqlite")
    beside = database.with_name(f"{database.stem}-2034-01-01-vor-rueckkehr.sqlite")
    beside.touch()
    assert f"({beside.name})" in kept_beside(database.with_suffix(".db")), "whatever the database's ending"
    assert f"frühere Stände ({beside.name})" in _erase_all(here, traces.person)
    office.close()
    shutil.copy2(before, database)
    opened = open_office(database, Settings(), catalog=catalog, clock=here.clock)
    opened.close()
    assert [one for one in opened.notices if "noch einmal gelöscht" in one]
    assert bytes_left(database.parent) == {}


def test_another_database_in_the_same_place_is_left_alone(
    here: Workplace, traces: Traces, database: Path, tmp_path: Path, make_request: Callable[..., int]
) -> None:
    _erase_all(here, traces.person)
    content = list_path(database).read_text(encoding="utf-8")
    groups = read_groups(database)
    list_path(database).write_text(content.replace(groups[0].origin, "0" * 16).replace(groups[0].token, "ab"))
    key = make_request(subject="Neues")
    assert replay_erasures(here, database) == 0
    with here.reading() as session:
        assert session.get_one(Request, key).subject == "Neues"


def test_what_only_names_the_person_is_shown_and_asked(here: Workplace, traces: Traces) -> None:
    found = find_person(here, traces.person)
    linked = {(hit.table, hit.row_id) for hit in found.linked}
    assert {("person", traces.person), ("request", traces.own)} <= linked
    assert not {("request", traces.other), ("event", traces.event)} & linked
    asked = {hit.table: hit for hit in found.asked}
    assert "Frau Quittenbaum" in asked["note"].context
    assert not asked["note"].surely
    assert asked["event"].surely
    assert "Gespräch mit Hülya" in asked["event"].context
    assert "draft" in asked
    assert [one.place for one in found.files] == ["Eingangskorb/fehler"]
    erase(here, found, typed=FAMILY)  # nothing of what was asked
    left = find_person_words(here)
    assert {"note", "event", "draft"} <= left


def find_person_words(place: Workplace) -> set[str]:
    """The tables in which the family name still stands."""
    from ob_buero_tui.services.erasing.finding import find_name

    return {hit.table for hit in find_name(place, FAMILY).hits}


def test_search_and_history_know_nothing_any_more(here: Workplace, traces: Traces) -> None:
    assert search(here, "quittenbaum")
    _erase_all(here, traces.person)
    assert not search(here, "quittenbaum")
    assert find_person_words(here) == set()


def test_earlier_steps_on_erased_data_stay(here: Workplace, traces: Traces) -> None:
    _erase_all(here, traces.person)
    for reason in ("nirgends", "inzwischen gelöscht"):
        with pytest.raises(Erased, match=reason) as refused:
            undo(here)
        remember_named(here, refused.value.action_id)
    assert bytes_left(carrying_out.database_of(here).parent, TRACES[:1]) == {}


@pytest.mark.parametrize("typed", ["", "Quitten", "Hülya"])
def test_it_is_confirmed_by_the_name(here: Workplace, traces: Traces, typed: str) -> None:
    found = find_person(here, traces.person)
    with pytest.raises(Refusal, match="Nachname"):
        erase(here, found, typed=typed)
    assert [group.step for group in read_groups(carrying_out.database_of(here))] == []


def test_a_running_retention_and_an_open_matter_refuse_it(
    here: Workplace, traces: Traces, clock: Clock, make_request: Callable[..., int]
) -> None:
    clock.advance(days=-8 * 365)
    with pytest.raises(Refusal, match=r"2026-\d+: aufzubewahren bis .* 31.12.20.*Art. 17 Abs. 3"):
        _erase_all(here, traces.person)
    clock.advance(days=8 * 365)
    make_request(requester_id=traces.person)
    with pytest.raises(Refusal, match="noch nicht abgeschlossen"):
        _erase_all(here, traces.person)
    assert bytes_left(carrying_out.database_of(here).parent)


def test_a_step_that_broke_off_after_its_commit_is_finished_at_the_next_start(
    here: Workplace, traces: Traces, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise OSError("Strom weg")

    with monkeypatch.context() as patch:
        patch.setattr(carrying_out, "rewrite", killed)
        patch.setattr(carrying_out, "remove_unneeded", killed)
        assert "nächste Start" in _erase_all(here, traces.person)
    assert [group.step for group in read_groups(database)] == [Step.GILT]
    assert replay_erasures(here, database) == 0  # nothing to erase again, but to clean
    assert [group.step for group in read_groups(database)] == [Step.FERTIG]
    assert bytes_left(database.parent) == {}


def test_a_step_without_its_commit_never_was(
    here: Workplace, traces: Traces, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("ob_buero_tui.services.work.derived.refresh", killed)
        with pytest.raises(KeyboardInterrupt):
            _erase_all(here, traces.person)
    assert replay_erasures(here, database) == 0
    assert [group.step for group in read_groups(database)] == [Step.VERWORFEN]
    with here.reading() as session:
        assert session.get_one(Person, traces.person).family_name == FAMILY


def test_another_desk_that_starts_meanwhile_does_not_give_the_step_up(
    here: Workplace,
    other_place: Workplace,
    traces: Traces,
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other, begin = replace(other_place, patience_ms=20), carrying_out.begin
    counts: list[int] = []

    def begin_and_start(work: Work, group: ErasureGroup) -> None:
        begin(work, group)
        counts.append(replay_erasures(other, database))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(carrying_out, "begin", begin_and_start)
        patch.setattr(carrying_out, "clean_up", killed)
        with pytest.raises(KeyboardInterrupt):
            _erase_all(here, traces.person)
    (group,) = read_groups(database)
    assert (counts, group.step) == ([0], Step.BEGONNEN)
    mark(database, [group.token], Step.VERWORFEN)  # as an earlier release did
    assert replay_erasures(here, database) == 0
    assert [one.step for one in read_groups(database)] == [Step.FERTIG]
    assert bytes_left(database.parent) == {}
