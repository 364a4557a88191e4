/**
 * The shortcuts that work wherever the focus is, and the list of them that `?` shows. A screen
 * adds its own while it is on screen. What a list does with its arrows is the list's.
 */
import { untrack } from "svelte";

export type Shortcut = {
  /** "mod+k", "alt+arrowleft", "?", "r"; `mod` is Ctrl, or Cmd on a Mac. */
  key: string;
  /** What it does, as the key list words it. */
  does: string;
  group: string;
  run: (event: KeyboardEvent) => void;
};

class Keys {
  shown = $state.raw<Shortcut[]>([]);

  /** Adds shortcuts until the returned function is called; the newest of a key wins. */
  add(shortcuts: Shortcut[]): () => void {
    // Called from effects, which must not depend on what others have added.
    untrack(() => (this.shown = [...this.shown, ...shortcuts]));
    return () => {
      untrack(() => (this.shown = this.shown.filter((each) => !shortcuts.includes(each))));
    };
  }

  /** Runs what the key means here, if anything. */
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const pressed = name(event);
    const plain = !/^(mod|alt)\+/.test(pressed);
    // A letter typed into a box is a letter; behind a dialog the screen is asleep.
    if (plain && (types(event.target) || dialogOpen())) return;
    // Enter and Space on a button press that button.
    if ((pressed === "enter" || pressed === " ") && pressable(event.target)) return;
    const shortcut = this.shown.findLast((each) => each.key === pressed);
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run(event);
  }
}

export const keys = new Keys();

/** The pressed key as a shortcut names it. */
export function name(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const alt = event.altKey ? "alt+" : "";
  return mod + alt + event.key.toLowerCase();
}

/** "mod+k" as it is printed on a key: "Ctrl K". */
export function printed(key: string): string {
  const words: Record<string, string> = {
    mod: "Ctrl",
    alt: "Alt",
    arrowleft: "←",
    arrowright: "→",
    arrowup: "↑",
    arrowdown: "↓",
    " ": "Space",
    escape: "Esc",
    enter: "Enter",
  };
  return key
    .split("+")
    .map((part) => words[part] ?? part.toUpperCase())
    .join(" ");
}

function types(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])"))
  );
}

function pressable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches("button, a[href], summary, input, [role^=menuitem]")
  );
}

const dialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
