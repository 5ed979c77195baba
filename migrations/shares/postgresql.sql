CREATE TABLE shares (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  token_sha256 BYTEA NOT NULL,
  first_day DATE,
  end_day DATE,
  items TEXT,
  notes BOOLEAN NOT NULL,
  pdf BOOLEAN NOT NULL,
  label TEXT NOT NULL,
  passphrase_hash TEXT,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  revoked_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_shares PRIMARY KEY (owner, id),
  CONSTRAINT ck_shares_scope CHECK (end_day > first_day),
  CONSTRAINT uq_shares_token_sha256 UNIQUE (token_sha256),
  CONSTRAINT ck_shares_life CHECK (expires_at > created_at),
  CONSTRAINT fk_shares_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_shares_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_shares_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_shares_token_sha256_length CHECK (length(token_sha256) = 32),
  CONSTRAINT ck_shares_items_length CHECK (length(items) BETWEEN 1 AND 4100),
  CONSTRAINT ck_shares_label_length CHECK (length(label) BETWEEN 0 AND 60),
  CONSTRAINT ck_shares_passphrase_hash_length CHECK (length(passphrase_hash) BETWEEN 1 AND 200)
)
-- next
CREATE TABLE share_openings (
  owner TEXT NOT NULL,
  share TEXT NOT NULL,
  id TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  device TEXT NOT NULL,
  CONSTRAINT pk_share_openings PRIMARY KEY (owner, share, id),
  CONSTRAINT fk_share_openings_owner_share_shares FOREIGN KEY(owner, share) REFERENCES shares (owner, id),
  CONSTRAINT fk_share_openings_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_share_openings_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_share_openings_share_length CHECK (length(share) BETWEEN 1 AND 40),
  CONSTRAINT ck_share_openings_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_share_openings_device_length CHECK (length(device) BETWEEN 0 AND 200)
)
-- next
CREATE TABLE share_readers (
  owner TEXT NOT NULL,
  share TEXT NOT NULL,
  token_sha256 BYTEA NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_share_readers PRIMARY KEY (owner, share, token_sha256),
  CONSTRAINT fk_share_readers_owner_share_shares FOREIGN KEY(owner, share) REFERENCES shares (owner, id),
  CONSTRAINT ck_share_readers_order CHECK (created_at <= seen_at),
  CONSTRAINT fk_share_readers_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_share_readers_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_share_readers_share_length CHECK (length(share) BETWEEN 1 AND 40),
  CONSTRAINT ck_share_readers_token_sha256_length CHECK (length(token_sha256) = 32)
)
-- next
CREATE INDEX ix_share_readers_seen_at ON share_readers (seen_at)
-- next
CREATE INDEX ix_share_readers_token_sha256_share ON share_readers (token_sha256, share)
