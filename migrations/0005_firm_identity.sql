ALTER TABLE `orgs` ADD `firm_uuid` text;--> statement-breakpoint
ALTER TABLE `orgs` ADD `firm_name` text;--> statement-breakpoint
CREATE UNIQUE INDEX `orgs_by_connected_firm` ON `orgs` (`firm_uuid`) WHERE connected_at IS NOT NULL;