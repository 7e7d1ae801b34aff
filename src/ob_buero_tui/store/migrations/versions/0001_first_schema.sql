-- The first schema, as Alembic migration 0001 runs it: one statement per paragraph, never edited after release.

CREATE TABLE desk (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,
    initials TEXT NOT NULL,
    CONSTRAINT uq_desk_account UNIQUE (account)
)
 STRICT;

CREATE TABLE event (
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
    trashed_at TEXT,
    CONSTRAINT ck_event_status CHECK (status IN ('TENTATIVE', 'CONFIRMED', 'CANCELLED')),
    CONSTRAINT ck_event_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT ck_event_travel CHECK (travel_before_min >= 0 AND travel_after_min >= 0)
)
 STRICT;

CREATE INDEX ix_event_calendar_uid ON event (calendar, uid);

CREATE INDEX ix_event_overnight ON event (starts_at, ends_at) WHERE substr(starts_at, 1, 10) < substr(ends_at, 1, 10);

CREATE INDEX ix_event_series ON event (starts_at) WHERE rrule <> '' OR rdates <> '[]';

CREATE INDEX ix_event_starts_at ON event (starts_at);

CREATE TABLE holiday (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    region TEXT NOT NULL,
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT uq_holiday_region_day UNIQUE (region, day)
)
 STRICT;

CREATE TABLE imported_file (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    format TEXT NOT NULL,
    imported_at TEXT NOT NULL
)
 STRICT;

CREATE UNIQUE INDEX ix_imported_file_sha256 ON imported_file (sha256);

