import type pg from 'pg';

/**
 * Lets `client` outlive its connection. PostgreSQL may end a connection on which nothing is asked at the moment: a
 * transaction that stood still for too long, a server that is stopped. pg tells that by an event of its own, and ends the
 * process when nobody listens. Nothing is lost by not heeding it: whatever is asked on the connection next fails.
 */
export function outlivingBreaks<Client extends pg.ClientBase>(client: Client): Client {
  return client.on('error', unheeded);
}

function unheeded(): void {}
