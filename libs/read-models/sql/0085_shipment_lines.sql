-- serves the line of one shipment: its id begins with the order and the tranche, which who asks for a shipment need not know
create index delivery_versions_shipment on read_rows.delivery_versions (generation, ledger, shipment_id)
  where shipment_id is not null;
