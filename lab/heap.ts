/** Bytes in use after a forced collection, or null if node was not started with --expose-gc. */
export function collectedHeap(): number | null {
  if (globalThis.gc === undefined) return null;
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
