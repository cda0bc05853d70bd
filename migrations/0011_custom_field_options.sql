CREATE TABLE `custom_field_options` (
	`org_id` text NOT NULL,
	`field_id` integer NOT NULL,
	`key` text NOT NULL,
	`option` text NOT NULL,
	PRIMARY KEY(`org_id`, `field_id`, `key`, `option`)
);
