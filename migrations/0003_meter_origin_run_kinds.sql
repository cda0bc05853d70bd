CREATE TABLE `webhook_misses` (
	`org_id` text NOT NULL,
	`hour` text NOT NULL,
	`model` text NOT NULL,
	`found_by` text NOT NULL,
	`missed` integer NOT NULL,
	PRIMARY KEY(`org_id`, `hour`, `model`, `found_by`)
);
--> statement-breakpoint
ALTER TABLE `orgs` ADD `origin` text;--> statement-breakpoint
ALTER TABLE `webhook_counts` ADD `longest_wait_ms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `runs_by_kind` ON `runs` (`org_id`,`kind`,`created_at`);