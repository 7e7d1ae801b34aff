-- Deciding and answering: one statement per paragraph, never edited after release.
-- By hand, lost when this file is made anew: a document that has a sent_at is out, it is no draft any more.

CREATE TABLE sheet_layout (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    heads TEXT NOT NULL,
    columns TEXT NOT NULL,
    kind TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    CONSTRAINT uq_sheet_layout_fingerprint UNIQUE (fingerprint)
)
 STRICT;

CREATE TABLE vorlage (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    talk_on TEXT NOT NULL,
    state TEXT NOT NULL,
    decided_on TEXT,
    CONSTRAINT ck_vorlage_state CHECK (state IN ('offen', 'entschieden'))
)
 STRICT;

CREATE TABLE saved_split (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    desk_id INTEGER NOT NULL,
    label TEXT NOT NULL,
    "query" TEXT NOT NULL,
    sort TEXT NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT fk_saved_split_desk_id FOREIGN KEY(desk_id) REFERENCES desk (id)
)
 STRICT;

CREATE INDEX ix_saved_split_desk_id ON saved_split (desk_id);

CREATE TABLE request_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    number TEXT NOT NULL,
    kind TEXT,
    kind_proposed INTEGER NOT NULL,
    subject TEXT NOT NULL,
    state TEXT NOT NULL,
    closed INTEGER NOT NULL,
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

INSERT INTO request_new ("id", "version", "number", "kind", "kind_proposed", "subject", "state", "closed", "important", "received_at", "channel", "requester_id", "organization_id", "assigned_to", "event_start", "event_end", "event_place", "due_on", "due_time", "due_text", "wiedervorlage_on", "wiedervorlage_note", "wiedervorlage_event_id", "wiedervorlage_days", "wiedervorlage_wakes", "woken_on", "woken_by", "outcome", "reason", "decided_on", "decided_by", "decider", "votum", "votum_text", "votum_by", "votum_on", "handed_to", "handed_until", "file_reference", "confidentiality", "owner", "fields", "intake_notes", "double_of_id", "merged_into_id", "thread", "trashed_at")
SELECT "id", "version", "number", "kind", "kind_proposed", "subject", "state", "closed", "important", "received_at", "channel", "requester_id", "organization_id", "assigned_to", "event_start", "event_end", "event_place", "due_on", "due_time", "due_text", "wiedervorlage_on", "wiedervorlage_note", NULL, NULL, 1, NULL, '', "outcome", "reason", "decided_on", "decided_by", '', '', '', '', NULL, '', NULL, "file_reference", "confidentiality", "owner", "fields", "intake_notes", "double_of_id", NULL, "thread", "trashed_at"
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

CREATE TABLE deputation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    request_id INTEGER,
    event_id INTEGER,
    calendar TEXT NOT NULL,
    chain TEXT NOT NULL,
    answer TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    answered_on TEXT,
    stands_on TEXT,
    CONSTRAINT ck_deputation_answer CHECK (answer IN ('angefragt', 'zugesagt', 'abgelehnt', 'zurueckgenommen')),
    CONSTRAINT fk_deputation_request_id FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_deputation_event_id FOREIGN KEY(event_id) REFERENCES event (id)
)
 STRICT;

CREATE INDEX ix_deputation_event_id ON deputation (event_id);

CREATE INDEX ix_deputation_request_id ON deputation (request_id);

CREATE INDEX ix_deputation_stands ON deputation (calendar, answer, stands_on);

CREATE TABLE document_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    request_id INTEGER,
    event_id INTEGER,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    template TEXT NOT NULL,
    state TEXT NOT NULL,
    recipient_name TEXT NOT NULL,
    recipient_address TEXT NOT NULL,
    recipient_email TEXT NOT NULL,
    size_limit INTEGER,
    released_at TEXT,
    released_by TEXT NOT NULL,
    sent_at TEXT,
    sent_by TEXT NOT NULL,
    sent_how TEXT NOT NULL,
    message_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    CONSTRAINT ck_document_state CHECK (state IN ('entwurf', 'freigegeben', 'hinaus')),
    CONSTRAINT ck_document_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT fk_document_request_id FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_document_event_id FOREIGN KEY(event_id) REFERENCES event (id)
)
 STRICT;

