/** What Ctrl+K offers besides what the program finds: the screens, and what can be done anywhere. */
import { app, place, type Screen } from "../app.svelte";
import { backend } from "../backend";
import type { Found } from "../bindings";
import type { IconName } from "../parts/icons";
import { actions, palette, screens } from "../words/shell";
import { turnSending } from "./pausing.svelte";
import { sync } from "./syncing.svelte";

export type Choice = {
  /** Stays the same while the text changes, so that the cursor can follow it. */
  id: string;
  group: string;
  icon: IconName;
  title: string;
  detail: string;
  run: () => void;
};

const screenIcons: Record<Screen, IconName> = {
  today: "home",
  orders: "orders",
  confirmations: "truck",
  drift: "scales",
  adjustments: "adjustments",
  mappings: "mappings",
  activity: "activity",
  settings: "settings",
};

const foundIcons: Record<Found["kind"], IconName> = {
  order: "orders",
  sku: "tag",
  adjustment: "adjustments",
  cause: "ban",
  setting: "settings",
};

export function fromProgram(found: readonly Found[]): Choice[] {
  const choices = found.map(({ kind, title, detail, go }) => ({
    id: `${kind}:${title}`,
    group: palette.groups.found,
    icon: foundIcons[kind],
    title,
    detail,
    run: () => app.go(go),
  }));
  // Two of one name, as when a number was used twice in Cin7 Core, are both shown.
  const seen = new Map<string, number>();
  return choices.map((choice) => {
    const times = (seen.get(choice.id) ?? 0) + 1;
    seen.set(choice.id, times);
    return times === 1 ? choice : { ...choice, id: `${choice.id}#${times}` };
  });
}

/** Screens and actions whose words begin with what was typed; all of them for nothing typed. */
export function fromPage(text: string): Choice[] {
  const wanted = text.trim().toLowerCase();
  return [...screenChoices(), ...actionChoices()].filter(({ title }) =>
    title
      .toLowerCase()
      .split(/\s+/)
      .some((_, at, parts) => parts.slice(at).join(" ").startsWith(wanted)),
  );
}

/** An order or SKU before a screen, unless a screen's name is what is being typed. */
export function together(text: string, local: Choice[], found: Choice[]): Choice[] {
  const typed = text.trim().toLowerCase();
  const names = local.some(({ title }) => title.toLowerCase().startsWith(typed));
  return typed && names ? [...local, ...found] : [...found, ...local];
}

function screenChoices(): Choice[] {
  return (Object.keys(screens) as Screen[]).map((screen) => ({
    id: `screen:${screen}`,
    group: palette.groups.screens,
    icon: screenIcons[screen],
    title: screens[screen],
    detail: "",
    run: () => app.go(place(screen)),
  }));
}

function actionChoices(): Choice[] {
  const action = (id: string, icon: IconName, title: string, run: () => void): Choice => ({
    id: `action:${id}`,
    group: palette.groups.actions,
    icon,
    title,
    detail: "",
    run,
  });
  const paused = Boolean(app.today?.paused);
  const themes = (["light", "dark", "system"] as const).filter(
    (theme) => theme !== app.shell?.theme,
  );
  return [
    action("sync", "refresh", actions.sync, () => void sync()),
    action(
      "pause",
      paused ? "play" : "pause",
      paused ? actions.resume : actions.pause,
      turnSending,
    ),
    ...themes.map((theme) =>
      action(`theme-${theme}`, "eye", actions.theme(theme), () => {
        void app.standing(backend.setTheme(theme));
      }),
    ),
    action("keys", "info", actions.keys, () => (app.keyList = true)),
    ...practiceChoice(action),
  ];
}

function practiceChoice(
  action: (id: string, icon: IconName, title: string, run: () => void) => Choice,
): Choice[] {
  if (app.shell?.practice)
    return [
      action("practice", "undo", actions.leavePractice, () => {
        void app.standing(backend.practice(false));
      }),
    ];
  if (!app.shell?.practice_available) return [];
  return [
    action("practice", "play", actions.practise, () => {
      void app.standing(backend.practice(true));
    }),
  ];
}
