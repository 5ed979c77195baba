CREATE TABLE mappings (
  owner TEXT NOT NULL,
  import_id TEXT NOT NULL,
  told TEXT NOT NULL,
  CONSTRAINT pk_mappings PRIMARY KEY (owner, import_id),
  CONSTRAINT fk_mappings_owner_import_id_imports FOREIGN KEY(owner, import_id) REFERENCES imports (owner, id),
  CONSTRAINT ck_mappings_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_mappings_owner_text CHECK (owner IS NULL OR (typeof(owner) = 'text' AND instr(owner, char(0)) = 0)),
  CONSTRAINT ck_mappings_import_id_length CHECK (length(import_id) BETWEEN 1 AND 40),
  CONSTRAINT ck_mappings_import_id_text CHECK (import_id IS NULL OR (typeof(import_id) = 'text' AND instr(import_id, char(0)) = 0)),
  CONSTRAINT ck_mappings_told_length CHECK (length(told) BETWEEN 1 AND 2000000),
  CONSTRAINT ck_mappings_told_text CHECK (told IS NULL OR (typeof(told) = 'text' AND instr(told, char(0)) = 0))
)
 WITHOUT ROWID
