CREATE TABLE studies (
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  "plan" TEXT NOT NULL,
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
  public_key BLOB,
  hidden_key BLOB,
  created_at DATETIME NOT NULL,
  closed_at DATETIME,
  asked_by TEXT,
  unblinded_at DATETIME,
  CONSTRAINT pk_studies PRIMARY KEY (id),
  CONSTRAINT ck_studies_pairs CHECK ((plan = 'own') = (pairs > 0 AND period_days > 0)),
  CONSTRAINT ck_studies_keys CHECK ((public_key IS NULL) = (hidden_key IS NULL)),
  CONSTRAINT ck_studies_unblinded CHECK (unblinded_at IS NULL OR closed_at IS NOT NULL),
  CONSTRAINT ck_studies_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_studies_id_text CHECK (id IS NULL OR (typeof(id) = 'text' AND instr(id, char(0)) = 0)),
  CONSTRAINT ck_studies_title_length CHECK (length(title) BETWEEN 1 AND 100),
  CONSTRAINT ck_studies_title_text CHECK (title IS NULL OR (typeof(title) = 'text' AND instr(title, char(0)) = 0)),
  CONSTRAINT ck_studies_plan_choice CHECK (plan IN ('pilot2009', 'crossover2013', 'cytokine2015', 'final2024', 'open_label', 'own')),
  CONSTRAINT ck_studies_medicine_length CHECK (length(medicine) BETWEEN 1 AND 100),
  CONSTRAINT ck_studies_medicine_text CHECK (medicine IS NULL OR (typeof(medicine) = 'text' AND instr(medicine, char(0)) = 0)),
  CONSTRAINT ck_studies_dose_ug_range CHECK (dose_ug BETWEEN 1 AND 1000000000),
  CONSTRAINT ck_studies_dose_ug_whole CHECK (dose_ug IS NULL OR typeof(dose_ug) = 'integer'),
  CONSTRAINT ck_studies_pairs_range CHECK (pairs BETWEEN 0 AND 8),
  CONSTRAINT ck_studies_pairs_whole CHECK (pairs IS NULL OR typeof(pairs) = 'integer'),
  CONSTRAINT ck_studies_period_days_range CHECK (period_days BETWEEN 0 AND 730),
  CONSTRAINT ck_studies_period_days_whole CHECK (period_days IS NULL OR typeof(period_days) = 'integer'),
  CONSTRAINT ck_studies_washout_days_range CHECK (washout_days BETWEEN 0 AND 730),
  CONSTRAINT ck_studies_washout_days_whole CHECK (washout_days IS NULL OR typeof(washout_days) = 'integer'),
  CONSTRAINT ck_studies_baseline_days_range CHECK (baseline_days BETWEEN 0 AND 730),
  CONSTRAINT ck_studies_baseline_days_whole CHECK (baseline_days IS NULL OR typeof(baseline_days) = 'integer'),
  CONSTRAINT ck_studies_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_studies_items_length CHECK (length(items) BETWEEN 0 AND 410),
  CONSTRAINT ck_studies_items_text CHECK (items IS NULL OR (typeof(items) = 'text' AND instr(items, char(0)) = 0)),
  CONSTRAINT ck_studies_size_range CHECK (size BETWEEN 1 AND 1000),
  CONSTRAINT ck_studies_size_whole CHECK (size IS NULL OR typeof(size) = 'integer'),
  CONSTRAINT ck_studies_least_nights_range CHECK (least_nights BETWEEN 0 AND 730),
  CONSTRAINT ck_studies_least_nights_whole CHECK (least_nights IS NULL OR typeof(least_nights) = 'integer'),
  CONSTRAINT ck_studies_enrolled_range CHECK (enrolled BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_studies_enrolled_whole CHECK (enrolled IS NULL OR typeof(enrolled) = 'integer'),
  CONSTRAINT ck_studies_public_key_length CHECK (length(public_key) = 32),
  CONSTRAINT ck_studies_public_key_bytes CHECK (public_key IS NULL OR typeof(public_key) = 'blob'),
  CONSTRAINT ck_studies_hidden_key_length CHECK (length(hidden_key) BETWEEN 1 AND 200),
  CONSTRAINT ck_studies_hidden_key_bytes CHECK (hidden_key IS NULL OR typeof(hidden_key) = 'blob'),
  CONSTRAINT ck_studies_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_studies_closed_at_utc CHECK (closed_at IS NULL OR (length(closed_at) = 26 AND datetime(substr(closed_at, 1, 19), '+0 days') IS substr(closed_at, 1, 19))),
  CONSTRAINT ck_studies_asked_by_length CHECK (length(asked_by) BETWEEN 1 AND 40),
  CONSTRAINT ck_studies_asked_by_text CHECK (asked_by IS NULL OR (typeof(asked_by) = 'text' AND instr(asked_by, char(0)) = 0)),
  CONSTRAINT ck_studies_unblinded_at_utc CHECK (unblinded_at IS NULL OR (length(unblinded_at) = 26 AND datetime(substr(unblinded_at, 1, 19), '+0 days') IS substr(unblinded_at, 1, 19)))
)
-- next
CREATE TABLE study_members (
  study TEXT NOT NULL,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  coordinates BOOLEAN NOT NULL,
  holds_key BOOLEAN NOT NULL,
  created_at DATETIME NOT NULL,
  CONSTRAINT pk_study_members PRIMARY KEY (study, account),
  CONSTRAINT ck_study_members_role CHECK (coordinates OR holds_key),
  CONSTRAINT fk_study_members_study_studies FOREIGN KEY(study) REFERENCES studies (id),
  CONSTRAINT ck_study_members_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_study_members_study_text CHECK (study IS NULL OR (typeof(study) = 'text' AND instr(study, char(0)) = 0)),
  CONSTRAINT ck_study_members_account_length CHECK (length(account) BETWEEN 1 AND 40),
  CONSTRAINT ck_study_members_account_text CHECK (account IS NULL OR (typeof(account) = 'text' AND instr(account, char(0)) = 0)),
  CONSTRAINT ck_study_members_name_length CHECK (length(name) BETWEEN 1 AND 40),
  CONSTRAINT ck_study_members_name_text CHECK (name IS NULL OR (typeof(name) = 'text' AND instr(name, char(0)) = 0)),
  CONSTRAINT ck_study_members_coordinates_flag CHECK (coordinates IN (0, 1)),
  CONSTRAINT ck_study_members_holds_key_flag CHECK (holds_key IN (0, 1)),
  CONSTRAINT ck_study_members_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE INDEX ix_study_members_account ON study_members (account)
-- next
CREATE UNIQUE INDEX uq_study_members_holder ON study_members (study) WHERE holds_key
-- next
CREATE TABLE consents (
  study TEXT NOT NULL,
  version INTEGER NOT NULL,
  words TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  CONSTRAINT pk_consents PRIMARY KEY (study, version),
  CONSTRAINT fk_consents_study_studies FOREIGN KEY(study) REFERENCES studies (id),
  CONSTRAINT ck_consents_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_consents_study_text CHECK (study IS NULL OR (typeof(study) = 'text' AND instr(study, char(0)) = 0)),
  CONSTRAINT ck_consents_version_range CHECK (version BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_consents_version_whole CHECK (version IS NULL OR typeof(version) = 'integer'),
  CONSTRAINT ck_consents_words_length CHECK (length(words) BETWEEN 1 AND 10000),
  CONSTRAINT ck_consents_words_text CHECK (words IS NULL OR (typeof(words) = 'text' AND instr(words, char(0)) = 0)),
  CONSTRAINT ck_consents_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE TABLE enrolment_codes (
  study TEXT NOT NULL,
  id TEXT NOT NULL,
  code_sha256 BLOB NOT NULL,
  created_at DATETIME NOT NULL,
  expires_at DATETIME NOT NULL,
  uses_left INTEGER NOT NULL,
  revoked_at DATETIME,
  CONSTRAINT pk_enrolment_codes PRIMARY KEY (study, id),
  CONSTRAINT uq_enrolment_codes_code_sha256 UNIQUE (code_sha256),
  CONSTRAINT ck_enrolment_codes_life CHECK (expires_at > created_at),
  CONSTRAINT fk_enrolment_codes_study_studies FOREIGN KEY(study) REFERENCES studies (id),
  CONSTRAINT ck_enrolment_codes_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_enrolment_codes_study_text CHECK (study IS NULL OR (typeof(study) = 'text' AND instr(study, char(0)) = 0)),
  CONSTRAINT ck_enrolment_codes_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_enrolment_codes_id_text CHECK (id IS NULL OR (typeof(id) = 'text' AND instr(id, char(0)) = 0)),
  CONSTRAINT ck_enrolment_codes_code_sha256_length CHECK (length(code_sha256) = 32),
  CONSTRAINT ck_enrolment_codes_code_sha256_bytes CHECK (code_sha256 IS NULL OR typeof(code_sha256) = 'blob'),
  CONSTRAINT ck_enrolment_codes_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_enrolment_codes_expires_at_utc CHECK (expires_at IS NULL OR (length(expires_at) = 26 AND datetime(substr(expires_at, 1, 19), '+0 days') IS substr(expires_at, 1, 19))),
  CONSTRAINT ck_enrolment_codes_uses_left_range CHECK (uses_left BETWEEN 0 AND 1000),
  CONSTRAINT ck_enrolment_codes_uses_left_whole CHECK (uses_left IS NULL OR typeof(uses_left) = 'integer'),
  CONSTRAINT ck_enrolment_codes_revoked_at_utc CHECK (revoked_at IS NULL OR (length(revoked_at) = 26 AND datetime(substr(revoked_at, 1, 19), '+0 days') IS substr(revoked_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE TABLE allocations (
  study TEXT NOT NULL,
  slot INTEGER NOT NULL,
  box BLOB NOT NULL,
  code TEXT,
  taken_at DATETIME,
  reason TEXT,
  CONSTRAINT pk_allocations PRIMARY KEY (study, slot),
  CONSTRAINT uq_allocations_study_code UNIQUE (study, code),
  CONSTRAINT ck_allocations_taken CHECK ((code IS NULL) = (taken_at IS NULL)),
  CONSTRAINT ck_allocations_reason CHECK (reason IS NULL OR code IS NOT NULL),
  CONSTRAINT fk_allocations_study_studies FOREIGN KEY(study) REFERENCES studies (id),
  CONSTRAINT ck_allocations_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_allocations_study_text CHECK (study IS NULL OR (typeof(study) = 'text' AND instr(study, char(0)) = 0)),
  CONSTRAINT ck_allocations_slot_range CHECK (slot BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_allocations_slot_whole CHECK (slot IS NULL OR typeof(slot) = 'integer'),
  CONSTRAINT ck_allocations_box_length CHECK (length(box) BETWEEN 1 AND 200),
  CONSTRAINT ck_allocations_box_bytes CHECK (box IS NULL OR typeof(box) = 'blob'),
  CONSTRAINT ck_allocations_code_length CHECK (length(code) BETWEEN 1 AND 12),
  CONSTRAINT ck_allocations_code_text CHECK (code IS NULL OR (typeof(code) = 'text' AND instr(code, char(0)) = 0)),
  CONSTRAINT ck_allocations_taken_at_utc CHECK (taken_at IS NULL OR (length(taken_at) = 26 AND datetime(substr(taken_at, 1, 19), '+0 days') IS substr(taken_at, 1, 19))),
  CONSTRAINT ck_allocations_reason_length CHECK (length(reason) BETWEEN 1 AND 500),
  CONSTRAINT ck_allocations_reason_text CHECK (reason IS NULL OR (typeof(reason) = 'text' AND instr(reason, char(0)) = 0))
)
 WITHOUT ROWID
-- next
CREATE TABLE participants (
  owner TEXT NOT NULL,
  study TEXT NOT NULL,
  code TEXT NOT NULL,
  consent INTEGER NOT NULL,
  joined_at DATETIME NOT NULL,
  start_day DATE NOT NULL,
  left_at DATETIME,
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
  CONSTRAINT ck_participants_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_participants_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_participants_study_text CHECK (study IS NULL OR (typeof(study) = 'text' AND instr(study, char(0)) = 0)),
  CONSTRAINT ck_participants_code_length CHECK (length(code) BETWEEN 1 AND 12),
  CONSTRAINT ck_participants_code_text CHECK (code IS NULL OR (typeof(code) = 'text' AND instr(code, char(0)) = 0)),
  CONSTRAINT ck_participants_consent_range CHECK (consent BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_participants_consent_whole CHECK (consent IS NULL OR typeof(consent) = 'integer'),
  CONSTRAINT ck_participants_joined_at_utc CHECK (joined_at IS NULL OR (length(joined_at) = 26 AND datetime(substr(joined_at, 1, 19), '+0 days') IS substr(joined_at, 1, 19))),
  CONSTRAINT ck_participants_start_day_day CHECK (date(start_day, '+0 days') IS start_day),
  CONSTRAINT ck_participants_left_at_utc CHECK (left_at IS NULL OR (length(left_at) = 26 AND datetime(substr(left_at, 1, 19), '+0 days') IS substr(left_at, 1, 19))),
  CONSTRAINT ck_participants_left_day_day CHECK (date(left_day, '+0 days') IS left_day),
  CONSTRAINT ck_participants_withdrawn_flag CHECK (withdrawn IN (0, 1))
)
 WITHOUT ROWID
-- next
CREATE UNIQUE INDEX uq_participants_present ON participants (owner) WHERE left_at IS NULL
-- next
CREATE TABLE unblindings (
  study TEXT NOT NULL,
  code TEXT NOT NULL,
  at DATETIME NOT NULL,
  by_account TEXT NOT NULL,
  by_name TEXT NOT NULL,
  reason TEXT NOT NULL,
  drawn INTEGER NOT NULL,
  CONSTRAINT pk_unblindings PRIMARY KEY (study, code),
  CONSTRAINT fk_unblindings_study_studies FOREIGN KEY(study) REFERENCES studies (id),
  CONSTRAINT ck_unblindings_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_unblindings_study_text CHECK (study IS NULL OR (typeof(study) = 'text' AND instr(study, char(0)) = 0)),
  CONSTRAINT ck_unblindings_code_length CHECK (length(code) BETWEEN 1 AND 12),
  CONSTRAINT ck_unblindings_code_text CHECK (code IS NULL OR (typeof(code) = 'text' AND instr(code, char(0)) = 0)),
  CONSTRAINT ck_unblindings_at_utc CHECK (at IS NULL OR (length(at) = 26 AND datetime(substr(at, 1, 19), '+0 days') IS substr(at, 1, 19))),
  CONSTRAINT ck_unblindings_by_account_length CHECK (length(by_account) BETWEEN 1 AND 40),
  CONSTRAINT ck_unblindings_by_account_text CHECK (by_account IS NULL OR (typeof(by_account) = 'text' AND instr(by_account, char(0)) = 0)),
  CONSTRAINT ck_unblindings_by_name_length CHECK (length(by_name) BETWEEN 1 AND 40),
  CONSTRAINT ck_unblindings_by_name_text CHECK (by_name IS NULL OR (typeof(by_name) = 'text' AND instr(by_name, char(0)) = 0)),
  CONSTRAINT ck_unblindings_reason_length CHECK (length(reason) BETWEEN 1 AND 500),
  CONSTRAINT ck_unblindings_reason_text CHECK (reason IS NULL OR (typeof(reason) = 'text' AND instr(reason, char(0)) = 0)),
  CONSTRAINT ck_unblindings_drawn_range CHECK (drawn BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_unblindings_drawn_whole CHECK (drawn IS NULL OR typeof(drawn) = 'integer')
)
 WITHOUT ROWID
-- next
DROP INDEX ix_readings_owner_hour
-- next
ALTER TABLE readings RENAME TO readings_before
-- next
CREATE TABLE readings (
  owner TEXT NOT NULL,
  reader TEXT NOT NULL,
  what TEXT NOT NULL,
  hour DATETIME NOT NULL,
  reader_kind TEXT NOT NULL,
  reader_name TEXT NOT NULL,
  times INTEGER NOT NULL,
  first_at DATETIME NOT NULL,
  last_at DATETIME NOT NULL,
  CONSTRAINT pk_readings PRIMARY KEY (owner, reader, what, hour),
  CONSTRAINT ck_readings_order CHECK (hour <= first_at AND first_at <= last_at),
  CONSTRAINT fk_readings_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_readings_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_readings_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_readings_reader_length CHECK (length(reader) BETWEEN 1 AND 40),
  CONSTRAINT ck_readings_reader_text CHECK (reader IS NULL OR (typeof(reader) = 'text' AND instr(reader, char(0)) = 0)),
  CONSTRAINT ck_readings_what_choice CHECK (what IN ('opened', 'list', 'report', 'trends', 'pdf', 'file', 'night_form', 'study')),
  CONSTRAINT ck_readings_hour_utc CHECK (hour IS NULL OR (length(hour) = 26 AND datetime(substr(hour, 1, 19), '+0 days') IS substr(hour, 1, 19))),
  CONSTRAINT ck_readings_reader_kind_choice CHECK (reader_kind IN ('clinician', 'helper', 'link', 'coordinator', 'operator')),
  CONSTRAINT ck_readings_reader_name_length CHECK (length(reader_name) BETWEEN 1 AND 100),
  CONSTRAINT ck_readings_reader_name_text CHECK (reader_name IS NULL OR (typeof(reader_name) = 'text' AND instr(reader_name, char(0)) = 0)),
  CONSTRAINT ck_readings_times_range CHECK (times BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_readings_times_whole CHECK (times IS NULL OR typeof(times) = 'integer'),
  CONSTRAINT ck_readings_first_at_utc CHECK (first_at IS NULL OR (length(first_at) = 26 AND datetime(substr(first_at, 1, 19), '+0 days') IS substr(first_at, 1, 19))),
  CONSTRAINT ck_readings_last_at_utc CHECK (last_at IS NULL OR (length(last_at) = 26 AND datetime(substr(last_at, 1, 19), '+0 days') IS substr(last_at, 1, 19)))
)
 WITHOUT ROWID
-- next
INSERT INTO readings (owner, reader, what, hour, reader_kind, reader_name, times, first_at, last_at) SELECT owner, reader, what, hour, reader_kind, reader_name, times, first_at, last_at FROM readings_before
-- next
DROP TABLE readings_before
-- next
CREATE INDEX ix_readings_owner_hour ON readings (owner, hour)
