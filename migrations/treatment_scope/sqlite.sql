CREATE TABLE grants_before AS SELECT * FROM grants
-- next
DROP TABLE grants
-- next
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
  treatment BOOLEAN DEFAULT 0 NOT NULL,
  pdf BOOLEAN NOT NULL,
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
  CONSTRAINT ck_grants_treatment_flag CHECK (treatment IN (0, 1)),
  CONSTRAINT ck_grants_pdf_flag CHECK (pdf IN (0, 1)),
  CONSTRAINT ck_grants_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_grants_expires_at_utc CHECK (expires_at IS NULL OR (length(expires_at) = 26 AND datetime(substr(expires_at, 1, 19), '+0 days') IS substr(expires_at, 1, 19))),
  CONSTRAINT ck_grants_ended_at_utc CHECK (ended_at IS NULL OR (length(ended_at) = 26 AND datetime(substr(ended_at, 1, 19), '+0 days') IS substr(ended_at, 1, 19))),
  CONSTRAINT ck_grants_ended_by_choice CHECK (ended_by IN ('owner', 'reader', 'operator'))
)
 WITHOUT ROWID
-- next
INSERT INTO grants (owner, id, reader, reader_name, kind, first_day, end_day, items, notes, treatment, pdf, created_at, expires_at, ended_at, ended_by) SELECT owner, id, reader, reader_name, kind, first_day, end_day, items, notes, kind = 'read', pdf, created_at, expires_at, ended_at, ended_by FROM grants_before
-- next
DROP TABLE grants_before
-- next
CREATE UNIQUE INDEX ix_grants_owner_reader_kind ON grants (owner, reader, kind) WHERE ended_at IS NULL
-- next
CREATE INDEX ix_grants_reader_kind ON grants (reader, kind) WHERE ended_at IS NULL
-- next
CREATE TABLE grant_invitations_before AS SELECT * FROM grant_invitations
-- next
DROP TABLE grant_invitations
-- next
CREATE TABLE grant_invitations (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  token_sha256 BLOB NOT NULL,
  side TEXT NOT NULL,
  kind TEXT NOT NULL,
  first_day DATE,
  end_day DATE,
  items TEXT,
  notes BOOLEAN NOT NULL,
  treatment BOOLEAN DEFAULT 0 NOT NULL,
  pdf BOOLEAN NOT NULL,
  grant_end DATETIME,
  created_at DATETIME NOT NULL,
  expires_at DATETIME NOT NULL,
  used_at DATETIME,
  revoked_at DATETIME,
  CONSTRAINT pk_grant_invitations PRIMARY KEY (owner, id),
  CONSTRAINT ck_grant_invitations_scope CHECK (end_day > first_day),
  CONSTRAINT uq_grant_invitations_token_sha256 UNIQUE (token_sha256),
  CONSTRAINT ck_grant_invitations_asked CHECK (side = 'offer' OR (kind = 'read' AND first_day IS NULL AND end_day IS NULL AND items IS NULL AND NOT notes AND NOT treatment AND NOT pdf AND grant_end IS NULL)),
  CONSTRAINT ck_grant_invitations_life CHECK (expires_at > created_at),
  CONSTRAINT ck_grant_invitations_used_or_revoked CHECK (used_at IS NULL OR revoked_at IS NULL),
  CONSTRAINT fk_grant_invitations_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_grant_invitations_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_grant_invitations_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_grant_invitations_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_grant_invitations_id_text CHECK (id IS NULL OR (typeof(id) = 'text' AND instr(id, char(0)) = 0)),
  CONSTRAINT ck_grant_invitations_token_sha256_length CHECK (length(token_sha256) = 32),
  CONSTRAINT ck_grant_invitations_token_sha256_bytes CHECK (token_sha256 IS NULL OR typeof(token_sha256) = 'blob'),
  CONSTRAINT ck_grant_invitations_side_choice CHECK (side IN ('offer', 'ask')),
  CONSTRAINT ck_grant_invitations_kind_choice CHECK (kind IN ('read', 'help')),
  CONSTRAINT ck_grant_invitations_first_day_day CHECK (date(first_day, '+0 days') IS first_day),
  CONSTRAINT ck_grant_invitations_end_day_day CHECK (date(end_day, '+0 days') IS end_day),
  CONSTRAINT ck_grant_invitations_items_length CHECK (length(items) BETWEEN 1 AND 4100),
  CONSTRAINT ck_grant_invitations_items_text CHECK (items IS NULL OR (typeof(items) = 'text' AND instr(items, char(0)) = 0)),
  CONSTRAINT ck_grant_invitations_notes_flag CHECK (notes IN (0, 1)),
  CONSTRAINT ck_grant_invitations_treatment_flag CHECK (treatment IN (0, 1)),
  CONSTRAINT ck_grant_invitations_pdf_flag CHECK (pdf IN (0, 1)),
  CONSTRAINT ck_grant_invitations_grant_end_utc CHECK (grant_end IS NULL OR (length(grant_end) = 26 AND datetime(substr(grant_end, 1, 19), '+0 days') IS substr(grant_end, 1, 19))),
  CONSTRAINT ck_grant_invitations_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_grant_invitations_expires_at_utc CHECK (expires_at IS NULL OR (length(expires_at) = 26 AND datetime(substr(expires_at, 1, 19), '+0 days') IS substr(expires_at, 1, 19))),
  CONSTRAINT ck_grant_invitations_used_at_utc CHECK (used_at IS NULL OR (length(used_at) = 26 AND datetime(substr(used_at, 1, 19), '+0 days') IS substr(used_at, 1, 19))),
  CONSTRAINT ck_grant_invitations_revoked_at_utc CHECK (revoked_at IS NULL OR (length(revoked_at) = 26 AND datetime(substr(revoked_at, 1, 19), '+0 days') IS substr(revoked_at, 1, 19)))
)
 WITHOUT ROWID
