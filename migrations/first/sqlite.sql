CREATE TABLE audit_heads (
  owner TEXT NOT NULL,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_audit_heads PRIMARY KEY (owner),
  CONSTRAINT ck_audit_heads_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_audit_heads_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_audit_heads_number_range CHECK (number BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_audit_heads_number_whole CHECK (number IS NULL OR typeof(number) = 'integer'),
  CONSTRAINT ck_audit_heads_hash_length CHECK (length(hash) BETWEEN 64 AND 64),
  CONSTRAINT ck_audit_heads_hash_text CHECK (hash IS NULL OR (typeof(hash) = 'text' AND instr(hash, char(0)) = 0))
)
 WITHOUT ROWID
-- next
CREATE TABLE audit_events (
  owner TEXT NOT NULL,
  number INTEGER NOT NULL,
  at DATETIME NOT NULL,
  actor TEXT NOT NULL,
  verb TEXT NOT NULL,
  ids TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_audit_events PRIMARY KEY (owner, number),
  CONSTRAINT ck_audit_events_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_audit_events_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_audit_events_number_range CHECK (number BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_audit_events_number_whole CHECK (number IS NULL OR typeof(number) = 'integer'),
  CONSTRAINT ck_audit_events_at_utc CHECK (at IS NULL OR (length(at) = 26 AND datetime(substr(at, 1, 19), '+0 days') IS substr(at, 1, 19))),
  CONSTRAINT ck_audit_events_actor_length CHECK (length(actor) BETWEEN 1 AND 40),
  CONSTRAINT ck_audit_events_actor_text CHECK (actor IS NULL OR (typeof(actor) = 'text' AND instr(actor, char(0)) = 0)),
  CONSTRAINT ck_audit_events_verb_length CHECK (length(verb) BETWEEN 1 AND 60),
  CONSTRAINT ck_audit_events_verb_text CHECK (verb IS NULL OR (typeof(verb) = 'text' AND instr(verb, char(0)) = 0)),
  CONSTRAINT ck_audit_events_ids_length CHECK (length(ids) BETWEEN 0 AND 2000),
  CONSTRAINT ck_audit_events_ids_text CHECK (ids IS NULL OR (typeof(ids) = 'text' AND instr(ids, char(0)) = 0)),
  CONSTRAINT ck_audit_events_previous_length CHECK (length(previous) BETWEEN 64 AND 64),
  CONSTRAINT ck_audit_events_previous_text CHECK (previous IS NULL OR (typeof(previous) = 'text' AND instr(previous, char(0)) = 0)),
  CONSTRAINT ck_audit_events_hash_length CHECK (length(hash) BETWEEN 64 AND 64),
  CONSTRAINT ck_audit_events_hash_text CHECK (hash IS NULL OR (typeof(hash) = 'text' AND instr(hash, char(0)) = 0))
)
 WITHOUT ROWID
-- next
CREATE TRIGGER audit_events_update BEFORE UPDATE ON audit_events
WHEN NOT (0)
BEGIN SELECT RAISE(ABORT, 'rows of audit_events stay as they are'); END
-- next
CREATE TRIGGER audit_events_delete BEFORE DELETE ON audit_events
WHEN NOT (EXISTS (SELECT 1 FROM erasures WHERE owner = OLD.owner))
BEGIN SELECT RAISE(ABORT, 'rows of audit_events stay as they are'); END
-- next
CREATE TRIGGER audit_events_insert AFTER INSERT ON audit_events
BEGIN UPDATE audit_heads SET number = NEW.number, hash = NEW.hash WHERE owner = NEW.owner; END
-- next
CREATE TABLE audit_checkpoints (
  owner TEXT NOT NULL,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at DATETIME NOT NULL,
  signature TEXT NOT NULL,
  CONSTRAINT pk_audit_checkpoints PRIMARY KEY (owner, number),
  CONSTRAINT ck_audit_checkpoints_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_audit_checkpoints_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_audit_checkpoints_number_range CHECK (number BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_audit_checkpoints_number_whole CHECK (number IS NULL OR typeof(number) = 'integer'),
  CONSTRAINT ck_audit_checkpoints_hash_length CHECK (length(hash) BETWEEN 64 AND 64),
  CONSTRAINT ck_audit_checkpoints_hash_text CHECK (hash IS NULL OR (typeof(hash) = 'text' AND instr(hash, char(0)) = 0)),
  CONSTRAINT ck_audit_checkpoints_at_utc CHECK (at IS NULL OR (length(at) = 26 AND datetime(substr(at, 1, 19), '+0 days') IS substr(at, 1, 19))),
  CONSTRAINT ck_audit_checkpoints_signature_length CHECK (length(signature) BETWEEN 64 AND 64),
  CONSTRAINT ck_audit_checkpoints_signature_text CHECK (signature IS NULL OR (typeof(signature) = 'text' AND instr(signature, char(0)) = 0))
)
 WITHOUT ROWID
-- next
CREATE TRIGGER audit_checkpoints_update BEFORE UPDATE ON audit_checkpoints
WHEN NOT (0)
BEGIN SELECT RAISE(ABORT, 'rows of audit_checkpoints stay as they are'); END
-- next
CREATE TRIGGER audit_checkpoints_delete BEFORE DELETE ON audit_checkpoints
WHEN NOT (EXISTS (SELECT 1 FROM erasures WHERE owner = OLD.owner))
BEGIN SELECT RAISE(ABORT, 'rows of audit_checkpoints stay as they are'); END
-- next
CREATE TABLE erasures (
  owner TEXT NOT NULL,
  at DATETIME NOT NULL,
  CONSTRAINT pk_erasures PRIMARY KEY (owner),
  CONSTRAINT ck_erasures_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_erasures_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_erasures_at_utc CHECK (at IS NULL OR (length(at) = 26 AND datetime(substr(at, 1, 19), '+0 days') IS substr(at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE TRIGGER erasures_update BEFORE UPDATE ON erasures
WHEN NOT (0)
BEGIN SELECT RAISE(ABORT, 'rows of erasures stay as they are'); END
-- next
CREATE TRIGGER erasures_delete BEFORE DELETE ON erasures
WHEN NOT (0)
BEGIN SELECT RAISE(ABORT, 'rows of erasures stay as they are'); END
-- next
CREATE TABLE installation (
  id INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  test_clock BOOLEAN NOT NULL,
  created_at DATETIME NOT NULL,
  keys_saved_at DATETIME,
  CONSTRAINT pk_installation PRIMARY KEY (id),
  CONSTRAINT ck_installation_id_range CHECK (id BETWEEN 1 AND 1),
  CONSTRAINT ck_installation_id_whole CHECK (id IS NULL OR typeof(id) = 'integer'),
  CONSTRAINT ck_installation_epoch_length CHECK (length(epoch) BETWEEN 1 AND 40),
  CONSTRAINT ck_installation_epoch_text CHECK (epoch IS NULL OR (typeof(epoch) = 'text' AND instr(epoch, char(0)) = 0)),
  CONSTRAINT ck_installation_test_clock_flag CHECK (test_clock IN (0, 1)),
  CONSTRAINT ck_installation_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_installation_keys_saved_at_utc CHECK (keys_saved_at IS NULL OR (length(keys_saved_at) = 26 AND datetime(substr(keys_saved_at, 1, 19), '+0 days') IS substr(keys_saved_at, 1, 19)))
)
-- next
CREATE TABLE accounts (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  role TEXT NOT NULL,
  password_hash TEXT,
  zone TEXT NOT NULL,
  rollover INTEGER NOT NULL,
  theme TEXT NOT NULL,
  language TEXT NOT NULL,
  calm BOOLEAN NOT NULL,
  demo BOOLEAN NOT NULL,
  consent_version INTEGER,
  consented_at DATETIME,
  created_at DATETIME NOT NULL,
  disabled_at DATETIME,
  erase_at DATETIME,
  CONSTRAINT pk_accounts PRIMARY KEY (id),
  CONSTRAINT uq_accounts_name_key UNIQUE (name_key),
  CONSTRAINT ck_accounts_consent CHECK ((consent_version IS NULL) = (consented_at IS NULL)),
  CONSTRAINT ck_accounts_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_accounts_id_text CHECK (id IS NULL OR (typeof(id) = 'text' AND instr(id, char(0)) = 0)),
  CONSTRAINT ck_accounts_name_length CHECK (length(name) BETWEEN 1 AND 40),
  CONSTRAINT ck_accounts_name_text CHECK (name IS NULL OR (typeof(name) = 'text' AND instr(name, char(0)) = 0)),
  CONSTRAINT ck_accounts_name_key_length CHECK (length(name_key) BETWEEN 1 AND 800),
  CONSTRAINT ck_accounts_name_key_text CHECK (name_key IS NULL OR (typeof(name_key) = 'text' AND instr(name_key, char(0)) = 0)),
  CONSTRAINT ck_accounts_role_choice CHECK (role IN ('patient', 'clinician', 'coordinator')),
  CONSTRAINT ck_accounts_password_hash_length CHECK (length(password_hash) BETWEEN 0 AND 200),
  CONSTRAINT ck_accounts_password_hash_text CHECK (password_hash IS NULL OR (typeof(password_hash) = 'text' AND instr(password_hash, char(0)) = 0)),
  CONSTRAINT ck_accounts_zone_length CHECK (length(zone) BETWEEN 1 AND 64),
  CONSTRAINT ck_accounts_zone_text CHECK (zone IS NULL OR (typeof(zone) = 'text' AND instr(zone, char(0)) = 0)),
  CONSTRAINT ck_accounts_rollover_range CHECK (rollover BETWEEN 0 AND 720),
  CONSTRAINT ck_accounts_rollover_whole CHECK (rollover IS NULL OR typeof(rollover) = 'integer'),
  CONSTRAINT ck_accounts_theme_choice CHECK (theme IN ('auto', 'dim', 'light', 'sepia')),
  CONSTRAINT ck_accounts_language_length CHECK (length(language) BETWEEN 0 AND 16),
  CONSTRAINT ck_accounts_language_text CHECK (language IS NULL OR (typeof(language) = 'text' AND instr(language, char(0)) = 0)),
  CONSTRAINT ck_accounts_calm_flag CHECK (calm IN (0, 1)),
  CONSTRAINT ck_accounts_demo_flag CHECK (demo IN (0, 1)),
  CONSTRAINT ck_accounts_consent_version_range CHECK (consent_version BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_accounts_consent_version_whole CHECK (consent_version IS NULL OR typeof(consent_version) = 'integer'),
  CONSTRAINT ck_accounts_consented_at_utc CHECK (consented_at IS NULL OR (length(consented_at) = 26 AND datetime(substr(consented_at, 1, 19), '+0 days') IS substr(consented_at, 1, 19))),
  CONSTRAINT ck_accounts_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_accounts_disabled_at_utc CHECK (disabled_at IS NULL OR (length(disabled_at) = 26 AND datetime(substr(disabled_at, 1, 19), '+0 days') IS substr(disabled_at, 1, 19))),
  CONSTRAINT ck_accounts_erase_at_utc CHECK (erase_at IS NULL OR (length(erase_at) = 26 AND datetime(substr(erase_at, 1, 19), '+0 days') IS substr(erase_at, 1, 19)))
)
-- next
CREATE TABLE attempts (
  kind TEXT NOT NULL,
  bucket_sha256 BLOB NOT NULL,
  failures INTEGER NOT NULL,
  last_at DATETIME NOT NULL,
  not_before DATETIME NOT NULL,
  CONSTRAINT pk_attempts PRIMARY KEY (kind, bucket_sha256),
  CONSTRAINT ck_attempts_kind_choice CHECK (kind IN ('account', 'network', 'device', 'recovery', 'link', 'register', 'password')),
  CONSTRAINT ck_attempts_bucket_sha256_length CHECK (length(bucket_sha256) = 32),
  CONSTRAINT ck_attempts_bucket_sha256_bytes CHECK (bucket_sha256 IS NULL OR typeof(bucket_sha256) = 'blob'),
  CONSTRAINT ck_attempts_failures_range CHECK (failures BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_attempts_failures_whole CHECK (failures IS NULL OR typeof(failures) = 'integer'),
  CONSTRAINT ck_attempts_last_at_utc CHECK (last_at IS NULL OR (length(last_at) = 26 AND datetime(substr(last_at, 1, 19), '+0 days') IS substr(last_at, 1, 19))),
  CONSTRAINT ck_attempts_not_before_utc CHECK (not_before IS NULL OR (length(not_before) = 26 AND datetime(substr(not_before, 1, 19), '+0 days') IS substr(not_before, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE INDEX ix_attempts_last_at ON attempts (last_at)
-- next
CREATE TABLE invitations (
  token_sha256 BLOB NOT NULL,
  created_at DATETIME NOT NULL,
  expires_at DATETIME NOT NULL,
  used_at DATETIME,
  CONSTRAINT pk_invitations PRIMARY KEY (token_sha256),
  CONSTRAINT ck_invitations_token_sha256_length CHECK (length(token_sha256) = 32),
  CONSTRAINT ck_invitations_token_sha256_bytes CHECK (token_sha256 IS NULL OR typeof(token_sha256) = 'blob'),
  CONSTRAINT ck_invitations_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_invitations_expires_at_utc CHECK (expires_at IS NULL OR (length(expires_at) = 26 AND datetime(substr(expires_at, 1, 19), '+0 days') IS substr(expires_at, 1, 19))),
  CONSTRAINT ck_invitations_used_at_utc CHECK (used_at IS NULL OR (length(used_at) = 26 AND datetime(substr(used_at, 1, 19), '+0 days') IS substr(used_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE TABLE questionnaires (
  owner TEXT NOT NULL,
  number INTEGER NOT NULL,
  ruler TEXT NOT NULL,
  wording INTEGER NOT NULL,
  created_at DATETIME NOT NULL,
  CONSTRAINT pk_questionnaires PRIMARY KEY (owner, number),
  CONSTRAINT fk_questionnaires_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_questionnaires_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_questionnaires_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_questionnaires_number_range CHECK (number BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_questionnaires_number_whole CHECK (number IS NULL OR typeof(number) = 'integer'),
  CONSTRAINT ck_questionnaires_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_questionnaires_wording_range CHECK (wording BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_questionnaires_wording_whole CHECK (wording IS NULL OR typeof(wording) = 'integer'),
  CONSTRAINT ck_questionnaires_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE TRIGGER questionnaires_update BEFORE UPDATE ON questionnaires
WHEN NOT (0)
BEGIN SELECT RAISE(ABORT, 'rows of questionnaires stay as they are'); END
-- next
CREATE TRIGGER questionnaires_delete BEFORE DELETE ON questionnaires
WHEN NOT (EXISTS (SELECT 1 FROM erasures WHERE owner = OLD.owner))
BEGIN SELECT RAISE(ABORT, 'rows of questionnaires stay as they are'); END
-- next
CREATE TABLE own_items (
  owner TEXT NOT NULL,
  item TEXT NOT NULL,
  name TEXT NOT NULL,
  question TEXT NOT NULL,
  low TEXT NOT NULL,
  high TEXT NOT NULL,
  direction TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  CONSTRAINT pk_own_items PRIMARY KEY (owner, item),
  CONSTRAINT ck_own_items_item_own CHECK (substr(item, 1, 4) = 'own_' AND length(item) > 8),
  CONSTRAINT fk_own_items_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_own_items_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_own_items_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_own_items_item_length CHECK (length(item) BETWEEN 0 AND 40),
  CONSTRAINT ck_own_items_item_text CHECK (item IS NULL OR (typeof(item) = 'text' AND instr(item, char(0)) = 0)),
  CONSTRAINT ck_own_items_name_length CHECK (length(name) BETWEEN 1 AND 60),
  CONSTRAINT ck_own_items_name_text CHECK (name IS NULL OR (typeof(name) = 'text' AND instr(name, char(0)) = 0)),
  CONSTRAINT ck_own_items_question_length CHECK (length(question) BETWEEN 1 AND 200),
  CONSTRAINT ck_own_items_question_text CHECK (question IS NULL OR (typeof(question) = 'text' AND instr(question, char(0)) = 0)),
  CONSTRAINT ck_own_items_low_length CHECK (length(low) BETWEEN 0 AND 60),
  CONSTRAINT ck_own_items_low_text CHECK (low IS NULL OR (typeof(low) = 'text' AND instr(low, char(0)) = 0)),
  CONSTRAINT ck_own_items_high_length CHECK (length(high) BETWEEN 0 AND 60),
  CONSTRAINT ck_own_items_high_text CHECK (high IS NULL OR (typeof(high) = 'text' AND instr(high, char(0)) = 0)),
  CONSTRAINT ck_own_items_direction_choice CHECK (direction IN ('lower', 'higher', 'neutral')),
  CONSTRAINT ck_own_items_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE TRIGGER own_items_update BEFORE UPDATE ON own_items
WHEN NOT (NOT EXISTS (SELECT 1 FROM answers WHERE owner = OLD.owner AND item = OLD.item))
BEGIN SELECT RAISE(ABORT, 'rows of own_items stay as they are'); END
-- next
CREATE TRIGGER own_items_delete BEFORE DELETE ON own_items
WHEN NOT (EXISTS (SELECT 1 FROM erasures WHERE owner = OLD.owner))
BEGIN SELECT RAISE(ABORT, 'rows of own_items stay as they are'); END
-- next
CREATE TABLE imports (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  format TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  author TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  applied_at DATETIME,
  undone_at DATETIME,
  content BLOB,
  CONSTRAINT pk_imports PRIMARY KEY (owner, id),
  CONSTRAINT ck_imports_applied CHECK ((state IN ('applied', 'undone')) = (applied_at IS NOT NULL)),
  CONSTRAINT ck_imports_undone CHECK ((state = 'undone') = (undone_at IS NOT NULL)),
  CONSTRAINT ck_imports_content CHECK (content IS NULL OR state = 'staged'),
  CONSTRAINT fk_imports_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_imports_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_imports_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_imports_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_imports_id_text CHECK (id IS NULL OR (typeof(id) = 'text' AND instr(id, char(0)) = 0)),
  CONSTRAINT ck_imports_state_choice CHECK (state IN ('staged', 'applied', 'undone', 'dropped')),
  CONSTRAINT ck_imports_format_choice CHECK (format IN ('csv', 'json')),
  CONSTRAINT ck_imports_file_name_length CHECK (length(file_name) BETWEEN 0 AND 200),
  CONSTRAINT ck_imports_file_name_text CHECK (file_name IS NULL OR (typeof(file_name) = 'text' AND instr(file_name, char(0)) = 0)),
  CONSTRAINT ck_imports_file_sha256_length CHECK (length(file_sha256) BETWEEN 64 AND 64),
  CONSTRAINT ck_imports_file_sha256_text CHECK (file_sha256 IS NULL OR (typeof(file_sha256) = 'text' AND instr(file_sha256, char(0)) = 0)),
  CONSTRAINT ck_imports_author_length CHECK (length(author) BETWEEN 1 AND 40),
  CONSTRAINT ck_imports_author_text CHECK (author IS NULL OR (typeof(author) = 'text' AND instr(author, char(0)) = 0)),
  CONSTRAINT ck_imports_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_imports_applied_at_utc CHECK (applied_at IS NULL OR (length(applied_at) = 26 AND datetime(substr(applied_at, 1, 19), '+0 days') IS substr(applied_at, 1, 19))),
  CONSTRAINT ck_imports_undone_at_utc CHECK (undone_at IS NULL OR (length(undone_at) = 26 AND datetime(substr(undone_at, 1, 19), '+0 days') IS substr(undone_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE TABLE sessions (
  token_sha256 BLOB NOT NULL,
  owner TEXT NOT NULL,
  device_sha256 BLOB,
  label TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  seen_at DATETIME NOT NULL,
  confirmed_at DATETIME NOT NULL,
  expires_at DATETIME NOT NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (token_sha256),
  CONSTRAINT fk_sessions_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_sessions_token_sha256_length CHECK (length(token_sha256) = 32),
  CONSTRAINT ck_sessions_token_sha256_bytes CHECK (token_sha256 IS NULL OR typeof(token_sha256) = 'blob'),
  CONSTRAINT ck_sessions_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_sessions_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_sessions_device_sha256_length CHECK (length(device_sha256) = 32),
  CONSTRAINT ck_sessions_device_sha256_bytes CHECK (device_sha256 IS NULL OR typeof(device_sha256) = 'blob'),
  CONSTRAINT ck_sessions_label_length CHECK (length(label) BETWEEN 0 AND 200),
  CONSTRAINT ck_sessions_label_text CHECK (label IS NULL OR (typeof(label) = 'text' AND instr(label, char(0)) = 0)),
  CONSTRAINT ck_sessions_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_sessions_seen_at_utc CHECK (seen_at IS NULL OR (length(seen_at) = 26 AND datetime(substr(seen_at, 1, 19), '+0 days') IS substr(seen_at, 1, 19))),
  CONSTRAINT ck_sessions_confirmed_at_utc CHECK (confirmed_at IS NULL OR (length(confirmed_at) = 26 AND datetime(substr(confirmed_at, 1, 19), '+0 days') IS substr(confirmed_at, 1, 19))),
  CONSTRAINT ck_sessions_expires_at_utc CHECK (expires_at IS NULL OR (length(expires_at) = 26 AND datetime(substr(expires_at, 1, 19), '+0 days') IS substr(expires_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE INDEX ix_sessions_owner_seen_at ON sessions (owner, seen_at)
-- next
CREATE TABLE devices (
  owner TEXT NOT NULL,
  token_sha256 BLOB NOT NULL,
  label TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  seen_at DATETIME NOT NULL,
  CONSTRAINT pk_devices PRIMARY KEY (owner, token_sha256),
  CONSTRAINT fk_devices_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_devices_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_devices_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_devices_token_sha256_length CHECK (length(token_sha256) = 32),
  CONSTRAINT ck_devices_token_sha256_bytes CHECK (token_sha256 IS NULL OR typeof(token_sha256) = 'blob'),
  CONSTRAINT ck_devices_label_length CHECK (length(label) BETWEEN 0 AND 200),
  CONSTRAINT ck_devices_label_text CHECK (label IS NULL OR (typeof(label) = 'text' AND instr(label, char(0)) = 0)),
  CONSTRAINT ck_devices_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_devices_seen_at_utc CHECK (seen_at IS NULL OR (length(seen_at) = 26 AND datetime(substr(seen_at, 1, 19), '+0 days') IS substr(seen_at, 1, 19)))
)
 WITHOUT ROWID
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
  CONSTRAINT ck_recovery_codes_kind_choice CHECK (kind IN ('sheet', 'operator')),
  CONSTRAINT ck_recovery_codes_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19))),
  CONSTRAINT ck_recovery_codes_expires_at_utc CHECK (expires_at IS NULL OR (length(expires_at) = 26 AND datetime(substr(expires_at, 1, 19), '+0 days') IS substr(expires_at, 1, 19))),
  CONSTRAINT ck_recovery_codes_used_at_utc CHECK (used_at IS NULL OR (length(used_at) = 26 AND datetime(substr(used_at, 1, 19), '+0 days') IS substr(used_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE TABLE phases (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  start_day DATE NOT NULL,
  end_day DATE,
  label TEXT NOT NULL,
  medicine TEXT NOT NULL,
  dose_ug INTEGER,
  sealed BLOB,
  created_at DATETIME NOT NULL,
  CONSTRAINT pk_phases PRIMARY KEY (owner, id),
  CONSTRAINT uq_phases_owner_start_day UNIQUE (owner, start_day),
  CONSTRAINT ck_phases_order CHECK (end_day > start_day),
  CONSTRAINT ck_phases_blinded CHECK (kind <> 'blinded' OR (medicine = '' AND dose_ug IS NULL)),
  CONSTRAINT ck_phases_sealed CHECK (sealed IS NULL OR kind = 'blinded'),
  CONSTRAINT fk_phases_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_phases_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_phases_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_phases_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_phases_id_text CHECK (id IS NULL OR (typeof(id) = 'text' AND instr(id, char(0)) = 0)),
  CONSTRAINT ck_phases_kind_choice CHECK (kind IN ('baseline', 'placebo', 'treatment', 'washout', 'follow_up', 'blinded')),
  CONSTRAINT ck_phases_start_day_day CHECK (date(start_day, '+0 days') IS start_day),
  CONSTRAINT ck_phases_end_day_day CHECK (date(end_day, '+0 days') IS end_day),
  CONSTRAINT ck_phases_label_length CHECK (length(label) BETWEEN 0 AND 100),
  CONSTRAINT ck_phases_label_text CHECK (label IS NULL OR (typeof(label) = 'text' AND instr(label, char(0)) = 0)),
  CONSTRAINT ck_phases_medicine_length CHECK (length(medicine) BETWEEN 0 AND 100),
  CONSTRAINT ck_phases_medicine_text CHECK (medicine IS NULL OR (typeof(medicine) = 'text' AND instr(medicine, char(0)) = 0)),
  CONSTRAINT ck_phases_dose_ug_range CHECK (dose_ug BETWEEN 1 AND 1000000000),
  CONSTRAINT ck_phases_dose_ug_whole CHECK (dose_ug IS NULL OR typeof(dose_ug) = 'integer'),
  CONSTRAINT ck_phases_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE TABLE pauses (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  start_day DATE NOT NULL,
  end_day DATE,
  reason TEXT NOT NULL,
  created_at DATETIME NOT NULL,
  CONSTRAINT pk_pauses PRIMARY KEY (owner, id),
  CONSTRAINT ck_pauses_order CHECK (end_day > start_day),
  CONSTRAINT fk_pauses_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_pauses_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_pauses_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_pauses_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_pauses_id_text CHECK (id IS NULL OR (typeof(id) = 'text' AND instr(id, char(0)) = 0)),
  CONSTRAINT ck_pauses_start_day_day CHECK (date(start_day, '+0 days') IS start_day),
  CONSTRAINT ck_pauses_end_day_day CHECK (date(end_day, '+0 days') IS end_day),
  CONSTRAINT ck_pauses_reason_length CHECK (length(reason) BETWEEN 0 AND 500),
  CONSTRAINT ck_pauses_reason_text CHECK (reason IS NULL OR (typeof(reason) = 'text' AND instr(reason, char(0)) = 0)),
  CONSTRAINT ck_pauses_created_at_utc CHECK (created_at IS NULL OR (length(created_at) = 26 AND datetime(substr(created_at, 1, 19), '+0 days') IS substr(created_at, 1, 19)))
)
 WITHOUT ROWID
-- next
CREATE TABLE summaries (
  owner TEXT NOT NULL,
  item TEXT NOT NULL,
  ruler TEXT NOT NULL,
  as_of DATE NOT NULL,
  phase_kind TEXT,
  phase_start DATE,
  phase_end DATE,
  baseline_start DATE,
  baseline_end DATE,
  evaluation_start DATE,
  evaluation_end DATE,
  baseline_sum INTEGER NOT NULL,
  baseline_days INTEGER NOT NULL,
  evaluation_sum INTEGER NOT NULL,
  evaluation_days INTEGER NOT NULL,
  CONSTRAINT pk_summaries PRIMARY KEY (owner, item),
  CONSTRAINT ck_summaries_item_known CHECK (item IN ('pain', 'fatigue', 'sleep', 'mood', 'dream_vividness', 'dream_distress', 'dose_taken', 'activity', 'function', 'satisfaction', 'stress', 'memory', 'headache', 'overall', 'worst_pain', 'tolerability', 'pgic') OR (substr(item, 1, 4) = 'own_' AND length(item) > 8)),
  CONSTRAINT fk_summaries_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_summaries_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_summaries_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_summaries_item_length CHECK (length(item) BETWEEN 0 AND 40),
  CONSTRAINT ck_summaries_item_text CHECK (item IS NULL OR (typeof(item) = 'text' AND instr(item, char(0)) = 0)),
  CONSTRAINT ck_summaries_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_summaries_as_of_day CHECK (date(as_of, '+0 days') IS as_of),
  CONSTRAINT ck_summaries_phase_kind_choice CHECK (phase_kind IN ('baseline', 'placebo', 'treatment', 'washout', 'follow_up', 'blinded')),
  CONSTRAINT ck_summaries_phase_start_day CHECK (date(phase_start, '+0 days') IS phase_start),
  CONSTRAINT ck_summaries_phase_end_day CHECK (date(phase_end, '+0 days') IS phase_end),
  CONSTRAINT ck_summaries_baseline_start_day CHECK (date(baseline_start, '+0 days') IS baseline_start),
  CONSTRAINT ck_summaries_baseline_end_day CHECK (date(baseline_end, '+0 days') IS baseline_end),
  CONSTRAINT ck_summaries_evaluation_start_day CHECK (date(evaluation_start, '+0 days') IS evaluation_start),
  CONSTRAINT ck_summaries_evaluation_end_day CHECK (date(evaluation_end, '+0 days') IS evaluation_end),
  CONSTRAINT ck_summaries_baseline_sum_range CHECK (baseline_sum BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_summaries_baseline_sum_whole CHECK (baseline_sum IS NULL OR typeof(baseline_sum) = 'integer'),
  CONSTRAINT ck_summaries_baseline_days_range CHECK (baseline_days BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_summaries_baseline_days_whole CHECK (baseline_days IS NULL OR typeof(baseline_days) = 'integer'),
  CONSTRAINT ck_summaries_evaluation_sum_range CHECK (evaluation_sum BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_summaries_evaluation_sum_whole CHECK (evaluation_sum IS NULL OR typeof(evaluation_sum) = 'integer'),
  CONSTRAINT ck_summaries_evaluation_days_range CHECK (evaluation_days BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_summaries_evaluation_days_whole CHECK (evaluation_days IS NULL OR typeof(evaluation_days) = 'integer')
)
 WITHOUT ROWID
-- next
CREATE INDEX ix_summaries_item_owner ON summaries (item, owner)
-- next
CREATE TABLE questionnaire_items (
  owner TEXT NOT NULL,
  number INTEGER NOT NULL,
  item TEXT NOT NULL,
  position INTEGER NOT NULL,
  CONSTRAINT pk_questionnaire_items PRIMARY KEY (owner, number, item),
  CONSTRAINT fk_questionnaire_items_owner_number_questionnaires FOREIGN KEY(owner, number) REFERENCES questionnaires (owner, number),
  CONSTRAINT uq_questionnaire_items_owner_number_position UNIQUE (owner, number, position),
  CONSTRAINT ck_questionnaire_items_item_known CHECK (item IN ('pain', 'fatigue', 'sleep', 'mood', 'dream_vividness', 'dream_distress', 'dose_taken', 'activity', 'function', 'satisfaction', 'stress', 'memory', 'headache', 'overall', 'worst_pain', 'tolerability', 'pgic') OR (substr(item, 1, 4) = 'own_' AND length(item) > 8)),
  CONSTRAINT ck_questionnaire_items_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_questionnaire_items_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_questionnaire_items_number_range CHECK (number BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_questionnaire_items_number_whole CHECK (number IS NULL OR typeof(number) = 'integer'),
  CONSTRAINT ck_questionnaire_items_item_length CHECK (length(item) BETWEEN 0 AND 40),
  CONSTRAINT ck_questionnaire_items_item_text CHECK (item IS NULL OR (typeof(item) = 'text' AND instr(item, char(0)) = 0)),
  CONSTRAINT ck_questionnaire_items_position_range CHECK (position BETWEEN 0 AND 200),
  CONSTRAINT ck_questionnaire_items_position_whole CHECK (position IS NULL OR typeof(position) = 'integer')
)
 WITHOUT ROWID
-- next
CREATE TRIGGER questionnaire_items_update BEFORE UPDATE ON questionnaire_items
WHEN NOT (0)
BEGIN SELECT RAISE(ABORT, 'rows of questionnaire_items stay as they are'); END
-- next
CREATE TRIGGER questionnaire_items_delete BEFORE DELETE ON questionnaire_items
WHEN NOT (EXISTS (SELECT 1 FROM erasures WHERE owner = OLD.owner))
BEGIN SELECT RAISE(ABORT, 'rows of questionnaire_items stay as they are'); END
-- next
CREATE TABLE revisions (
  owner TEXT NOT NULL,
  day DATE NOT NULL,
  number INTEGER NOT NULL,
  client_id TEXT NOT NULL,
  payload_sha256 TEXT NOT NULL,
  deed TEXT NOT NULL,
  outcome TEXT NOT NULL,
  origin TEXT NOT NULL,
  status TEXT NOT NULL,
  questionnaire INTEGER NOT NULL,
  ruler TEXT NOT NULL,
  saved_at DATETIME,
  measured_at DATETIME,
  received_at DATETIME NOT NULL,
  skew_ms BIGINT,
  zone TEXT NOT NULL,
  utc_offset INTEGER,
  author TEXT NOT NULL,
  entered_by TEXT,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  purged_at DATETIME,
  sent_later BOOLEAN NOT NULL,
  base_revision INTEGER,
  replaces TEXT,
  schema INTEGER NOT NULL,
  import_id TEXT,
  CONSTRAINT pk_revisions PRIMARY KEY (owner, day, number),
  CONSTRAINT ck_revisions_purged CHECK (purged_at IS NULL OR note = ''),
  CONSTRAINT ck_revisions_import CHECK ((import_id IS NULL) = (origin = 'person')),
  CONSTRAINT fk_revisions_owner_questionnaire_questionnaires FOREIGN KEY(owner, questionnaire) REFERENCES questionnaires (owner, number),
  CONSTRAINT fk_revisions_owner_import_id_imports FOREIGN KEY(owner, import_id) REFERENCES imports (owner, id),
  CONSTRAINT uq_revisions_owner_client_id UNIQUE (owner, client_id),
  CONSTRAINT fk_revisions_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_revisions_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_revisions_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_revisions_day_day CHECK (date(day, '+0 days') IS day),
  CONSTRAINT ck_revisions_number_range CHECK (number BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_revisions_number_whole CHECK (number IS NULL OR typeof(number) = 'integer'),
  CONSTRAINT ck_revisions_client_id_length CHECK (length(client_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_revisions_client_id_text CHECK (client_id IS NULL OR (typeof(client_id) = 'text' AND instr(client_id, char(0)) = 0)),
  CONSTRAINT ck_revisions_payload_sha256_length CHECK (length(payload_sha256) BETWEEN 64 AND 64),
  CONSTRAINT ck_revisions_payload_sha256_text CHECK (payload_sha256 IS NULL OR (typeof(payload_sha256) = 'text' AND instr(payload_sha256, char(0)) = 0)),
  CONSTRAINT ck_revisions_deed_choice CHECK (deed IN ('save', 'delete', 'restore')),
  CONSTRAINT ck_revisions_outcome_choice CHECK (outcome IN ('stored', 'merged', 'conflict')),
  CONSTRAINT ck_revisions_origin_choice CHECK (origin IN ('person', 'import')),
  CONSTRAINT ck_revisions_status_choice CHECK (status IN ('on_time', 'before_time', 'late', 'imported')),
  CONSTRAINT ck_revisions_questionnaire_range CHECK (questionnaire BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_revisions_questionnaire_whole CHECK (questionnaire IS NULL OR typeof(questionnaire) = 'integer'),
  CONSTRAINT ck_revisions_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_revisions_saved_at_utc CHECK (saved_at IS NULL OR (length(saved_at) = 26 AND datetime(substr(saved_at, 1, 19), '+0 days') IS substr(saved_at, 1, 19))),
  CONSTRAINT ck_revisions_measured_at_utc CHECK (measured_at IS NULL OR (length(measured_at) = 26 AND datetime(substr(measured_at, 1, 19), '+0 days') IS substr(measured_at, 1, 19))),
  CONSTRAINT ck_revisions_received_at_utc CHECK (received_at IS NULL OR (length(received_at) = 26 AND datetime(substr(received_at, 1, 19), '+0 days') IS substr(received_at, 1, 19))),
  CONSTRAINT ck_revisions_skew_ms_range CHECK (skew_ms BETWEEN -1000000000000000 AND 1000000000000000),
  CONSTRAINT ck_revisions_skew_ms_whole CHECK (skew_ms IS NULL OR typeof(skew_ms) = 'integer'),
  CONSTRAINT ck_revisions_zone_length CHECK (length(zone) BETWEEN 0 AND 64),
  CONSTRAINT ck_revisions_zone_text CHECK (zone IS NULL OR (typeof(zone) = 'text' AND instr(zone, char(0)) = 0)),
  CONSTRAINT ck_revisions_utc_offset_range CHECK (utc_offset BETWEEN -1440 AND 1440),
  CONSTRAINT ck_revisions_utc_offset_whole CHECK (utc_offset IS NULL OR typeof(utc_offset) = 'integer'),
  CONSTRAINT ck_revisions_author_length CHECK (length(author) BETWEEN 1 AND 40),
  CONSTRAINT ck_revisions_author_text CHECK (author IS NULL OR (typeof(author) = 'text' AND instr(author, char(0)) = 0)),
  CONSTRAINT ck_revisions_entered_by_length CHECK (length(entered_by) BETWEEN 1 AND 40),
  CONSTRAINT ck_revisions_entered_by_text CHECK (entered_by IS NULL OR (typeof(entered_by) = 'text' AND instr(entered_by, char(0)) = 0)),
  CONSTRAINT ck_revisions_reason_length CHECK (length(reason) BETWEEN 0 AND 500),
  CONSTRAINT ck_revisions_reason_text CHECK (reason IS NULL OR (typeof(reason) = 'text' AND instr(reason, char(0)) = 0)),
  CONSTRAINT ck_revisions_note_length CHECK (length(note) BETWEEN 0 AND 2000),
  CONSTRAINT ck_revisions_note_text CHECK (note IS NULL OR (typeof(note) = 'text' AND instr(note, char(0)) = 0)),
  CONSTRAINT ck_revisions_purged_at_utc CHECK (purged_at IS NULL OR (length(purged_at) = 26 AND datetime(substr(purged_at, 1, 19), '+0 days') IS substr(purged_at, 1, 19))),
  CONSTRAINT ck_revisions_sent_later_flag CHECK (sent_later IN (0, 1)),
  CONSTRAINT ck_revisions_base_revision_range CHECK (base_revision BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_revisions_base_revision_whole CHECK (base_revision IS NULL OR typeof(base_revision) = 'integer'),
  CONSTRAINT ck_revisions_replaces_length CHECK (length(replaces) BETWEEN 0 AND 40),
  CONSTRAINT ck_revisions_replaces_text CHECK (replaces IS NULL OR (typeof(replaces) = 'text' AND instr(replaces, char(0)) = 0)),
  CONSTRAINT ck_revisions_schema_range CHECK (schema BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_revisions_schema_whole CHECK (schema IS NULL OR typeof(schema) = 'integer'),
  CONSTRAINT ck_revisions_import_id_length CHECK (length(import_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_revisions_import_id_text CHECK (import_id IS NULL OR (typeof(import_id) = 'text' AND instr(import_id, char(0)) = 0))
)
 WITHOUT ROWID
-- next
CREATE TRIGGER revisions_update BEFORE UPDATE ON revisions
WHEN NOT (NEW.purged_at IS NOT NULL AND NEW.reason IN ('', OLD.reason) AND OLD.owner IS NEW.owner AND OLD.day IS NEW.day AND OLD.number IS NEW.number AND OLD.client_id IS NEW.client_id AND OLD.payload_sha256 IS NEW.payload_sha256 AND OLD.deed IS NEW.deed AND OLD.outcome IS NEW.outcome AND OLD.origin IS NEW.origin AND OLD.status IS NEW.status AND OLD.questionnaire IS NEW.questionnaire AND OLD.ruler IS NEW.ruler AND OLD.saved_at IS NEW.saved_at AND OLD.measured_at IS NEW.measured_at AND OLD.received_at IS NEW.received_at AND OLD.skew_ms IS NEW.skew_ms AND OLD.zone IS NEW.zone AND OLD.utc_offset IS NEW.utc_offset AND OLD.author IS NEW.author AND OLD.entered_by IS NEW.entered_by AND OLD.sent_later IS NEW.sent_later AND OLD.base_revision IS NEW.base_revision AND OLD.replaces IS NEW.replaces AND OLD.schema IS NEW.schema AND OLD.import_id IS NEW.import_id)
BEGIN SELECT RAISE(ABORT, 'rows of revisions stay as they are'); END
-- next
CREATE TRIGGER revisions_delete BEFORE DELETE ON revisions
WHEN NOT (EXISTS (SELECT 1 FROM erasures WHERE owner = OLD.owner))
BEGIN SELECT RAISE(ABORT, 'rows of revisions stay as they are'); END
-- next
CREATE TABLE staged_revisions (
  owner TEXT NOT NULL,
  import_id TEXT NOT NULL,
  day DATE NOT NULL,
  number INTEGER NOT NULL,
  client_id TEXT NOT NULL,
  payload_sha256 TEXT NOT NULL,
  deed TEXT NOT NULL,
  outcome TEXT NOT NULL,
  origin TEXT NOT NULL,
  status TEXT NOT NULL,
  questionnaire INTEGER NOT NULL,
  ruler TEXT NOT NULL,
  saved_at DATETIME,
  measured_at DATETIME,
  received_at DATETIME NOT NULL,
  skew_ms BIGINT,
  zone TEXT NOT NULL,
  utc_offset INTEGER,
  author TEXT NOT NULL,
  entered_by TEXT,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  purged_at DATETIME,
  sent_later BOOLEAN NOT NULL,
  base_revision INTEGER,
  replaces TEXT,
  schema INTEGER NOT NULL,
  CONSTRAINT pk_staged_revisions PRIMARY KEY (owner, import_id, day, number),
  CONSTRAINT ck_staged_revisions_purged CHECK (purged_at IS NULL OR note = ''),
  CONSTRAINT ck_staged_revisions_import CHECK ((import_id IS NULL) = (origin = 'person')),
  CONSTRAINT fk_staged_revisions_owner_import_id_imports FOREIGN KEY(owner, import_id) REFERENCES imports (owner, id),
  CONSTRAINT ck_staged_revisions_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_revisions_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_staged_revisions_import_id_length CHECK (length(import_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_revisions_import_id_text CHECK (import_id IS NULL OR (typeof(import_id) = 'text' AND instr(import_id, char(0)) = 0)),
  CONSTRAINT ck_staged_revisions_day_day CHECK (date(day, '+0 days') IS day),
  CONSTRAINT ck_staged_revisions_number_range CHECK (number BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_staged_revisions_number_whole CHECK (number IS NULL OR typeof(number) = 'integer'),
  CONSTRAINT ck_staged_revisions_client_id_length CHECK (length(client_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_revisions_client_id_text CHECK (client_id IS NULL OR (typeof(client_id) = 'text' AND instr(client_id, char(0)) = 0)),
  CONSTRAINT ck_staged_revisions_payload_sha256_length CHECK (length(payload_sha256) BETWEEN 64 AND 64),
  CONSTRAINT ck_staged_revisions_payload_sha256_text CHECK (payload_sha256 IS NULL OR (typeof(payload_sha256) = 'text' AND instr(payload_sha256, char(0)) = 0)),
  CONSTRAINT ck_staged_revisions_deed_choice CHECK (deed IN ('save', 'delete', 'restore')),
  CONSTRAINT ck_staged_revisions_outcome_choice CHECK (outcome IN ('stored', 'merged', 'conflict')),
  CONSTRAINT ck_staged_revisions_origin_choice CHECK (origin IN ('person', 'import')),
  CONSTRAINT ck_staged_revisions_status_choice CHECK (status IN ('on_time', 'before_time', 'late', 'imported')),
  CONSTRAINT ck_staged_revisions_questionnaire_range CHECK (questionnaire BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_staged_revisions_questionnaire_whole CHECK (questionnaire IS NULL OR typeof(questionnaire) = 'integer'),
  CONSTRAINT ck_staged_revisions_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_staged_revisions_saved_at_utc CHECK (saved_at IS NULL OR (length(saved_at) = 26 AND datetime(substr(saved_at, 1, 19), '+0 days') IS substr(saved_at, 1, 19))),
  CONSTRAINT ck_staged_revisions_measured_at_utc CHECK (measured_at IS NULL OR (length(measured_at) = 26 AND datetime(substr(measured_at, 1, 19), '+0 days') IS substr(measured_at, 1, 19))),
  CONSTRAINT ck_staged_revisions_received_at_utc CHECK (received_at IS NULL OR (length(received_at) = 26 AND datetime(substr(received_at, 1, 19), '+0 days') IS substr(received_at, 1, 19))),
  CONSTRAINT ck_staged_revisions_skew_ms_range CHECK (skew_ms BETWEEN -1000000000000000 AND 1000000000000000),
  CONSTRAINT ck_staged_revisions_skew_ms_whole CHECK (skew_ms IS NULL OR typeof(skew_ms) = 'integer'),
  CONSTRAINT ck_staged_revisions_zone_length CHECK (length(zone) BETWEEN 0 AND 64),
  CONSTRAINT ck_staged_revisions_zone_text CHECK (zone IS NULL OR (typeof(zone) = 'text' AND instr(zone, char(0)) = 0)),
  CONSTRAINT ck_staged_revisions_utc_offset_range CHECK (utc_offset BETWEEN -1440 AND 1440),
  CONSTRAINT ck_staged_revisions_utc_offset_whole CHECK (utc_offset IS NULL OR typeof(utc_offset) = 'integer'),
  CONSTRAINT ck_staged_revisions_author_length CHECK (length(author) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_revisions_author_text CHECK (author IS NULL OR (typeof(author) = 'text' AND instr(author, char(0)) = 0)),
  CONSTRAINT ck_staged_revisions_entered_by_length CHECK (length(entered_by) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_revisions_entered_by_text CHECK (entered_by IS NULL OR (typeof(entered_by) = 'text' AND instr(entered_by, char(0)) = 0)),
  CONSTRAINT ck_staged_revisions_reason_length CHECK (length(reason) BETWEEN 0 AND 500),
  CONSTRAINT ck_staged_revisions_reason_text CHECK (reason IS NULL OR (typeof(reason) = 'text' AND instr(reason, char(0)) = 0)),
  CONSTRAINT ck_staged_revisions_note_length CHECK (length(note) BETWEEN 0 AND 2000),
  CONSTRAINT ck_staged_revisions_note_text CHECK (note IS NULL OR (typeof(note) = 'text' AND instr(note, char(0)) = 0)),
  CONSTRAINT ck_staged_revisions_purged_at_utc CHECK (purged_at IS NULL OR (length(purged_at) = 26 AND datetime(substr(purged_at, 1, 19), '+0 days') IS substr(purged_at, 1, 19))),
  CONSTRAINT ck_staged_revisions_sent_later_flag CHECK (sent_later IN (0, 1)),
  CONSTRAINT ck_staged_revisions_base_revision_range CHECK (base_revision BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_staged_revisions_base_revision_whole CHECK (base_revision IS NULL OR typeof(base_revision) = 'integer'),
  CONSTRAINT ck_staged_revisions_replaces_length CHECK (length(replaces) BETWEEN 0 AND 40),
  CONSTRAINT ck_staged_revisions_replaces_text CHECK (replaces IS NULL OR (typeof(replaces) = 'text' AND instr(replaces, char(0)) = 0)),
  CONSTRAINT ck_staged_revisions_schema_range CHECK (schema BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_staged_revisions_schema_whole CHECK (schema IS NULL OR typeof(schema) = 'integer')
)
 WITHOUT ROWID
-- next
CREATE TABLE answers (
  owner TEXT NOT NULL,
  day DATE NOT NULL,
  revision INTEGER NOT NULL,
  item TEXT NOT NULL,
  ruler TEXT NOT NULL,
  state TEXT NOT NULL,
  value INTEGER,
  CONSTRAINT pk_answers PRIMARY KEY (owner, day, revision, item),
  CONSTRAINT ck_answers_item_known CHECK (item IN ('pain', 'fatigue', 'sleep', 'mood', 'dream_vividness', 'dream_distress', 'dose_taken', 'activity', 'function', 'satisfaction', 'stress', 'memory', 'headache', 'overall', 'worst_pain', 'tolerability', 'pgic') OR (substr(item, 1, 4) = 'own_' AND length(item) > 8)),
  CONSTRAINT ck_answers_value_where_answered CHECK ((state = 'answered') = (value IS NOT NULL)),
  CONSTRAINT ck_answers_no_recall CHECK (state <> 'no_recall' OR item = 'dream_vividness'),
  CONSTRAINT ck_answers_value_of_item CHECK (value IS NULL OR CASE WHEN item IN ('pgic') THEN value BETWEEN 1 AND 7 WHEN item IN ('dose_taken') THEN value BETWEEN 0 AND 2 WHEN item IN ('tolerability') THEN value BETWEEN 0 AND 100 WHEN ruler = 'nrs' THEN value BETWEEN 0 AND 10 ELSE value BETWEEN 0 AND 100 END),
  CONSTRAINT fk_answers_owner_day_revision_revisions FOREIGN KEY(owner, day, revision) REFERENCES revisions (owner, day, number),
  CONSTRAINT ck_answers_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_answers_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_answers_day_day CHECK (date(day, '+0 days') IS day),
  CONSTRAINT ck_answers_revision_range CHECK (revision BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_answers_revision_whole CHECK (revision IS NULL OR typeof(revision) = 'integer'),
  CONSTRAINT ck_answers_item_length CHECK (length(item) BETWEEN 0 AND 40),
  CONSTRAINT ck_answers_item_text CHECK (item IS NULL OR (typeof(item) = 'text' AND instr(item, char(0)) = 0)),
  CONSTRAINT ck_answers_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_answers_state_choice CHECK (state IN ('answered', 'declined', 'n/a', 'no_recall')),
  CONSTRAINT ck_answers_value_range CHECK (value BETWEEN 0 AND 100),
  CONSTRAINT ck_answers_value_whole CHECK (value IS NULL OR typeof(value) = 'integer')
)
 WITHOUT ROWID
-- next
CREATE TRIGGER answers_update BEFORE UPDATE ON answers
WHEN NOT (0)
BEGIN SELECT RAISE(ABORT, 'rows of answers stay as they are'); END
-- next
CREATE TRIGGER answers_delete BEFORE DELETE ON answers
WHEN NOT (EXISTS (SELECT 1 FROM erasures WHERE owner = OLD.owner))
BEGIN SELECT RAISE(ABORT, 'rows of answers stay as they are'); END
-- next
CREATE TABLE entries (
  owner TEXT NOT NULL,
  day DATE NOT NULL,
  head INTEGER NOT NULL,
  revisions INTEGER NOT NULL,
  status TEXT NOT NULL,
  origin TEXT NOT NULL,
  first_submitted_at DATETIME,
  zone TEXT NOT NULL,
  sent_later BOOLEAN NOT NULL,
  scored BOOLEAN NOT NULL,
  logged BOOLEAN NOT NULL,
  "conflict" BOOLEAN NOT NULL,
  deleted_at DATETIME,
  import_id TEXT,
  CONSTRAINT pk_entries PRIMARY KEY (owner, day),
  CONSTRAINT fk_entries_owner_day_head_revisions FOREIGN KEY(owner, day, head) REFERENCES revisions (owner, day, number),
  CONSTRAINT ck_entries_head_known CHECK (head <= revisions),
  CONSTRAINT ck_entries_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_entries_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_entries_day_day CHECK (date(day, '+0 days') IS day),
  CONSTRAINT ck_entries_head_range CHECK (head BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_entries_head_whole CHECK (head IS NULL OR typeof(head) = 'integer'),
  CONSTRAINT ck_entries_revisions_range CHECK (revisions BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_entries_revisions_whole CHECK (revisions IS NULL OR typeof(revisions) = 'integer'),
  CONSTRAINT ck_entries_status_choice CHECK (status IN ('on_time', 'before_time', 'late', 'imported')),
  CONSTRAINT ck_entries_origin_choice CHECK (origin IN ('person', 'import')),
  CONSTRAINT ck_entries_first_submitted_at_utc CHECK (first_submitted_at IS NULL OR (length(first_submitted_at) = 26 AND datetime(substr(first_submitted_at, 1, 19), '+0 days') IS substr(first_submitted_at, 1, 19))),
  CONSTRAINT ck_entries_zone_length CHECK (length(zone) BETWEEN 0 AND 64),
  CONSTRAINT ck_entries_zone_text CHECK (zone IS NULL OR (typeof(zone) = 'text' AND instr(zone, char(0)) = 0)),
  CONSTRAINT ck_entries_sent_later_flag CHECK (sent_later IN (0, 1)),
  CONSTRAINT ck_entries_scored_flag CHECK (scored IN (0, 1)),
  CONSTRAINT ck_entries_logged_flag CHECK (logged IN (0, 1)),
  CONSTRAINT ck_entries_conflict_flag CHECK (conflict IN (0, 1)),
  CONSTRAINT ck_entries_deleted_at_utc CHECK (deleted_at IS NULL OR (length(deleted_at) = 26 AND datetime(substr(deleted_at, 1, 19), '+0 days') IS substr(deleted_at, 1, 19))),
  CONSTRAINT ck_entries_import_id_length CHECK (length(import_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_entries_import_id_text CHECK (import_id IS NULL OR (typeof(import_id) = 'text' AND instr(import_id, char(0)) = 0))
)
 WITHOUT ROWID
-- next
CREATE INDEX ix_entries_deleted_at ON entries (deleted_at) WHERE deleted_at IS NOT NULL
-- next
CREATE TABLE staged_answers (
  owner TEXT NOT NULL,
  import_id TEXT NOT NULL,
  day DATE NOT NULL,
  revision INTEGER NOT NULL,
  item TEXT NOT NULL,
  ruler TEXT NOT NULL,
  state TEXT NOT NULL,
  value INTEGER,
  CONSTRAINT pk_staged_answers PRIMARY KEY (owner, import_id, day, revision, item),
  CONSTRAINT ck_staged_answers_item_known CHECK (item IN ('pain', 'fatigue', 'sleep', 'mood', 'dream_vividness', 'dream_distress', 'dose_taken', 'activity', 'function', 'satisfaction', 'stress', 'memory', 'headache', 'overall', 'worst_pain', 'tolerability', 'pgic') OR (substr(item, 1, 4) = 'own_' AND length(item) > 8)),
  CONSTRAINT ck_staged_answers_value_where_answered CHECK ((state = 'answered') = (value IS NOT NULL)),
  CONSTRAINT ck_staged_answers_no_recall CHECK (state <> 'no_recall' OR item = 'dream_vividness'),
  CONSTRAINT ck_staged_answers_value_of_item CHECK (value IS NULL OR CASE WHEN item IN ('pgic') THEN value BETWEEN 1 AND 7 WHEN item IN ('dose_taken') THEN value BETWEEN 0 AND 2 WHEN item IN ('tolerability') THEN value BETWEEN 0 AND 100 WHEN ruler = 'nrs' THEN value BETWEEN 0 AND 10 ELSE value BETWEEN 0 AND 100 END),
  CONSTRAINT fk_staged_answers_owner_import_id_day_revision_staged_revisions FOREIGN KEY(owner, import_id, day, revision) REFERENCES staged_revisions (owner, import_id, day, number),
  CONSTRAINT ck_staged_answers_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_answers_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_staged_answers_import_id_length CHECK (length(import_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_answers_import_id_text CHECK (import_id IS NULL OR (typeof(import_id) = 'text' AND instr(import_id, char(0)) = 0)),
  CONSTRAINT ck_staged_answers_day_day CHECK (date(day, '+0 days') IS day),
  CONSTRAINT ck_staged_answers_revision_range CHECK (revision BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_staged_answers_revision_whole CHECK (revision IS NULL OR typeof(revision) = 'integer'),
  CONSTRAINT ck_staged_answers_item_length CHECK (length(item) BETWEEN 0 AND 40),
  CONSTRAINT ck_staged_answers_item_text CHECK (item IS NULL OR (typeof(item) = 'text' AND instr(item, char(0)) = 0)),
  CONSTRAINT ck_staged_answers_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_staged_answers_state_choice CHECK (state IN ('answered', 'declined', 'n/a', 'no_recall')),
  CONSTRAINT ck_staged_answers_value_range CHECK (value BETWEEN 0 AND 100),
  CONSTRAINT ck_staged_answers_value_whole CHECK (value IS NULL OR typeof(value) = 'integer')
)
 WITHOUT ROWID
