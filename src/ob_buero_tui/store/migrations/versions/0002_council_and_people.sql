-- The council, and more about people: one statement per paragraph, never edited after release.

CREATE INDEX ix_event_attendee ON event (attendee) WHERE attendee <> 'OB';

CREATE INDEX ix_event_trash ON event (trashed_at) WHERE trashed_at IS NOT NULL;

CREATE TABLE file (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    file_name TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    date TEXT,
    size INTEGER,
    sha512 TEXT NOT NULL,
    access_url TEXT NOT NULL,
    download_url TEXT NOT NULL,
    text TEXT NOT NULL,
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL
)
 STRICT;

CREATE UNIQUE INDEX uq_file_oparl_id ON file (oparl_id) WHERE oparl_id IS NOT NULL;

DROP TABLE holiday;

CREATE TABLE holiday (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    region TEXT NOT NULL,
    category TEXT NOT NULL,
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT uq_holiday_region_category_day UNIQUE (region, category, day)
)
 STRICT;

CREATE TABLE location (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    description TEXT NOT NULL,
    room TEXT NOT NULL,
    street_address TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    sub_locality TEXT NOT NULL,
    locality TEXT NOT NULL,
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL
)
 STRICT;

CREATE UNIQUE INDEX uq_location_oparl_id ON location (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE person_new (
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
    uid TEXT,
    oparl_id TEXT,
    form_of_address TEXT NOT NULL,
    praedikat TEXT NOT NULL,
    affix TEXT NOT NULL,
    job_title TEXT NOT NULL,
    mandate TEXT NOT NULL,
    mobile TEXT NOT NULL,
    country TEXT NOT NULL,
    private_street_address TEXT NOT NULL,
    private_postal_code TEXT NOT NULL,
    private_locality TEXT NOT NULL,
    private_tel TEXT NOT NULL,
    salutation TEXT NOT NULL,
    spoken_salutation TEXT NOT NULL,
    postal_address TEXT NOT NULL,
    rank INTEGER,
    language TEXT NOT NULL,
    assistant TEXT NOT NULL,
    birthday TEXT,
    locks TEXT NOT NULL,
    categories TEXT NOT NULL,
    source TEXT NOT NULL,
    source_on TEXT,
    extra TEXT NOT NULL,
    CONSTRAINT ck_person_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich'))
)
 STRICT;

INSERT INTO person_new ("id", "version", "family_name", "given_name", "honorific_prefix", "gender", "email", "tel", "street_address", "postal_code", "locality", "deceased_on", "note", "confidentiality", "uid", "oparl_id", "form_of_address", "praedikat", "affix", "job_title", "mandate", "mobile", "country", "private_street_address", "private_postal_code", "private_locality", "private_tel", "salutation", "spoken_salutation", "postal_address", "rank", "language", "assistant", "birthday", "locks", "categories", "source", "source_on", "extra")
SELECT "id", "version", "family_name", "given_name", "honorific_prefix", "gender", "email", "tel", "street_address", "postal_code", "locality", "deceased_on", "note", "confidentiality", NULL, NULL, '', '', '', '', '', '', '', '', '', '', '', '', '', '', NULL, '', '', NULL, '[]', '[]', '', NULL, '{}'
FROM person;

DELETE FROM sqlite_sequence WHERE name = 'person_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'person_new', seq FROM sqlite_sequence WHERE name = 'person';

DROP TABLE person;

ALTER TABLE person_new RENAME TO person;

CREATE INDEX ix_person_deceased ON person (deceased_on, confidentiality, family_name) WHERE deceased_on IS NOT NULL;

CREATE INDEX ix_person_email ON person (email);

CREATE INDEX ix_person_family_name_given_name ON person (family_name, given_name);

CREATE INDEX ix_person_listed ON person (replace(replace(replace(replace(replace(replace(replace(lower(family_name), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'Ä', 'ae'), 'Ö', 'oe'), 'Ü', 'ue'), 'ß', 'ss'), given_name, confidentiality, deceased_on, family_name) WHERE deceased_on IS NULL;

CREATE INDEX ix_person_locked ON person (locks) WHERE locks <> '[]';

CREATE INDEX ix_person_uid ON person (uid);

CREATE UNIQUE INDEX uq_person_oparl_id ON person (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE system (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    oparl_version TEXT NOT NULL,
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL
)
 STRICT;

CREATE UNIQUE INDEX uq_system_oparl_id ON system (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE unresolved_reference (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    property TEXT NOT NULL,
    position INTEGER NOT NULL,
    target TEXT NOT NULL
)
 STRICT;

CREATE INDEX ix_unresolved_reference_table_name_row_id ON unresolved_reference (table_name, row_id);

CREATE INDEX ix_unresolved_reference_target ON unresolved_reference (target);

CREATE TABLE body (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    system_id INTEGER,
    location_id INTEGER,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    website TEXT NOT NULL,
    ags TEXT NOT NULL,
    rgs TEXT NOT NULL,
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT fk_body_system_id FOREIGN KEY(system_id) REFERENCES system (id),
    CONSTRAINT fk_body_location_id FOREIGN KEY(location_id) REFERENCES location (id)
)
 STRICT;

CREATE INDEX ix_body_location_id ON body (location_id);

CREATE INDEX ix_body_system_id ON body (system_id);

CREATE UNIQUE INDEX uq_body_oparl_id ON body (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE meeting (
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
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT ck_meeting_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT fk_meeting_location_id FOREIGN KEY(location_id) REFERENCES location (id),
    CONSTRAINT fk_meeting_event_id FOREIGN KEY(event_id) REFERENCES event (id)
)
 STRICT;

CREATE INDEX ix_meeting_event_id ON meeting (event_id);

CREATE INDEX ix_meeting_location_id ON meeting (location_id);

CREATE INDEX ix_meeting_start ON meeting (start);

CREATE UNIQUE INDEX uq_meeting_oparl_id ON meeting (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE agenda_item (
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
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT fk_agenda_item_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
)
 STRICT;

CREATE INDEX ix_agenda_item_meeting_id ON agenda_item (meeting_id);

CREATE UNIQUE INDEX uq_agenda_item_oparl_id ON agenda_item (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE legislative_term (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    body_id INTEGER,
    name TEXT NOT NULL,
    start_date TEXT,
    end_date TEXT,
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT fk_legislative_term_body_id FOREIGN KEY(body_id) REFERENCES body (id)
)
 STRICT;

CREATE INDEX ix_legislative_term_body_id ON legislative_term (body_id);

CREATE UNIQUE INDEX uq_legislative_term_oparl_id ON legislative_term (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE meeting_participant (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    CONSTRAINT uq_meeting_participant_meeting_id_person_id UNIQUE (meeting_id, person_id),
    CONSTRAINT fk_meeting_participant_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_meeting_participant_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
 STRICT;

CREATE INDEX ix_meeting_participant_meeting_id ON meeting_participant (meeting_id);

CREATE INDEX ix_meeting_participant_person_id ON meeting_participant (person_id);

CREATE TABLE meeting_step (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    done_on TEXT NOT NULL,
    done_by TEXT NOT NULL,
    CONSTRAINT uq_meeting_step_meeting_id_kind UNIQUE (meeting_id, kind),
    CONSTRAINT fk_meeting_step_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id)
)
 STRICT;

CREATE INDEX ix_meeting_step_meeting_id ON meeting_step (meeting_id);

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
    categories TEXT NOT NULL,
    source TEXT NOT NULL,
    source_on TEXT,
    extra TEXT NOT NULL,
    CONSTRAINT ck_organization_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT fk_organization_body_id FOREIGN KEY(body_id) REFERENCES body (id),
    CONSTRAINT fk_organization_part_of_id FOREIGN KEY(part_of_id) REFERENCES organization (id)
)
 STRICT;

INSERT INTO organization_new ("id", "version", "name", "organization_type", "classification", "email", "tel", "street_address", "postal_code", "locality", "note", "confidentiality", "uid", "oparl_id", "body_id", "part_of_id", "short_name", "website", "country", "start_date", "end_date", "member_count", "voting_member_count", "ladungsfrist", "mayor_attends", "categories", "source", "source_on", "extra")
SELECT "id", "version", "name", "organization_type", "classification", "email", "tel", "street_address", "postal_code", "locality", "note", "confidentiality", NULL, NULL, NULL, NULL, '', '', '', NULL, NULL, NULL, NULL, '', 1, '[]', '', NULL, '{}'
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

CREATE TABLE paper (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    body_id INTEGER,
    name TEXT NOT NULL,
    reference TEXT NOT NULL,
    date TEXT,
    paper_type TEXT NOT NULL,
    confidentiality TEXT NOT NULL,
    oparl_id TEXT,
    created TEXT,
    modified TEXT,
    web TEXT NOT NULL,
    deleted INTEGER NOT NULL,
    extra TEXT NOT NULL,
    CONSTRAINT ck_paper_confidentiality CHECK (confidentiality IN ('oeffentlich', 'intern', 'vertraulich', 'persoenlich')),
    CONSTRAINT fk_paper_body_id FOREIGN KEY(body_id) REFERENCES body (id)
)
 STRICT;

CREATE INDEX ix_paper_body_id ON paper (body_id);

CREATE INDEX ix_paper_reference ON paper (reference);

CREATE UNIQUE INDEX uq_paper_oparl_id ON paper (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE consultation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    paper_id INTEGER,
    meeting_id INTEGER,
    agenda_item_id INTEGER,
    position INTEGER NOT NULL,
    authoritative INTEGER,
    role TEXT NOT NULL,
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

CREATE INDEX ix_consultation_agenda_item_id ON consultation (agenda_item_id);

CREATE INDEX ix_consultation_meeting_id ON consultation (meeting_id);

CREATE INDEX ix_consultation_paper_id ON consultation (paper_id);

CREATE UNIQUE INDEX uq_consultation_oparl_id ON consultation (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE file_link (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    file_id INTEGER NOT NULL,
    meeting_id INTEGER,
    agenda_item_id INTEGER,
    paper_id INTEGER,
    role TEXT NOT NULL,
    CONSTRAINT fk_file_link_file_id FOREIGN KEY(file_id) REFERENCES file (id),
    CONSTRAINT fk_file_link_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_file_link_agenda_item_id FOREIGN KEY(agenda_item_id) REFERENCES agenda_item (id),
    CONSTRAINT fk_file_link_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id)
)
 STRICT;

CREATE INDEX ix_file_link_agenda_item_id ON file_link (agenda_item_id);

CREATE INDEX ix_file_link_file_id ON file_link (file_id);

CREATE INDEX ix_file_link_meeting_id ON file_link (meeting_id);

CREATE INDEX ix_file_link_paper_id ON file_link (paper_id);

CREATE TABLE meeting_organization (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT uq_meeting_organization_meeting_id_organization_id UNIQUE (meeting_id, organization_id),
    CONSTRAINT fk_meeting_organization_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
    CONSTRAINT fk_meeting_organization_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id)
)
 STRICT;

CREATE INDEX ix_meeting_organization_meeting_id ON meeting_organization (meeting_id);

CREATE INDEX ix_meeting_organization_organization_id ON meeting_organization (organization_id);

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
    extra TEXT NOT NULL,
    CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_membership_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_membership_on_behalf_of_id FOREIGN KEY(on_behalf_of_id) REFERENCES organization (id)
)
 STRICT;

INSERT INTO membership_new ("id", "version", "person_id", "organization_id", "on_behalf_of_id", "role", "start_date", "end_date", "oparl_id", "voting_right", "extra")
SELECT "id", "version", "person_id", "organization_id", "on_behalf_of_id", "role", "start_date", "end_date", NULL, NULL, '{}'
FROM membership;

DELETE FROM sqlite_sequence WHERE name = 'membership_new';

INSERT INTO sqlite_sequence(name, seq) SELECT 'membership_new', seq FROM sqlite_sequence WHERE name = 'membership';

DROP TABLE membership;

ALTER TABLE membership_new RENAME TO membership;

CREATE INDEX ix_membership_on_behalf_of_id ON membership (on_behalf_of_id);

CREATE INDEX ix_membership_organization_id ON membership (organization_id);

CREATE INDEX ix_membership_person_id ON membership (person_id);

CREATE UNIQUE INDEX uq_membership_oparl_id ON membership (oparl_id) WHERE oparl_id IS NOT NULL;

CREATE TABLE paper_party (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    paper_id INTEGER NOT NULL,
    organization_id INTEGER,
    person_id INTEGER,
    role TEXT NOT NULL,
    CONSTRAINT ck_paper_party_one CHECK ((organization_id IS NULL) <> (person_id IS NULL)),
    CONSTRAINT fk_paper_party_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id),
    CONSTRAINT fk_paper_party_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id),
    CONSTRAINT fk_paper_party_person_id FOREIGN KEY(person_id) REFERENCES person (id)
)
 STRICT;

CREATE INDEX ix_paper_party_organization_id ON paper_party (organization_id);

CREATE INDEX ix_paper_party_paper_id ON paper_party (paper_id);

CREATE INDEX ix_paper_party_person_id ON paper_party (person_id);

CREATE TABLE paper_relation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    paper_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    CONSTRAINT uq_paper_relation_paper_id_other_id_role UNIQUE (paper_id, other_id, role),
    CONSTRAINT fk_paper_relation_paper_id FOREIGN KEY(paper_id) REFERENCES paper (id),
    CONSTRAINT fk_paper_relation_other_id FOREIGN KEY(other_id) REFERENCES paper (id)
)
 STRICT;

CREATE INDEX ix_paper_relation_other_id ON paper_relation (other_id);

CREATE INDEX ix_paper_relation_paper_id ON paper_relation (paper_id);

CREATE TABLE consultation_organization (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    consultation_id INTEGER NOT NULL,
    organization_id INTEGER NOT NULL,
    CONSTRAINT uq_consultation_organization_consultation_id_organization_id UNIQUE (consultation_id, organization_id),
    CONSTRAINT fk_consultation_organization_consultation_id FOREIGN KEY(consultation_id) REFERENCES consultation (id),
    CONSTRAINT fk_consultation_organization_organization_id FOREIGN KEY(organization_id) REFERENCES organization (id)
)
 STRICT;

CREATE INDEX ix_consultation_organization_consultation_id ON consultation_organization (consultation_id);

CREATE INDEX ix_consultation_organization_organization_id ON consultation_organization (organization_id);

DROP INDEX ix_task_open;

CREATE INDEX ix_task_done ON task (done_at, request_id, event_id) WHERE done_at IS NOT NULL;

CREATE INDEX ix_task_open ON task (due_on, due_time, request_id, event_id) WHERE done_at IS NULL;
