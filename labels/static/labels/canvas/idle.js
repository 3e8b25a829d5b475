/** Work that can wait until the browser has nothing better to do. */

/** @type {(work: () => void) => unknown} */
export const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 50));
