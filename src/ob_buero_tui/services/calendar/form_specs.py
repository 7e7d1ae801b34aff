"""The fields of an appointment's form: what each takes, in which section, with the catalog's choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ob_buero_tui.catalog.model import Catalog, FieldSpec, FieldType
from ob_buero_tui.rules import states, visibility
from ob_buero_tui.rules.states import EventStatus
from ob_buero_tui.rules.visibility import Confidentiality
from ob_buero_tui.services.calendar.details import HOSTS

Sections = tuple[tuple[str, Mapping[str, FieldSpec]], ...]

SERIES: Final = "series"
COMPANIONS, MET = "companions", "met"
LINKED: Final = "linked"
"""Under this name drafts keep which typed names are known people."""
MINUTES: Final = "Min."
NAMES_HELP: Final = "Mehrere Namen mit Komma; ↓ und Enter übernimmt jemanden aus den Personen."
LEVELS: Final = {visibility.label(one): one for one in Confidentiality}
STATUSES: Final = {states.label(one): one for one in (EventStatus.TENTATIVE, EventStatus.CONFIRMED)}
"""„abgesagt“ is none of them: calling off asks for its reason, by n."""
HOST_LABELS: Final = {label: key for key, label in HOSTS.items() if label}


def sections(catalog: Catalog) -> Sections:
    """The fields by section, each under its name in the form."""
    return (
        ("Termin", _named(*_WHAT, _kind(catalog), *_WHEN, _SERIES, *_WHERE)),
        ("Wer", _named(_calendar(catalog), *_WHO)),
        ("Anfahrt", _named(*_WAY)),
        ("Vor Ort", _named(*_THERE)),
        ("Ablage", _named(*_FILING)),
    )


def all_specs(catalog: Catalog) -> dict[str, FieldSpec]:
    """Every field by its name, in the order of the form."""
    return {name: spec for _, specs in sections(catalog) for name, spec in specs.items()}


def kind_labels(catalog: Catalog) -> dict[str, str]:
    """The key of each kind of appointment by its label."""
    return {kind.label: key for key, kind in catalog.event_kinds.items()}


def calendar_labels(catalog: Catalog) -> dict[str, str]:
    """The key of each calendar by its label."""
    return {spec.label: key for key, spec in catalog.calendars.items()}


def _named(*specs: FieldSpec) -> dict[str, FieldSpec]:
    return {spec.key: spec for spec in specs}


def _spec(key: str, label: str, type_: FieldType = FieldType.TEXT, **more: object) -> FieldSpec:
    return FieldSpec(key=key, label=label, type=type_, **more)  # type: ignore[arg-type]


def _kind(catalog: Catalog) -> FieldSpec:
    return _spec("kind", "Art", FieldType.AUSWAHL, choices=tuple(kind_labels(catalog)))


def _calendar(catalog: Catalog) -> FieldSpec:
    return _spec("calendar", "Kalender", FieldType.AUSWAHL, choices=tuple(calendar_labels(catalog)))


_WHAT: Final = (_spec("summary", "Titel", limit=300, required=True),)
_WHEN: Final = (
    _spec("day", "Tag", FieldType.DATUM, help="zum Beispiel fr, 24.12. oder kw50 di"),
    _spec("start", "von", FieldType.ZEIT),
    _spec("end", "bis", FieldType.ZEIT, help="leer: so lange wie üblich"),
    _spec("last_day", "letzter Tag", FieldType.DATUM, help="nur wenn er an einem anderen Tag endet"),
    _spec("all_day", "ganztägig", FieldType.JANEIN),
)
_SERIES: Final = _spec(SERIES, "Serie", help="zum Beispiel jeden 2. di im Monat bis 30.6. · Strg+R mehr …")
_WHERE: Final = (
    _spec("location", "Ort", FieldType.ORT, limit=300),
    _spec("room", "Raum", limit=200),
)
_WHO: Final = (
    _spec("attendee", "Wer geht hin", limit=40, help="OB, oder wer vertritt"),
    _spec(COMPANIONS, "Begleitung", help=NAMES_HELP),
    _spec(MET, "Gespräch mit", help=NAMES_HELP),
)
_WAY: Final = (
    _spec("travel_before_min", "Fahrt hin", FieldType.ZAHL, unit=MINUTES),
    _spec("travel_after_min", "Fahrt zurück", FieldType.ZAHL, unit=MINUTES),
    _spec("driver", "Fahrer", limit=100),
    _spec("car", "Wagen", limit=100),
)
_THERE: Final = (
    _spec("organizer", "Veranstalter", FieldType.ORGANISATION, limit=300),
    _spec("host", "Gastgeber", FieldType.AUSWAHL, choices=tuple(HOST_LABELS)),
    _spec("contact_name", "Ansprechpartner", FieldType.PERSON, limit=300, help="am Tag selbst, vor Ort"),
    _spec("contact_phone", "Telefon", limit=100),
    _spec("speech_min", "Rede", FieldType.ZAHL, unit=MINUTES),
    _spec("dress", "Kleidung", limit=200),
    _spec("gift", "Geschenk", limit=300),
    _spec("press", "Presse", limit=300),
)
_FILING: Final = (
    _spec("status", "Stand", FieldType.AUSWAHL, choices=tuple(STATUSES)),
    _spec("confidentiality", "Vertraulichkeit", FieldType.AUSWAHL, choices=tuple(LEVELS)),
    _spec("important", "wichtig", FieldType.JANEIN),
    _spec("transparent", "Zeit bleibt frei", FieldType.JANEIN),
    _spec("description", "Beschreibung", FieldType.LANGTEXT),
)
