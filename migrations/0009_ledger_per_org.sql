PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_changes` (
	`org_id` text NOT NULL,
	`seq` integer NOT NULL,
	`entity` text NOT NULL,
	`entity_id` text NOT NULL,
	`field` text NOT NULL,
	`old_value` text,
	`new_value` text,
	`trigger` text NOT NULL,
	`job_id` text,
	`at` text NOT NULL,
	PRIMARY KEY(`org_id`, `seq`)
);
--> statement-breakpoint
-- The ledger's numbers become the org's own: by one, without gaps, in the order that they had.
INSERT INTO `__new_changes`("org_id", "seq", "entity", "entity_id", "field", "old_value", "new_value", "trigger", "job_id", "at")
SELECT "org_id", row_number() OVER (PARTITION BY "org_id" ORDER BY "id"), "entity", "entity_id", "field", "old_value", "new_value", "trigger", "job_id", "at" FROM `changes`;--> statement-breakpoint
UPDATE `jobs` SET `ledger_after` = (SELECT count(*) FROM `changes` c WHERE c.org_id = `jobs`.org_id AND c.id <= `jobs`.ledger_after)
WHERE `state` IN ('queued', 'running');--> statement-breakpoint
DROP TABLE `changes`;--> statement-breakpoint
ALTER TABLE `__new_changes` RENAME TO `changes`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `changes_by_row` ON `changes` (`org_id`,`entity_id`);--> statement-breakpoint
ALTER TABLE `orgs` ADD `ledger_seq` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `orgs` SET `ledger_seq` = (SELECT coalesce(max(c.seq), 0) FROM `changes` c WHERE c.org_id = `orgs`.id);
