CREATE TABLE factors (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  secret BLOB NOT NULL,
  label TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  confirmed_at DATETIME,
  last_step INTEGER,
  CONSTRAINT pk_factors PRIMARY KEY (owner, id),
  CONSTRAINT ck_factors_confirmed CHECK ((confirmed_at IS NULL) = (last_step IS NULL)),
  CONSTRAINT fk_factors_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_factors_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_factors_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_factors_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_factors_id_text CHECK (id IS NULL OR (typeof(id) = 'text' AND instr(id, char(0)) = 0)),
  CONSTRAINT ck_factors_kind_choice CHECK (kind IN ('totp')),
  CONSTRAINT ck_factors_secret_length CHECK (length(secret) BETWEEN 1 AND 200),
  CONSTRAINT ck_factors_secret_bytes CHECK (secret IS NULL OR typeof(secret) = 'blob'),
  CONSTRAINT ck_factors_label_length CHECK (length(label) BETWEEN 0 AND 40),
  CONSTRAINT ck_factors_label_text CHECK (label IS NULL OR (typeof(label) = 'text' AND instr(label, char(0)) = 0)),
  CONSTRAINT ck_factors_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_factors_confirmed_at_utc CHECK (confirmed_at IS NULL OR (length(confirmed_at) = 26 AND datetime(substr(confirmed_at, 1, 19), '+0 days') IS substr(confirmed_at, 1, 19))),
  CONSTRAINT ck_factors_last_step_range CHECK (last_step BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_factors_last_step_whole CHECK (last_step IS NULL OR typeof(last_step) = 'integer')
)
 WITHOUT ROWID
-- next
CREATE UNIQUE INDEX uq_factors_begun ON factors (owner) WHERE confirmed_at IS NULL
-- next
DROP INDEX ix_attempts_last_at
-- next
ALTER TABLE attempts RENAME TO attempts_before
-- next
CREATE TABLE attempts (
  kind TEXT NOT NULL,
  bucket_sha256 BLOB NOT NULL,
  failures INTEGER NOT NULL,
  last_at DATETIME NOT NULL,
  not_before DATETIME NOT NULL,
  CONSTRAINT pk_attempts PRIMARY KEY (kind, bucket_sha256),
  CONSTRAINT ck_attempts_kind_choice CHECK (kind IN ('account', 'network', 'device', 'recovery', 'link', 'register', 'password', 'factor')),
  CONSTRAINT ck_attempts_bucket_sha256_length CHECK (length(bucket_sha256) = 32),
  CONSTRAINT ck_attempts_bucket_sha256_bytes CHECK (bucket_sha256 IS NULL OR typeof(bucket_sha256) = 'blob'),
  CONSTRAINT ck_attempts_failures_range CHECK (failures BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_attempts_failures_whole CHECK (failures IS NULL OR typeof(failures) = 'integer'),
  CONSTRAINT ck_attempts_last_at_utc CHECK (last_at IS NULL OR (length(last_at) = 26 AND datetime(substr(last_at, 1, 19), '+0 days') IS substr(last_at, 1, 19))),
  CONSTRAINT ck_attempts_not_before_utc CHECK (not_before IS NULL OR (length(not_before) = 26 AND datetime(substr(not_before, 1, 19), '+0 days') IS substr(not_before, 1, 19)))
)
 WITHOUT ROWID
-- next
INSERT INTO attempts (kind, bucket_sha256, failures, last_at, not_before) SELECT kind, bucket_sha256, failures, last_at, not_before FROM attempts_before
-- next
DROP TABLE attempts_before
-- next
CREATE INDEX ix_attempts_last_at ON attempts (last_at)
-- next
ALTER TABLE recovery_codes RENAME TO recovery_codes_before
-- next
CREATE TABLE recovery_codes (
  owner TEXT NOT NULL,
  code_sha256 BLOB NOT NULL,
  kind TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  expires_at DATETIME,
  used_at DATETIME,
  CONSTRAINT pk_recovery_codes PRIMARY KEY (owner, code_sha256),
  CONSTRAINT fk_recovery_codes_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_recovery_codes_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_recovery_codes_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_recovery_codes_code_sha256_length CHECK (length(code_sha256) = 32),
  CONSTRAINT ck_recovery_codes_code_sha256_bytes CHECK (code_sha256 IS NULL OR typeof(code_sha256) = 'blob'),
  CONSTRAINT ck_recovery_codes_kind_choice CHECK (kind IN ('sheet', 'operator', 'factor')),
  CONSTRAINT ck_recovery_codes_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_recovery_codes_expires_at_utc CHECK (expires_at IS NULL OR (length(expires_at) = 26 AND datetime(substr(expires_at, 1, 19), '+0 days') IS substr(expires_at, 1, 19))),
  CONSTRAINT ck_recovery_codes_used_at_utc CHECK (used_at IS NULL OR (length(used_at) = 26 AND datetime(substr(used_at, 1, 19), '+0 days') IS substr(used_at, 1, 19)))
)
 WITHOUT ROWID
-- next
INSERT INTO recovery_codes (owner, code_sha256, kind, created_at, expires_at, used_at) SELECT owner, code_sha256, kind, created_at, expires_at, used_at FROM recovery_codes_before
-- next
DROP TABLE recovery_codes_before