CREATE TABLE occurrence (
    id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    recurrence_id TEXT NOT NULL,
    override_id INTEGER,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    busy_from TEXT NOT NULL,
    busy_to TEXT NOT NULL,
    long INTEGER NOT NULL,
    CONSTRAINT pk_occurrence PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_occurrence_event_id ON occurrence (event_id);

CREATE INDEX ix_occurrence_long ON occurrence (starts_at) WHERE long = 1;

CREATE INDEX ix_occurrence_starts_at ON occurrence (starts_at);

CREATE TABLE occurrence_window (
    id INTEGER NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    CONSTRAINT pk_occurrence_window PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE organization (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    organization_type TEXT NOT NULL,
    classification TEXT NOT NULL,
    email TEXT,
    tel TEXT NOT NULL,
    street_address TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    locality TEXT NOT NULL,
    note TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    CONSTRAINT ck_organization_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich'))
)
 STRICT;

CREATE INDEX ix_organization_name ON organization (name);

CREATE TABLE person (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    family_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    honorific_prefix TEXT NOT NULL,
    gender TEXT NOT NULL,
    email TEXT,
    tel TEXT NOT NULL,
    street_address TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    locality TEXT NOT NULL,
    deceased_on TEXT,
    note TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    CONSTRAINT ck_person_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich'))
)
 STRICT;

CREATE INDEX ix_person_email ON person (email);

CREATE INDEX ix_person_family_name_given_name ON person (family_name, given_name);

CREATE TABLE request_number (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL,
    serial INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT uq_request_number_year_serial UNIQUE (year, serial),
    CONSTRAINT ck_request_number_state CHECK (state IN ('vergeben', 'storniert'))
)
 STRICT;

CREATE INDEX ix_request_number_request_id ON request_number (request_id);

CREATE TABLE search_doc (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    type TEXT NOT NULL,
    ref_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    folded TEXT NOT NULL,
    CONSTRAINT uq_search_doc_type_ref_id UNIQUE (type, ref_id)
)
 STRICT;

CREATE INDEX ix_search_doc_title ON search_doc (type);

CREATE TABLE action (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    verb TEXT NOT NULL,
    at TEXT NOT NULL,
    desk_id INTEGER NOT NULL,
    params TEXT NOT NULL,
    target_id INTEGER,
    undone_by_id INTEGER,
    left_house TEXT NOT NULL,
    CONSTRAINT fk_action_desk_id FOREIGN KEY(desk_id) REFERENCES desk (id)
)
 STRICT;

CREATE INDEX ix_action_desk_id_id ON action (desk_id, id);

CREATE TABLE draft (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    desk_id INTEGER NOT NULL,
    form TEXT NOT NULL,
    "values" TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    CONSTRAINT uq_draft_desk_id_form UNIQUE (desk_id, form),
    CONSTRAINT fk_draft_desk_id FOREIGN KEY(desk_id) REFERENCES desk (id)
)
 STRICT;

CREATE TABLE event_override (
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
    CONSTRAINT ck_event_override_status CHECK (status IN ('TENTATIVE', 'CONFIRMED', 'CANCELLED')),
    CONSTRAINT ck_event_override_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT uq_event_override_event_id_recurrence_id UNIQUE (event_id, recurrence_id),
    CONSTRAINT fk_event_override_event_id FOREIGN KEY(event_id) REFERENCES event (id)
)
 STRICT;

CREATE INDEX ix_event_override_event_id ON event_override (event_id);

CREATE TABLE membership (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    on_behalf_of_id INTEGER,
    role TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_membership_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_membership_on_behalf_of_id FOREIGN KEY(on_behalf_of_id) REFERENCES organization (id)
)
 STRICT;

CREATE INDEX ix_membership_on_behalf_of_id ON membership (on_behalf_of_id);

CREATE INDEX ix_membership_organization_id ON membership (organization_id);

CREATE INDEX ix_membership_person_id ON membership (person_id);

CREATE TABLE request (
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
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_on TEXT,
    decided_by TEXT NOT NULL,
    file_reference TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    owner TEXT NOT NULL,
    fields TEXT NOT NULL,
    intake_notes TEXT NOT NULL,
    double_of_id INTEGER,
    thread TEXT NOT NULL,
    trashed_at TEXT,
    CONSTRAINT ck_request_state CHECK (state IN ('neu', 'wartet', 'vertagt', 'verschoben', 'zugesagt', 'vertretung', 'abgesagt', 'abgegeben', 'zurueckgezogen', 'ausgefallen', 'erledigt')),
    CONSTRAINT ck_request_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT uq_request_number UNIQUE (number),
    CONSTRAINT fk_request_requester_id FOREIGN KEY(requester_id) REFERENCES person (id),
    CONSTRAINT fk_request_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_request_double_of_id FOREIGN KEY(double_of_id) REFERENCES request (id)
)
 STRICT;

CREATE INDEX ix_request_double_of_id ON request (double_of_id);

CREATE INDEX ix_request_open ON request (due_on, due_time, kind, wiedervorlage_on, state, received_at) WHERE closed = 0 AND trashed_at IS NULL;

CREATE INDEX ix_request_organization_id ON request (organization_id);

CREATE INDEX ix_request_received ON request (received_at, trashed_at);

CREATE INDEX ix_request_requester_id ON request (requester_id);

CREATE INDEX ix_request_thread ON request (thread) WHERE thread <> '';

CREATE INDEX ix_request_trash ON request (trashed_at) WHERE trashed_at IS NOT NULL;

CREATE TABLE action_reference (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    CONSTRAINT fk_action_reference_action_id FOREIGN KEY(action_id) REFERENCES action (id)
)
 STRICT;

CREATE INDEX ix_action_reference_action_id ON action_reference (action_id);

CREATE INDEX ix_action_reference_table_name_row_id ON action_reference (table_name, row_id);

CREATE TABLE change (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    action_id INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    operation TEXT NOT NULL,
    row_version INTEGER NOT NULL,
    "before" TEXT,
    "after" TEXT,
    CONSTRAINT ck_change_operation CHECK (operation IN ('insert', 'update', 'delete')),
    CONSTRAINT ck_change_values CHECK (before IS NOT NULL OR after IS NOT NULL),
    CONSTRAINT fk_change_action_id FOREIGN KEY(action_id) REFERENCES action (id)
)
 STRICT;

CREATE INDEX ix_change_action_id ON change (action_id);

CREATE INDEX ix_change_table_name_row_id ON change (table_name, row_id);

CREATE TABLE document (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    request_id INTEGER,
    event_id INTEGER,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    sent_at TEXT,
    confidentiality TEXT NOT NULL,
    CONSTRAINT ck_document_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT fk_document_request_id FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_document_event_id FOREIGN KEY(event_id) REFERENCES event (id)
)
 STRICT;

CREATE INDEX ix_document_event_id ON document (event_id);

CREATE INDEX ix_document_request_id ON document (request_id);

CREATE TABLE event_source (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    override_id INTEGER,
    raw TEXT NOT NULL,
    CONSTRAINT fk_event_source_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_event_source_override_id FOREIGN KEY(override_id) REFERENCES event_override (id)
)
 STRICT;

CREATE INDEX ix_event_source_event_id ON event_source (event_id);

CREATE INDEX ix_event_source_override_id ON event_source (override_id);

CREATE TABLE message (
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
    CONSTRAINT fk_message_request_id FOREIGN KEY(request_id) REFERENCES request (id)
)
 STRICT;

CREATE INDEX ix_message_message_id ON message (message_id);

CREATE INDEX ix_message_request_id ON message (request_id);

CREATE TABLE note (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    request_id INTEGER,
    event_id INTEGER,
    text TEXT NOT NULL,
    written_by TEXT NOT NULL,
    written_at TEXT NOT NULL,
    CONSTRAINT fk_note_request_id FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_note_event_id FOREIGN KEY(event_id) REFERENCES event (id)
)
 STRICT;

CREATE INDEX ix_note_event_id ON note (event_id);

CREATE INDEX ix_note_request_id ON note (request_id);

CREATE TABLE request_check (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    "check" TEXT NOT NULL,
    passed INTEGER NOT NULL,
    ticked_by TEXT NOT NULL,
    ticked_at TEXT NOT NULL,
    CONSTRAINT uq_request_check_request_id_check UNIQUE (request_id, "check"),
    CONSTRAINT fk_request_check_request_id FOREIGN KEY(request_id) REFERENCES request (id)
)
 STRICT;

CREATE INDEX ix_request_check_request_id ON request_check (request_id);

CREATE TABLE request_event (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    request_id INTEGER NOT NULL,
    event_id INTEGER NOT NULL,
    CONSTRAINT uq_request_event_request_id_event_id UNIQUE (request_id, event_id),
    CONSTRAINT fk_request_event_request_id FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_request_event_event_id FOREIGN KEY(event_id) REFERENCES event (id)
)
 STRICT;

CREATE INDEX ix_request_event_event_id ON request_event (event_id);

CREATE INDEX ix_request_event_request_id ON request_event (request_id);

CREATE TABLE task (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    label TEXT NOT NULL,
    template TEXT NOT NULL,
    request_id INTEGER,
    event_id INTEGER,
    due_on TEXT,
    due_time TEXT,
    due_text TEXT NOT NULL,
    assigned_to TEXT NOT NULL,
    done_at TEXT,
    done_by TEXT NOT NULL,
    CONSTRAINT fk_task_request_id FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_task_event_id FOREIGN KEY(event_id) REFERENCES event (id)
)
 STRICT;

CREATE INDEX ix_task_event_id ON task (event_id);

CREATE INDEX ix_task_open ON task (due_on) WHERE done_at IS NULL;

CREATE INDEX ix_task_request_id ON task (request_id);

CREATE TABLE attachment (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    request_id INTEGER,
    document_id INTEGER,
    filename TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    CONSTRAINT fk_attachment_request_id FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_attachment_document_id FOREIGN KEY(document_id) REFERENCES document (id)
)
 STRICT;

CREATE INDEX ix_attachment_document_id ON attachment (document_id);

CREATE INDEX ix_attachment_request_id ON attachment (request_id);

CREATE INDEX ix_attachment_sha256 ON attachment (sha256);

CREATE VIRTUAL TABLE search_fts USING fts5(folded, content='search_doc', content_rowid='id', tokenize="unicode61 remove_diacritics 2", prefix='2 3');

PRAGMA application_id=1329742385;
