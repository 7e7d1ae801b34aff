-- The calendar's appointments: one statement per paragraph, never edited after release.

CREATE TABLE calendar_feed (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    calendar TEXT NOT NULL,
    path TEXT NOT NULL,
    digest TEXT NOT NULL,
    uids TEXT NOT NULL,
    read_at TEXT,
    problem TEXT NOT NULL,
    CONSTRAINT uq_calendar_feed_calendar_path UNIQUE (calendar, path)
)
 STRICT;

CREATE TABLE event_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    uid TEXT NOT NULL,
    calendar TEXT NOT NULL,
    summary TEXT NOT NULL,
    kind TEXT,
    description TEXT NOT NULL,
    location TEXT NOT NULL,
    dtstart TEXT NOT NULL,
    dtend TEXT NOT NULL,
    tzid TEXT NOT NULL,
    fold INTEGER NOT NULL,
    all_day INTEGER NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    status TEXT NOT NULL,
    transparent INTEGER NOT NULL,
    rrule TEXT NOT NULL,
    rdates TEXT NOT NULL,
    exdates TEXT NOT NULL,
    series_note TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    dtstamp TEXT,
    confidentiality TEXT NOT NULL,
    owner TEXT NOT NULL,
    attendee TEXT NOT NULL,
    organizer TEXT NOT NULL,
    travel_before_min INTEGER NOT NULL,
    travel_after_min INTEGER NOT NULL,
    important INTEGER NOT NULL,
    cancel_reason TEXT NOT NULL,
    moved_from TEXT,
    related_uid TEXT NOT NULL,
    host TEXT NOT NULL,
    contact_name TEXT NOT NULL,
    contact_phone TEXT NOT NULL,
    driver TEXT NOT NULL,
    car TEXT NOT NULL,
    room TEXT NOT NULL,
    dress TEXT NOT NULL,
    gift TEXT NOT NULL,
    speech_min INTEGER,
    press TEXT NOT NULL,
    pending_since TEXT,
    pending_sent_at TEXT,
    trashed_at TEXT,
    CONSTRAINT ck_event_status CHECK (status IN ('TENTATIVE', 'CONFIRMED', 'CANCELLED')),
    CONSTRAINT ck_event_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT ck_event_host CHECK (host IN ('', 'stadt', 'dritte')),
    CONSTRAINT ck_event_travel CHECK (travel_before_min >= 0 AND travel_after_min >= 0)
)
 STRICT;

INSERT INTO event_new ("id", "version", "uid", "calendar", "summary", "kind", "description", "location", "dtstart", "dtend", "tzid", "fold", "all_day", "starts_at", "ends_at", "status", "transparent", "rrule", "rdates", "exdates", "series_note", "sequence", "dtstamp", "confidentiality", "owner", "attendee", "organizer", "travel_before_min", "travel_after_min", "important", "cancel_reason", "moved_from", "related_uid", "host", "contact_name", "contact_phone", "driver", "car", "room", "dress", "gift", "speech_min", "press", "pending_since", "pending_sent_at", "trashed_at")
SELECT "id", "version", "uid", "calendar", "summary", "kind", "description", "location", "dtstart", "dtend", "tzid", "fold", "all_day", "starts_at", "ends_at", "status", "transparent", "rrule", "rdates", "exdates", "series_note", "sequence", "dtstamp", "confidentiality", "owner", "attendee", "organizer", "travel_before_min", "travel_after_min", "important", "cancel_reason", NULL, '', '', '', '', '', '', '', '', '', NULL, '', NULL, NULL, "trashed_at"
FROM event;

DELETE FROM sqlite_sequence WHERE name = 'event_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'event_new', seq FROM sqlite_sequence WHERE name = 'event';

DROP TABLE event;

ALTER TABLE event_new RENAME TO event;

CREATE INDEX ix_event_attendee ON event (attendee) WHERE attendee <> 'OB';

