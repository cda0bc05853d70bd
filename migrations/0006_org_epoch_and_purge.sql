ALTER TABLE `orgs` ADD `epoch` text;--> statement-breakpoint
ALTER TABLE `orgs` ADD `purging_at` text;--> statement-breakpoint
UPDATE `orgs` SET `epoch` = lower(hex(randomblob(16)));--> statement-breakpoint
CREATE TRIGGER `api_keys_of_live_org` BEFORE INSERT ON `api_keys`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;--> statement-breakpoint
CREATE TRIGGER `idempotency_keys_of_live_org` BEFORE INSERT ON `idempotency_keys`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;--> statement-breakpoint
CREATE TRIGGER `mapping_versions_of_live_org` BEFORE INSERT ON `mapping_versions`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;--> statement-breakpoint
CREATE TRIGGER `read_fences_of_live_org` BEFORE INSERT ON `read_fences`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;--> statement-breakpoint
CREATE TRIGGER `subscriptions_of_live_org` BEFORE INSERT ON `subscriptions`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;--> statement-breakpoint
CREATE TRIGGER `webhook_counts_of_live_org` BEFORE INSERT ON `webhook_counts`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;--> statement-breakpoint
CREATE TRIGGER `webhook_misses_of_live_org` BEFORE INSERT ON `webhook_misses`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;--> statement-breakpoint
CREATE TRIGGER `jobs_of_live_org` BEFORE INSERT ON `jobs`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;--> statement-breakpoint
CREATE TRIGGER `runs_of_live_org` BEFORE INSERT ON `runs`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;--> statement-breakpoint
CREATE TRIGGER `poll_cursors_of_live_org` BEFORE INSERT ON `poll_cursors`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;--> statement-breakpoint
CREATE TRIGGER `dead_letters_of_live_org` BEFORE INSERT ON `dead_letters`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;--> statement-breakpoint
CREATE TRIGGER `record_failures_of_live_org` BEFORE INSERT ON `record_failures`
WHEN NEW.org_id <> '' AND NOT EXISTS (SELECT 1 FROM orgs WHERE id = NEW.org_id AND purging_at IS NULL)
BEGIN
  SELECT RAISE(IGNORE);
END;
