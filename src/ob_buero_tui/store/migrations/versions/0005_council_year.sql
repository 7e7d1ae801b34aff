-- The council's year: one statement per paragraph, never edited after release.

CREATE TABLE oparl_endpoint (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    name TEXT NOT NULL,
    synced_at TEXT,
    resume TEXT NOT NULL,
    problem TEXT NOT NULL,
    CONSTRAINT uq_oparl_endpoint_url UNIQUE (url)
)
 STRICT;

CREATE TABLE paper_number (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    series TEXT NOT NULL,
    serial INTEGER NOT NULL,
    supplement INTEGER NOT NULL,
    reference TEXT NOT NULL,
    paper_id INTEGER NOT NULL,
    state TEXT NOT NULL,
    CONSTRAINT uq_paper_number_series_serial_supplement UNIQUE (series, serial, supplement),
    CONSTRAINT ck_paper_number_state CHECK (state IN ('vergeben', 'storniert'))
)
 STRICT;

CREATE INDEX ix_paper_number_paper_id ON paper_number (paper_id);

CREATE TABLE year_plan (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    year INTEGER NOT NULL,
    variant TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    settings TEXT NOT NULL,
    report TEXT NOT NULL,
    CONSTRAINT ck_year_plan_state CHECK (state IN ('entwurf', 'beschlossen', 'verworfen'))
)
 STRICT;

CREATE INDEX ix_year_plan_year ON year_plan (year);

CREATE TABLE meeting_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    meeting_state TEXT NOT NULL,
    cancelled INTEGER NOT NULL,
    start TEXT,
    "end" TEXT,
    location_id INTEGER,
    event_id INTEGER,
    note TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    moved_from TEXT,
    moved_note TEXT NOT NULL,
    cancelled_note TEXT NOT NULL,
    urgent_note TEXT NOT NULL,
    chair_id INTEGER,
    clerk_id INTEGER,
    minutes_text TEXT NOT NULL,
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT ck_meeting_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT fk_meeting_location_id FOREIGN KEY(location_id) REFERENCES location (id),
    CONSTRAINT fk_meeting_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_meeting_chair_id FOREIGN KEY(chair_id) REFERENCES person (id),
    CONSTRAINT fk_meeting_clerk_id FOREIGN KEY(clerk_id) REFERENCES person (id)
)
 STRICT;

INSERT INTO meeting_new ("id", "version", "name", "meeting_state", "cancelled", "start", "end", "location_id", "event_id", "note", "confidentiality", "moved_from", "moved_note", "cancelled_note", "urgent_note", "chair_id", "clerk_id", "minutes_text", "oparl_id", "created", "modified", "web", "deleted", "extra")
SELECT "id", "version", "name", "meeting_state", "cancelled", "start", "end", "location_id", "event_id", "note", "confidentiality", NULL, '', '', '', NULL, NULL, '', "oparl_id", "created", "modified", "web", "deleted", "extra"
FROM meeting;

DELETE FROM sqlite_sequence WHERE name = 'meeting_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'meeting_new', seq FROM sqlite_sequence WHERE name = 'meeting';

DROP TABLE meeting;

ALTER TABLE meeting_new RENAME TO meeting;

CREATE INDEX ix_meeting_chair_id ON meeting (chair_id);

CREATE INDEX ix_meeting_clerk_id ON meeting (clerk_id);

CREATE INDEX ix_meeting_event_id ON meeting (event_id);

CREATE INDEX ix_meeting_location_id ON meeting (location_id);

CREATE INDEX ix_meeting_start ON meeting (start);

CREATE UNIQUE INDEX uq_meeting_oparl_id ON meeting (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE agenda_item_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    meeting_id INTEGER,
    number TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    public INTEGER,
    result TEXT NOT NULL,
    resolution_text TEXT NOT NULL,
    start TEXT,
    "end" TEXT,
    level INTEGER NOT NULL,
    general_name TEXT NOT NULL,
    standard TEXT NOT NULL,
    late INTEGER NOT NULL,
    late_note TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    withdrawn_note TEXT NOT NULL,
    votes_yes INTEGER,
    votes_no INTEGER,
    votes_abstain INTEGER,
    note TEXT NOT NULL,
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT fk_agenda_item_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
)
 STRICT;

INSERT INTO agenda_item_new ("id", "version", "meeting_id", "number", "position", "name", "public", "result", "resolution_text", "start", "end", "level", "general_name", "standard", "late", "late_note", "withdrawn", "withdrawn_note", "votes_yes", "votes_no", "votes_abstain", "note", "oparl_id", "created", "modified", "web", "deleted", "extra")
SELECT "id", "version", "meeting_id", "number", "position", "name", "public", "result", "resolution_text", "start", "end", 0, '', '', 0, '', 0, '', NULL, NULL, NULL, '', "oparl_id", "created", "modified", "web", "deleted", "extra"
FROM agenda_item;

