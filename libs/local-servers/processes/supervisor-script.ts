/**
 * sh -c SUPERVISOR supervisor STOP_SIGNAL STOP_WITHIN_SECONDS FOLDER COMMAND…
 *
 * Says the server's pid, then waits for whichever comes first: the server ends, or standard input does (our parent
 * closed it, or is dead). Descriptor 3 keeps standard input for the watcher, since sh gives background jobs /dev/null;
 * the server does not inherit it, or the pipe would never close.
 */
export const SUPERVISOR = `
stop_signal=$1 stop_within=$2 folder=$3
shift 3
exec 3<&0
(cd "$folder" && exec "$@") </dev/null 3<&- &
server=$!
echo "$server"
(
  while read -r ignored; do :; done
  kill -s "$stop_signal" "$server" 2>/dev/null
  waited=0
  while kill -0 "$server" 2>/dev/null && [ "$waited" -lt "$stop_within" ]; do sleep 1; waited=$((waited + 1)); done
  kill -s QUIT "$server" 2>/dev/null && sleep 3
  kill -s KILL "$server" 2>/dev/null
) <&3 >/dev/null 2>&1 &
watcher=$!
exec 3<&- <&-
wait "$server"
code=$?
kill "$watcher" 2>/dev/null
exit "$code"
`;
