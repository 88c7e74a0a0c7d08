/** One observer that tells all of `observers` in their order. */
export function together<Observer extends object>(...observers: readonly Observer[]): Observer {
  const names = new Set(observers.flatMap((observer) => Object.keys(observer)));
  const told = [...names].map((name) => [name, (...said: readonly unknown[]) => tell(observers, name, said)] as const);
  return Object.fromEntries(told) as Observer;
}

function tell(observers: readonly object[], name: string, said: readonly unknown[]): void {
  for (const observer of observers) {
    const hears: unknown = Reflect.get(observer, name);
    if (typeof hears === 'function') Reflect.apply(hears, observer, said);
  }
}
