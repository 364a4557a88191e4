/**
 * What was changed and not saved yet, over all sections. Saved all or none: a value that is not
 * taken leaves every one of them as it was typed, with what is wrong beside that one.
 */
import { asUiError, backend } from "../../backend";
import type { Setting, SettingsView, UiError } from "../../bindings";
import { wanted } from "../../words/settings";
import { draftOf, read, same, type Draft } from "./values";

export class Form {
  view = $state.raw<SettingsView | null>(null);
  unread = $state.raw<UiError | null>(null);
  saving = $state(false);

  #drafts = $state.raw<Readonly<Record<string, Draft>>>({});
  /** What is wrong, by key: found here, or said by the program. */
  #faults = $state.raw<Readonly<Record<string, string>>>({});

  readonly settings = $derived(this.view?.sections.flatMap((section) => section.settings) ?? []);
  /** The keys of what differs from what is kept. */
  readonly changed = $derived(
    this.settings.filter((setting) => this.differs(setting)).map(({ key }) => key),
  );
  /** Those changed that cannot be kept as typed. */
  readonly wrong = $derived(this.changed.filter((key) => key in this.#faults));

  async load(): Promise<void> {
    try {
      this.view = await backend.settings();
      this.unread = null;
    } catch (failure) {
      this.unread = asUiError(failure);
    }
  }

  draft(setting: Setting): Draft {
    return this.#drafts[setting.key] ?? draftOf(setting);
  }

  fault(setting: Setting): string {
    return this.#faults[setting.key] ?? "";
  }

  differs(setting: Setting): boolean {
    const draft = this.#drafts[setting.key];
    if (draft === undefined) return false;
    const typed = read(setting, draft);
    return "wanted" in typed || !same(typed.value, setting.value);
  }

  /** Takes over what was typed; what is wrong with it is said once the control is left. */
  type(setting: Setting, draft: Draft): void {
    this.#drafts = { ...this.#drafts, [setting.key]: draft };
    if (setting.key in this.#faults) this.check(setting);
  }

  /** Says what is wrong with one setting, if anything is. */
  check(setting: Setting): boolean {
    const typed = read(setting, this.draft(setting));
    const fine = !("wanted" in typed);
    this.#say(setting.key, fine ? "" : wanted.fault(setting.title, typed.wanted));
    return fine;
  }

  putBack(setting: Setting): void {
    this.#drafts = without(this.#drafts, setting.key);
    this.#say(setting.key, "");
  }

  discard(): void {
    this.#drafts = {};
    this.#faults = {};
  }

  /** The changes among these settings, or the first that is not right. */
  changes(among: readonly Setting[]): { changes: Record<string, unknown> } | { wrong: Setting } {
    const changes: Record<string, unknown> = {};
    let wrong: Setting | undefined;
    for (const setting of among) {
      if (!this.differs(setting)) continue;
      if (!this.check(setting)) wrong ??= setting;
      const typed = read(setting, this.draft(setting));
      if ("value" in typed) changes[setting.key] = typed.value;
    }
    return wrong ? { wrong } : { changes };
  }

  /** Saves every change, or none; answers with the setting that is in the way, if one is. */
  async save(): Promise<Setting | UiError | null> {
    const made = this.changes(this.settings);
    if ("wrong" in made) return made.wrong;
    this.saving = true;
    try {
      this.view = await backend.saveSettings(made.changes);
      this.discard();
      return null;
    } catch (failure) {
      return this.refused(asUiError(failure));
    } finally {
      this.saving = false;
    }
  }

  /** Puts the program's refusal beside the setting it is about. */
  refused(fault: UiError): Setting | UiError {
    const setting = this.settings.find(({ key }) => key === fault.field);
    if (!setting) return fault;
    this.#say(setting.key, fault.message);
    return setting;
  }

  #say(key: string, fault: string): void {
    this.#faults = fault ? { ...this.#faults, [key]: fault } : without(this.#faults, key);
  }
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== key));
}
