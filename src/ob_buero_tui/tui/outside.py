"""Opens a file with the system's program: started apart, never through a shell, never waited for long."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.store.unclean import process_token, token_lives

SECONDS: Final = 3.0
"""How long a starter may take to say that it found no program."""
_PREFIX: Final = "ob-buero-anhang-"


class OpenedCopies:
    """The private folder with the copies that were opened; removed when the app ends."""

    def __init__(self) -> None:
        self._folder: Path | None = None

    @property
    def folder(self) -> Path:
        """The folder, made when it is first needed; what dead processes left is cleared then."""
        if self._folder is None:
            clear_left_over()
            atexit.register(self.clear)
            self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{process_token()}_"))
        return self._folder

    def clear(self) -> None:
        """Remove all copies; a file that another program still holds goes at the next start."""
        folder, self._folder = self._folder, None
        if folder is not None:
            _remove(folder)


COPIES: Final = OpenedCopies()
"""Those of this process."""


def clear_left_over() -> None:
    """Remove the folders of processes of this account that ended without doing so."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        token = folder.name.removeprefix(_PREFIX).rpartition("_")[0]
        own = folder.is_dir() and not folder.is_symlink() and (os.name != "posix" or _is_ours(folder))
        if own and not token_lives(token):
            _remove(folder)


def _is_ours(folder: Path) -> bool:
    return folder.lstat().st_uid == os.getuid()


def _remove(folder: Path) -> None:
    for item in folder.glob("*"):
        if not item.is_symlink():
            item.chmod(0o600)  # Windows removes no file that is only read
    shutil.rmtree(folder, ignore_errors=True)


def open_outside(path: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Open a file with the program that the system has for it.

    Raises:
        Refusal: there is no screen or no program for it; the path is named.
    """
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606 the path is ours, its ending one of the harmless kinds
        except OSError as error:
            raise _no_program(path) from error
        return
    words = _starter(environment)
    if words is None:
        raise Refusal(
            "Die Datei lässt sich von hier nicht öffnen.",
            "Diese Sitzung hat keine grafische Oberfläche (zum Beispiel über SSH).",
            f"Sie liegt unter „{path}“, bis Sie das Programm verlassen; s legt eine bleibende Kopie ab.",
        )
    if launch([*words, str(path)]) not in (None, 0):
        raise _no_program(path)


def _starter(environment: Mapping[str, str]) -> list[str] | None:
    """The system's starter with its own words, or None where nothing could show a window."""
    if sys.platform == "darwin":
        return None if environment.get("SSH_CONNECTION") else ["open"]
    if not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        return None
    found = shutil.which("xdg-open") or shutil.which("gio")
    if found is None:
        return None
    return [found, "open"] if found.endswith("gio") else [found]


def launch(words: Sequence[str]) -> int | None:
    """Start a program apart from this one; its status when it ends at once, None while it goes on."""
    try:
        process = subprocess.Popen(  # noqa: S603 words of our own and a path we made, no shell
            list(words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return 127
    ended = threading.Event()

    def reap() -> None:
        process.wait()
        ended.set()

    threading.Thread(target=reap, name="outside", daemon=True).start()
    return process.returncode if ended.wait(SECONDS) else None


def _no_program(path: Path) -> Refusal:
    return Refusal(
        "Die Datei ließ sich nicht öffnen.",
        "Dieses System hat kein Programm für diese Art.",
        f"Sie liegt unter „{path}“, bis Sie das Programm verlassen; s legt eine bleibende Kopie ab.",
    )


def open_address(address: str, environment: Mapping[str, str] = os.environ) -> None:
    """Hand an address such as `mailto:…` to the program that the system has for it.

    Raises:
        Refusal: there is no screen or no program for it.
    """
    refusal = Refusal(
        "Das Mailprogramm ließ sich von hier nicht öffnen.",
        "Diese Sitzung hat keine grafische Oberfläche oder kein Mailprogramm.",
        "Nehmen Sie den E-Mail-Entwurf (.eml), oder kopieren Sie den Text.",
    )
    if sys.platform == "win32":
        try:
            os.startfile(address)  # noqa: S606 an address we made, of a scheme we chose
        except OSError as error:
            raise refusal from error
        return
    words = _starter(environment)
    if words is None or launch([*words, address]) not in (None, 0):
        raise refusal
