DROP TABLE unblindings
-- next
DROP TABLE participants
-- next
DROP TABLE allocations
-- next
DROP TABLE enrolment_codes
-- next
DROP TABLE consents
-- next
DROP TABLE study_members
-- next
DROP TABLE studies
-- next
DELETE FROM readings WHERE reader_kind = 'coordinator' OR what = 'study'
-- next
DROP INDEX ix_readings_owner_hour
-- next
ALTER TABLE readings RENAME TO readings_before
-- next
CREATE TABLE readings (
  owner TEXT NOT NULL,
  reader TEXT NOT NULL,
  what TEXT NOT NULL,
  hour DATETIME NOT NULL,
  reader_kind TEXT NOT NULL,
  reader_name TEXT NOT NULL,
  times INTEGER NOT NULL,
  first_at DATETIME NOT NULL,
  last_at DATETIME NOT NULL,
  CONSTRAINT pk_readings PRIMARY KEY (owner, reader, what, hour),
  CONSTRAINT ck_readings_order CHECK (hour <= first_at AND first_at <= last_at),
  CONSTRAINT fk_readings_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_readings_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_readings_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_readings_reader_length CHECK (length(reader) BETWEEN 1 AND 40),
  CONSTRAINT ck_readings_reader_text CHECK (reader IS NULL OR (typeof(reader) = 'text' AND instr(reader, char(0)) = 0)),
  CONSTRAINT ck_readings_what_choice CHECK (what IN ('opened', 'list', 'report', 'trends', 'pdf', 'file', 'night_form')),
  CONSTRAINT ck_readings_hour_utc CHECK (hour IS NULL OR (length(hour) = 26 AND datetime(substr(hour, 1, 19), '+0 days') IS substr(hour, 1, 19))),
  CONSTRAINT ck_readings_reader_kind_choice CHECK (reader_kind IN ('clinician', 'helper', 'link', 'operator')),
  CONSTRAINT ck_readings_reader_name_length CHECK (length(reader_name) BETWEEN 1 AND 100),
  CONSTRAINT ck_readings_reader_name_text CHECK (reader_name IS NULL OR (typeof(reader_name) = 'text' AND instr(reader_name, char(0)) = 0)),
  CONSTRAINT ck_readings_times_range CHECK (times BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_readings_times_whole CHECK (times IS NULL OR typeof(times) = 'integer'),
  CONSTRAINT ck_readings_first_at_utc CHECK (first_at IS NULL OR (length(first_at) = 26 AND datetime(substr(first_at, 1, 19), '+0 days') IS substr(first_at, 1, 19))),
  CONSTRAINT ck_readings_last_at_utc CHECK (last_at IS NULL OR (length(last_at) = 26 AND datetime(substr(last_at, 1, 19), '+0 days') IS substr(last_at, 1, 19)))
)
 WITHOUT ROWID
-- next
INSERT INTO readings (owner, reader, what, hour, reader_kind, reader_name, times, first_at, last_at) SELECT owner, reader, what, hour, reader_kind, reader_name, times, first_at, last_at FROM readings_before
-- next
DROP TABLE readings_before
-- next
CREATE INDEX ix_readings_owner_hour ON readings (owner, hour)
