-- serves idleness: the units that came to stand at sites, by day, from the index alone
create index position_contributions_standing
  on read.position_contributions (generation, ledger, site_id, effective_on, position) include (quantity)
  where bucket = 'accepted' and site_id is not null;
