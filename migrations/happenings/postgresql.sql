CREATE TABLE effects (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  effect TEXT NOT NULL,
  name TEXT NOT NULL,
  severity TEXT NOT NULL,
  start_day DATE NOT NULL,
  end_day DATE,
  bothersome BOOLEAN NOT NULL,
  action TEXT NOT NULL,
  reported_day DATE NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_effects PRIMARY KEY (owner, id),
  CONSTRAINT ck_effects_order CHECK (end_day > start_day),
  CONSTRAINT ck_effects_reported CHECK (reported_day >= start_day),
  CONSTRAINT ck_effects_named CHECK ((effect = 'other') = (name <> '')),
  CONSTRAINT fk_effects_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_effects_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_effects_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_effects_effect_choice CHECK (effect IN ('vivid_dreams', 'headache', 'nausea', 'insomnia', 'diarrhoea', 'anxiety', 'fast_heartbeat', 'mood_change', 'other')),
  CONSTRAINT ck_effects_name_length CHECK (length(name) BETWEEN 0 AND 100),
  CONSTRAINT ck_effects_severity_choice CHECK (severity IN ('mild', 'moderate', 'severe')),
  CONSTRAINT ck_effects_action_choice CHECK (action IN ('none', 'told_clinician', 'stopped'))
)
-- next
CREATE TABLE effect_checks (
  owner TEXT NOT NULL,
  day DATE NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_effect_checks PRIMARY KEY (owner, day),
  CONSTRAINT fk_effect_checks_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_effect_checks_owner_length CHECK (length(owner) BETWEEN 1 AND 40)
)
-- next
CREATE TABLE measurements (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  bound TEXT NOT NULL,
  digits BIGINT NOT NULL,
  places INTEGER NOT NULL,
  unit TEXT NOT NULL,
  day DATE NOT NULL,
  note TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_measurements PRIMARY KEY (owner, id),
  CONSTRAINT fk_measurements_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_measurements_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_measurements_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_measurements_name_length CHECK (length(name) BETWEEN 1 AND 60),
  CONSTRAINT ck_measurements_bound_choice CHECK (bound IN ('', '<', '>')),
  CONSTRAINT ck_measurements_digits_range CHECK (digits BETWEEN -999999999999999 AND 999999999999999),
  CONSTRAINT ck_measurements_places_range CHECK (places BETWEEN 0 AND 6),
  CONSTRAINT ck_measurements_unit_length CHECK (length(unit) BETWEEN 0 AND 30),
  CONSTRAINT ck_measurements_note_length CHECK (length(note) BETWEEN 0 AND 500)
)
