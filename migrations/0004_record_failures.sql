CREATE TABLE `record_failures` (
	`org_id` text NOT NULL,
	`model` text NOT NULL,
	`id` integer NOT NULL,
	`attempts` integer NOT NULL,
	`first_at` text NOT NULL,
	`last_at` text NOT NULL,
	PRIMARY KEY(`org_id`, `model`, `id`)
);
--> statement-breakpoint
ALTER TABLE `jobs` ADD `heartbeat_at` text;--> statement-breakpoint
ALTER TABLE `jobs` ADD `ledger_after` integer DEFAULT 0 NOT NULL;