"""The guards, each with the change that removes it and the tests that must then fail."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """One guard of the product.

    Args:
        name: What it guards against.
        file: Its file, below `src/ob_buero_tui/`.
        old: Text that stands there exactly once.
        new: What stands there when the guard is gone; still a program that runs.
        tests: What pytest is asked to run; at least one of them must fail then, and all pass before.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


GUARDS: tuple[Guard, ...] = (
    Guard(
        name="clean(): foreign text cannot act",
        file="rules/clean.py",
        old="    if suspect.search(text) is None:\n",
        new="    if suspect.search(text) is None or True:\n",
        tests=("tests/unit/test_clean.py", "tests/tui/test_widgets_hostile.py"),
    ),
    Guard(
        name="BEGIN IMMEDIATE: two desks lose nothing",
        file="store/engine.py",
        old='"BEGIN IMMEDIATE" if writing else "BEGIN"',
        new='"BEGIN"',
        tests=("tests/store/test_engine.py", "tests/store/test_processes.py"),
    ),
    Guard(
        name="version counter: a stale write is refused",
        file="store/base.py",
        old='        return {"version_id_col": cls',
        new='        return {"version_id_generator": lambda _version: 1, "version_id_col": cls',
        tests=("tests/services/test_editing.py", "tests/services/test_journal.py"),
    ),
    Guard(
        name="recurrence limit: no rule runs away",
        file="rules/recurrence_rule.py",
        old="    if steps > MAX_STEPS:\n",
        new="    if steps > MAX_STEPS and False:\n",
        tests=("tests/unit/test_recurrence.py", "tests/unit/test_recurrence_end.py"),
    ),
    Guard(
        name="application_id: a foreign database is left alone",
        file="store/opening.py",
        old=' or struct.unpack(">I", header[68:72]) != (APPLICATION_ID,)',
        new="",
        tests=("tests/store/test_opening.py",),
    ),
    Guard(
        name="permissions: files are the account's own",
        file="office.py",
        old="return 0o660 if settings.mode is Mode.GRUPPE else 0o600",
        new="return 0o666",
        tests=("tests/store/test_office.py",),
    ),
    Guard(
        name="visibility table: what is vertraulich stays",
        file="rules/visibility.py",
        old="    Confidentiality.VERTRAULICH: View.NOTHING,\n",
        new="    Confidentiality.VERTRAULICH: View.FULL,\n",
        tests=("tests/unit/test_visibility.py", "tests/cli/test_export_secrets.py"),
    ),
    Guard(
        name="undo belongs to the desk that acted",
        file="services/undo.py",
        old="Action.desk_id == work.desk.id,\n                Action.verb.not_in((UNDO, REDO)),",
        new="Action.verb.not_in((UNDO, REDO)),",
        tests=("tests/services/test_undo.py",),
    ),
    Guard(
        name="network shares are refused",
        file="store/network.py",
        old="    if kind in NETWORK_SYSTEMS:\n",
        new="    if kind in NETWORK_SYSTEMS and False:\n",
        tests=("tests/store/test_opening.py",),
    ),
    Guard(
        name="the last good copy is never thinned",
        file="rules/backup_rotation.py",
        old="{max(good, key=_order).key, max(good, key=lambda copy: (copy.step, *_order(copy))).key}\n",
        new="set()\n",
        tests=("tests/unit/test_backup_rotation.py",),
    ),
    Guard(
        name="a changed copy is not gone back to",
        file="store/backup/restoring.py",
        old="        if fault:\n            raise Unfit(copy, fault, damaged=fault == CHANGED)\n    fresh",
        new="        if fault and False:\n            raise Unfit(copy, fault)\n    fresh",
        tests=("tests/services/test_going_back.py",),
    ),
    Guard(
        name="the journal forgets what was erased",
        file="store/redacting.py",
        old="        _journal(connection, change, one.row_id, done)\n",
        new="",
        tests=("tests/services/test_erasing.py",),
    ),
    Guard(
        name="undo brings nothing back that was erased",
        file="services/undo.py",
        old="    _refuse_erased(connection, target, changes)\n",
        new="",
        tests=("tests/services/test_erasing.py", "tests/services/test_disposing.py"),
    ),
    Guard(
        name="a running retention refuses an erasure",
        file="services/erasing/duties.py",
        old="        if found.is_over(begun, self._place.today):\n",
        new="        if True:\n",
        tests=("tests/services/test_erasing.py",),
    ),
    Guard(
        name="a copy that comes back is cleaned again",
        file="services/erasing/replay.py",
        old="    count = _replay(place, missing) if missing else 0\n",
        new="    count = 0\n",
        tests=("tests/services/test_erasing.py",),
    ),
    Guard(
        name="what is vertraulich does not go into the E-Akte",
        file="services/export/case_file.py",
        old=" is not View.FULL or level in HIDDEN:\n",
        new=" is not View.FULL:\n",
        tests=("tests/services/test_case_file.py",),
    ),
    Guard(
        name="a wrong password opens nothing and changes nothing",
        file="services/unlocking.py",
        old="    if not cipher.fits(path, password) and not any(",
        new="    if False and not any(",
        tests=("tests/cli/test_tresor_command.py", "tests/store/test_tresor.py"),
    ),
    Guard(
        name="a file that is too large is not read",
        file="services/intake/files.py",
        old="    if size > most:\n        taken",
        new="    if size > most and False:\n        taken",
        tests=("tests/services/test_intake_files.py",),
    ),
)
