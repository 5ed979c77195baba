ALTER TABLE grants ADD COLUMN treatment BOOLEAN DEFAULT false NOT NULL
-- next
UPDATE grants SET treatment = true WHERE kind = 'read'
-- next
ALTER TABLE grant_invitations ADD COLUMN treatment BOOLEAN DEFAULT false NOT NULL
-- next
ALTER TABLE grant_invitations DROP CONSTRAINT ck_grant_invitations_asked
-- next
ALTER TABLE grant_invitations ADD CONSTRAINT ck_grant_invitations_asked CHECK (side = 'offer' OR (kind = 'read' AND first_day IS NULL AND end_day IS NULL AND items IS NULL AND NOT notes AND NOT treatment AND NOT pdf AND grant_end IS NULL))
-- next
UPDATE grant_invitations SET treatment = true WHERE kind = 'read' AND side = 'offer'
-- next
ALTER TABLE shares ADD COLUMN treatment BOOLEAN DEFAULT false NOT NULL
-- next
UPDATE shares SET treatment = true
