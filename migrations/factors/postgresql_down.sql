DELETE FROM recovery_codes WHERE kind = 'factor'
-- next
ALTER TABLE recovery_codes DROP CONSTRAINT ck_recovery_codes_kind_choice
-- next
ALTER TABLE recovery_codes ADD CONSTRAINT ck_recovery_codes_kind_choice CHECK (kind IN ('sheet', 'operator'))
-- next
DELETE FROM attempts WHERE kind = 'factor'
-- next
ALTER TABLE attempts DROP CONSTRAINT ck_attempts_kind_choice
-- next
ALTER TABLE attempts ADD CONSTRAINT ck_attempts_kind_choice CHECK (kind IN ('account', 'network', 'device', 'recovery', 'link', 'register', 'password'))
-- next
DROP TABLE factors
