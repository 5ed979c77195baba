CREATE TABLE reminders (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  clock INTEGER NOT NULL,
  by_push BOOLEAN NOT NULL,
  by_mail BOOLEAN NOT NULL,
  due_at TIMESTAMP WITH TIME ZONE,
  off_at TIMESTAMP WITH TIME ZONE,
  tries INTEGER NOT NULL,
  reminded_day DATE,
  delivered_at TIMESTAMP WITH TIME ZONE,
  delivered_by TEXT,
  off_sha256 BYTEA NOT NULL,
  address BYTEA,
  confirm_sha256 BYTEA,
  asked INTEGER NOT NULL,
  asked_at TIMESTAMP WITH TIME ZONE,
  tested_at TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_reminders PRIMARY KEY (owner),
  CONSTRAINT uq_reminders_off_sha256 UNIQUE (off_sha256),
  CONSTRAINT uq_reminders_confirm_sha256 UNIQUE (confirm_sha256),
  CONSTRAINT ck_reminders_on_or_off CHECK ((due_at IS NULL) = (off_at IS NOT NULL)),
  CONSTRAINT ck_reminders_delivered CHECK ((delivered_at IS NULL) = (delivered_by IS NULL)),
  CONSTRAINT ck_reminders_asked CHECK (address IS NOT NULL OR confirm_sha256 IS NULL),
  CONSTRAINT ck_reminders_asked_at CHECK ((asked = 0) = (asked_at IS NULL)),
  CONSTRAINT fk_reminders_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_reminders_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_reminders_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_reminders_clock_range CHECK (clock BETWEEN 0 AND 1439),
  CONSTRAINT ck_reminders_tries_range CHECK (tries BETWEEN 0 AND 3),
  CONSTRAINT ck_reminders_delivered_by_choice CHECK (delivered_by IN ('push', 'mail')),
  CONSTRAINT ck_reminders_off_sha256_length CHECK (length(off_sha256) = 32),
  CONSTRAINT ck_reminders_address_length CHECK (length(address) BETWEEN 1 AND 2000),
  CONSTRAINT ck_reminders_confirm_sha256_length CHECK (length(confirm_sha256) = 32),
  CONSTRAINT ck_reminders_asked_range CHECK (asked BETWEEN 0 AND 2147483647)
)
-- next
CREATE INDEX ix_reminders_due_at ON reminders (due_at) WHERE due_at IS NOT NULL
-- next
CREATE TABLE subscriptions (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  session_sha256 BYTEA,
  device_sha256 BYTEA,
  endpoint_sha256 BYTEA NOT NULL,
  endpoint BYTEA NOT NULL,
  label TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_subscriptions PRIMARY KEY (owner, id),
  CONSTRAINT uq_subscriptions_endpoint_sha256 UNIQUE (endpoint_sha256),
  CONSTRAINT fk_subscriptions_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT fk_subscriptions_session_sha256_sessions FOREIGN KEY(session_sha256) REFERENCES sessions (token_sha256),
  CONSTRAINT ck_subscriptions_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_subscriptions_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_subscriptions_session_sha256_length CHECK (length(session_sha256) = 32),
  CONSTRAINT ck_subscriptions_device_sha256_length CHECK (length(device_sha256) = 32),
  CONSTRAINT ck_subscriptions_endpoint_sha256_length CHECK (length(endpoint_sha256) = 32),
  CONSTRAINT ck_subscriptions_endpoint_length CHECK (length(endpoint) BETWEEN 1 AND 2000),
  CONSTRAINT ck_subscriptions_label_length CHECK (length(label) BETWEEN 0 AND 200)
)
-- next
CREATE INDEX ix_subscriptions_device_sha256 ON subscriptions (device_sha256)
-- next
CREATE INDEX ix_subscriptions_session_sha256 ON subscriptions (session_sha256)
