CREATE TABLE `run_pages` (
	`org_id` text NOT NULL,
	`run_id` text NOT NULL,
	`model` text NOT NULL,
	`page` integer NOT NULL,
	`ids` text NOT NULL,
	`ticket` integer NOT NULL,
	PRIMARY KEY(`org_id`, `run_id`, `model`, `page`)
);