CREATE INDEX ix_event_away ON event (starts_at) WHERE kind = 'abwesenheit';

CREATE INDEX ix_event_calendar_uid ON event (calendar, uid);

CREATE INDEX ix_event_car ON event (car, confidentiality, trashed_at) WHERE car <> '';

CREATE INDEX ix_event_dress ON event (dress, confidentiality, trashed_at) WHERE dress <> '';

CREATE INDEX ix_event_driver ON event (driver, confidentiality, trashed_at) WHERE driver <> '';

CREATE INDEX ix_event_gift ON event (gift, confidentiality, trashed_at) WHERE gift <> '';

CREATE INDEX ix_event_overnight ON event (starts_at, ends_at) WHERE substr(starts_at, 1, 10) < substr(ends_at, 1, 10);

CREATE INDEX ix_event_pending ON event (pending_since) WHERE pending_since IS NOT NULL;

CREATE INDEX ix_event_press ON event (press, confidentiality, trashed_at) WHERE press <> '';

CREATE INDEX ix_event_room ON event (room, confidentiality, trashed_at) WHERE room <> '';

CREATE INDEX ix_event_series ON event (starts_at) WHERE rrule <> '' OR rdates <> '[]';

CREATE INDEX ix_event_starts_at ON event (starts_at);

CREATE INDEX ix_event_trash ON event (trashed_at) WHERE trashed_at IS NOT NULL;

CREATE INDEX ix_event_uid ON event (uid);

CREATE TABLE zone_alias (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    tzid TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at TEXT NOT NULL
)
 STRICT;

CREATE UNIQUE INDEX ix_zone_alias_name ON zone_alias (name);

CREATE TABLE ausfall (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    begun_at TEXT NOT NULL,
    closed_at TEXT,
    CONSTRAINT ck_ausfall_state CHECK (state IN ('offen', 'abgeschlossen')),
    CONSTRAINT fk_ausfall_event_id FOREIGN KEY(event_id) REFERENCES event (id)
)
 STRICT;

CREATE INDEX ix_ausfall_event_id ON ausfall (event_id);

CREATE TABLE event_override_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    recurrence_id TEXT NOT NULL,
    dtstart TEXT NOT NULL,
    dtend TEXT NOT NULL,
    tzid TEXT NOT NULL,
    fold INTEGER NOT NULL,
    all_day INTEGER NOT NULL,
    summary TEXT NOT NULL,
    location TEXT NOT NULL,
    description TEXT NOT NULL,
    status TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    dtstamp TEXT,
    confidentiality TEXT NOT NULL,
    owner TEXT NOT NULL,
    details TEXT NOT NULL,
    CONSTRAINT ck_event_override_status CHECK (status IN ('TENTATIVE', 'CONFIRMED', 'CANCELLED')),
    CONSTRAINT ck_event_override_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT uq_event_override_event_id_recurrence_id UNIQUE (event_id, recurrence_id),
    CONSTRAINT fk_event_override_event_id FOREIGN KEY(event_id) REFERENCES event (id)
)
 STRICT;

INSERT INTO event_override_new ("id", "version", "event_id", "recurrence_id", "dtstart", "dtend", "tzid", "fold", "all_day", "summary", "location", "description", "status", "sequence", "dtstamp", "confidentiality", "owner", "details")
SELECT "id", "version", "event_id", "recurrence_id", "dtstart", "dtend", "tzid", "fold", "all_day", "summary", "location", "description", "status", "sequence", "dtstamp", "confidentiality", "owner", '{}'
FROM event_override;

DELETE FROM sqlite_sequence WHERE name = 'event_override_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'event_override_new', seq FROM sqlite_sequence WHERE name = 'event_override';

DROP TABLE event_override;

ALTER TABLE event_override_new RENAME TO event_override;

CREATE INDEX ix_event_override_event_id ON event_override (event_id);

