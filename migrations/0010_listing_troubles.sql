CREATE TABLE `listing_troubles` (
	`org_id` text NOT NULL,
	`model` text NOT NULL,
	`kind` text NOT NULL,
	`runs` integer DEFAULT 1 NOT NULL,
	`run_id` text NOT NULL,
	`detail` text NOT NULL,
	`first_at` text NOT NULL,
	PRIMARY KEY(`org_id`, `model`, `kind`)
);
