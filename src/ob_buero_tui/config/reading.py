"""Reads the settings file: keeps every setting that holds and names every one that does not."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ob_buero_tui.config.folders import settings_file
from ob_buero_tui.config.settings import (
    INITIALS_LIMIT,
    AfterVerb,
    LoadedSettings,
    Mode,
    Settings,
    ThemeName,
)
from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.rules.visibility import Audience

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAME_LIMIT: Final = 80


def load_settings(file: Path | None = None) -> LoadedSettings:
    """Reads the settings; whatever the file holds, it never raises.

    Args:
        file: The file to read; `None`: the account's own. A missing file means the defaults.
    """
    file = settings_file() if file is None else file
    text, problems = _read(file)
    values, unread = _parse(text, file)
    problems += unread
    settings = Settings()
    for key, found in values.items():
        try:
            settings = replace(settings, **{key: _value(key, found, file)})
        except Refusal as problem:
            problems.append(problem)
    return LoadedSettings(settings=settings, file=file, problems=tuple(problems))


def _read(file: Path) -> tuple[str, list[Refusal]]:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return "", []
    except OSError as error:
        denied = isinstance(error, PermissionError)
        why = "Diesem Konto fehlt das Leserecht." if denied else "Erwartet wird eine Textdatei."
        what = f"Die Einstellungen in {_name(file)} lassen sich nicht lesen."
        return "", [Refusal(what, why, "Bis dahin gelten die Vorgaben.")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        problem = Refusal(
            f"Die Einstellungen in {_name(file)} sind nicht als UTF-8 gespeichert.",
            "Sie wurden als Windows-1252 gelesen; einzelne Zeichen können falsch sein.",
            "Bitte die Datei als UTF-8 speichern.",
        )
        return data.decode("cp1252", errors="replace"), [problem]


def _parse(text: str, file: Path) -> tuple[dict[str, object], list[Refusal]]:
    import tomllib

    try:
        return tomllib.loads(text), []
    # Beside its own error (a ValueError) tomllib passes on those of a huge number and of deep nesting.
    except (ValueError, RecursionError):
        return _parse_lines(text, file)


def _parse_lines(text: str, file: Path) -> tuple[dict[str, object], list[Refusal]]:
    """The settings of each line that is valid by itself: one slip costs no other line."""
    import tomllib

    values: dict[str, object] = {}
    problems: list[Refusal] = []
    for number, line in enumerate(text.split("\n"), start=1):
        try:
            found = tomllib.loads(line)
        except (ValueError, RecursionError):
            what = f"Zeile {number} in {_name(file)} ist nicht zu verstehen: „{_shown(line)}“."
            why = 'Erwartet wird eine Zeile wie initials = "KL", der Text in geraden Anführungszeichen.'
            problems.append(Refusal(what, why, "Alle anderen Zeilen gelten."))
            continue
        for key in found.keys() & values.keys():
            what = f"Zeile {number} in {_name(file)} nennt „{_shown(key)}“ noch einmal."
            why = "Erwartet wird jeder Schlüssel nur einmal."
            problems.append(Refusal(what, why, "Es gilt die erste Angabe."))
        values = found | values
    return values, problems


def _value(key: str, found: object, file: Path) -> Any:  # its type differs by key; each reader checks its own
    if key not in _KEYS:
        near = difflib.get_close_matches(key, _KEYS, n=1)
        what = f"Die Einstellung „{_shown(key)}“ in {_name(file)} gibt es nicht; sie wird übergangen."
        why = f"Erwartet wird einer dieser Schlüssel: {', '.join(_KEYS)}."
        raise Refusal(what, why, f"Gemeint ist vielleicht „{near[0]}“." if near else "")
    read, expected = _KEYS[key]
    try:
        return read(found, file.parent)
    except (ValueError, OSError, RuntimeError):
        default = getattr(Settings(), key)
        what = f"Die Einstellung „{key}“ in {_name(file)} gilt nicht: „{_shown(found)}“."
        until = f"gilt die Vorgabe „{default}“" if default else "gilt sie als nicht gesetzt"
        raise Refusal(what, f"Erwartet wird {expected}.", f"Bis dahin {until}.") from None


def _text(found: object, _: Path) -> str:
    if not isinstance(found, str):
        raise ValueError
    text = clean(found).strip()
    if not 0 < len(text) <= _NAME_LIMIT:
        raise ValueError
    return text


def _initials(found: object, base: Path) -> str:
    if found == "":
        return ""
    text = _text(found, base)
    if len(text) > INITIALS_LIMIT or text.split() != [text]:
        raise ValueError
    return text


def _zone(found: object, base: Path) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(_text(found, base)).key
    except ZoneInfoNotFoundError as error:
        raise ValueError from error


def _folder(found: object, base: Path) -> Path | None:
    if found == "":
        return None
    if not isinstance(found, str):
        raise ValueError
    folder = base / Path(found).expanduser()  # a RuntimeError where no such account has a home
    if not folder.is_dir():
        raise ValueError
    return folder


def _far_folder(found: object, base: Path) -> Path | None:
    """A folder that may be missing now, because its drive is not there."""
    if found == "":
        return None
    if not isinstance(found, str) or "\0" in found:
        raise ValueError
    folder = base / Path(found).expanduser()
    if folder.exists() and not folder.is_dir():
        raise ValueError
    return folder


def _recipient(found: object, _: Path) -> str:
    if not isinstance(found, str) or (found and not re.fullmatch(r"age1[02-9ac-hj-np-z]{58}", found)):
        raise ValueError
    return found


def _choice(kind: type[StrEnum]) -> tuple[Callable[[object, Path], object], str]:
    choices = [f"„{choice.value}“" for choice in kind]
    return (lambda found, _: kind(found)), f"{', '.join(choices[:-1])} oder {choices[-1]}"


_KEYS: Final[Mapping[str, tuple[Callable[[object, Path], object], str]]] = {
    "initials": (_initials, f"ein Kürzel ohne Leerzeichen mit höchstens {INITIALS_LIMIT} Zeichen, etwa „KL“"),
    "office_name": (_text, f"ein Name mit höchstens {_NAME_LIMIT} Zeichen, etwa „OB-Büro“"),
    "zone": (_zone, "der Name einer Zeitzone, etwa „Europe/Berlin“"),
    "audience": _choice(Audience),
    "after_verb": _choice(AfterVerb),
    "theme": _choice(ThemeName),
    "mode": _choice(Mode),
    "office_folder": (_folder, "ein vorhandener Ordner, etwa „~/ob-buero-katalog“"),
    "drop_folder": (_folder, "ein vorhandener Ordner, etwa „~/scans“"),
    "out_folder": (_folder, "ein vorhandener Ordner, etwa „~/ausgang“"),
    "backup_recipient": (_recipient, "ein öffentlicher Schlüssel von age, „age1…“ mit 62 Zeichen"),
    "backup_folder": (_far_folder, "ein Ordner, am besten auf einem anderen Laufwerk"),
}


def _shown(found: object) -> str:
    try:
        text = str(found).lower() if isinstance(found, bool) else str(found)
    except ValueError:  # Python refuses to write out a number of thousands of digits
        text = "eine sehr große Zahl"
    return clean(text, limit=60)


def _name(file: Path) -> str:
    return f"„{clean(str(file))}“"