-- next
INSERT INTO grant_invitations (owner, id, token_sha256, side, kind, first_day, end_day, items, notes, treatment, pdf, grant_end, created_at, expires_at, used_at, revoked_at) SELECT owner, id, token_sha256, side, kind, first_day, end_day, items, notes, kind = 'read' AND side = 'offer', pdf, grant_end, created_at, expires_at, used_at, revoked_at FROM grant_invitations_before
-- next
DROP TABLE grant_invitations_before
-- next
CREATE TABLE shares_before AS SELECT * FROM shares
-- next
DROP TABLE shares
-- next
CREATE TABLE shares (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  token_sha256 BLOB NOT NULL,
  first_day DATE,
  end_day DATE,
  items TEXT,
  notes BOOLEAN NOT NULL,
  treatment BOOLEAN DEFAULT 0 NOT NULL,
  pdf BOOLEAN NOT NULL,
  label TEXT NOT NULL,
  passphrase_hash TEXT,
  created_at DATETIME NOT NULL,
  expires_at DATETIME NOT NULL,
  revoked_at DATETIME,
  CONSTRAINT pk_shares PRIMARY KEY (owner, id),
  CONSTRAINT ck_shares_scope CHECK (end_day > first_day),
  CONSTRAINT uq_shares_token_sha256 UNIQUE (token_sha256),
  CONSTRAINT ck_shares_life CHECK (expires_at > created_at),
  CONSTRAINT fk_shares_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_shares_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_shares_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_shares_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_shares_id_text CHECK (id IS NULL OR (typeof(id) = 'text' AND instr(id, char(0)) = 0)),
  CONSTRAINT ck_shares_token_sha256_length CHECK (length(token_sha256) = 32),
  CONSTRAINT ck_shares_token_sha256_bytes CHECK (token_sha256 IS NULL OR typeof(token_sha256) = 'blob'),
  CONSTRAINT ck_shares_first_day_day CHECK (date(first_day, '+0 days') IS first_day),
  CONSTRAINT ck_shares_end_day_day CHECK (date(end_day, '+0 days') IS end_day),
  CONSTRAINT ck_shares_items_length CHECK (length(items) BETWEEN 1 AND 4100),
  CONSTRAINT ck_shares_items_text CHECK (items IS NULL OR (typeof(items) = 'text' AND instr(items, char(0)) = 0)),
  CONSTRAINT ck_shares_notes_flag CHECK (notes IN (0, 1)),
  CONSTRAINT ck_shares_treatment_flag CHECK (treatment IN (0, 1)),
  CONSTRAINT ck_shares_pdf_flag CHECK (pdf IN (0, 1)),
  CONSTRAINT ck_shares_label_length CHECK (length(label) BETWEEN 0 AND 60),
  CONSTRAINT ck_shares_label_text CHECK (label IS NULL OR (typeof(label) = 'text' AND instr(label, char(0)) = 0)),
  CONSTRAINT ck_shares_passphrase_hash_length CHECK (length(passphrase_hash) BETWEEN 1 AND 200),
  CONSTRAINT ck_shares_passphrase_hash_text CHECK (passphrase_hash IS NULL OR (typeof(passphrase_hash) = 'text' AND instr(passphrase_hash, char(0)) = 0)),
  CONSTRAINT ck_shares_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_shares_expires_at_utc CHECK (expires_at IS NULL OR (length(expires_at) = 26 AND datetime(substr(expires_at, 1, 19), '+0 days') IS substr(expires_at, 1, 19))),
  CONSTRAINT ck_shares_revoked_at_utc CHECK (revoked_at IS NULL OR (length(revoked_at) = 26 AND datetime(substr(revoked_at, 1, 19), '+0 days') IS substr(revoked_at, 1, 19)))
)
 WITHOUT ROWID
-- next
INSERT INTO shares (owner, id, token_sha256, first_day, end_day, items, notes, treatment, pdf, label, passphrase_hash, created_at, expires_at, revoked_at) SELECT owner, id, token_sha256, first_day, end_day, items, notes, 1, pdf, label, passphrase_hash, created_at, expires_at, revoked_at FROM shares_before
-- next
DROP TABLE shares_before