INSERT INTO document_new ("id", "version", "request_id", "event_id", "kind", "title", "text", "template", "state", "recipient_name", "recipient_address", "recipient_email", "size_limit", "released_at", "released_by", "sent_at", "sent_by", "sent_how", "message_id", "sha256", "confidentiality")
SELECT "id", "version", "request_id", "event_id", "kind", "title", "text", '', CASE WHEN sent_at IS NULL THEN 'entwurf' ELSE 'hinaus' END, '', '', '', NULL, NULL, '', "sent_at", '', '', '', '', "confidentiality"
FROM document;

DELETE FROM sqlite_sequence WHERE name = 'document_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'document_new', seq FROM sqlite_sequence WHERE name = 'document';

DROP TABLE document;

ALTER TABLE document_new RENAME TO document;

CREATE INDEX ix_document_event_id ON document (event_id);

CREATE INDEX ix_document_message_id ON document (message_id);

CREATE INDEX ix_document_request_id ON document (request_id);

CREATE TABLE message_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    message_id TEXT NOT NULL,
    in_reply_to TEXT NOT NULL,
    "references" TEXT NOT NULL,
    sender_name TEXT NOT NULL,
    sender_address TEXT NOT NULL,
    recipients TEXT NOT NULL,
    sent_at TEXT,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    original_sha256 TEXT NOT NULL,
    CONSTRAINT fk_message_request_id FOREIGN KEY(request_id) REFERENCES request (id)
)
 STRICT;

INSERT INTO message_new ("id", "version", "request_id", "message_id", "in_reply_to", "references", "sender_name", "sender_address", "recipients", "sent_at", "subject", "body", "original_sha256")
SELECT "id", "version", "request_id", "message_id", "in_reply_to", "references", "sender_name", "sender_address", "recipients", "sent_at", "subject", "body", ''
FROM message;

DELETE FROM sqlite_sequence WHERE name = 'message_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'message_new', seq FROM sqlite_sequence WHERE name = 'message';

DROP TABLE message;

ALTER TABLE message_new RENAME TO message;

CREATE INDEX ix_message_message_id ON message (message_id);

CREATE INDEX ix_message_request_id ON message (request_id);

CREATE TABLE vorlage_item (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    vorlage_id INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    decision TEXT NOT NULL,
    deputy TEXT NOT NULL,
    reason TEXT NOT NULL,
    remark TEXT NOT NULL,
    CONSTRAINT ck_vorlage_item_decision CHECK (decision IN ('', 'ja', 'nein', 'vertretung', 'ruecksprache', 'spaeter')),
    CONSTRAINT uq_vorlage_item_vorlage_id_request_id UNIQUE (vorlage_id, request_id),
    CONSTRAINT fk_vorlage_item_vorlage_id FOREIGN KEY(vorlage_id) REFERENCES vorlage (id),
    CONSTRAINT fk_vorlage_item_request_id FOREIGN KEY(request_id) REFERENCES request (id)
)
 STRICT;

CREATE INDEX ix_vorlage_item_request_id ON vorlage_item (request_id);

CREATE INDEX ix_vorlage_item_vorlage_id ON vorlage_item (vorlage_id);

CREATE TABLE inquiry (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    asked TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    question TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    due_on TEXT,
    answer TEXT NOT NULL,
    answered_on TEXT,
    task_id INTEGER,
    CONSTRAINT ck_inquiry_asked CHECK (asked IN ('absender', 'amt', 'dezernat')),
    CONSTRAINT fk_inquiry_request_id FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_inquiry_task_id FOREIGN KEY(task_id) REFERENCES task (id)
)
 STRICT;

CREATE INDEX ix_inquiry_request_id ON inquiry (request_id);

CREATE INDEX ix_inquiry_task_id ON inquiry (task_id);
