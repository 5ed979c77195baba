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
  pdf BOOLEAN NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE,
  ended_at TIMESTAMP WITH TIME ZONE,
  ended_by TEXT,
  CONSTRAINT pk_grants PRIMARY KEY (owner, id),
  CONSTRAINT ck_grants_scope CHECK (end_day > first_day),
  CONSTRAINT ck_grants_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL)),
  CONSTRAINT ck_grants_reader CHECK (reader <> owner),
  CONSTRAINT fk_grants_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_grants_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_grants_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_grants_reader_length CHECK (length(reader) BETWEEN 1 AND 40),
  CONSTRAINT ck_grants_reader_name_length CHECK (length(reader_name) BETWEEN 1 AND 40),
  CONSTRAINT ck_grants_kind_choice CHECK (kind IN ('read', 'help')),
  CONSTRAINT ck_grants_items_length CHECK (length(items) BETWEEN 1 AND 4100),
  CONSTRAINT ck_grants_ended_by_choice CHECK (ended_by IN ('owner', 'reader', 'operator'))
)
-- next
CREATE UNIQUE INDEX ix_grants_owner_reader_kind ON grants (owner, reader, kind) WHERE ended_at IS NULL
-- next
CREATE INDEX ix_grants_reader_kind ON grants (reader, kind) WHERE ended_at IS NULL
