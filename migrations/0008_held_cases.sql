CREATE TABLE `held_cases` (
	`org_id` text NOT NULL,
	`case_id` integer NOT NULL,
	`run_id` text NOT NULL,
	`impacts` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`org_id`, `case_id`)
);
--> statement-breakpoint
CREATE INDEX `held_cases_by_run` ON `held_cases` (`org_id`,`run_id`,`case_id`);--> statement-breakpoint
DROP INDEX `runs_in_flight`;--> statement-breakpoint
CREATE UNIQUE INDEX `runs_in_flight` ON `runs` (`org_id`,`kind`,(CASE WHEN "held" IS NULL THEN '' ELSE "id" END)) WHERE "runs"."state" IN ('queued', 'running');