CREATE TABLE event_person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    person_id INTEGER,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    part TEXT NOT NULL,
    partstat TEXT NOT NULL,
    CONSTRAINT ck_event_person_part CHECK (part IN ('begleitung', 'gespraech')),
    CONSTRAINT ck_event_person_partstat CHECK (partstat IN ('', 'ACCEPTED', 'DECLINED', 'TENTATIVE')),
    CONSTRAINT fk_event_person_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_event_person_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
 STRICT;

CREATE INDEX ix_event_person_event_id ON event_person (event_id);

CREATE INDEX ix_event_person_person_id ON event_person (person_id);

CREATE TABLE event_waiver (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    recurrence_id TEXT NOT NULL,
    other_id INTEGER,
    other_recurrence_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    spans TEXT NOT NULL,
    reason TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL,
    CONSTRAINT fk_event_waiver_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_event_waiver_other_id FOREIGN KEY(other_id) REFERENCES event (id)
)
 STRICT;

CREATE INDEX ix_event_waiver_event_id ON event_waiver (event_id);

CREATE INDEX ix_event_waiver_other_id ON event_waiver (other_id);

CREATE TABLE attachment_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    request_id INTEGER,
    event_id INTEGER,
    document_id INTEGER,
    filename TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    CONSTRAINT fk_attachment_request_id FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_attachment_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_attachment_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)
 STRICT;

INSERT INTO attachment_new ("id", "version", "request_id", "event_id", "document_id", "filename", "media_type", "size", "sha256")
SELECT "id", "version", "request_id", NULL, "document_id", "filename", "media_type", "size", "sha256"
FROM attachment;

DELETE FROM sqlite_sequence WHERE name = 'attachment_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'attachment_new', seq FROM sqlite_sequence WHERE name = 'attachment';

DROP TABLE attachment;

ALTER TABLE attachment_new RENAME TO attachment;

CREATE INDEX ix_attachment_document_id ON attachment (document_id);

CREATE INDEX ix_attachment_event_id ON attachment (event_id);

CREATE INDEX ix_attachment_request_id ON attachment (request_id);

CREATE INDEX ix_attachment_sha256 ON attachment (sha256);

CREATE TABLE ausfall_item (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    ausfall_id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    recurrence_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    deputation_id INTEGER,
    remark TEXT NOT NULL,
    status_before TEXT NOT NULL,
    start_before TEXT,
    end_before TEXT,
    CONSTRAINT ck_ausfall_item_outcome CHECK (outcome IN ('', 'vertretung', 'absagen', 'verschieben', 'bleibt')),
    CONSTRAINT uq_ausfall_item_ausfall_id_event_id_recurrence_id UNIQUE (ausfall_id, event_id, recurrence_id),
    CONSTRAINT fk_ausfall_item_ausfall_id FOREIGN KEY(ausfall_id) REFERENCES ausfall (id),
    CONSTRAINT fk_ausfall_item_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_ausfall_item_deputation_id FOREIGN KEY(deputation_id) REFERENCES deputation (id)
)
 STRICT;

CREATE INDEX ix_ausfall_item_ausfall_id ON ausfall_item (ausfall_id);

CREATE INDEX ix_ausfall_item_deputation_id ON ausfall_item (deputation_id);

CREATE INDEX ix_ausfall_item_event_id ON ausfall_item (event_id);

CREATE TABLE ausfall_call (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    item_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    done_at TEXT,
    done_by TEXT NOT NULL,
    result TEXT NOT NULL,
    told TEXT NOT NULL,
    CONSTRAINT ck_ausfall_call_role CHECK (role IN ('veranstalter', 'fahrer', 'vertretung', 'presse')),
    CONSTRAINT fk_ausfall_call_item_id FOREIGN KEY(item_id) REFERENCES ausfall_item (id)
)
 STRICT;

CREATE INDEX ix_ausfall_call_item_id ON ausfall_call (item_id);
