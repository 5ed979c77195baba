CREATE TABLE plans (
  owner TEXT NOT NULL,
  id TEXT NOT NULL,
  definition TEXT NOT NULL,
  started_on DATE NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  ended_at TIMESTAMP WITH TIME ZONE,
  holder TEXT NOT NULL,
  study TEXT,
  public BYTEA,
  hidden BYTEA,
  sealed BYTEA,
  opens_on DATE,
  token_sha256 BYTEA,
  looked_at TIMESTAMP WITH TIME ZONE,
  revealed_at TIMESTAMP WITH TIME ZONE,
  revealed_by TEXT,
  why TEXT,
  reason TEXT NOT NULL,
  CONSTRAINT pk_plans PRIMARY KEY (owner, id),
  CONSTRAINT uq_plans_token_sha256 UNIQUE (token_sha256),
  CONSTRAINT ck_plans_study_known CHECK (study IS NULL OR holder = 'study'),
  CONSTRAINT ck_plans_nothing_hidden CHECK (holder <> 'none' OR public IS NULL),
  CONSTRAINT ck_plans_public_first CHECK (public IS NOT NULL OR (hidden IS NULL AND sealed IS NULL)),
  CONSTRAINT ck_plans_link CHECK (token_sha256 IS NULL OR holder = 'person'),
  CONSTRAINT ck_plans_opens CHECK (opens_on IS NULL OR holder <> 'none'),
  CONSTRAINT ck_plans_revealed CHECK ((revealed_at IS NULL) = (revealed_by IS NULL) AND (revealed_at IS NULL) = (why IS NULL) AND (reason = '' OR revealed_at IS NOT NULL)),
  CONSTRAINT ck_plans_revealed_hidden CHECK (revealed_at IS NULL OR holder <> 'none'),
  CONSTRAINT fk_plans_owner_accounts FOREIGN KEY(owner) REFERENCES accounts (id),
  CONSTRAINT ck_plans_owner_length CHECK (length(owner) BETWEEN 1 AND 40),
  CONSTRAINT ck_plans_id_length CHECK (length(id) BETWEEN 1 AND 40),
  CONSTRAINT ck_plans_definition_length CHECK (length(definition) BETWEEN 2 AND 60000),
  CONSTRAINT ck_plans_holder_choice CHECK (holder IN ('none', 'app', 'person', 'study')),
  CONSTRAINT ck_plans_study_length CHECK (length(study) BETWEEN 1 AND 40),
  CONSTRAINT ck_plans_public_length CHECK (length(public) = 32),
  CONSTRAINT ck_plans_hidden_length CHECK (length(hidden) BETWEEN 1 AND 200),
  CONSTRAINT ck_plans_sealed_length CHECK (length(sealed) BETWEEN 1 AND 200),
  CONSTRAINT ck_plans_token_sha256_length CHECK (length(token_sha256) = 32),
  CONSTRAINT ck_plans_revealed_by_choice CHECK (revealed_by IN ('owner', 'holder', 'study')),
  CONSTRAINT ck_plans_why_choice CHECK (why IN ('planned_end', 'side_effect', 'emergency', 'other')),
  CONSTRAINT ck_plans_reason_length CHECK (length(reason) BETWEEN 0 AND 500)
)
-- next
ALTER TABLE phases DROP COLUMN sealed
-- next
ALTER TABLE phases ADD COLUMN plan TEXT CONSTRAINT ck_phases_plan_length CHECK (length(plan) BETWEEN 1 AND 40)
-- next
ALTER TABLE phases ADD CONSTRAINT fk_phases_owner_plan_plans FOREIGN KEY(owner, plan) REFERENCES plans (owner, id)
