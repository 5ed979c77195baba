CREATE TABLE readings (
  owner TEXT NOT NULL,
  reader TEXT NOT NULL,
  what TEXT NOT NULL,
  hour TIMESTAMP WITH TIME ZONE NOT NULL,
  reader_kind TEXT NOT NULL,
  reader_name TEXT NOT NULL,
  times INTEGER NOT NULL,
  first_at TIMESTAMP WITH TIME ZONE NOT NULL,
  last_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_readings PRIMARY KEY (owner, reader, what, hour),
  CONSTRAINT ck_readings_order CHECK (hour <= first_at AND first_at <= last_at),
  CONSTRAINT fk_readings_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_readings_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_readings_reader_length CHECK (length(reader) BETWEEN 1 AND 40),
  CONSTRAINT ck_readings_what_choice CHECK (what IN ('opened', 'list', 'report', 'trends', 'pdf', 'file', 'night_form')),
  CONSTRAINT ck_readings_reader_kind_choice CHECK (reader_kind IN ('clinician', 'helper', 'link', 'operator')),
  CONSTRAINT ck_readings_reader_name_length CHECK (length(reader_name) BETWEEN 1 AND 100),
  CONSTRAINT ck_readings_times_range CHECK (times BETWEEN 1 AND 2147483647)
)
-- next
CREATE INDEX ix_readings_owner_hour ON readings (owner, hour)
