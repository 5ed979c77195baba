CREATE TABLE medicines (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  start_day DATE NOT NULL,
  end_day DATE,
  usual_minute INTEGER,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  removed_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_medicines PRIMARY KEY (owner, id),
  CONSTRAINT ck_medicines_order CHECK (end_day > start_day),
  CONSTRAINT fk_medicines_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_medicines_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_medicines_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_medicines_name_length CHECK (length(name) BETWEEN 1 AND 100),
  CONSTRAINT ck_medicines_usual_minute_range CHECK (usual_minute BETWEEN 0 AND 1439)
)
-- next
CREATE TABLE doses (
  owner TEXT NOT NULL,
  medicine TEXT NOT NULL,
  start_day DATE NOT NULL,
  dose_ug INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  note TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_doses PRIMARY KEY (owner, medicine, start_day),
  CONSTRAINT fk_doses_owner_medicine_medicines FOREIGN KEY(owner, medicine) REFERENCES medicines (owner, id),
  CONSTRAINT fk_doses_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_doses_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_doses_medicine_length CHECK (length(medicine) BETWEEN 1 AND 40),
  CONSTRAINT ck_doses_dose_ug_range CHECK (dose_ug BETWEEN 1 AND 1000000000),
  CONSTRAINT ck_doses_changed_by_choice CHECK (changed_by IN ('me', 'clinician', 'study')),
  CONSTRAINT ck_doses_note_length CHECK (length(note) BETWEEN 0 AND 200)
)
