/** What a try to connect came to, as the forms show it. */
import type { Checked, UiError } from "../../bindings";

/** The inputs that something can be wrong with. */
export type Input = "address" | "account" | "key" | "client" | "location";
export type Faults = Partial<Record<Input, string>>;

const inputs: Record<string, Input> = {
  base_url: "address",
  account_id: "account",
  account: "account",
  key: "key",
  client_code: "client",
  location: "location",
};

/** Which input a field of the program's is, if one of these. */
export function inputOf(field: string | null | undefined): Input | null {
  return inputs[field?.split(".").at(-1) ?? ""] ?? null;
}

/** What is wrong, beside the input it is about; nothing when that is not known. */
export function faultsOf(fault: Pick<UiError, "message" | "field">): Faults {
  const input = inputOf(fault.field);
  return input ? { [input]: fault.message } : {};
}

/** The input a failed test is about, once the program says so. */
export const fieldOf = (checked: Checked): string | null =>
  "field" in checked && typeof checked.field === "string" ? checked.field : null;

/** A key as it was meant: without what a careless paste brought along. */
export const meant = (pasted: string) => pasted.replaceAll(/\s+/g, "");
