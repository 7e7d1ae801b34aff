"""`tresor`: encrypt the database, take that back, change the password, and say what is encrypted."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ob_buero_tui.cli.parser import wrong_use
from ob_buero_tui.cli.printing import complain, say
from ob_buero_tui.cli.unlocking import ask_twice, given_passwords, unlocked_file
from ob_buero_tui.config import load_settings, schluesselbund
from ob_buero_tui.office import backup_folder, backup_place, file_mode, refuse_unfit
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.connecting import password_of

if TYPE_CHECKING:
    from ob_buero_tui.services.sealing import Place, Sealed

LOST: Final = (
    "Bewahren Sie das Kennwort auch an einem sicheren Ort außerhalb dieses Rechners auf:"
    " Ohne das Kennwort kann niemand die Daten lesen, auch die IT nicht."
)
REMAINDER: Final = (
    "Gelöschte Dateien können auf dem Datenträger noch lesbar sein; dagegen hilft nur dessen Verschlüsselung."
)
ATTACHMENTS: Final = "Anhänge, Vorlagen und Ausgangskorb liegen weiter unverschlüsselt neben der Datenbank."


def run_tresor(options: Namespace) -> int:
    """Run one of the actions on the database that the command line means."""
    if options.file is not None and options.action != "schluessel":
        wrong_use("Eine Datei gehört nur zu „tresor schluessel“.")
    return _ACTIONS[options.action](options)


def _state(options: Namespace) -> int:
    from ob_buero_tui.store.sealed import is_sealed

    path = _there(options, unlock=False)
    if not is_sealed(path):
        say(f"„{path}“ ist nicht verschlüsselt.")
        return 0
    say(f"„{path}“ ist verschlüsselt.")
    say(ATTACHMENTS)
    _name_plain(path)
    return 0


def _on(options: Namespace) -> int:
    from ob_buero_tui.services.sealing import seal

    place = _place(options)
    if password_of(place.path) is None:
        say(LOST)
    done = seal(place, _new_password(options, of_old=0, asked=password_of(place.path) is None))
    say(f"„{place.path}“ ist jetzt verschlüsselt.")
    _tell(done)
    say(ATTACHMENTS)
    say(REMAINDER)
    _name_plain(place.path)
    return 0 if done.copy else 1


def _off(options: Namespace) -> int:
    from ob_buero_tui.services.sealing import unseal

    place = _place(options)
    done = unseal(place)
    schluesselbund.forget(place.path)
    say(f"„{place.path}“ ist nicht mehr verschlüsselt.")
    _tell(done)
    return 0 if done.copy else 1


def _change(options: Namespace) -> int:
    from ob_buero_tui.services.sealing import reseal

    place = _place(options)
    kept = schluesselbund.remembered(place.path) is not None
    sealed = password_of(place.path) is not None
    password = _new_password(options, of_old=1, asked=sealed)
    done = reseal(place, password)
    say("Das Kennwort ist geändert.")
    _tell(done)
    say("Sicherungen von vorher öffnen sich nur mit dem alten Kennwort.")
    if kept and not schluesselbund.remember(place.path, password):
        complain("Der Schlüsselbund hat das neue Kennwort nicht angenommen.")
    _name_plain(place.path)
    return 0 if done.copy else 1


def _keep(options: Namespace) -> int:
    path = _there(options)
    password = password_of(path)
    if password is None:
        raise Refusal("Die Datenbank ist nicht verschlüsselt.", "", "Es gibt nichts zu merken.")
    if not schluesselbund.remember(path, password):
        raise Refusal(
            "Das Kennwort wurde nicht gemerkt.",
            "Dieses Konto hat keinen Schlüsselbund, oder der Zusatz „schluesselbund“ ist nicht installiert.",
            "Bitten Sie die IT, oder tippen Sie es weiter beim Öffnen.",
        )
    say("Das Kennwort liegt jetzt im Schlüsselbund dieses Kontos.")
    return 0


def _forget(options: Namespace) -> int:
    gone = schluesselbund.forget(_there(options, unlock=False))
    say("Der Schlüsselbund hat das Kennwort vergessen." if gone else "Im Schlüsselbund lag keines.")
    return 0


def _make_key(options: Namespace) -> int:
    from ob_buero_tui.exchange.age_files import make_identity
    from ob_buero_tui.services.new_file import write_new
    from ob_buero_tui.services.sealing import refuse_weak

    file: Path | None = options.file
    if file is None:
        wrong_use("Es fehlt die Datei: ob-buero tresor schluessel DATEI.")
    given = given_passwords(options)
    passphrase = given[0] if given else ask_twice("Kennwort der Schlüsseldatei: ")
    refuse_weak(passphrase)
    data, public = make_identity(passphrase)
    written = None if file.exists() else write_new(file.absolute().parent, file.stem, file.suffix, data)
    if written is None:
        never = "Eine Schlüsseldatei wird nie überschrieben."
        raise Refusal(f"„{file}“ gibt es schon.", never, "Nennen Sie eine andere.")
    say(f"Die Schlüsseldatei ist „{written}“.")
    say("Verwahren Sie sie und ihr Kennwort getrennt von den Sicherungen.")
    say("Diese Zeile gehört in die Einstellungen; dann wird die zweite Sicherung verschlüsselt:")
    say(f'backup_recipient = "{public}"')
    return 0


def _there(options: Namespace, *, unlock: bool = True) -> Path:
    from ob_buero_tui.config import database_file

    path = unlocked_file(options) if unlock else database_file(options.db)
    if not path.is_file():
        raise Refusal(f"Unter „{path}“ gibt es keine Datenbank.", "", "Prüfen Sie --db.")
    return path


def _place(options: Namespace) -> Place:
    from ob_buero_tui.services.sealing import Place
    from ob_buero_tui.services.unlocking import require_extra

    require_extra()
    path = _there(options)
    settings = load_settings().settings
    refuse_unfit(path, settings)  # before anybody is asked for anything
    mode = file_mode(settings)
    return Place(path=path, backup_folder=backup_folder(path), mode=mode, now=datetime.now().astimezone())


def _new_password(options: Namespace, *, of_old: int, asked: bool) -> str:
    """The new password: the next line of the file descriptor, or asked for twice."""
    given = given_passwords(options)
    if given:
        return given[of_old] if len(given) > of_old else ""
    return ask_twice("Neues Kennwort: ") if asked else ""


def _tell(done: Sealed) -> None:
    if done.copy is not None:
        say(f"Eine geprüfte Sicherung davon ist „{done.copy}“.")
        return
    complain(f"Eine Sicherung davon gibt es noch nicht. {done.told}")
    complain(f"Die von vorher bleibt liegen, so lesbar wie vorher: „{done.before}“.")
    complain("Machen Sie bald eine mit „ob-buero backup“.")


def _name_plain(path: Path) -> None:
    """Name the copies in both folders that anybody can read."""
    from ob_buero_tui.services.sealing import plain_copies

    folders = backup_place(path, load_settings().settings).folders
    copies = [copy for folder in folders for copy in plain_copies(path, folder)]
    if copies:
        complain("Diese älteren Sicherungen sind nicht verschlüsselt; löschen Sie sie, sobald Sie können:")
        for copy in copies:
            complain(f"  {copy}")


_ACTIONS: dict[str, Callable[[Namespace], int]] = {
    "stand": _state,
    "ein": _on,
    "aus": _off,
    "aendern": _change,
    "merken": _keep,
    "vergessen": _forget,
    "schluessel": _make_key,
}
