/**
 * The program behind the page, as tests stand in for it: by Tauri's own means, which are
 * imported nowhere else. The page itself never imports this.
 */
export { mockIPC } from "@tauri-apps/api/mocks";

/** Sends the page an event of the program's; needs `shouldMockEvents`. */
export function emit(event: string, payload: unknown): Promise<unknown> {
  const bridge = window as unknown as {
    __TAURI_INTERNALS__: { invoke: (command: string, args: unknown) => Promise<unknown> };
  };
  return bridge.__TAURI_INTERNALS__.invoke("plugin:event|emit", { event, payload });
}
