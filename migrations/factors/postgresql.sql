CREATE TABLE factors (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  secret BYTEA NOT NULL,
  label TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  confirmed_at TIMESTAMP WITH TIME ZONE,
  last_step INTEGER,
  CONSTRAINT pk_factors PRIMARY KEY (owner, id),
  CONSTRAINT ck_factors_confirmed CHECK ((confirmed_at IS NULL) = (last_step IS NULL)),
  CONSTRAINT fk_factors_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_factors_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_factors_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_factors_kind_choice CHECK (kind IN ('totp')),
  CONSTRAINT ck_factors_secret_length CHECK (length(secret) BETWEEN 1 AND 200),
  CONSTRAINT ck_factors_label_length CHECK (length(label) BETWEEN 0 AND 40),
  CONSTRAINT ck_factors_last_step_range CHECK (last_step BETWEEN 0 AND 2147483647)
)
-- next
CREATE UNIQUE INDEX uq_factors_begun ON factors (owner) WHERE confirmed_at IS NULL
-- next
ALTER TABLE attempts DROP CONSTRAINT ck_attempts_kind_choice
-- next
ALTER TABLE attempts ADD CONSTRAINT ck_attempts_kind_choice CHECK (kind IN ('account', 'network', 'device', 'recovery', 'link', 'register', 'password', 'factor'))
-- next
ALTER TABLE recovery_codes DROP CONSTRAINT ck_recovery_codes_kind_choice
-- next
ALTER TABLE recovery_codes ADD CONSTRAINT ck_recovery_codes_kind_choice CHECK (kind IN ('sheet', 'operator', 'factor'))
