"""Erasing a person (GDPR Art. 17): refused while something must be kept, confirmed by typing, for good."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from glob import escape
from pathlib import Path

from ob_buero_tui.rules.clean import clean
from ob_buero_tui.rules.folding import fold
from ob_buero_tui.rules.german import plural
from ob_buero_tui.rules.person_words import PersonWords
from ob_buero_tui.rules.refusals import Refusal
from ob_buero_tui.services.erasing import carrying_out
from ob_buero_tui.services.erasing.duties import Duties
from ob_buero_tui.services.erasing.file_owners import duty_of, owners_of, with_owners
from ob_buero_tui.services.erasing.finding import collect, linked_files, refuse_veil
from ob_buero_tui.services.erasing.linking import Linked, linked_rows
from ob_buero_tui.services.erasing.views import Found, Hit
from ob_buero_tui.services.erasing.words import words_of
from ob_buero_tui.services.faults import Conflict
from ob_buero_tui.services.history import Params, sentence
from ob_buero_tui.services.people.seeing import load_person
from ob_buero_tui.services.requests.verbs import Done
from ob_buero_tui.services.work import Work, use_case
from ob_buero_tui.services.workplace import Workplace
from ob_buero_tui.store.erasure_list import ErasedRow, ErasureGroup
from ob_buero_tui.store.retention import ErasureGround

Key = tuple[str, int]


def refuse_kept(found: Found, chosen: Collection[Key] = (), files: Collection[str] = ()) -> None:
    """Refuse with the reason while a matter is open or a retention runs.

    Args:
        chosen: The places in texts that are to go as well.
        files: Hashes of the files that are to go as well.
    """
    reasons = [*found.duties, *(hit.duty for hit in found.asked if hit.key in chosen and hit.duty)]
    reasons += [one.duty for one in found.files if one.digest in files and one.duty]
    reasons = list(dict.fromkeys(reasons))
    if reasons:
        more = f" Und {len(reasons) - 2} weitere." if len(reasons) > 2 else ""
        raise Refusal(
            f"{found.name} wird nicht gelöscht.",
            f"{'; '.join(reasons[:2])}.{more}",
            "Solange gilt Art. 17 Abs. 3 DSGVO; ein Sperrvermerk am Kontakt schränkt die Verarbeitung ein.",
        )


def erase(
    place: Workplace,
    found: Found,
    *,
    chosen: Collection[Key] = (),
    files: Collection[str] = (),
    typed: str,
) -> Done:
    """Erase a person with everything that leads to the record, and the chosen places and files.

    Args:
        found: The preview that the human saw.
        chosen: The places in texts that mean this person.
        files: Hashes of the files that mean this person.
        typed: What the human typed to confirm: the family name.

    Raises:
        Refusal: something must be kept, what was typed is not the name, or the list cannot be written.
    """
    refuse_veil(place)
    refuse_kept(found, chosen, files)
    done: list[ErasureGroup] = []
    text = erase_person(place, found, tuple(chosen), tuple(files), typed, done)
    tail = finish(place, done)
    return replace(text, text=f"{text.text}{tail}{kept_beside(carrying_out.database_of(place))}")


def kept_beside(path: Path) -> str:
    """Names the earlier states beside a database: of a return, which stays some days, or laid by hand."""
    endings = {path.suffix, ".sqlite"}
    names = sorted({one.name for end in endings for one in path.parent.glob(f"{escape(path.stem)}-*{end}")})
    if not names:
        return ""
    told = ", ".join(clean(name, limit=80) for name in names[:5]) + (" …" if len(names) > 5 else "")
    return f" Neben der Datenbank liegen frühere Stände ({told}), in denen alles noch steht: löschen Sie sie."


def finish(place: Workplace, groups: Collection[ErasureGroup]) -> str:
    """Remove the files and every free byte after the commit; the next start does what does not go now."""
    try:
        carrying_out.clean_up(place, carrying_out.database_of(place), groups)
    except (Refusal, OSError):
        return (
            " Anlagen und freie Stellen der Datenbank sind noch nicht bereinigt, weil eine Datei belegt ist; "
            "das holt der nächste Start nach."
        )
    return ""


@use_case("erase_person")
def erase_person(
    work: Work,
    found: Found,
    chosen: tuple[Key, ...],
    files: tuple[str, ...],
    typed: str,
    done: list[ErasureGroup],
) -> Done:
    """The transaction: everything in the database; the step goes into the list before its commit.

    Args:
        done: Takes the step, for what follows the commit.
    """
    person = load_person(work, found.person_id)
    _refuse_unconfirmed(person.family_name or person.given_name or person.email or "", typed)
    connection = work.session.connection()
    words = words_of(work.place.catalog, connection, found.person_id) or PersonWords(())
    linked = linked_rows(connection, found.person_id)
    hits = collect(work.place, work.session, linked, words)
    owners = owners_of(connection, files)
    refuse_kept(_present(work, replace(found, hits=hits), found, linked, owners), chosen, files)
    going = [hit for hit in hits if not hit.asked or hit.key in chosen]
    digests = linked_files(connection, {hit.key: hit.whole for hit in going if hit.columns}) | set(files)
    rows = with_owners([_row(hit) for hit in going], owners)
    group = carrying_out.new_group(work, rows, ErasureGround.ART_17, person.id)
    gone = carrying_out.erase_rows(work, rows, words, ErasureGround.ART_17)
    group = carrying_out.with_gone(group, digests, gone)
    work.tell(table="", ids=[], count=len(rows))
    carrying_out.begin(work, group)
    done.append(group)
    return Done(
        ids=(), text=f"Gelöscht: {plural(len(rows), 'Stelle', 'Stellen')}. Das lässt sich nicht zurücknehmen."
    )


def _refuse_unconfirmed(wanted: str, typed: str) -> None:
    if not typed.strip() or fold(typed.strip()) != fold(wanted.strip()):
        raise Refusal(
            "Es wurde nichts gelöscht.", "Getippt ist nicht der Nachname.", f"Zum Bestätigen: {wanted}"
        )


def _present(
    work: Work, now: Found, seen: Found, linked: Linked, owners: Mapping[str, Collection[Key]]
) -> Found:
    """What is found now, with its duties; refused where other records lead to the person than were seen."""
    if {hit.key for hit in now.linked} != {hit.key for hit in seen.linked}:
        raise Conflict("Es wurde nichts gelöscht.")
    duties = Duties(work.place, work.session)
    files = tuple(replace(one, duty=duty_of(duties, owners.get(one.digest, ()))) for one in now.files)
    return replace(now, duties=duties.of_person(now.person_id, linked), files=files)


def _row(hit: Hit) -> ErasedRow:
    return ErasedRow(hit.table, hit.row_id, hit.whole, () if hit.whole else hit.columns)


@sentence("erase_person")
def _erased(params: Params) -> str:
    return f"Person gelöscht (Art. 17 DSGVO): {plural(int(params.get('count', 0)), 'Stelle', 'Stellen')}"
