"""Where the product's own data lies: inside the installed package, or in the repository."""

from __future__ import annotations

from pathlib import Path

from ob_buero_tui.rules.refusals import Refusal

_PACKAGE = Path(__file__).resolve().parents[1]


def data_folder(package: Path = _PACKAGE) -> Path:
    """Return the folder `data`: of the wheel, or of the repository in an editable install.

    Args:
        package: The folder of the package, `…/ob_buero_tui`.

    Raises:
        Refusal: The installation has no data folder.
    """
    candidates = (package / "data", package.parents[1] / "data")
    for folder in candidates:
        if (folder / "catalog" / "requests").is_dir():
            return folder
    raise Refusal(
        "Die mitgelieferten Daten wurden nicht gefunden.",
        f"Gesucht wurde in „{candidates[0]}“ und „{candidates[1]}“.",
        "Bitte das Programm neu installieren.",
    )
