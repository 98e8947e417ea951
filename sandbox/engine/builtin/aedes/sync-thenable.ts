/**
 * Promise-likes that call back at once. aedes asks its persistence for promises and only chains
 * `then` and `finally` on them; answering in the same turn keeps publishes, subscriptions and
 * acknowledgements of one client in the order in which they arrived (3.1.1 [MQTT-4.6.0-6],
 * 5.0 [MQTT-4.6.0-5]).
 */
export interface SyncThenable {
  then(onValue?: (value: unknown) => void, onError?: (error: unknown) => void): SyncThenable;
  finally(callback: () => void): SyncThenable;
}

export function resolved(value?: unknown): SyncThenable {
  const settled: SyncThenable = {
    then(onValue) {
      onValue?.(value);
      return settled;
    },
    finally(callback) {
      callback();
      return settled;
    },
  };
  return settled;
}

export function rejected(error: Error): SyncThenable {
  const settled: SyncThenable = {
    then(_onValue, onError) {
      onError?.(error);
      return settled;
    },
    finally(callback) {
      callback();
      return settled;
    },
  };
  return settled;
}
