CREATE TABLE grants (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  reader TEXT NOT NULL,
  reader_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  first_day DATE,
  end_day DATE,
  items TEXT,
  notes BOOLEAN NOT NULL,
  created_at DATETIME NOT NULL,
  expires_at DATETIME,
  ended_at DATETIME,
  ended_by TEXT,
  CONSTRAINT pk_grants PRIMARY KEY (owner, id),
  CONSTRAINT ck_grants_scope CHECK (end_day > first_day),
  CONSTRAINT ck_grants_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
  CONSTRAINT ck_grants_reader CHECK (reader <> owner),
  CONSTRAINT fk_grants_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_grants_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_grants_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_grants_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_grants_id_text CHECK (id IS NULL OR (typeof(id) = 'text' AND instr(id, char(0)) = 0)),
  CONSTRAINT ck_grants_reader_length CHECK (length(reader) BETWEEN 1 AND 40),
  CONSTRAINT ck_grants_reader_text CHECK (reader IS NULL OR (typeof(reader) = 'text' AND instr(reader, char(0)) = 0)),
  CONSTRAINT ck_grants_reader_name_length CHECK (length(reader_name) BETWEEN 1 AND 40),
  CONSTRAINT ck_grants_reader_name_text CHECK (reader_name IS NULL OR (typeof(reader_name) = 'text' AND instr(reader_name, char(0)) = 0)),
  CONSTRAINT ck_grants_kind_choice CHECK (kind IN ('read', 'help')),
  CONSTRAINT ck_grants_first_day_day CHECK (date(first_day, '+0 days') IS first_day),
  CONSTRAINT ck_grants_end_day_day CHECK (date(end_day, '+0 days') IS end_day),
  CONSTRAINT ck_grants_items_length CHECK (length(items) BETWEEN 1 AND 4100),
  CONSTRAINT ck_grants_items_text CHECK (items IS NULL OR (typeof(items) = 'text' AND instr(items, char(0)) = 0)),
  CONSTRAINT ck_grants_notes_flag CHECK (notes IN (0, 1)),
  CONSTRAINT ck_grants_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_grants_expires_at_utc CHECK (expires_at IS NULL OR (length(expires_at) = 26 AND datetime(substr(expires_at, 1, 19), '+0 days') IS substr(expires_at, 1, 19))),
  CONSTRAINT ck_grants_ended_at_utc CHECK (ended_at IS NULL OR (length(ended_at) = 26 AND datetime(substr(ended_at, 1, 19), '+0 days') IS substr(ended_at, 1, 19))),
  CONSTRAINT ck_grants_ended_by_choice CHECK (ended_by IN ('owner', 'reader', 'operator'))
)
 WITHOUT ROWID
-- next
CREATE UNIQUE INDEX ix_grants_owner_reader_kind ON grants (owner, reader, kind) WHERE ended_at IS NULL
-- next
CREATE INDEX ix_grants_reader_kind ON grants (reader, kind) WHERE ended_at IS NULL
