CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF FALSE THEN RETURN NULL; END IF;
  RAISE EXCEPTION USING MESSAGE = 'rows of ' || TG_TABLE_NAME || ' stay as they are',
    ERRCODE = 'integrity_constraint_violation';
END $$
-- next
CREATE FUNCTION refuse_unless_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM erasures WHERE owner = OLD.owner) THEN RETURN OLD; END IF;
  RAISE EXCEPTION USING MESSAGE = 'rows of ' || TG_TABLE_NAME || ' stay as they are',
    ERRCODE = 'integrity_constraint_violation';
END $$
-- next
CREATE FUNCTION move_audit_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE audit_heads SET number = NEW.number, hash = NEW.hash WHERE owner = NEW.owner;
  RETURN NULL;
END $$
-- next
CREATE FUNCTION refuse_once_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM answers WHERE owner = OLD.owner AND item = OLD.item) THEN RETURN NEW; END IF;
  RAISE EXCEPTION USING MESSAGE = 'rows of ' || TG_TABLE_NAME || ' stay as they are',
    ERRCODE = 'integrity_constraint_violation';
END $$
-- next
CREATE TABLE audit_heads (
  owner TEXT NOT NULL,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_audit_heads PRIMARY KEY (owner),
  CONSTRAINT ck_audit_heads_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_audit_heads_number_range CHECK (number BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_audit_heads_hash_length CHECK (length(hash) BETWEEN 64 AND 64)
)
-- next
CREATE TABLE audit_events (
  owner TEXT NOT NULL,
  number INTEGER NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  actor TEXT NOT NULL,
  verb TEXT NOT NULL,
  ids TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT pk_audit_events PRIMARY KEY (owner, number),
  CONSTRAINT ck_audit_events_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_audit_events_number_range CHECK (number BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_audit_events_actor_length CHECK (length(actor) BETWEEN 1 AND 40),
  CONSTRAINT ck_audit_events_verb_length CHECK (length(verb) BETWEEN 1 AND 60),
  CONSTRAINT ck_audit_events_ids_length CHECK (length(ids) BETWEEN 0 AND 2000),
  CONSTRAINT ck_audit_events_previous_length CHECK (length(previous) BETWEEN 64 AND 64),
  CONSTRAINT ck_audit_events_hash_length CHECK (length(hash) BETWEEN 64 AND 64)
)
-- next
CREATE TRIGGER audit_events_update BEFORE UPDATE ON audit_events
FOR EACH ROW EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER audit_events_delete BEFORE DELETE ON audit_events
FOR EACH ROW EXECUTE FUNCTION refuse_unless_erased()
-- next
CREATE TRIGGER audit_events_truncate BEFORE TRUNCATE ON audit_events
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER audit_events_insert AFTER INSERT ON audit_events
FOR EACH ROW EXECUTE FUNCTION move_audit_head()
-- next
CREATE TABLE audit_checkpoints (
  owner TEXT NOT NULL,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  signature TEXT NOT NULL,
  CONSTRAINT pk_audit_checkpoints PRIMARY KEY (owner, number),
  CONSTRAINT ck_audit_checkpoints_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_audit_checkpoints_number_range CHECK (number BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_audit_checkpoints_hash_length CHECK (length(hash) BETWEEN 64 AND 64),
  CONSTRAINT ck_audit_checkpoints_signature_length CHECK (length(signature) BETWEEN 64 AND 64)
)
-- next
CREATE TRIGGER audit_checkpoints_update BEFORE UPDATE ON audit_checkpoints
FOR EACH ROW EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER audit_checkpoints_delete BEFORE DELETE ON audit_checkpoints
FOR EACH ROW EXECUTE FUNCTION refuse_unless_erased()
-- next
CREATE TRIGGER audit_checkpoints_truncate BEFORE TRUNCATE ON audit_checkpoints
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE erasures (
  owner TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_erasures PRIMARY KEY (owner),
  CONSTRAINT ck_erasures_owner_length CHECK (length(owner) BETWEEN 1 AND 40)
)
-- next
CREATE TRIGGER erasures_update BEFORE UPDATE ON erasures
FOR EACH ROW EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER erasures_delete BEFORE DELETE ON erasures
FOR EACH ROW EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE installation (
  id SERIAL NOT NULL,
  epoch TEXT NOT NULL,
  test_clock BOOLEAN NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  keys_saved_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_installation PRIMARY KEY (id),
  CONSTRAINT ck_installation_id_range CHECK (id BETWEEN 1 AND 1),
  CONSTRAINT ck_installation_epoch_length CHECK (length(epoch) BETWEEN 1 AND 40)
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
  consented_at TIMESTAMP WITH TIME ZONE,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  disabled_at TIMESTAMP WITH TIME ZONE,
  erase_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_accounts PRIMARY KEY (id),
  CONSTRAINT uq_accounts_name_key UNIQUE (name_key),
  CONSTRAINT ck_accounts_consent CHECK ((consent_version IS NULL) = (consented_at IS NULL)),
  CONSTRAINT ck_accounts_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_accounts_name_length CHECK (length(name) BETWEEN 1 AND 40),
  CONSTRAINT ck_accounts_name_key_length CHECK (length(name_key) BETWEEN 1 AND 800),
  CONSTRAINT ck_accounts_role_choice CHECK (role IN ('patient', 'clinician', 'coordinator')),
  CONSTRAINT ck_accounts_password_hash_length CHECK (length(password_hash) BETWEEN 0 AND 200),
  CONSTRAINT ck_accounts_zone_length CHECK (length(zone) BETWEEN 1 AND 64),
  CONSTRAINT ck_accounts_rollover_range CHECK (rollover BETWEEN 0 AND 720),
  CONSTRAINT ck_accounts_theme_choice CHECK (theme IN ('auto', 'dim', 'light', 'sepia')),
  CONSTRAINT ck_accounts_language_length CHECK (length(language) BETWEEN 0 AND 16),
  CONSTRAINT ck_accounts_consent_version_range CHECK (consent_version BETWEEN 1 AND 2147483647)
)
-- next
CREATE TABLE attempts (
  kind TEXT NOT NULL,
  bucket_sha256 BYTEA NOT NULL,
  failures INTEGER NOT NULL,
  last_at TIMESTAMP WITH TIME ZONE NOT NULL,
  not_before TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_attempts PRIMARY KEY (kind, bucket_sha256),
  CONSTRAINT ck_attempts_kind_choice CHECK (kind IN ('account', 'network', 'device', 'recovery', 'link', 'register', 'password')),
  CONSTRAINT ck_attempts_bucket_sha256_length CHECK (length(bucket_sha256) = 32),
  CONSTRAINT ck_attempts_failures_range CHECK (failures BETWEEN 0 AND 2147483647)
)
-- next
CREATE INDEX ix_attempts_last_at ON attempts (last_at)
-- next
CREATE TABLE invitations (
  token_sha256 BYTEA NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  used_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_invitations PRIMARY KEY (token_sha256),
  CONSTRAINT ck_invitations_token_sha256_length CHECK (length(token_sha256) = 32)
)
-- next
CREATE TABLE questionnaires (
  owner TEXT NOT NULL,
  number INTEGER NOT NULL,
  ruler TEXT NOT NULL,
  wording INTEGER NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_questionnaires PRIMARY KEY (owner, number),
  CONSTRAINT fk_questionnaires_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_questionnaires_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_questionnaires_number_range CHECK (number BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_questionnaires_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_questionnaires_wording_range CHECK (wording BETWEEN 1 AND 2147483647)
)
-- next
CREATE TRIGGER questionnaires_update BEFORE UPDATE ON questionnaires
FOR EACH ROW EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER questionnaires_delete BEFORE DELETE ON questionnaires
FOR EACH ROW EXECUTE FUNCTION refuse_unless_erased()
-- next
CREATE TRIGGER questionnaires_truncate BEFORE TRUNCATE ON questionnaires
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE own_items (
  owner TEXT NOT NULL,
  item TEXT NOT NULL,
  name TEXT NOT NULL,
  question TEXT NOT NULL,
  low TEXT NOT NULL,
  high TEXT NOT NULL,
  direction TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_own_items PRIMARY KEY (owner, item),
  CONSTRAINT ck_own_items_item_own CHECK (substr(item, 1, 4) = 'own_' AND length(item) > 8),
  CONSTRAINT fk_own_items_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_own_items_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_own_items_item_length CHECK (length(item) BETWEEN 0 AND 40),
  CONSTRAINT ck_own_items_name_length CHECK (length(name) BETWEEN 1 AND 60),
  CONSTRAINT ck_own_items_question_length CHECK (length(question) BETWEEN 1 AND 200),
  CONSTRAINT ck_own_items_low_length CHECK (length(low) BETWEEN 0 AND 60),
  CONSTRAINT ck_own_items_high_length CHECK (length(high) BETWEEN 0 AND 60),
  CONSTRAINT ck_own_items_direction_choice CHECK (direction IN ('lower', 'higher', 'neutral'))
)
-- next
CREATE TRIGGER own_items_update BEFORE UPDATE ON own_items
FOR EACH ROW EXECUTE FUNCTION refuse_once_answered()
-- next
CREATE TRIGGER own_items_delete BEFORE DELETE ON own_items
FOR EACH ROW EXECUTE FUNCTION refuse_unless_erased()
-- next
CREATE TABLE imports (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  state TEXT NOT NULL,
  format TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  author TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  applied_at TIMESTAMP WITH TIME ZONE,
  undone_at TIMESTAMP WITH TIME ZONE,
  content BYTEA,
  CONSTRAINT pk_imports PRIMARY KEY (owner, id),
  CONSTRAINT ck_imports_applied CHECK ((state IN ('applied', 'undone')) = (applied_at IS NOT NULL)),
  CONSTRAINT ck_imports_undone CHECK ((state = 'undone') = (undone_at IS NOT NULL)),
  CONSTRAINT ck_imports_content CHECK (content IS NULL OR state = 'staged'),
  CONSTRAINT fk_imports_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_imports_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_imports_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_imports_state_choice CHECK (state IN ('staged', 'applied', 'undone', 'dropped')),
  CONSTRAINT ck_imports_format_choice CHECK (format IN ('csv', 'json')),
  CONSTRAINT ck_imports_file_name_length CHECK (length(file_name) BETWEEN 0 AND 200),
  CONSTRAINT ck_imports_file_sha256_length CHECK (length(file_sha256) BETWEEN 64 AND 64),
  CONSTRAINT ck_imports_author_length CHECK (length(author) BETWEEN 1 AND 40)
)
-- next
CREATE TABLE sessions (
  token_sha256 BYTEA NOT NULL,
  owner TEXT NOT NULL,
  device_sha256 BYTEA,
  label TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
  confirmed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_sessions PRIMARY KEY (token_sha256),
  CONSTRAINT fk_sessions_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_sessions_token_sha256_length CHECK (length(token_sha256) = 32),
  CONSTRAINT ck_sessions_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_sessions_device_sha256_length CHECK (length(device_sha256) = 32),
  CONSTRAINT ck_sessions_label_length CHECK (length(label) BETWEEN 0 AND 200)
)
-- next
CREATE INDEX ix_sessions_owner_seen_at ON sessions (owner, seen_at)
-- next
CREATE TABLE devices (
  owner TEXT NOT NULL,
  token_sha256 BYTEA NOT NULL,
  label TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_devices PRIMARY KEY (owner, token_sha256),
  CONSTRAINT fk_devices_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_devices_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_devices_token_sha256_length CHECK (length(token_sha256) = 32),
  CONSTRAINT ck_devices_label_length CHECK (length(label) BETWEEN 0 AND 200)
)
-- next
CREATE TABLE recovery_codes (
  owner TEXT NOT NULL,
  code_sha256 BYTEA NOT NULL,
  kind TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE,
  used_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_recovery_codes PRIMARY KEY (owner, code_sha256),
  CONSTRAINT fk_recovery_codes_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_recovery_codes_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_recovery_codes_code_sha256_length CHECK (length(code_sha256) = 32),
  CONSTRAINT ck_recovery_codes_kind_choice CHECK (kind IN ('sheet', 'operator'))
)
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
  sealed BYTEA,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_phases PRIMARY KEY (owner, id),
  CONSTRAINT uq_phases_owner_start_day UNIQUE (owner, start_day),
  CONSTRAINT ck_phases_order CHECK (end_day > start_day),
  CONSTRAINT ck_phases_blinded CHECK (kind <> 'blinded' OR (medicine = '' AND dose_ug IS NULL)),
  CONSTRAINT ck_phases_sealed CHECK (sealed IS NULL OR kind = 'blinded'),
  CONSTRAINT fk_phases_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_phases_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_phases_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_phases_kind_choice CHECK (kind IN ('baseline', 'placebo', 'treatment', 'washout', 'follow_up', 'blinded')),
  CONSTRAINT ck_phases_label_length CHECK (length(label) BETWEEN 0 AND 100),
  CONSTRAINT ck_phases_medicine_length CHECK (length(medicine) BETWEEN 0 AND 100),
  CONSTRAINT ck_phases_dose_ug_range CHECK (dose_ug BETWEEN 1 AND 1000000000)
)
-- next
CREATE TABLE pauses (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  start_day DATE NOT NULL,
  end_day DATE,
  reason TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_pauses PRIMARY KEY (owner, id),
  CONSTRAINT ck_pauses_order CHECK (end_day > start_day),
  CONSTRAINT fk_pauses_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_pauses_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_pauses_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_pauses_reason_length CHECK (length(reason) BETWEEN 0 AND 500)
)
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
  CONSTRAINT ck_summaries_item_length CHECK (length(item) BETWEEN 0 AND 40),
  CONSTRAINT ck_summaries_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_summaries_phase_kind_choice CHECK (phase_kind IN ('baseline', 'placebo', 'treatment', 'washout', 'follow_up', 'blinded')),
  CONSTRAINT ck_summaries_baseline_sum_range CHECK (baseline_sum BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_summaries_baseline_days_range CHECK (baseline_days BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_summaries_evaluation_sum_range CHECK (evaluation_sum BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_summaries_evaluation_days_range CHECK (evaluation_days BETWEEN 0 AND 2147483647)
)
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
  CONSTRAINT ck_questionnaire_items_number_range CHECK (number BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_questionnaire_items_item_length CHECK (length(item) BETWEEN 0 AND 40),
  CONSTRAINT ck_questionnaire_items_position_range CHECK (position BETWEEN 0 AND 200)
)
-- next
CREATE TRIGGER questionnaire_items_update BEFORE UPDATE ON questionnaire_items
FOR EACH ROW EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER questionnaire_items_delete BEFORE DELETE ON questionnaire_items
FOR EACH ROW EXECUTE FUNCTION refuse_unless_erased()
-- next
CREATE TRIGGER questionnaire_items_truncate BEFORE TRUNCATE ON questionnaire_items
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
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
  saved_at TIMESTAMP WITH TIME ZONE,
  measured_at TIMESTAMP WITH TIME ZONE,
  received_at TIMESTAMP WITH TIME ZONE NOT NULL,
  skew_ms BIGINT,
  zone TEXT NOT NULL,
  utc_offset INTEGER,
  author TEXT NOT NULL,
  entered_by TEXT,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  purged_at TIMESTAMP WITH TIME ZONE,
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
  CONSTRAINT ck_revisions_number_range CHECK (number BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_revisions_client_id_length CHECK (length(client_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_revisions_payload_sha256_length CHECK (length(payload_sha256) BETWEEN 64 AND 64),
  CONSTRAINT ck_revisions_deed_choice CHECK (deed IN ('save', 'delete', 'restore')),
  CONSTRAINT ck_revisions_outcome_choice CHECK (outcome IN ('stored', 'merged', 'conflict')),
  CONSTRAINT ck_revisions_origin_choice CHECK (origin IN ('person', 'import')),
  CONSTRAINT ck_revisions_status_choice CHECK (status IN ('on_time', 'before_time', 'late', 'imported')),
  CONSTRAINT ck_revisions_questionnaire_range CHECK (questionnaire BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_revisions_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_revisions_skew_ms_range CHECK (skew_ms BETWEEN -1000000000000000 AND 1000000000000000),
  CONSTRAINT ck_revisions_zone_length CHECK (length(zone) BETWEEN 0 AND 64),
  CONSTRAINT ck_revisions_utc_offset_range CHECK (utc_offset BETWEEN -1440 AND 1440),
  CONSTRAINT ck_revisions_author_length CHECK (length(author) BETWEEN 1 AND 40),
  CONSTRAINT ck_revisions_entered_by_length CHECK (length(entered_by) BETWEEN 1 AND 40),
  CONSTRAINT ck_revisions_reason_length CHECK (length(reason) BETWEEN 0 AND 500),
  CONSTRAINT ck_revisions_note_length CHECK (length(note) BETWEEN 0 AND 2000),
  CONSTRAINT ck_revisions_base_revision_range CHECK (base_revision BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_revisions_replaces_length CHECK (length(replaces) BETWEEN 0 AND 40),
  CONSTRAINT ck_revisions_schema_range CHECK (schema BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_revisions_import_id_length CHECK (length(import_id) BETWEEN 1 AND 40)
)
-- next
CREATE TRIGGER revisions_update BEFORE UPDATE ON revisions
FOR EACH ROW WHEN (NOT (NEW.purged_at IS NOT NULL AND NEW.reason IN ('', OLD.reason) AND OLD.owner IS NOT DISTINCT FROM NEW.owner AND OLD.day IS NOT DISTINCT FROM NEW.day AND OLD.number IS NOT DISTINCT FROM NEW.number AND OLD.client_id IS NOT DISTINCT FROM NEW.client_id AND OLD.payload_sha256 IS NOT DISTINCT FROM NEW.payload_sha256 AND OLD.deed IS NOT DISTINCT FROM NEW.deed AND OLD.outcome IS NOT DISTINCT FROM NEW.outcome AND OLD.origin IS NOT DISTINCT FROM NEW.origin AND OLD.status IS NOT DISTINCT FROM NEW.status AND OLD.questionnaire IS NOT DISTINCT FROM NEW.questionnaire AND OLD.ruler IS NOT DISTINCT FROM NEW.ruler AND OLD.saved_at IS NOT DISTINCT FROM NEW.saved_at AND OLD.measured_at IS NOT DISTINCT FROM NEW.measured_at AND OLD.received_at IS NOT DISTINCT FROM NEW.received_at AND OLD.skew_ms IS NOT DISTINCT FROM NEW.skew_ms AND OLD.zone IS NOT DISTINCT FROM NEW.zone AND OLD.utc_offset IS NOT DISTINCT FROM NEW.utc_offset AND OLD.author IS NOT DISTINCT FROM NEW.author AND OLD.entered_by IS NOT DISTINCT FROM NEW.entered_by AND OLD.sent_later IS NOT DISTINCT FROM NEW.sent_later AND OLD.base_revision IS NOT DISTINCT FROM NEW.base_revision AND OLD.replaces IS NOT DISTINCT FROM NEW.replaces AND OLD.schema IS NOT DISTINCT FROM NEW.schema AND OLD.import_id IS NOT DISTINCT FROM NEW.import_id)) EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER revisions_delete BEFORE DELETE ON revisions
FOR EACH ROW EXECUTE FUNCTION refuse_unless_erased()
-- next
CREATE TRIGGER revisions_truncate BEFORE TRUNCATE ON revisions
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
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
  saved_at TIMESTAMP WITH TIME ZONE,
  measured_at TIMESTAMP WITH TIME ZONE,
  received_at TIMESTAMP WITH TIME ZONE NOT NULL,
  skew_ms BIGINT,
  zone TEXT NOT NULL,
  utc_offset INTEGER,
  author TEXT NOT NULL,
  entered_by TEXT,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  purged_at TIMESTAMP WITH TIME ZONE,
  sent_later BOOLEAN NOT NULL,
  base_revision INTEGER,
  replaces TEXT,
  schema INTEGER NOT NULL,
  CONSTRAINT pk_staged_revisions PRIMARY KEY (owner, import_id, day, number),
  CONSTRAINT ck_staged_revisions_purged CHECK (purged_at IS NULL OR note = ''),
  CONSTRAINT ck_staged_revisions_import CHECK ((import_id IS NULL) = (origin = 'person')),
  CONSTRAINT fk_staged_revisions_owner_import_id_imports FOREIGN KEY(owner, import_id) REFERENCES imports (owner, id),
  CONSTRAINT ck_staged_revisions_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_revisions_import_id_length CHECK (length(import_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_revisions_number_range CHECK (number BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_staged_revisions_client_id_length CHECK (length(client_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_revisions_payload_sha256_length CHECK (length(payload_sha256) BETWEEN 64 AND 64),
  CONSTRAINT ck_staged_revisions_deed_choice CHECK (deed IN ('save', 'delete', 'restore')),
  CONSTRAINT ck_staged_revisions_outcome_choice CHECK (outcome IN ('stored', 'merged', 'conflict')),
  CONSTRAINT ck_staged_revisions_origin_choice CHECK (origin IN ('person', 'import')),
  CONSTRAINT ck_staged_revisions_status_choice CHECK (status IN ('on_time', 'before_time', 'late', 'imported')),
  CONSTRAINT ck_staged_revisions_questionnaire_range CHECK (questionnaire BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_staged_revisions_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_staged_revisions_skew_ms_range CHECK (skew_ms BETWEEN -1000000000000000 AND 1000000000000000),
  CONSTRAINT ck_staged_revisions_zone_length CHECK (length(zone) BETWEEN 0 AND 64),
  CONSTRAINT ck_staged_revisions_utc_offset_range CHECK (utc_offset BETWEEN -1440 AND 1440),
  CONSTRAINT ck_staged_revisions_author_length CHECK (length(author) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_revisions_entered_by_length CHECK (length(entered_by) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_revisions_reason_length CHECK (length(reason) BETWEEN 0 AND 500),
  CONSTRAINT ck_staged_revisions_note_length CHECK (length(note) BETWEEN 0 AND 2000),
  CONSTRAINT ck_staged_revisions_base_revision_range CHECK (base_revision BETWEEN 0 AND 2147483647),
  CONSTRAINT ck_staged_revisions_replaces_length CHECK (length(replaces) BETWEEN 0 AND 40),
  CONSTRAINT ck_staged_revisions_schema_range CHECK (schema BETWEEN 1 AND 2147483647)
)
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
  CONSTRAINT ck_answers_revision_range CHECK (revision BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_answers_item_length CHECK (length(item) BETWEEN 0 AND 40),
  CONSTRAINT ck_answers_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_answers_state_choice CHECK (state IN ('answered', 'declined', 'n/a', 'no_recall')),
  CONSTRAINT ck_answers_value_range CHECK (value BETWEEN 0 AND 100)
)
-- next
CREATE TRIGGER answers_update BEFORE UPDATE ON answers
FOR EACH ROW EXECUTE FUNCTION refuse_change()
-- next
CREATE TRIGGER answers_delete BEFORE DELETE ON answers
FOR EACH ROW EXECUTE FUNCTION refuse_unless_erased()
-- next
CREATE TRIGGER answers_truncate BEFORE TRUNCATE ON answers
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
-- next
CREATE TABLE entries (
  owner TEXT NOT NULL,
  day DATE NOT NULL,
  head INTEGER NOT NULL,
  revisions INTEGER NOT NULL,
  status TEXT NOT NULL,
  origin TEXT NOT NULL,
  first_submitted_at TIMESTAMP WITH TIME ZONE,
  zone TEXT NOT NULL,
  sent_later BOOLEAN NOT NULL,
  scored BOOLEAN NOT NULL,
  logged BOOLEAN NOT NULL,
  conflict BOOLEAN NOT NULL,
  deleted_at TIMESTAMP WITH TIME ZONE,
  import_id TEXT,
  CONSTRAINT pk_entries PRIMARY KEY (owner, day),
  CONSTRAINT fk_entries_owner_day_head_revisions FOREIGN KEY(owner, day, head) REFERENCES revisions (owner, day, number),
  CONSTRAINT ck_entries_head_known CHECK (head <= revisions),
  CONSTRAINT ck_entries_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_entries_head_range CHECK (head BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_entries_revisions_range CHECK (revisions BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_entries_status_choice CHECK (status IN ('on_time', 'before_time', 'late', 'imported')),
  CONSTRAINT ck_entries_origin_choice CHECK (origin IN ('person', 'import')),
  CONSTRAINT ck_entries_zone_length CHECK (length(zone) BETWEEN 0 AND 64),
  CONSTRAINT ck_entries_import_id_length CHECK (length(import_id) BETWEEN 1 AND 40)
)
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
  CONSTRAINT ck_staged_answers_import_id_length CHECK (length(import_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_staged_answers_revision_range CHECK (revision BETWEEN 1 AND 2147483647),
  CONSTRAINT ck_staged_answers_item_length CHECK (length(item) BETWEEN 0 AND 40),
  CONSTRAINT ck_staged_answers_ruler_choice CHECK (ruler IN ('nrs', 'vas')),
  CONSTRAINT ck_staged_answers_state_choice CHECK (state IN ('answered', 'declined', 'n/a', 'no_recall')),
  CONSTRAINT ck_staged_answers_value_range CHECK (value BETWEEN 0 AND 100)
)
