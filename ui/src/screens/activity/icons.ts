/** The icon beside an outcome's word, so that colour never carries the meaning alone. */
import type { Tone } from "../../bindings";
import type { IconName } from "../../parts/icons";

export const icons: Record<Tone, IconName> = {
  stop: "ban",
  warn: "warning",
  info: "info",
  ok: "done",
  plain: "minus",
};
