import { datasetOf } from './dataset.ts';

/**
 * Makes datasets on the server that `WAYBILL_BENCH_DATABASE_URL` names, of so many events as the arguments say, and
 * prints what they hold: databases `waybill_dataset_EVENTS`, to be cloned with `create database … template …`.
 */
const serverUrl = process.env['WAYBILL_BENCH_DATABASE_URL'];
if (serverUrl === undefined) throw new TypeError('WAYBILL_BENCH_DATABASE_URL names no server');
const sizes = process.argv.slice(2).map(Number);
for (const events of sizes.length > 0 ? sizes : [1_000_000]) {
  console.log(JSON.stringify(await datasetOf(serverUrl, events, (text) => console.error(text))));
}