DELETE FROM sqlite_sequence WHERE name = 'agenda_item_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'agenda_item_new', seq FROM sqlite_sequence WHERE name = 'agenda_item';

DROP TABLE agenda_item;

ALTER TABLE agenda_item_new RENAME TO agenda_item;

CREATE INDEX ix_agenda_item_meeting_id ON agenda_item (meeting_id);

CREATE UNIQUE INDEX uq_agenda_item_oparl_id ON agenda_item (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE meeting_participant_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    attendance TEXT NOT NULL,
    voting INTEGER,
    substitute_for_id INTEGER,
    came_at TEXT,
    left_at TEXT,
    CONSTRAINT uq_meeting_participant_meeting_id_person_id UNIQUE (meeting_id, person_id),
    CONSTRAINT ck_meeting_participant_attendance CHECK (attendance IN ('', 'anwesend', 'entschuldigt', 'unentschuldigt')),
    CONSTRAINT fk_meeting_participant_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_meeting_participant_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_meeting_participant_substitute_for_id FOREIGN KEY(substitute_for_id) REFERENCES person (id)
)
 STRICT;

INSERT INTO meeting_participant_new ("id", "version", "meeting_id", "person_id", "attendance", "voting", "substitute_for_id", "came_at", "left_at")
SELECT "id", "version", "meeting_id", "person_id", '', NULL, NULL, NULL, NULL
FROM meeting_participant;

DELETE FROM sqlite_sequence WHERE name = 'meeting_participant_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'meeting_participant_new', seq FROM sqlite_sequence WHERE name = 'meeting_participant';

DROP TABLE meeting_participant;

ALTER TABLE meeting_participant_new RENAME TO meeting_participant;

CREATE INDEX ix_meeting_participant_meeting_id ON meeting_participant (meeting_id);

CREATE INDEX ix_meeting_participant_person_id ON meeting_participant (person_id);

CREATE INDEX ix_meeting_participant_substitute_for_id ON meeting_participant (substitute_for_id);

CREATE TABLE organization_new (
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
    uid TEXT,
    oparl_id TEXT,
    body_id INTEGER,
    part_of_id INTEGER,
    short_name TEXT NOT NULL,
    website TEXT NOT NULL,
    country TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    member_count INTEGER,
    voting_member_count INTEGER,
    ladungsfrist TEXT NOT NULL,
    mayor_attends INTEGER NOT NULL,
    ladungsfrist_confirmed_on TEXT,
    ladungsfrist_confirmed_by TEXT NOT NULL,
    ladungsfrist_confirmed_as TEXT NOT NULL,
    agenda_led_by TEXT NOT NULL,
    categories TEXT NOT NULL,
    source TEXT NOT NULL,
    source_on TEXT,
    extra TEXT NOT NULL,
    CONSTRAINT ck_organization_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT ck_organization_agenda_led_by CHECK (agenda_led_by IN ('', 'wir', 'ris')),
    CONSTRAINT fk_organization_body_id FOREIGN KEY(body_id) REFERENCES body (id),
    CONSTRAINT fk_organization_part_of_id FOREIGN KEY(part_of_id) REFERENCES organization (id)
)
 STRICT;

INSERT INTO organization_new ("id", "version", "name", "organization_type", "classification", "email", "tel", "street_address", "postal_code", "locality", "note", "confidentiality", "uid", "oparl_id", "body_id", "part_of_id", "short_name", "website", "country", "start_date", "end_date", "member_count", "voting_member_count", "ladungsfrist", "mayor_attends", "ladungsfrist_confirmed_on", "ladungsfrist_confirmed_by", "ladungsfrist_confirmed_as", "agenda_led_by", "categories", "source", "source_on", "extra")
SELECT "id", "version", "name", "organization_type", "classification", "email", "tel", "street_address", "postal_code", "locality", "note", "confidentiality", "uid", "oparl_id", "body_id", "part_of_id", "short_name", "website", "country", "start_date", "end_date", "member_count", "voting_member_count", "ladungsfrist", "mayor_attends", NULL, '', '', '', "categories", "source", "source_on", "extra"
FROM organization;

DELETE FROM sqlite_sequence WHERE name = 'organization_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'organization_new', seq FROM sqlite_sequence WHERE name = 'organization';

DROP TABLE organization;

ALTER TABLE organization_new RENAME TO organization;

CREATE INDEX ix_organization_body_id ON organization (body_id);

CREATE INDEX ix_organization_name ON organization (name);

CREATE INDEX ix_organization_part_of_id ON organization (part_of_id);

