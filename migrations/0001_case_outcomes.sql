CREATE TABLE `case_outcomes` (
	`org_id` text NOT NULL,
	`case_id` integer NOT NULL,
	`bucket` text NOT NULL,
	`code` text NOT NULL,
	PRIMARY KEY(`org_id`, `case_id`)
) WITHOUT ROWID;
