CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` text NOT NULL,
	`last_used_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_by_org` ON `api_keys` (`org_id`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`principal` text NOT NULL,
	`key` text NOT NULL,
	`org_id` text,
	`request_hash` text NOT NULL,
	`status` integer,
	`body` text,
	`location` text,
	`created_at` text NOT NULL,
	PRIMARY KEY(`principal`, `key`)
);
--> statement-breakpoint
CREATE TABLE `changes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`org_id` text NOT NULL,
	`entity` text NOT NULL,
	`entity_id` text NOT NULL,
	`field` text NOT NULL,
	`old_value` text,
	`new_value` text,
	`trigger` text NOT NULL,
	`job_id` text,
	`at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `changes_by_org` ON `changes` (`org_id`,`id`);--> statement-breakpoint
CREATE TABLE `commit_guard` (
	`ok` integer NOT NULL,
	CONSTRAINT "commit_inputs_unchanged" CHECK("commit_guard"."ok" = 1)
);
--> statement-breakpoint
CREATE TABLE `mapping_versions` (
	`org_id` text NOT NULL,
	`version` integer NOT NULL,
	`document` text NOT NULL,
	`restored_from` integer,
	`created_at` text NOT NULL,
	PRIMARY KEY(`org_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `mycase_case_people` (
	`org_id` text NOT NULL,
	`kind` text NOT NULL,
	`person_id` integer NOT NULL,
	`case_id` integer NOT NULL,
	PRIMARY KEY(`org_id`, `kind`, `person_id`, `case_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `mycase_case_people_by_case` ON `mycase_case_people` (`org_id`,`case_id`);--> statement-breakpoint
CREATE TABLE `mycase_case_stages` (
	`org_id` text NOT NULL,
	`id` integer NOT NULL,
	`record` text,
	`state` text DEFAULT 'present' NOT NULL,
	`updated_at` text,
	`hash` text NOT NULL,
	`ticket` integer NOT NULL,
	`version` integer NOT NULL,
	`read_at` text NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `mycase_cases` (
	`org_id` text NOT NULL,
	`id` integer NOT NULL,
	`record` text,
	`state` text DEFAULT 'present' NOT NULL,
	`updated_at` text,
	`hash` text NOT NULL,
	`ticket` integer NOT NULL,
	`version` integer NOT NULL,
	`read_at` text NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `mycase_clients` (
	`org_id` text NOT NULL,
	`id` integer NOT NULL,
	`record` text,
	`state` text DEFAULT 'present' NOT NULL,
	`updated_at` text,
	`hash` text NOT NULL,
	`ticket` integer NOT NULL,
	`version` integer NOT NULL,
	`read_at` text NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `mycase_companies` (
	`org_id` text NOT NULL,
	`id` integer NOT NULL,
	`record` text,
	`state` text DEFAULT 'present' NOT NULL,
	`updated_at` text,
	`hash` text NOT NULL,
	`ticket` integer NOT NULL,
	`version` integer NOT NULL,
	`read_at` text NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `mycase_custom_fields` (
	`org_id` text NOT NULL,
	`id` integer NOT NULL,
	`record` text,
	`state` text DEFAULT 'present' NOT NULL,
	`updated_at` text,
	`hash` text NOT NULL,
	`ticket` integer NOT NULL,
	`version` integer NOT NULL,
	`read_at` text NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `mycase_leads` (
	`org_id` text NOT NULL,
	`id` integer NOT NULL,
	`record` text,
	`state` text DEFAULT 'present' NOT NULL,
	`updated_at` text,
	`hash` text NOT NULL,
	`ticket` integer NOT NULL,
	`version` integer NOT NULL,
	`read_at` text NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `mycase_people_groups` (
	`org_id` text NOT NULL,
	`id` integer NOT NULL,
	`record` text,
	`state` text DEFAULT 'present' NOT NULL,
	`updated_at` text,
	`hash` text NOT NULL,
	`ticket` integer NOT NULL,
	`version` integer NOT NULL,
	`read_at` text NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `mycase_practice_areas` (
	`org_id` text NOT NULL,
	`id` integer NOT NULL,
	`record` text,
	`state` text DEFAULT 'present' NOT NULL,
	`updated_at` text,
	`hash` text NOT NULL,
	`ticket` integer NOT NULL,
	`version` integer NOT NULL,
	`read_at` text NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `mycase_staff` (
	`org_id` text NOT NULL,
	`id` integer NOT NULL,
	`record` text,
	`state` text DEFAULT 'present' NOT NULL,
	`updated_at` text,
	`hash` text NOT NULL,
	`ticket` integer NOT NULL,
	`version` integer NOT NULL,
	`read_at` text NOT NULL,
	`deleted_at` text,
	PRIMARY KEY(`org_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `read_fences` (
	`org_id` text NOT NULL,
	`model` text NOT NULL,
	`ticket` integer NOT NULL,
	PRIMARY KEY(`org_id`, `model`)
);
--> statement-breakpoint
CREATE TABLE `orgs` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`timezone` text NOT NULL,
	`default_country` text DEFAULT 'US' NOT NULL,
	`pull_lead_objects` integer DEFAULT false NOT NULL,
	`mapping_version` integer,
	`clock` integer DEFAULT 0 NOT NULL,
	`config_version` integer DEFAULT 0 NOT NULL,
	`derived_config_version` integer DEFAULT 0 NOT NULL,
	`connected_at` text,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `contacts` (
	`org_id` text NOT NULL,
	`client_id` integer NOT NULL,
	`kind` text NOT NULL,
	`first_name` text,
	`last_name` text,
	`group_name` text,
	`email` text,
	`phone` text,
	`phone_raw` text,
	`phone_source` text,
	`birthdate` text,
	`reachable` integer NOT NULL,
	`archived` integer NOT NULL,
	`unlinked_at` text,
	`synced_at` text NOT NULL,
	`deleted_at` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`org_id`, `client_id`)
);
--> statement-breakpoint
CREATE TABLE `leads` (
	`org_id` text NOT NULL,
	`source` text NOT NULL,
	`source_id` integer NOT NULL,
	`contact_id` integer,
	`first_name` text,
	`last_name` text,
	`email` text,
	`phone` text,
	`phone_raw` text,
	`status` text,
	`synced_at` text NOT NULL,
	`deleted_at` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`org_id`, `source`, `source_id`)
);
--> statement-breakpoint
CREATE INDEX `leads_by_contact` ON `leads` (`org_id`,`contact_id`);--> statement-breakpoint
CREATE TABLE `team_members` (
	`org_id` text NOT NULL,
	`staff_id` integer NOT NULL,
	`first_name` text,
	`last_name` text,
	`title` text,
	`email` text,
	`phone` text,
	`phone_raw` text,
	`phone_source` text,
	`active` integer NOT NULL,
	`role` text,
	`visible` integer NOT NULL,
	`visibility_override` text,
	`synced_at` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`org_id`, `staff_id`)
);
--> statement-breakpoint
CREATE TABLE `project_contacts` (
	`org_id` text NOT NULL,
	`case_id` integer NOT NULL,
	`client_id` integer NOT NULL,
	`role` text,
	`is_main` integer NOT NULL,
	PRIMARY KEY(`org_id`, `case_id`, `client_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `project_contacts_by_client` ON `project_contacts` (`org_id`,`client_id`);--> statement-breakpoint
CREATE TABLE `project_team_members` (
	`org_id` text NOT NULL,
	`case_id` integer NOT NULL,
	`staff_id` integer NOT NULL,
	`lead_lawyer` integer NOT NULL,
	`originating_lawyer` integer NOT NULL,
	PRIMARY KEY(`org_id`, `case_id`, `staff_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `project_team_members_by_staff` ON `project_team_members` (`org_id`,`staff_id`);--> statement-breakpoint
CREATE TABLE `projects` (
	`org_id` text NOT NULL,
	`case_id` integer NOT NULL,
	`name` text,
	`case_number` text,
	`status` text,
	`project_type` text,
	`phase` text,
	`enabled` integer NOT NULL,
	`type_unmapped` integer NOT NULL,
	`is_lead` integer NOT NULL,
	`practice_area` text,
	`case_stage` text,
	`opened_date` text,
	`closed_date` text,
	`custom_fields` text NOT NULL,
	`main_contact_id` integer,
	`main_contact_reason` text NOT NULL,
	`pinned_contact_id` integer,
	`mapping_version` integer NOT NULL,
	`mycase_updated_at` text,
	`synced_at` text NOT NULL,
	`deleted_at` text,
	`version` integer NOT NULL,
	PRIMARY KEY(`org_id`, `case_id`)
);
--> statement-breakpoint
CREATE INDEX `projects_by_type` ON `projects` (`org_id`,`project_type`,`phase`,`case_id`);--> statement-breakpoint
CREATE TABLE `subscriptions` (
	`key_hash` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`model` text NOT NULL,
	`mycase_id` text NOT NULL,
	`hmac_key` text,
	`scheme` text,
	`state` text NOT NULL,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `subscriptions_by_org` ON `subscriptions` (`org_id`);--> statement-breakpoint
CREATE TABLE `webhook_counts` (
	`org_id` text NOT NULL,
	`hour` text NOT NULL,
	`model` text NOT NULL,
	`action` text NOT NULL,
	`recognised` integer NOT NULL,
	`received` integer NOT NULL,
	`last_at` text NOT NULL,
	PRIMARY KEY(`org_id`, `hour`, `model`, `action`)
);
--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`message` text NOT NULL,
	`model` text,
	`record_id` integer,
	`code` text NOT NULL,
	`detail` text NOT NULL,
	`attempts` integer NOT NULL,
	`created_at` text NOT NULL,
	`closed_at` text,
	`closed_by` text
);
--> statement-breakpoint
CREATE INDEX `dead_letters_open` ON `dead_letters` (`org_id`,`closed_at`,`created_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`case_id` integer NOT NULL,
	`state` text NOT NULL,
	`result` text,
	`error` text,
	`created_at` text NOT NULL,
	`finished_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_in_flight` ON `jobs` (`org_id`,`case_id`) WHERE "jobs"."state" IN ('queued', 'running');--> statement-breakpoint
CREATE TABLE `poll_cursors` (
	`org_id` text NOT NULL,
	`model` text NOT NULL,
	`updated_after` text NOT NULL,
	PRIMARY KEY(`org_id`, `model`)
);
--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`org_id` text NOT NULL,
	`kind` text NOT NULL,
	`trigger` text NOT NULL,
	`state` text NOT NULL,
	`step` integer DEFAULT 0 NOT NULL,
	`cursor` text,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer,
	`counts` text DEFAULT '{}' NOT NULL,
	`mycase_requests` integer DEFAULT 0 NOT NULL,
	`rows_written` integer DEFAULT 0 NOT NULL,
	`errors` text DEFAULT '[]' NOT NULL,
	`created_at` text NOT NULL,
	`started_at` text,
	`heartbeat_at` text NOT NULL,
	`finished_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `runs_in_flight` ON `runs` (`org_id`,`kind`) WHERE "runs"."state" IN ('queued', 'running', 'held');--> statement-breakpoint
CREATE INDEX `runs_by_org` ON `runs` (`org_id`,`created_at`);