"""The list of all parts (SBOM, CycloneDX 1.6), made from the locks; the build puts it into the wheel.

`python .ci/sbom.py` prints it. Where it lies in a wheel: PEP 770. The same locks give the same bytes: neither
time nor chance is in it.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT: Final = Path(__file__).resolve().parents[1]
ALWAYS: Final = "requirements.lock"
"""What every office installs."""
ON_REQUEST: Final = "requirements-tresor.lock"
"""The same, with what only an office with encryption installs."""
NAME: Final = "ob-buero-tui"
FILE: Final = "ob-buero.cdx.json"
PIN: Final = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: *; *(?P<marker>[^\\]+?))? *\\?$"
)
HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")
VIA: Final = re.compile(r"^ +# +(?:via +)?(?P<name>[A-Za-z0-9._-]+)(?: \(.*\))?$")


def parts(lock: str) -> dict[str, dict[str, Any]]:
    """Each pin of a lock: version, marker, hashes, and who asked for it."""
    found: dict[str, dict[str, Any]] = {}
    part: dict[str, Any] = {}
    for line in lock.splitlines():
        if pin := PIN.match(line):
            part = {"version": pin["version"], "marker": pin["marker"] or "", "hashes": [], "via": []}
            found[pin["name"]] = part
        part.get("hashes", []).extend(HASH.findall(line))
        if (via := VIA.match(line)) and via["name"] not in ("via", "-c"):
            part["via"].append(via["name"])
    return found


def document(version: str, always: str, on_request: str) -> dict[str, Any]:
    """The whole list.

    Args:
        version: Of this program.
        always: The lock of what every office installs.
        on_request: The lock that holds more; what only this one has is optional.
    """
    wanted, pins = parts(always), parts(on_request)
    own = _purl(NAME, version)
    asked: dict[str, set[str]] = {own: set()}
    for name, part in pins.items():
        asked.setdefault(_purl(name, part["version"]), set())
        for parent in part["via"] or [NAME]:
            known = _purl(parent, pins[parent]["version"]) if parent in pins else own
            asked.setdefault(known, set()).add(_purl(name, part["version"]))
    serial = uuid.uuid5(uuid.NAMESPACE_URL, f"{own}\n{always}\n{on_request}")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "build"}],
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": NAME,
                "version": version,
                "purl": own,
            },
        },
        "components": [
            _component(name, part, optional=name not in wanted) for name, part in sorted(pins.items())
        ],
        "dependencies": [{"ref": ref, "dependsOn": sorted(needs)} for ref, needs in sorted(asked.items())],
    }


def _component(name: str, part: dict[str, Any], *, optional: bool) -> dict[str, Any]:
    purl = _purl(name, part["version"])
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": part["version"],
        "purl": purl,
        "scope": "optional" if optional else "required",
        "hashes": [{"alg": "SHA-256", "content": value} for value in sorted(part["hashes"])],
    }
    if part["marker"]:
        made["properties"] = [{"name": f"{NAME}:marker", "value": part["marker"]}]
    return made


def _purl(name: str, version: str) -> str:
    """A package's address that names no host (package-url, type pypi)."""
    return f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"


def text(version: str) -> str:
    """The list as the build writes it."""
    locks = ((ROOT / name).read_text(encoding="utf-8") for name in (ALWAYS, ON_REQUEST))
    return json.dumps(document(version, *locks), indent=1, ensure_ascii=False) + "\n"


class SbomHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the list into a wheel; an installation to work on needs none."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the list where the builder finds it."""
        if version == "editable":
            return
        folder = tempfile.mkdtemp()
        self._folder = folder
        file = Path(folder) / FILE
        file.write_text(text(self.metadata.version), encoding="utf-8")
        build_data["sbom_files"].append(str(file))

    def finalize(self, *_told: Any) -> None:
        """Remove what was written for the builder."""
        shutil.rmtree(getattr(self, "_folder", ""), ignore_errors=True)


if __name__ == "__main__":
    found = re.search(
        r'__version__ = "(.+?)"',
        (ROOT / "src" / "ob_buero_tui" / "__init__.py").read_text(encoding="utf-8"),
    )
    sys.stdout.write(text(found[1] if found else "0"))
