ALTER TABLE phases DROP COLUMN plan
-- next
DROP TABLE plans
-- next
ALTER TABLE phases ADD COLUMN sealed BYTEA CONSTRAINT ck_phases_sealed CHECK (sealed IS NULL OR kind = 'blinded')
