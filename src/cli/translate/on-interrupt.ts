/**
 * Cleans up when a signal ends the process, and lets it end by that signal, which is what shells look at.
 * @returns what takes that back
 */
export function onInterrupt(clean: () => void): () => void {
  const listeners = signals.map((signal) => {
    const listener = () => {
      clean();
      process.kill(process.pid, signal);
    };
    process.once(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => {
    for (const remove of listeners) remove();
  };
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
