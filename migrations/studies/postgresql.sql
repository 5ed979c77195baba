CREATE TABLE studies (
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  plan TEXT NOT NULL,
  medicine TEXT NOT NULL,
  dose_ug INTEGER,
  pairs INTEGER NOT NULL,
  period_days INTEGER NOT NULL,
  washout_days INTEGER NOT NULL,
  baseline_days INTEGER NOT NULL,
  ruler TEXT NOT NULL,
  items TEXT NOT NULL,
  size INTEGER NOT NULL,
  least_nights INTEGER NOT NULL,
  enrolled INTEGER NOT NULL,
  public_key BYTEA,
  hidden_key BYTEA,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  closed_at TIMESTAMP WITH TIME ZONE,
  asked_by TEXT,
  unblinded_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_studies PRIMARY KEY (id),
  CONSTRAINT ck_studies_pairs CHECK ((plan = 'own') = (pairs > 0 AND period_days > 0)),
  CONSTRAINT ck_studies_keys CHECK ((public_key IS NULL) = (hidden_key IS NULL)),
  CONSTRAINT ck_studies_unblinded CHECK (unblinded_at IS NULL OR closed_at IS NOT NULL),
  CONSTRAINT ck_studies_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_studies_title_length CHECK (length(title) BETWEEN 1 AND 100),
  CONSTRAINT ck_studies_plan_choice CHECK (plan IN ('pilot2009', 'crossover2013', 'cytokine2015', 'final2024', 'open_label', 'own')),
  CONSTRAINT ck_studies_medicine_length CHECK (length(medicine) BETWEEN 1 AND 100),
  CONSTRAINT ck_studies_dose_ug_range CHECK (dose_ug BETWEEN 1 AND 1000000000),
  CONSTRAINT ck_studies_pairs_range CHECK (pairs BETWEEN 0 AND 8),
  CONSTRAINT ck_studies_period_days_range CHECK (period_days BETWEEN 0 AND 730),
  CONSTRAINT ck_studies_washout_days_range CHECK (washout_days BETWEEN 0 AND 730),
  CONSTRAINT ck_studies_baseline_days_range CHECK (baseline_days BETWEEN 0 AND 730),
  CONSTRAINT ck_studies_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_studies_items_length CHECK (length(items) BETWEEN 0 AND 410),
  CONSTRAINT ck_studies_size_range CHECK (size BETWEEN 1 AND 1000),
  CONSTRAINT ck_studies_least_nights_range CHECK (least_nights BETWEEN 0 AND 730),
  CONSTRAINT ck_studies_enrolled_range CHECK (enrolled BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_studies_public_key_length CHECK (length(public_key) = 32),
  CONSTRAINT ck_studies_hidden_key_length CHECK (length(hidden_key) BETWEEN 1 AND 200),
  CONSTRAINT ck_studies_asked_by_length CHECK (length(asked_by) BETWEEN 1 AND 40)
)
-- next
CREATE TABLE study_members (
  study TEXT NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  coordinates BOOLEAN NOT NULL,
  holds_key BOOLEAN NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_study_members PRIMARY KEY (study, account),
  CONSTRAINT ck_study_members_role CHECK (coordinates OR holds_key),
  CONSTRAINT fk_study_members_study_studies FOREIGN KEY(study) REFERENCES studies (id),
  CONSTRAINT ck_study_members_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_study_members_account_length CHECK (length(account) BETWEEN 1 AND 40),
  CONSTRAINT ck_study_members_name_length CHECK (length(name) BETWEEN 1 AND 40)
)
-- next
CREATE INDEX ix_study_members_account ON study_members (account)
-- next
CREATE UNIQUE INDEX uq_study_members_holder ON study_members (study) WHERE holds_key
-- next
CREATE TABLE consents (
  study TEXT NOT NULL,
  version INTEGER NOT NULL,
  words TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_consents PRIMARY KEY (study, version),
  CONSTRAINT fk_consents_study_studies FOREIGN KEY(study) REFERENCES studies (id),
  CONSTRAINT ck_consents_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_consents_version_range CHECK (version BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_consents_words_length CHECK (length(words) BETWEEN 1 AND 10000)
)
-- next
CREATE TABLE enrolment_codes (
  study TEXT NOT NULL,
  id TEXT NOT NULL,
  code_sha256 BYTEA NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  uses_left INTEGER NOT NULL,
  revoked_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_enrolment_codes PRIMARY KEY (study, id),
  CONSTRAINT uq_enrolment_codes_code_sha256 UNIQUE (code_sha256),
  CONSTRAINT ck_enrolment_codes_life CHECK (expires_at > created_at),
  CONSTRAINT fk_enrolment_codes_study_studies FOREIGN KEY(study) REFERENCES studies (id),
  CONSTRAINT ck_enrolment_codes_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_enrolment_codes_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_enrolment_codes_code_sha256_length CHECK (length(code_sha256) = 32),
  CONSTRAINT ck_enrolment_codes_uses_left_range CHECK (uses_left BETWEEN 0 AND 1000)
)
-- next
CREATE TABLE allocations (
  study TEXT NOT NULL,
  slot INTEGER NOT NULL,
  box BYTEA NOT NULL,
  code TEXT,
  taken_at TIMESTAMP WITH TIME ZONE,
  reason TEXT,
  CONSTRAINT pk_allocations PRIMARY KEY (study, slot),
  CONSTRAINT uq_allocations_study_code UNIQUE (study, code),
  CONSTRAINT ck_allocations_taken CHECK ((code IS NULL) = (taken_at IS NULL)),
  CONSTRAINT ck_allocations_reason CHECK (reason IS NULL OR code IS NOT NULL),
  CONSTRAINT fk_allocations_study_studies FOREIGN KEY(study) REFERENCES studies (id),
  CONSTRAINT ck_allocations_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_allocations_slot_range CHECK (slot BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_allocations_box_length CHECK (length(box) BETWEEN 1 AND 200),
  CONSTRAINT ck_allocations_code_length CHECK (length(code) BETWEEN 1 AND 12),
  CONSTRAINT ck_allocations_reason_length CHECK (length(reason) BETWEEN 1 AND 500)
)
-- next
CREATE TABLE participants (
  owner TEXT NOT NULL,
  study TEXT NOT NULL,
  code TEXT NOT NULL,
  consent INTEGER NOT NULL,
  joined_at TIMESTAMP WITH TIME ZONE NOT NULL,
  start_day DATE NOT NULL,
  left_at TIMESTAMP WITH TIME ZONE,
  left_day DATE,
  withdrawn BOOLEAN NOT NULL,
  CONSTRAINT pk_participants PRIMARY KEY (owner, study),
  CONSTRAINT fk_participants_study_consent_consents FOREIGN KEY(study, consent) REFERENCES consents (study, version),
  CONSTRAINT uq_participants_study_code UNIQUE (study, code),
  CONSTRAINT ck_participants_left CHECK ((left_at IS NULL) = (left_day IS NULL)),
  CONSTRAINT ck_participants_withdrawn CHECK (left_at IS NOT NULL OR NOT withdrawn),
  CONSTRAINT fk_participants_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT fk_participants_study_studies FOREIGN KEY(study) REFERENCES studies (id),
  CONSTRAINT ck_participants_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_participants_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_participants_code_length CHECK (length(code) BETWEEN 1 AND 12),
  CONSTRAINT ck_participants_consent_range CHECK (consent BETWEEN 1 AND 2147483647)
)
-- next
CREATE UNIQUE INDEX uq_participants_present ON participants (owner) WHERE left_at IS NULL
-- next
CREATE TABLE unblindings (
  study TEXT NOT NULL,
  code TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  by_account TEXT NOT NULL,
  by_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  drawn INTEGER NOT NULL,
  CONSTRAINT pk_unblindings PRIMARY KEY (study, code),
  CONSTRAINT fk_unblindings_study_studies FOREIGN KEY(study) REFERENCES studies (id),
  CONSTRAINT ck_unblindings_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_unblindings_code_length CHECK (length(code) BETWEEN 1 AND 12),
  CONSTRAINT ck_unblindings_by_account_length CHECK (length(by_account) BETWEEN 1 AND 40),
  CONSTRAINT ck_unblindings_by_name_length CHECK (length(by_name) BETWEEN 1 AND 40),
  CONSTRAINT ck_unblindings_reason_length CHECK (length(reason) BETWEEN 1 AND 500),
  CONSTRAINT ck_unblindings_drawn_range CHECK (drawn BETWEEN 0 AND 2147483647)
)
-- next
ALTER TABLE readings DROP CONSTRAINT ck_readings_what_choice
-- next
ALTER TABLE readings ADD CONSTRAINT ck_readings_what_choice CHECK (what IN ('opened', 'list', 'report', 'trends', 'pdf', 'file', 'night_form', 'study'))
-- next
ALTER TABLE readings DROP CONSTRAINT ck_readings_reader_kind_choice
-- next
ALTER TABLE readings ADD CONSTRAINT ck_readings_reader_kind_choice CHECK (reader_kind IN ('clinician', 'helper', 'link', 'coordinator', 'operator'))
