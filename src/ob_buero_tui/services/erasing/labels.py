"""What the columns are called in a report to a person."""

from __future__ import annotations

from typing import Final

_LABELS: Final = {
    "family_name": "Nachname", "given_name": "Vorname", "honorific_prefix": "Akademische Grade",
    "gender": "Geschlecht", "email": "E-Mail", "tel": "Telefon", "mobile": "Mobil", "phone": "Telefon",
    "private_tel": "Telefon privat", "street_address": "Straße", "postal_code": "PLZ", "locality": "Ort",
    "country": "Land", "private_street_address": "Straße privat", "private_postal_code": "PLZ privat",
    "private_locality": "Ort privat", "postal_address": "Anschrift", "note": "Bemerkung",
    "form_of_address": "Anrede", "praedikat": "Prädikat", "affix": "Namenszusatz", "job_title": "Funktion",
    "mandate": "Mandat", "salutation": "Briefanrede", "spoken_salutation": "Mündliche Anrede",
    "language": "Sprache", "assistant": "Vorzimmer", "locks": "Sperrvermerke", "categories": "Verteiler",
    "source": "Herkunft", "extra": "Weitere Angaben", "uid": "Kennung", "oparl_id": "Kennung im RIS",
    "subject": "Betreff", "body": "Text", "text": "Text", "title": "Titel", "label": "Aufgabe",
    "summary": "Titel", "description": "Beschreibung", "location": "Ort", "sender_name": "Absender",
    "sender_address": "Adresse des Absenders", "recipients": "Empfänger", "message_id": "Kennung der E-Mail",
    "in_reply_to": "Antwort auf", "references": "Bezug", "event_place": "Ort des Anlasses",
    "due_text": "Frist", "wiedervorlage_note": "Wiedervorlage", "reason": "Begründung",
    "votum_text": "Votum", "handed_to": "abgegeben an", "file_reference": "Aktenzeichen",
    "fields": "Angaben", "intake_notes": "Hinweise beim Eingang", "thread": "Schriftwechsel",
    "recipient_name": "Empfänger", "recipient_address": "Anschrift", "recipient_email": "E-Mail",
    "filename": "Datei", "name": "Name", "question": "Frage", "answer": "Antwort", "asked": "gefragt",
    "remark": "Bemerkung", "role": "Funktion", "contact_name": "Ansprechpartner",
    "contact_phone": "Telefon vor Ort", "organizer": "Veranstalter", "attendee": "nimmt wahr",
    "gift": "Geschenk",
    "raw": "Kalenderdaten", "params": "Verlauf", "left_house": "hinausgegangen", "values": "getippter Text",
    "form": "Formular", "details": "Einzelheiten", "minutes_text": "Niederschrift", "result": "Ergebnis",
    "birthday": "Geburtstag", "deceased_on": "verstorben am", "source_on": "Herkunft vom",
    "received_at": "eingegangen", "closed_on": "abgeschlossen am", "event_start": "Anlass am",
    "dtstart": "Beginn", "sent_at": "gesendet", "written_at": "geschrieben",
    "resolution_text": "Beschluss", "general_name": "Allgemeine Bezeichnung", "late_note": "Nachtrag",
    "withdrawn_note": "abgesetzt", "told": "mitgeteilt", "short_name": "Kurzname", "website": "Internet",
    "web": "Internet", "series_note": "Bemerkung zur Serie", "cancel_reason": "Grund der Absage",
    "related_uid": "Kennung des Bezugs", "driver": "Fahrer", "car": "Fahrzeug", "room": "Raum",
    "dress": "Kleidung", "press": "Presse", "file_name": "Datei", "access_url": "Adresse der Datei",
    "download_url": "Adresse der Datei", "sub_locality": "Ortsteil", "moved_note": "verlegt",
    "cancelled_note": "abgesagt", "urgent_note": "Dringlichkeit", "reference": "Nummer",
    "author": "Verfasser",
    "contributor": "angemeldet von", "remarks": "Bemerkung", "report": "Bericht", "target": "Verweis",
    "path": "Pfad", "uids": "Kennungen", "problem": "Fehler", "before": "vorher", "after": "nachher",
    "url": "Adresse", "resume": "Fortsetzung", "query": "Suche", "folded": "Suchtext", "heads": "Spalten",
    "columns": "Spalten", "rounds": "Runden", "settings": "Einstellungen",
}  # fmt: skip


def label_of(column: str) -> str:
    """The German label of a column; its own name where there is none."""
    return _LABELS.get(column, column)
