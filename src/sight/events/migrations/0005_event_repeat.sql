-- Which events a delivery told again: its rows are duplicates, and still say what is there. Kept until whoever follows
-- deliveries has read them (delivered.hpp).
create table event_repeat (
    delivery text not null,
    event text not null,
    primary key (delivery, event)
);
create index event_in_delivery on event (delivery, id);
