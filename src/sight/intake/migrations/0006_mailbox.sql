-- Feeds that are mailboxes: their server stands in `url`. Empty in feeds of other kinds.
alter table feed add column mail_user text not null default '';
alter table feed add column mail_password text not null default '';  -- Sealed.
alter table feed add column mail_folder text not null default '';
alter table feed add column mail_senders text not null default '';   -- Lines.
alter table feed add column mail_moved_to text not null default '';  -- Empty: mails stay, marked as read.
-- How far the folder is read: UIDs of another validity say nothing. 0 before the first look.
alter table feed_state add column uid_validity bigint not null default 0;
alter table feed_state add column last_uid bigint not null default 0;
