"""The one registry of every column in which something about a person can stand."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table, Text

from ob_buero_tui.store.types import DateText, JsonText, LocalText, TimeText, UtcText

CONTENT: Final[dict[str, tuple[str, ...]]] = {
    "action": ("params", "left_house"),
    "agenda_item": (
        *(
            "name",
            "result",
            "resolution_text",
            "general_name",
            "late_note",
            "withdrawn_note",
            "note",
            "extra",
        ),
    ),
    "attachment": ("filename",),
    "ausfall": ("reason",),
    "ausfall_call": ("name", "phone", "result", "told"),
    "ausfall_item": ("remark",),
    "body": ("name", "short_name", "website", "web", "extra"),
    "calendar_feed": ("path", "uids", "problem"),
    "change": ("before", "after"),
    "consultation": ("role", "result", "extra", "web"),
    "disposal": ("note",),
    "document": ("title", "text", "recipient_name", "recipient_address", "recipient_email"),
    "draft": ("form", "values"),
    "event": (
        *("uid", "summary", "description", "location", "series_note", "attendee", "organizer"),
        *("cancel_reason", "related_uid", "contact_name", "contact_phone", "driver", "car", "room"),
        *("dress", "gift", "press"),
    ),
    "event_override": ("summary", "location", "description", "details"),
    "event_person": ("name", "email"),
    "event_source": ("raw",),
    "event_waiver": ("reason",),
    "file": ("name", "file_name", "access_url", "download_url", "text", "extra", "web"),
    "holiday": ("name",),
    "imported_file": ("name",),
    "inquiry": ("name", "email", "question", "answer"),
    "legislative_term": ("name", "extra", "web"),
    "location": (
        *("description", "room", "street_address", "postal_code", "sub_locality", "locality", "extra", "web"),
    ),
    "meeting": (
        *("name", "note", "moved_note", "cancelled_note", "urgent_note", "minutes_text", "extra", "web"),
    ),
    "membership": ("role", "note", "extra"),
    "message": (
        *("message_id", "in_reply_to", "references", "sender_name", "sender_address", "recipients"),
        *("subject", "body"),
    ),
    "note": ("text",),
    "oparl_endpoint": ("url", "name", "resume", "problem"),
    "organization": (
        *("name", "email", "tel", "street_address", "postal_code", "locality", "note", "short_name"),
        *("website", "country", "categories", "source", "uid", "extra"),
    ),
    "paper": ("name", "reference", "file_reference", "author", "note", "extra", "web"),
    "person": (
        *("family_name", "given_name", "honorific_prefix", "gender", "email", "tel", "street_address"),
        *("postal_code", "locality", "note", "uid", "oparl_id", "form_of_address", "praedikat", "affix"),
        *("job_title", "mandate", "mobile", "country", "private_street_address", "private_postal_code"),
        *("private_locality", "private_tel", "salutation", "spoken_salutation", "postal_address"),
        *("language", "assistant", "locks", "categories", "source", "extra"),
    ),
    "request": (
        *("subject", "event_place", "due_text", "wiedervorlage_note", "reason", "votum_text", "handed_to"),
        *("file_reference", "fields", "intake_notes", "thread"),
    ),
    "responsibility": ("subject", "note"),
    "saved_split": ("label", "query"),
    "search_doc": ("title", "folded"),
    "sheet_layout": ("heads", "columns"),
    "sitting_pattern": ("room", "rounds", "note"),
    "system": ("name", "extra", "web"),
    "task": ("label", "due_text"),
    "topic": ("title", "contributor", "general_name", "note"),
    "unresolved_reference": ("target",),
    "vorlage_item": ("reason", "remark"),
    "year_plan": ("name", "settings", "report"),
    "year_plan_date": ("room", "remarks", "note"),
    "zone_alias": ("name",),
}
"""Columns with text that somebody wrote, by table: they are searched, and emptied or cleared of words."""

DATES: Final[dict[str, tuple[str, ...]]] = {"person": ("birthday", "deceased_on", "source_on")}
"""Dates that say something about a person, by table."""

HASHES: Final = {"message": "original_sha256", "document": "sha256", "attachment": "sha256"}
"""The column that names kept bytes, by table; those of an attachment are not what its row says itself."""

KEPT: Final[dict[str, tuple[str, ...]]] = {
    "action": ("verb",),
    "action_reference": ("table_name",),
    "agenda_item": ("number", "standard", "oparl_id", "web"),
    "attachment": ("media_type", "sha256"),
    "ausfall": ("state",),
    "ausfall_call": ("role", "done_by"),
    "ausfall_item": ("recurrence_id", "outcome", "status_before"),
    "body": ("ags", "rgs", "oparl_id"),
    "calendar_feed": ("calendar", "digest"),
    "change": ("table_name", "operation"),
    "consultation": ("oparl_id",),
    "deputation": ("calendar", "chain", "answer", "asked_by"),
    "desk": ("account", "initials"),
    "disposal": ("table_name", "retention_class", "state", "decided_by"),
    "document": (
        "kind",
        "template",
        "state",
        "released_by",
        "sent_by",
        "sent_how",
        "message_id",
        "sha256",
        "confidentiality",
    ),
    "erasure": ("table_name", "ground"),
    "event": (
        "calendar",
        "kind",
        "tzid",
        "status",
        "rrule",
        "rdates",
        "exdates",
        "confidentiality",
        "owner",
        "host",
    ),
    "event_override": ("tzid", "status", "confidentiality", "owner"),
    "event_person": ("part", "partstat"),
    "event_waiver": ("recurrence_id", "other_recurrence_id", "kind", "spans", "given_by"),
    "file": ("mime_type", "sha512", "oparl_id"),
    "file_link": ("role",),
    "holiday": ("region", "category"),
    "imported_file": ("sha256", "format"),
    "inquiry": ("asked", "asked_by"),
    "legislative_term": ("oparl_id",),
    "location": ("oparl_id",),
    "meeting": ("meeting_state", "confidentiality", "oparl_id"),
    "meeting_participant": ("attendance",),
    "meeting_step": ("kind", "done_by"),
    "membership": ("oparl_id",),
    "message": ("original_sha256",),
    "note": ("written_by",),
    "occurrence": ("recurrence_id",),
    "organization": (
        "organization_type",
        "classification",
        "confidentiality",
        "oparl_id",
        "ladungsfrist",
        "ladungsfrist_confirmed_by",
        "ladungsfrist_confirmed_as",
        "agenda_led_by",
    ),
    "paper": ("paper_type", "confidentiality", "kind", "state", "oparl_id"),
    "paper_number": ("series", "reference", "state"),
    "paper_party": ("role",),
    "paper_relation": ("role",),
    "person": ("confidentiality",),
    "request": (
        "number",
        "kind",
        "state",
        "channel",
        "assigned_to",
        "woken_by",
        "outcome",
        "decided_by",
        "decider",
        "votum",
        "votum_by",
        "confidentiality",
        "owner",
    ),
    "request_check": ("check", "ticked_by"),
    "request_number": ("state",),
    "saved_split": ("sort",),
    "search_doc": ("type",),
    "sheet_layout": ("fingerprint", "kind", "confirmed_by"),
    "sitting_pattern": ("weekdays",),
    "system": ("oparl_version", "oparl_id"),
    "task": ("template", "assigned_to", "done_by"),
    "topic": ("state", "confidentiality"),
    "unresolved_reference": ("table_name", "property"),
    "vorlage": ("state",),
    "vorlage_item": ("decision", "deputy"),
    "year_plan": ("variant", "state"),
    "zone_alias": ("tzid", "confirmed_by"),
}
"""Columns that hold only keys, codes, hashes, times and the office's own initials and accounts."""


def text_columns(table: Table) -> tuple[str, ...]:
    """The columns of a table that hold text or JSON; dates and times are kept as text but are none."""
    times = (DateText, TimeText, UtcText, LocalText)
    return tuple(
        column.name
        for column in table.columns
        if isinstance(column.type, Text | JsonText) and not isinstance(column.type, times)
    )
