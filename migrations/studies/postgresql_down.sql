DROP TABLE unblindings
-- next
DROP TABLE participants
-- next
DROP TABLE allocations
-- next
DROP TABLE enrolment_codes
-- next
DROP TABLE consents
-- next
DROP TABLE study_members
-- next
DROP TABLE studies
-- next
DELETE FROM readings WHERE reader_kind = 'coordinator' OR what = 'study'
-- next
ALTER TABLE readings DROP CONSTRAINT ck_readings_what_choice
-- next
ALTER TABLE readings ADD CONSTRAINT ck_readings_what_choice CHECK (what IN ('opened', 'list', 'report', 'trends', 'pdf', 'file', 'night_form'))
-- next
ALTER TABLE readings DROP CONSTRAINT ck_readings_reader_kind_choice
-- next
ALTER TABLE readings ADD CONSTRAINT ck_readings_reader_kind_choice CHECK (reader_kind IN ('clinician', 'helper', 'link', 'operator'))