CREATE INDEX ix_organization_uid ON organization (uid);

CREATE UNIQUE INDEX uq_organization_oparl_id ON organization (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE paper_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    body_id INTEGER,
    name TEXT NOT NULL,
    reference TEXT NOT NULL,
    date TEXT,
    paper_type TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    kind TEXT NOT NULL,
    file_reference TEXT NOT NULL,
    state TEXT NOT NULL,
    author TEXT NOT NULL,
    deadline_on TEXT,
    note TEXT NOT NULL,
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT ck_paper_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT ck_paper_state CHECK (state IN ('', 'entwurf', 'mitzeichnung', 'freigegeben', 'beschlossen', 'zurueckgezogen')),
    CONSTRAINT fk_paper_body_id FOREIGN KEY(body_id) REFERENCES body (id)
)
 STRICT;

INSERT INTO paper_new ("id", "version", "body_id", "name", "reference", "date", "paper_type", "confidentiality", "kind", "file_reference", "state", "author", "deadline_on", "note", "oparl_id", "created", "modified", "web", "deleted", "extra")
SELECT "id", "version", "body_id", "name", "reference", "date", "paper_type", "confidentiality", '', '', '', '', NULL, '', "oparl_id", "created", "modified", "web", "deleted", "extra"
FROM paper;

DELETE FROM sqlite_sequence WHERE name = 'paper_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'paper_new', seq FROM sqlite_sequence WHERE name = 'paper';

DROP TABLE paper;

ALTER TABLE paper_new RENAME TO paper;

CREATE INDEX ix_paper_body_id ON paper (body_id);

CREATE INDEX ix_paper_reference ON paper (reference);

CREATE UNIQUE INDEX uq_paper_oparl_id ON paper (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE consultation_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    paper_id INTEGER,
    meeting_id INTEGER,
    agenda_item_id INTEGER,
    position INTEGER NOT NULL,
    authoritative INTEGER,
    role TEXT NOT NULL,
    result TEXT NOT NULL,
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT fk_consultation_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id),
    CONSTRAINT fk_consultation_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_consultation_agenda_item_id FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id)
)
 STRICT;

INSERT INTO consultation_new ("id", "version", "paper_id", "meeting_id", "agenda_item_id", "position", "authoritative", "role", "result", "oparl_id", "created", "modified", "web", "deleted", "extra")
SELECT "id", "version", "paper_id", "meeting_id", "agenda_item_id", "position", "authoritative", "role", '', "oparl_id", "created", "modified", "web", "deleted", "extra"
FROM consultation;

DELETE FROM sqlite_sequence WHERE name = 'consultation_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'consultation_new', seq FROM sqlite_sequence WHERE name = 'consultation';

DROP TABLE consultation;

ALTER TABLE consultation_new RENAME TO consultation;

CREATE INDEX ix_consultation_agenda_item_id ON consultation (agenda_item_id);

CREATE INDEX ix_consultation_meeting_id ON consultation (meeting_id);

CREATE INDEX ix_consultation_paper_id ON consultation (paper_id);

CREATE UNIQUE INDEX uq_consultation_oparl_id ON consultation (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE membership_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    person_id INTEGER,
    organization_id INTEGER,
    on_behalf_of_id INTEGER,
    role TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    oparl_id TEXT,
    voting_right INTEGER,
    substitute_for_id INTEGER,
    note TEXT NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_membership_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_membership_on_behalf_of_id FOREIGN KEY(on_behalf_of_id) REFERENCES organization (id),
    CONSTRAINT fk_membership_substitute_for_id FOREIGN KEY(substitute_for_id) REFERENCES membership (id)
)
 STRICT;

INSERT INTO membership_new ("id", "version", "person_id", "organization_id", "on_behalf_of_id", "role", "start_date", "end_date", "oparl_id", "voting_right", "substitute_for_id", "note", "extra")
SELECT "id", "version", "person_id", "organization_id", "on_behalf_of_id", "role", "start_date", "end_date", "oparl_id", "voting_right", NULL, '', "extra"
FROM membership;

DELETE FROM sqlite_sequence WHERE name = 'membership_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'membership_new', seq FROM sqlite_sequence WHERE name = 'membership';

DROP TABLE membership;

ALTER TABLE membership_new RENAME TO membership;

CREATE INDEX ix_membership_on_behalf_of_id ON membership (on_behalf_of_id);

CREATE INDEX ix_membership_organization_id ON membership (organization_id);

CREATE INDEX ix_membership_person_id ON membership (person_id);

CREATE INDEX ix_membership_substitute_for_id ON membership (substitute_for_id);

