/**
 * The only door to the program behind the page: every command and every event goes through
 * here. Nothing is decided here, and no other file imports Tauri (eslint.config.js sees to it).
 */
import { invoke } from "@tauri-apps/api/core";

/** What the program tells when the page is there. */
export interface Beginning {
  version: string;
}

/** Says that the page listens, and learns what to show first. */
export function begin(): Promise<Beginning> {
  return invoke<Beginning>("begin");
}
