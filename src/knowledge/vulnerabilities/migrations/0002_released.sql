-- When the list's owner released it: one that was released before does not undo it.
alter table vulnerability_list add column released bigint;  -- Null where that is not told.
