"""Settings: what holds is kept, what does not is named, and nothing is created by looking."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ob_buero_tui import config
from ob_buero_tui.config import AfterVerb, LoadedSettings, Mode, Settings, ThemeName
from ob_buero_tui.config.reading import load_settings
from ob_buero_tui.rules.visibility import Audience


def loaded(folder: Path, content: str | bytes) -> LoadedSettings:
    """The settings of a file with a content."""
    file = folder / "einstellungen.toml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_settings(file)


def the_problem(found: LoadedSettings) -> str:
    """The one sentence about what does not hold."""
    (problem,) = found.problems
    return str(problem)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all examples of a property: each overwrites the file."""
    return tmp_path_factory.mktemp("settings")


def test_no_file_means_the_defaults_and_is_no_problem(tmp_path: Path) -> None:
    found = load_settings(tmp_path / "nowhere" / "einstellungen.toml")
    assert found.settings == Settings()
    assert found.problems == ()
    assert list(tmp_path.iterdir()) == []


def test_every_setting_is_read(tmp_path: Path) -> None:
    (tmp_path / "katalog").mkdir()
    found = loaded(
        tmp_path,
        """
        initials = "KL"
        office_name = "Büro der Oberbürgermeisterin"
        zone = "Europe/Vienna"
        audience = "press"
        after_verb = "bleiben"
        theme = "dunkel"
        mode = "gruppe"
        office_folder = "katalog"
        """,
    )
    assert found.problems == ()
    assert found.settings == Settings(
        initials="KL",
        office_name="Büro der Oberbürgermeisterin",
        zone="Europe/Vienna",
        audience=Audience.PRESS,
        after_verb=AfterVerb.BLEIBEN,
        theme=ThemeName.DUNKEL,
        mode=Mode.GRUPPE,
        office_folder=tmp_path / "katalog",
    )


@pytest.mark.parametrize(
    ("line", "key", "expected"),
    [
        ("initials = 7", "initials", "ein Kürzel ohne Leerzeichen"),
        ('initials = "K L"', "initials", "ein Kürzel ohne Leerzeichen"),
        (f'initials = "{"K" * 21}"', "initials", "höchstens 20 Zeichen"),
        ('office_name = ""', "office_name", "höchstens 80 Zeichen"),
        (f'office_name = "{"B" * 81}"', "office_name", "höchstens 80 Zeichen"),
        ('zone = "Europa/Berlin"', "zone", "„Europe/Berlin“"),
        ('zone = "Europe"', "zone", "„Europe/Berlin“"),
        ('zone = "../../etc/passwd"', "zone", "„Europe/Berlin“"),
        ("zone = 1", "zone", "„Europe/Berlin“"),
        ('audience = "alle"', "audience", "„intern“, „deputy“, „press“ oder „public“"),
        ('after_verb = "zurück"', "after_verb", "„weiter“, „bleiben“ oder „zurueck“"),
        ("after_verb = ['weiter']", "after_verb", "„weiter“, „bleiben“ oder „zurueck“"),
        ("theme = {hell = 1}", "theme", "„hell“ oder „dunkel“"),
        ("mode = true", "mode", "„einzelplatz“ oder „gruppe“"),
        ('office_folder = "fehlt"', "office_folder", "ein vorhandener Ordner"),
        ('office_folder = "einstellungen.toml"', "office_folder", "ein vorhandener Ordner"),
        ('office_folder = "~niemand-hat-dieses-konto/x"', "office_folder", "ein vorhandener Ordner"),
        ('office_folder = "a\\u0000b"', "office_folder", "ein vorhandener Ordner"),
        ("office_folder = 1", "office_folder", "ein vorhandener Ordner"),
    ],
)
def test_a_wrong_value_costs_only_itself(tmp_path: Path, line: str, key: str, expected: str) -> None:
    neighbour, value = ("theme", ThemeName.DUNKEL) if key != "theme" else ("mode", Mode.GRUPPE)
    found = loaded(tmp_path, f'{line}\n{neighbour} = "{value}"\n')
    assert found.settings == replace(Settings(), **{neighbour: value})
    sentence = the_problem(found)
    assert f"„{key}“" in sentence
    assert "einstellungen.toml" in sentence
    assert expected in sentence


def test_a_wrong_value_and_its_default_are_shown(tmp_path: Path) -> None:
    sentence = the_problem(loaded(tmp_path, 'zone = "Europa/Berlin"'))
    assert "„Europa/Berlin“" in sentence
    assert "Bis dahin gilt die Vorgabe „Europe/Berlin“." in sentence


def test_an_unknown_key_is_named_with_the_one_that_was_meant(tmp_path: Path) -> None:
    sentence = the_problem(loaded(tmp_path, 'initial = "KL"'))
    assert "„initial“" in sentence
    assert "Gemeint ist vielleicht „initials“." in sentence


