CREATE TABLE shares (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  token_sha256 BLOB NOT NULL,
  first_day DATE,
  end_day DATE,
  items TEXT,
  notes BOOLEAN NOT NULL,
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
CREATE TABLE share_openings (
  owner TEXT NOT NULL,
  share TEXT NOT NULL,
  id TEXT NOT NULL,
  at DATETIME NOT NULL,
  device TEXT NOT NULL,
  CONSTRAINT pk_share_openings PRIMARY KEY (owner, share, id),
  CONSTRAINT fk_share_openings_owner_share_shares FOREIGN KEY(owner, share) REFERENCES shares (owner, id),
  CONSTRAINT fk_share_openings_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_share_openings_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_share_openings_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_share_openings_share_length CHECK (length(share) BETWEEN 1 AND 40),
  CONSTRAINT ck_share_openings_share_text CHECK (share IS NULL OR (typeof(share) = 'text' AND instr(share, char(0)) = 0)),
  CONSTRAINT ck_share_openings_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_share_openings_id_text CHECK (id IS NULL OR (typeof(id) = 'text' AND instr(id, char(0)) = 0)),
  CONSTRAINT ck_share_openings_at_utc CHECK (at IS NULL OR (length(at) = 26 AND datetime(substr(at, 1, 19), '+0 days') IS substr(at, 1, 19))),
  CONSTRAINT ck_share_openings_device_length CHECK (length(device) BETWEEN 0 AND 200),
  CONSTRAINT ck_share_openings_device_text CHECK (device IS NULL OR (typeof(device) = 'text' AND instr(device, char(0)) = 0))
)
 WITHOUT ROWID
-- next
CREATE TABLE share_readers (
  owner TEXT NOT NULL,
  share TEXT NOT NULL,
  token_sha256 BLOB NOT NULL,
  created_at DATETIME NOT NULL,
  seen_at DATETIME NOT NULL,
  CONSTRAINT pk_share_readers PRIMARY KEY (owner, share, token_sha256),
  CONSTRAINT fk_share_readers_owner_share_shares FOREIGN KEY(owner, share) REFERENCES shares (owner, id),
  CONSTRAINT ck_share_readers_order CHECK (created_at <= seen_at),
  CONSTRAINT fk_share_readers_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_share_readers_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_share_readers_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_share_readers_share_length CHECK (length(share) BETWEEN 1 AND 40),
  CONSTRAINT ck_share_readers_share_text CHECK (share IS NULL OR (typeof(share) = 'text' AND instr(share, char(0)) = 0)),
  CONSTRAINT ck_share_readers_token_sha256_length CHECK (length(token_sha256) = 32),
  CONSTRAINT ck_share_readers_token_sha256_bytes CHECK (token_sha256 IS NULL OR typeof(token_sha256) = 'blob'),
  CONSTRAINT ck_share_readers_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_share_readers_seen_at_utc CHECK (seen_at IS NULL OR (length(seen_at) = 26 AND datetime(substr(seen_at, 1, 19), '+0 days') IS substr(seen_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE INDEX ix_share_readers_seen_at ON share_readers (seen_at)
-- next
CREATE INDEX ix_share_readers_token_sha256_share ON share_readers (token_sha256, share)
