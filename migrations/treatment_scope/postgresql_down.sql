ALTER TABLE grants DROP COLUMN treatment
-- next
ALTER TABLE grant_invitations DROP CONSTRAINT ck_grant_invitations_asked
-- next
ALTER TABLE grant_invitations ADD CONSTRAINT ck_grant_invitations_asked CHECK (side = 'offer' OR (kind = 'read' AND first_day IS NULL AND end_day IS NULL AND items IS NULL AND NOT notes AND NOT pdf AND grant_end IS NULL))
-- next
ALTER TABLE grant_invitations DROP COLUMN treatment
-- next
ALTER TABLE shares DROP COLUMN treatment
