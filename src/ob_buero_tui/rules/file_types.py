"""What kind of file some bytes are, whatever the name says, and whether it may be opened.

Pure: bytes in, words out. Only what is on the list of harmless kinds is opened, under the ending of its
content; programs, scripts and office files with macros never are. Source: BSI, IT-Grundschutz APP.1.1 (active
content in office files) and CON.7; Microsoft's list of blocked attachments in Outlook.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Handling(StrEnum):
    """What may be done with a file: open it, only save it, or never open it."""

    OEFFNEN = "oeffnen"
    SPEICHERN = "speichern"
    NIE = "nie"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """What a file is.

    Args:
        label: German name of the kind, by content.
        handling: What may be done with it.
        ending: Ending of a copy that is opened: the one of the content.
        why: German clause, why it is not opened; empty where it is.
        mismatch: German sentence where name and content disagree.
    """

    label: str
    handling: Handling
    ending: str = ""
    why: str = ""
    mismatch: str = ""


HEAD: Final = 65_536
"""Bytes from which everything but packed and compound files is told."""

_PROGRAM: Final = "Programm"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PROGRAMS: Final = _words(
    """
    exe com scr pif bat cmd ps1 psm1 psd1 vbs vbe vb js jse mjs ws wsf wsh wsc hta msi msp mst jar jnlp cpl
    reg sh bash zsh fish csh py pyw pyc pyz pl rb php app dll ocx sys drv lnk url website desktop scf chm hlp
    inf gadget application appref-ms msc xll wll ade adp mde mda mdb accde accdb settingcontent-ms library-ms
    search-ms searchconnector-ms iqy slk apk deb rpm run command workflow action terminal diagcab theme
    themepack contact printerexport appx appxbundle msix msixbundle iso img vhd vhdx dmg one onepkg xbap
    shs shb sct job osd crt cer der swf air applescript scpt
    """
)
_MACRO_ENDINGS: Final = _words("docm dotm xlsm xltm xlam xlsb xla pptm potm ppam ppsm sldm")
_WEB_ENDINGS: Final = _words("html htm xhtml xht mht mhtml shtml svg svgz xsl xslt")
_TEXT_ENDINGS: Final = _words("txt csv tsv ics vcf eml log md json")
_SAME: Final = {"jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "tiff": "tif", "heif": "heic", "m4v": "mp4"}

_STARTS: Final = (
    (b"MZ", _PROGRAM, Handling.NIE, "exe"),
    (b"\x7fELF", _PROGRAM, Handling.NIE, ""),
    (b"\xcf\xfa\xed\xfe", _PROGRAM, Handling.NIE, ""),
    (b"\xca\xfe\xba\xbe", _PROGRAM, Handling.NIE, ""),
    (b"#!", "Skript", Handling.NIE, ""),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "Windows-Verknüpfung", Handling.NIE, "lnk"),
    (b"ITSF", "Hilfedatei mit Programmteil", Handling.NIE, "chm"),
    (b"\xe4\x52\x5c\x7b", "OneNote-Abschnitt", Handling.NIE, "one"),
    (b"7z\xbc\xaf\x27\x1c", "Archiv (7z)", Handling.SPEICHERN, "7z"),
    (b"Rar!\x1a\x07", "Archiv (RAR)", Handling.SPEICHERN, "rar"),
    (b"\x1f\x8b", "Archiv (gzip)", Handling.SPEICHERN, "gz"),
    (b"BZh", "Archiv (bzip2)", Handling.SPEICHERN, "bz2"),
    (b"\xfd7zXZ", "Archiv (xz)", Handling.SPEICHERN, "xz"),
    (b"\x28\xb5\x2f\xfd", "Archiv (zstd)", Handling.SPEICHERN, "zst"),
    (b"MSCF", "Archiv (CAB)", Handling.SPEICHERN, "cab"),
    (b"\x89PNG\r\n\x1a\n", "Bild (PNG)", Handling.OEFFNEN, "png"),
    (b"\xff\xd8\xff", "Bild (JPEG)", Handling.OEFFNEN, "jpg"),
    (b"GIF8", "Bild (GIF)", Handling.OEFFNEN, "gif"),
    (b"II*\x00", "Bild (TIFF)", Handling.OEFFNEN, "tif"),
    (b"MM\x00*", "Bild (TIFF)", Handling.OEFFNEN, "tif"),
    (b"ID3", "Tonaufnahme (MP3)", Handling.OEFFNEN, "mp3"),
    (b"\xff\xfb", "Tonaufnahme (MP3)", Handling.OEFFNEN, "mp3"),
    (b"\xff\xf3", "Tonaufnahme (MP3)", Handling.OEFFNEN, "mp3"),
    (b"OggS", "Tonaufnahme (Ogg)", Handling.OEFFNEN, "ogg"),
    (b"fLaC", "Tonaufnahme (FLAC)", Handling.OEFFNEN, "flac"),
    (b"conectix", "Datenträgerabbild", Handling.NIE, "vhd"),
    (b"vhdxfile", "Datenträgerabbild", Handling.NIE, "vhdx"),
    (b"SQLite format 3\x00", "Datenbank", Handling.SPEICHERN, "sqlite"),
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO_PARTS: Final = (
    b"vbaproject.bin",
    b"vbadata.xml",
    b"xl/macrosheets/",
    b"activex/activex",
    b"intlmacrosheet",
)
_OOXML: Final = {
    b"word/document": ("Word-Dokument", "docx"),
    b"xl/workbook": ("Excel-Tabelle", "xlsx"),
    b"ppt/presentation": ("PowerPoint-Präsentation", "pptx"),
}
_ODF: Final = {
    b"opendocument.text": ("Textdokument (ODF)", "odt"),
    b"opendocument.spreadsheet": ("Tabelle (ODF)", "ods"),
    b"opendocument.presentation": ("Präsentation (ODF)", "odp"),
    b"opendocument.graphics": ("Zeichnung (ODF)", "odg"),
}
_ACTIVE: Final = "es enthält Makros, also ein Programm"
_BY_HAND: Final = "so etwas kann das Programm nicht prüfen"


def needs_all(head: bytes) -> bool:
    """Whether the whole file must be looked at: macros stand anywhere in packed and compound files."""
    return head.startswith((_ZIP, _OLE)) or b"{\\rtf" in head[:64]


def look(name: str, data: bytes) -> FileKind:
    """What a file is by its bytes, and what may be done with it.

    Args:
        name: Its name, from anywhere; of several endings the last counts.
        data: All its bytes where `needs_all` says so, else at least the first `HEAD`.
    """
    ending = ending_of(name)
    kind = _by_content(data, ending)
    expected = _SAME.get(ending, ending)
    if ending in _PROGRAMS and kind.handling is not Handling.NIE:
        why = f"Dateien mit der Endung .{ending} führen Befehle aus"
        return FileKind(label=kind.label, handling=Handling.NIE, why=why, mismatch=_mismatch(ending, kind))
    if ending in _MACRO_ENDINGS and kind.handling is not Handling.NIE:
        return FileKind(label=kind.label, handling=Handling.NIE, why="Office-Datei mit Makros")
    differs = bool(expected) and expected != kind.ending and _known(expected)
    return FileKind(
        label=kind.label,
        handling=kind.handling,
        ending=kind.ending,
        why=kind.why,
        mismatch=_mismatch(ending, kind) if differs or _hides(expected, kind) else "",
    )


def ending_of(name: str) -> str:
    """The last ending of a name in lower case, without its dot; blanks and dots behind it do not hide it."""
    bare = re.split(r"[/\\]", name)[-1].rstrip(" .\u00a0\ufffd")
    _, dot, ending = bare.rpartition(".")
    return ending.strip().lower() if dot else ""


def _hides(expected: str, kind: FileKind) -> bool:
    return kind.handling is Handling.NIE and bool(expected) and expected not in _PROGRAMS | _MACRO_ENDINGS


def _known(ending: str) -> bool:
    """Whether an ending promises a kind that we can tell."""
    office = {told for _, told in (*_OOXML.values(), *_ODF.values())}
    starts = {told for _, _, _, told in _STARTS if told}
    return ending in office | starts | {
        "pdf",
        "doc",
        "xls",
        "ppt",
        "msg",
        "zip",
        "webp",
        "heic",
        "mp4",
        "rtf",
    }


def _mismatch(ending: str, kind: FileKind) -> str:
    return f"Der Name endet auf .{ending[:12]}, der Inhalt ist: {kind.label}."


def _by_content(data: bytes, ending: str) -> FileKind:
    if data.startswith(_ZIP):
        return _packed(data, ending)
    if data.startswith(_OLE):
        return _compound(data)
    named = next((told for told in _STARTS if data.startswith(told[0])), None)
    if named is not None:
        _, label, handling, told = named
        return FileKind(label=label, handling=handling, ending=told, why=_why(handling))
    if b"%PDF-" in data[:1024]:
        return FileKind(label="PDF-Dokument", handling=Handling.OEFFNEN, ending="pdf")
    media = _media(data)
    if media is not None:
        return media
    if data[257:262] == b"ustar":
        return FileKind(label="Archiv (tar)", handling=Handling.SPEICHERN, ending="tar", why=_why())
    if data[32769:32774] == b"CD001":
        return FileKind(
            label="Datenträgerabbild", handling=Handling.NIE, ending="iso", why=_why(Handling.NIE)
        )
    return _text(data, ending)


def _why(handling: Handling = Handling.SPEICHERN) -> str:
    return {Handling.OEFFNEN: "", Handling.NIE: "es führt Befehle aus"}.get(handling, _BY_HAND)


def _media(data: bytes) -> FileKind | None:
    """Pictures and recordings that name their kind a little later."""
    brand = data[4:12]
    told: tuple[str, str] | None
    if data[:2] == b"BM" and data[6:10] == b"\x00" * 4:
        told = ("Bild (BMP)", "bmp")
    elif data[:4] == b"RIFF":
        told = {b"WEBP": ("Bild (WebP)", "webp"), b"WAVE": ("Tonaufnahme (WAV)", "wav")}.get(data[8:12])
    elif brand[:4] == b"ftyp":
        picture = brand[4:] in (b"heic", b"heix", b"mif1", b"msf1", b"avif")
        told = ("Bild (HEIC)", "heic") if picture else ("Film (MP4)", "mp4")
    else:
        return None
    if told is None:
        return FileKind(label="Film oder Ton", handling=Handling.SPEICHERN, why=_BY_HAND)
    return FileKind(label=told[0], handling=Handling.OEFFNEN, ending=told[1])


def _packed(data: bytes, ending: str) -> FileKind:
    """Office files of today are ZIP archives; the names of their parts stand in the clear."""
    lower = data.lower()
    odf = next((told for mark, told in _ODF.items() if mark in data[:200]), None)
    if odf is not None:
        if b"basic/script-lc.xml" in lower or b"scripts/" in lower:
            return _with_macros(odf[0])
        return FileKind(label=odf[0], handling=Handling.OEFFNEN, ending=odf[1])
    if b"[content_types].xml" in lower:
        told = next((told for mark, told in _OOXML.items() if mark in lower), ("Office-Datei", ""))
        if any(part in lower for part in _MACRO_PARTS):
            return _with_macros(told[0])
        if told[1]:
            return FileKind(label=told[0], handling=Handling.OEFFNEN, ending=told[1])
        return FileKind(label=told[0], handling=Handling.SPEICHERN, why=_BY_HAND)
    if b"meta-inf/manifest.mf" in lower or b"androidmanifest.xml" in lower:
        return FileKind(label=_PROGRAM, handling=Handling.NIE, ending="jar", why=_why(Handling.NIE))
    return FileKind(label="Archiv (ZIP)", handling=Handling.SPEICHERN, ending=ending or "zip", why=_BY_HAND)


def _with_macros(label: str) -> FileKind:
    return FileKind(label=f"{label} mit Makros", handling=Handling.NIE, why=_ACTIVE)


def _compound(data: bytes) -> FileKind:
    """Office files of before 2007, Outlook letters and installers: a small file system of named streams."""
    has = {name: name.encode("utf-16-le") in data for name in _STREAMS}
    if has["EncryptedPackage"]:
        return FileKind(label="verschlüsselte Office-Datei", handling=Handling.SPEICHERN, why=_BY_HAND)
    told = next((told for name, told in _STREAMS.items() if told and has[name]), None)
    if told is None:
        return FileKind(label="Datei alter Bauart", handling=Handling.SPEICHERN, why=_BY_HAND)
    label, ending = told
    if has["_VBA_PROJECT"] or has["Macros"] or has["VBA"] or _XLM.search(data) is not None:
        return _with_macros(label)
    if ending == "ppt":  # its macros are packed and cannot be seen from outside
        return FileKind(label=label, handling=Handling.SPEICHERN, ending=ending, why=_BY_HAND)
    return FileKind(label=label, handling=Handling.OEFFNEN, ending=ending)


_STREAMS: Final = {
    "EncryptedPackage": None,
    "__substg1.0_": ("Outlook-Nachricht", "msg"),
    "WordDocument": ("Word-Dokument (alt)", "doc"),
    "PowerPoint Document": ("PowerPoint-Präsentation (alt)", "ppt"),
    "Workbook": ("Excel-Tabelle (alt)", "xls"),
    "Book": ("Excel-Tabelle (alt)", "xls"),
    "_VBA_PROJECT": None,
    "Macros": None,
    "VBA": None,
}
_XLM: Final = re.compile(rb"\x85\x00[\x08-\x48]\x00.{4}[\x00-\x02]\x01", re.DOTALL)
"""A sheet of old Excel macros: record BOUNDSHEET8 with type 1 ([MS-XLS] 2.4.28)."""
_LINKS: Final = re.compile(rb"\s*\[(internetshortcut|desktop entry)\]", re.IGNORECASE)
_WEB: Final = re.compile(rb"<(!doctype\s+html|html|head|body|script|svg|iframe)\b", re.IGNORECASE)
_COMMANDS: Final = re.compile(rb"\s*(@echo\b|rem\s|powershell\b|<\?php|<job\b|<package\b)", re.IGNORECASE)


def _text(data: bytes, ending: str) -> FileKind:
    start = data[:4096]
    if start.lstrip().startswith(b"{\\rtf"):
        if re.search(rb"\\obj(data|ocx|emb|link|update)", data):
            return FileKind(label="RTF mit eingebettetem Inhalt", handling=Handling.SPEICHERN, why=_BY_HAND)
        return FileKind(label="RTF-Dokument", handling=Handling.OEFFNEN, ending="rtf")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start[2:].replace(b"\x00", b"")
    elif b"\x00" in start:
        return FileKind(label="unbekannte Art", handling=Handling.SPEICHERN, why=_BY_HAND)
    if _LINKS.match(start.removeprefix(b"\xef\xbb\xbf")):
        return FileKind(label="Verknüpfung", handling=Handling.NIE, ending="url", why=_why(Handling.NIE))
    if _COMMANDS.match(start):
        return FileKind(label="Skript", handling=Handling.NIE, why=_why(Handling.NIE))
    if _WEB.search(start[:1024]) or ending in _WEB_ENDINGS:
        why = "Webseiten können Befehle ausführen und nach Kennwörtern fragen"
        return FileKind(label="Webseite", handling=Handling.NIE, ending="html", why=why)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") or ending == "xml":
        return FileKind(label="XML-Datei", handling=Handling.SPEICHERN, ending="xml", why=_BY_HAND)
    if not start:
        return FileKind(label="leere Datei", handling=Handling.SPEICHERN, why="es steht nichts darin")
    return FileKind(
        label="Text", handling=Handling.OEFFNEN, ending=ending if ending in _TEXT_ENDINGS else "txt"
    )
