-- Who may read what is TLP:RED: ids of people with commas between; empty under every other label, and for nobody.
alter table source add column readers text not null default '';
alter table indicator_source add column readers text not null default '';
update source set readers = substr(created_by, 6) where tlp = 'red' and created_by like 'user:%';
update indicator_source set readers = substr(created_by, 6) where tlp = 'red' and created_by like 'user:%';

-- TLP:RED is rare: what is hidden from whom is found without reading the rest.
create index indicator_source_red on indicator_source (indicator) where tlp = 'red';
create index indicator_source_red_by_source on indicator_source (source) where tlp = 'red';
create index indicator_red on indicator (id) where tlp = 'red';

-- What is derived takes the label of the listings that are not TLP:RED, where there are any (docs/decisions/0015).
update indicator set
    (confidence, first_listed, last_listed, active_from, active_until, valid_until, tlp, pap) =
    (select max(s.effective), min(s.first_listed), max(s.last_listed), min(s.active_from), max(s.active_until),
        case when count(*) = count(s.valid_until) then max(s.valid_until) else null end,
        case max(case s.tlp when 'clear' then 0 when 'green' then 1 when 'amber' then 2 else 3 end)
            when 0 then 'clear' when 1 then 'green' when 2 then 'amber' else 'amber+strict' end,
        case max(case s.pap when 'clear' then 0 when 'green' then 1 when 'amber' then 2 else 3 end)
            when 0 then 'clear' when 1 then 'green' when 2 then 'amber' else 'red' end
        from indicator_source s where s.indicator = indicator.id and s.tlp <> 'red'),
    (class, type) = (select s.class, s.type from indicator_source s where s.indicator = indicator.id and s.tlp <> 'red'
        order by s.confidence desc, s.last_listed desc, s.source limit 1),
    version = version + 1
where tlp = 'red' and exists
    (select 1 from indicator_source s where s.indicator = indicator.id and s.tlp <> 'red');
