-- Retention and erasure: one statement per paragraph, never edited after release.

CREATE TABLE disposal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    retention_class TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    until_on TEXT,
    note TEXT NOT NULL,
    CONSTRAINT uq_disposal_table_name_row_id UNIQUE (table_name, row_id),
    CONSTRAINT ck_disposal_state CHECK (state IN ('behalten', 'angeboten', 'uebernommen', 'abgelehnt', 'vernichtet'))
)
 STRICT;

CREATE TABLE erasure (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    desk_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    ground TEXT NOT NULL,
    CONSTRAINT ck_erasure_ground CHECK (ground IN ('art_17', 'ablauf')),
    CONSTRAINT fk_erasure_desk_id FOREIGN KEY(desk_id) REFERENCES desk (id)
)
 STRICT;

CREATE INDEX ix_erasure_table_name_row_id ON erasure (table_name, row_id);

CREATE TABLE request_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT,
    kind_proposed INTEGER NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    closed INTEGER NOT NULL,
    closed_on TEXT,
    important INTEGER NOT NULL,
    received_at TEXT NOT NULL,
    channel TEXT NOT NULL,
    requester_id INTEGER,
    organization_id INTEGER,
    assigned_to TEXT NOT NULL,
    event_start TEXT,
    event_end TEXT,
    event_place TEXT NOT NULL,
    due_on TEXT,
    due_time TEXT,
    due_text TEXT NOT NULL,
    wiedervorlage_on TEXT,
    wiedervorlage_note TEXT NOT NULL,
    wiedervorlage_event_id INTEGER,
    wiedervorlage_days INTEGER,
    wiedervorlage_wakes INTEGER NOT NULL,
    woken_on TEXT,
    woken_by TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_on TEXT,
    decided_by TEXT NOT NULL,
    decider TEXT NOT NULL,
    votum TEXT NOT NULL,
    votum_text TEXT NOT NULL,
    votum_by TEXT NOT NULL,
    votum_on TEXT,
    handed_to TEXT NOT NULL,
    handed_until TEXT,
    file_reference TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    owner TEXT NOT NULL,
    fields TEXT NOT NULL,
    intake_notes TEXT NOT NULL,
    double_of_id INTEGER,
    merged_into_id INTEGER,
    thread TEXT NOT NULL,
    filed_at TEXT,
    taken_over_at TEXT,
    trashed_at TEXT,
    CONSTRAINT ck_request_state CHECK (state IN ('neu', 'wartet', 'vertagt', 'verschoben', 'vorlage', 'zugesagt', 'vertretung', 'abgesagt', 'abgegeben', 'zurueckgezogen', 'ausgefallen', 'verfristet', 'erledigt')),
    CONSTRAINT ck_request_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT uq_request_number UNIQUE (number),
    CONSTRAINT fk_request_requester_id FOREIGN KEY(requester_id) REFERENCES person (id),
    CONSTRAINT fk_request_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_request_wiedervorlage_event_id FOREIGN KEY(wiedervorlage_event_id) REFERENCES event (id),
    CONSTRAINT fk_request_double_of_id FOREIGN KEY(double_of_id) REFERENCES request (id),
    CONSTRAINT fk_request_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES request (id)
)
 STRICT;

INSERT INTO request_new ("id", "version", "number", "kind", "kind_proposed", "subject", "state", "closed", "closed_on", "important", "received_at", "channel", "requester_id", "organization_id", "assigned_to", "event_start", "event_end", "event_place", "due_on", "due_time", "due_text", "wiedervorlage_on", "wiedervorlage_note", "wiedervorlage_event_id", "wiedervorlage_days", "wiedervorlage_wakes", "woken_on", "woken_by", "outcome", "reason", "decided_on", "decided_by", "decider", "votum", "votum_text", "votum_by", "votum_on", "handed_to", "handed_until", "file_reference", "confidentiality", "owner", "fields", "intake_notes", "double_of_id", "merged_into_id", "thread", "filed_at", "taken_over_at", "trashed_at")
SELECT "id", "version", "number", "kind", "kind_proposed", "subject", "state", "closed", CASE WHEN closed = 1 THEN coalesce(decided_on, date(received_at)) END, "important", "received_at", "channel", "requester_id", "organization_id", "assigned_to", "event_start", "event_end", "event_place", "due_on", "due_time", "due_text", "wiedervorlage_on", "wiedervorlage_note", "wiedervorlage_event_id", "wiedervorlage_days", "wiedervorlage_wakes", "woken_on", "woken_by", "outcome", "reason", "decided_on", "decided_by", "decider", "votum", "votum_text", "votum_by", "votum_on", "handed_to", "handed_until", "file_reference", "confidentiality", "owner", "fields", "intake_notes", "double_of_id", "merged_into_id", "thread", NULL, NULL, "trashed_at"
FROM request;

DELETE FROM sqlite_sequence WHERE name = 'request_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'request_new', seq FROM sqlite_sequence WHERE name = 'request';

DROP TABLE request;

ALTER TABLE request_new RENAME TO request;

CREATE INDEX ix_request_assigned_to ON request (assigned_to, received_at) WHERE assigned_to <> '';

CREATE INDEX ix_request_decider ON request (decider, received_at) WHERE decider <> '';

CREATE INDEX ix_request_double_of_id ON request (double_of_id);

CREATE INDEX ix_request_event_place ON request (event_place, received_at) WHERE event_place <> '';

CREATE INDEX ix_request_merged_into_id ON request (merged_into_id);

CREATE INDEX ix_request_open ON request (due_on, due_time, kind, wiedervorlage_on, state, received_at) WHERE closed = 0 AND trashed_at IS NULL;

CREATE INDEX ix_request_organization_id ON request (organization_id);

CREATE INDEX ix_request_outcome ON request (outcome, received_at) WHERE outcome <> '';

CREATE INDEX ix_request_received ON request (received_at, trashed_at);

CREATE INDEX ix_request_requester_id ON request (requester_id);

CREATE INDEX ix_request_thread ON request (thread) WHERE thread <> '';

CREATE INDEX ix_request_trash ON request (trashed_at) WHERE trashed_at IS NOT NULL;

CREATE INDEX ix_request_votum ON request (votum, received_at) WHERE votum <> '';

CREATE INDEX ix_request_wiedervorlage_event_id ON request (wiedervorlage_event_id);