def test_a_broken_line_costs_no_other_line(tmp_path: Path) -> None:
    found = loaded(tmp_path, 'initials = "KL"\noffice_name = „Büro“\ntheme = "dunkel"\n')
    assert found.settings == Settings(initials="KL", theme=ThemeName.DUNKEL)
    assert "Zeile 2" in the_problem(found)
    assert "office_name" in the_problem(found)


def test_a_key_given_twice_holds_as_first_given(tmp_path: Path) -> None:
    found = loaded(tmp_path, 'initials = "KL"\ninitials = "MM"\n')
    assert found.settings.initials == "KL"
    assert "Zeile 2" in the_problem(found)
    assert "„initials“ noch einmal" in the_problem(found)


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    found = loaded(tmp_path, b'\xef\xbb\xbfinitials = "KL"\r\n')
    assert found.settings.initials == "KL"
    assert found.problems == ()


def test_an_old_encoding_is_read_and_named(tmp_path: Path) -> None:
    found = loaded(tmp_path, 'office_name = "Büro"'.encode("cp1252"))
    assert found.settings.office_name == "Büro"
    assert "UTF-8" in the_problem(found)


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    found = load_settings(tmp_path)
    assert found.settings == Settings()
    assert tmp_path.name in the_problem(found)


def test_what_acts_on_a_terminal_is_cleaned(tmp_path: Path) -> None:
    found = loaded(tmp_path, 'office_name = "B\\u001b[31mro"\nzone = "\\u001b]0;x\\u0007"\n"k\\u001b" = 1\n')
    texts = [found.settings.office_name, *(str(problem) for problem in found.problems)]
    assert len(texts) == 3
    assert not [text for text in texts if "\x1b" in text or "\x07" in text]


@given(st.text())
@example("x = [" + "[" * 5000)
@example("x = " + "9" * 5000)
@example("x = 0x" + "f" * 5000)
@example("mode = 0x" + "f" * 5000)
@example("[theme]\n[theme]")
def test_no_content_stops_the_start(folder: Path, content: str) -> None:
    found = loaded(folder, content.encode("utf-8", errors="surrogatepass"))
    assert found.settings == Settings() or "=" in content
    assert all(problem.what and problem.why for problem in found.problems)


@given(st.binary())
def test_no_bytes_stop_the_start(folder: Path, content: bytes) -> None:
    assert loaded(folder, content).file.name == "einstellungen.toml"


LINES = ('theme = "dunkel"', "theme = dunkel", 'mode = "gruppe"', "mode", "# Notiz", "")


@given(st.lists(st.sampled_from(LINES), unique=True))
def test_each_line_holds_or_is_named(folder: Path, lines: list[str]) -> None:
    found = loaded(folder, "\n".join(lines))
    assert (found.settings.theme is ThemeName.DUNKEL) == ('theme = "dunkel"' in lines)
    assert (found.settings.mode is Mode.GRUPPE) == ('mode = "gruppe"' in lines)
    assert len(found.problems) == len({"theme = dunkel", "mode"} & set(lines))


def test_folders_are_the_accounts_own_and_are_not_created(own_folders: Path) -> None:
    before = sorted(own_folders.rglob("*"))
    found = config.folders()
    for folder in (found.config, found.data, found.cache, found.log):
        assert folder.is_relative_to(own_folders)
        assert "ob-buero" in folder.parts
    assert len({found.config, found.data, found.cache, found.log}) == 4
    assert config.settings_file().parent == found.config
    assert sorted(own_folders.rglob("*")) == before


def test_settings_of_the_account_are_found(own_folders: Path) -> None:
    file = config.settings_file()
    file.parent.mkdir(parents=True)
    file.write_text('initials = "KL"', encoding="utf-8")
    found = load_settings()
    assert found.file == file
    assert found.settings.initials == "KL"


def test_the_database_is_the_named_one_then_the_environments_then_the_accounts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert config.database_file().parent == config.folders().data
    monkeypatch.setenv("OB_BUERO_DB", str(tmp_path / "b.sqlite"))
    assert config.database_file() == tmp_path / "b.sqlite"
    assert config.database_file(tmp_path / "a.sqlite") == tmp_path / "a.sqlite"
    monkeypatch.setenv("OB_BUERO_DB", "  ")
    assert config.database_file().parent == config.folders().data


def test_the_account_stands_in_for_initials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "k.lehmann")
    assert config.account_initials() == "k.lehmann"
    monkeypatch.setenv("LOGNAME", "Karla \x1b Lehmann-Musterfrau")
    assert len(config.account_initials()) == 20
    assert "\x1b" not in config.account_initials()


def test_an_account_without_a_name_still_has_initials(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert config.account_initials() == "Platz"
