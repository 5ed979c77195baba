ALTER TABLE phases RENAME TO phases_before
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
INSERT INTO phases (owner, id, kind, start_day, end_day, label, medicine, dose_ug, created_at) SELECT owner, id, kind, start_day, end_day, label, medicine, dose_ug, created_at FROM phases_before
-- next
DROP TABLE phases_before
-- next
DROP TABLE plans