CREATE UNIQUE INDEX uq_membership_oparl_id ON membership (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE responsibility (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    subject TEXT NOT NULL,
    organization_id INTEGER,
    person_id INTEGER,
    start_date TEXT,
    end_date TEXT,
    note TEXT NOT NULL,
    CONSTRAINT fk_responsibility_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_responsibility_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
 STRICT;

CREATE INDEX ix_responsibility_organization_id ON responsibility (organization_id);

CREATE INDEX ix_responsibility_person_id ON responsibility (person_id);

CREATE INDEX ix_responsibility_subject ON responsibility (subject);

CREATE TABLE sitting_pattern (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    weekdays TEXT NOT NULL,
    start_time TEXT,
    duration_min INTEGER NOT NULL,
    room TEXT NOT NULL,
    step INTEGER NOT NULL,
    rounds TEXT NOT NULL,
    gap_days INTEGER NOT NULL,
    pause_days INTEGER NOT NULL,
    planned INTEGER NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT uq_sitting_pattern_organization_id UNIQUE (organization_id),
    CONSTRAINT ck_sitting_pattern_duration CHECK (duration_min > 0),
    CONSTRAINT fk_sitting_pattern_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id)
)
 STRICT;

CREATE TABLE topic (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    organization_id INTEGER,
    paper_id INTEGER,
    agenda_item_id INTEGER,
    earliest_on TEXT,
    latest_on TEXT,
    contributor TEXT NOT NULL,
    minutes INTEGER,
    public INTEGER NOT NULL,
    general_name TEXT NOT NULL,
    note TEXT NOT NULL,
    state TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    CONSTRAINT ck_topic_state CHECK (state IN ('offen', 'eingeplant', 'erledigt', 'entfallen')),
    CONSTRAINT ck_topic_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT fk_topic_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_topic_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id),
    CONSTRAINT fk_topic_agenda_item_id FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id)
)
 STRICT;

CREATE INDEX ix_topic_agenda_item_id ON topic (agenda_item_id);

CREATE INDEX ix_topic_organization_id ON topic (organization_id);

CREATE INDEX ix_topic_paper_id ON topic (paper_id);

CREATE INDEX ix_topic_state ON topic (state);

CREATE TABLE year_plan_date (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    year_plan_id INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    round INTEGER NOT NULL,
    start TEXT,
    "end" TEXT,
    room TEXT NOT NULL,
    fixed INTEGER NOT NULL,
    remarks TEXT NOT NULL,
    note TEXT NOT NULL,
    meeting_id INTEGER,
    CONSTRAINT fk_year_plan_date_year_plan_id FOREIGN KEY(year_plan_id) REFERENCES year_plan (id),
    CONSTRAINT fk_year_plan_date_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_year_plan_date_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
)
 STRICT;

CREATE INDEX ix_year_plan_date_meeting_id ON year_plan_date (meeting_id);

CREATE INDEX ix_year_plan_date_organization_id ON year_plan_date (organization_id);

CREATE INDEX ix_year_plan_date_year_plan_id ON year_plan_date (year_plan_id);

CREATE TABLE task_new (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    label TEXT NOT NULL,
    template TEXT NOT NULL,
    request_id INTEGER,
    event_id INTEGER,
    agenda_item_id INTEGER,
    due_on TEXT,
    due_time TEXT,
    due_text TEXT NOT NULL,
    assigned_to TEXT NOT NULL,
    done_at TEXT,
    done_by TEXT NOT NULL,
    CONSTRAINT fk_task_request_id FOREIGN KEY(request_id) REFERENCES request (id),
    CONSTRAINT fk_task_event_id FOREIGN KEY(event_id) REFERENCES event (id),
    CONSTRAINT fk_task_agenda_item_id FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id)
)
 STRICT;

INSERT INTO task_new ("id", "version", "label", "template", "request_id", "event_id", "agenda_item_id", "due_on", "due_time", "due_text", "assigned_to", "done_at", "done_by")
SELECT "id", "version", "label", "template", "request_id", "event_id", NULL, "due_on", "due_time", "due_text", "assigned_to", "done_at", "done_by"
FROM task;

DELETE FROM sqlite_sequence WHERE name = 'task_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'task_new', seq FROM sqlite_sequence WHERE name = 'task';

DROP TABLE task;

ALTER TABLE task_new RENAME TO task;

CREATE INDEX ix_task_agenda_item_id ON task (agenda_item_id);

CREATE INDEX ix_task_done ON task (done_at, request_id, event_id) WHERE done_at IS NOT NULL;

CREATE INDEX ix_task_event_id ON task (event_id);

CREATE INDEX ix_task_open ON task (due_on, due_time, request_id, event_id) WHERE done_at IS NULL;

CREATE INDEX ix_task_request_id ON task (request_id);
