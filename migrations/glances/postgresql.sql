CREATE TABLE glances (
  owner TEXT NOT NULL,
  reader TEXT NOT NULL,
  grant_id TEXT NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  due_at TIMESTAMP WITH TIME ZONE NOT NULL,
  need BIGINT NOT NULL,
  closed DATE NOT NULL,
  ruler TEXT NOT NULL,
  expected INTEGER,
  logged INTEGER,
  change INTEGER,
  last_entry DATE NOT NULL,
  lowest_mood INTEGER,
  verdict TEXT,
  reason TEXT,
  pains TEXT NOT NULL,
  CONSTRAINT pk_glances PRIMARY KEY (owner, reader),
  CONSTRAINT fk_glances_owner_grant_id_grants FOREIGN KEY(owner, grant_id) REFERENCES grants (owner, id),
  CONSTRAINT ck_glances_counted CHECK ((expected IS NULL) = (logged IS NULL)),
  CONSTRAINT ck_glances_logged_expected CHECK (logged <= expected),
  CONSTRAINT ck_glances_reason_verdict CHECK (reason IS NULL OR verdict = 'not_assessable'),
  CONSTRAINT fk_glances_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_glances_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_glances_reader_length CHECK (length(reader) BETWEEN 1 AND 40),
  CONSTRAINT ck_glances_grant_id_length CHECK (length(grant_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_glances_name_key_length CHECK (length(name_key) BETWEEN 1 AND 800),
  CONSTRAINT ck_glances_need_range CHECK (need BETWEEN 0 AND 116865952116865951),
  CONSTRAINT ck_glances_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_glances_expected_range CHECK (expected BETWEEN 0 AND 14),
  CONSTRAINT ck_glances_logged_range CHECK (logged BETWEEN 0 AND 14),
  CONSTRAINT ck_glances_change_range CHECK (change BETWEEN -1000000000 AND 1000000000),
  CONSTRAINT ck_glances_lowest_mood_range CHECK (lowest_mood BETWEEN 0 AND 100),
  CONSTRAINT ck_glances_verdict_choice CHECK (verdict IN ('responder', 'non_responder', 'not_assessable')),
  CONSTRAINT ck_glances_reason_choice CHECK (reason IN ('scale_changed', 'no_baseline', 'phase_boundary', 'too_few_days', 'baseline_zero', 'baseline_too_low', 'no_pgic', 'blinded', 'not_shared')),
  CONSTRAINT ck_glances_pains_length CHECK (length(pains) BETWEEN 1 AND 224)
)
-- next
CREATE INDEX ix_glances_by_last_entry ON glances (reader, last_entry, owner, name_key)
-- next
CREATE INDEX ix_glances_by_name ON glances (reader, name_key, owner)
-- next
CREATE INDEX ix_glances_by_need ON glances (reader, need, owner, name_key)
-- next
CREATE INDEX ix_glances_due_at ON glances (due_at)
